"""What a meeting is prepared from: days to choose, what is carried over, who answered, how early people were told."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from branches.models import Kind, Organisation
from branches.rules.definitions.meetings import FIXED_DAY, LAST_DAY_OF_WEEK_ONE, PAPERS_BEFORE
from branches.rules.reading import Rulebook
from directives.models import TaskAssignment
from directives.queries.cascade import open_tasks_of
from meetings.models import (
    ActionItem,
    AgendaItem,
    Answer,
    Attendance,
    Invitation,
    Meeting,
    MeetingKind,
    MeetingPaper,
    Opinion,
    Orientation,
    PlanState,
    ThematicPlan,
    Topic,
    TopicSuggestion,
)
from members.models import Charge
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.access.reach import paths_down_to

SHOWN = "of an organisation or a meeting that was reached through the door"
OFFERED_DAYS = 7
MONTHS_AHEAD = 3


def quarter_of(day: date) -> int:
    return (day.month + 2) // 3


def suggested_days(organisation: Organisation, kind: str, today: date, book: Rulebook) -> list[date]:
    """Days of the first week of the first month (of the quarter) that has no such meeting yet; what is late comes next."""
    if kind not in MeetingKind.of_slots():
        return [today + timedelta(days=ahead) for ahead in range(1, OFFERED_DAYS + 1)]
    first = today.replace(day=1)
    months = [_months_later(first, ahead) for ahead in range(MONTHS_AHEAD + 1)]
    taken = _taken(organisation, kind, months)
    for month in months:
        if month not in taken and (days := days_of_month(organisation, kind, month, today, book)):
            return days
    return []


def days_of_month(organisation: Organisation, kind: str, month: date, today: date, book: Rulebook) -> list[date]:
    """The approved fixed day, or week one; of a month in which that has gone by, the days that are left."""
    fixed = book.value(FIXED_DAY, organisation, on=month) if kind == MeetingKind.REGULAR else 0
    last = book.value(LAST_DAY_OF_WEEK_ONE, organisation, on=month).last_day(month.year, month.month)
    end = _months_later(month, 1) - timedelta(days=1)
    if fixed:
        in_time = [month.replace(day=min(fixed, end.day))]
    else:
        in_time = [month.replace(day=number) for number in range(1, last.day + 1)]
    good = [day for day in in_time if day >= today]
    left = [max(today, month) + timedelta(days=ahead) for ahead in range(OFFERED_DAYS)]
    return good or [day for day in left if day <= end]


def days_of_quarter(organisation: Organisation, year: int, quarter: int, today: date, book: Rulebook) -> list[date]:
    for month in range(quarter * 3 - 2, quarter * 3 + 1):
        days = days_of_month(organisation, MeetingKind.THEMATIC, date(year, month, 1), today, book)
        if days:
            return days
    return []


def _taken(organisation: Organisation, kind: str, months: list[date]) -> set[date]:
    rows = (
        Meeting.objects.everywhere(reason=SHOWN)
        .standing()
        .filter(organisation=organisation, kind=kind, period__gte=_months_later(months[0], -2))
    )
    periods = set(rows.values_list("period", flat=True))
    if kind == MeetingKind.THEMATIC:
        return {month for month in months if date(month.year, quarter_of(month) * 3 - 2, 1) in periods}
    return periods


def _months_later(month: date, ahead: int) -> date:
    number = month.year * 12 + month.month - 1 + ahead
    return date(number // 12, number % 12 + 1, 1)


def topics_to_prepare(organisation: Organisation, today: date) -> QuerySet[Topic]:
    """Approved, of this year and the next, and no meeting yet."""
    rows = Topic.objects.everywhere(reason=SHOWN).filter(
        plan__organisation=organisation, plan__state=PlanState.APPROVED, plan__year__gte=today.year, meeting=None
    )
    return rows.select_related("plan").order_by("plan__year", "quarter", "pk")


def orientations_for(organisation: Organisation, month: date) -> QuerySet[Orientation]:
    """Published for it by the committees above, the nearest first."""
    rows = Orientation.objects.everywhere(reason=SHOWN).filter(
        month=month.replace(day=1),
        published_at__isnull=False,
        organisation__path__in=paths_down_to(organisation.path)[:-1],
    )
    return rows.select_related("organisation").prefetch_related("lines__document").order_by("-organisation__path")


@dataclass(frozen=True)
class Earliness:
    """How many whole days before the meeting something was out, and how many there must be."""

    days: int | None  # None: it is not out yet
    least: int
    left: int  # from today to the meeting

    @property
    def is_good(self) -> bool:
        return self.days is not None and self.days >= self.least

    @property
    def tone(self) -> str:
        if self.days is None:
            return "mute" if self.left > self.least else "warn"
        return "ok" if self.is_good else "bad"

    @property
    def sign(self) -> str:
        return {"ok": "check-circle", "bad": "alert", "warn": "clock"}.get(self.tone, "clock")

    def words(self, done: str, undone: str) -> str:
        must = f"phải trước {self.least} ngày"
        if self.days is None:
            return f"{undone}, {must}" if self.left >= self.least else f"{undone}, đã muộn ({must})"
        if self.days <= 0:
            return f"{done} ngay trong ngày họp ({must})"
        return f"{done} trước {self.days} ngày" + ("" if self.is_good else f" ({must})")


@dataclass(frozen=True)
class Answers:
    coming: list[Invitation] = field(default_factory=list)
    not_coming: list[Invitation] = field(default_factory=list)
    silent: list[Invitation] = field(default_factory=list)
    opened: int = 0

    @classmethod
    def among(cls, rows: Iterable[Invitation]) -> "Answers":
        told = [row for row in rows if row.told_at]
        return cls(
            [row for row in told if row.answer == Answer.COMING],
            [row for row in told if row.answer == Answer.NOT_COMING],
            [row for row in told if row.answer == Answer.NONE],
            sum(row.opened_at is not None for row in told),
        )

    @property
    def told(self) -> int:
        return len(self.coming) + len(self.not_coming) + len(self.silent)


@dataclass(frozen=True)
class Preparation:
    """Everything of a meeting that is being prepared. A constant number of queries."""

    meeting: Meeting
    book: Rulebook
    today: date

    @cached_property
    def agenda(self) -> list[AgendaItem]:
        rows = AgendaItem.objects.everywhere(reason=SHOWN).there().filter(meeting=self.meeting)
        return list(rows.order_by("position", "pk"))

    @cached_property
    def papers(self) -> list[MeetingPaper]:
        rows = (
            MeetingPaper.objects.everywhere(reason=SHOWN)
            .filter(meeting=self.meeting)
            .select_related("file", "document")
        )
        return list(rows.order_by("put_out_at", "pk"))

    @cached_property
    def carried_over(self) -> list[ActionItem]:
        """What earlier meetings gave and is not done; the log reviews each."""
        rows = ActionItem.objects.everywhere(reason=SHOWN).open().filter(organisation=self.meeting.organisation)
        return list(rows.exclude(meeting=self.meeting).select_related("assignee").order_by("due_on", "pk")[:100])

    @cached_property
    def given(self) -> list[TaskAssignment]:
        """What was given to the organisation and is not on the agenda yet."""
        there = {item.task_id for item in self.agenda if item.task_id}
        return [one for one in open_tasks_of(self.meeting.organisation_id) if one.task_id not in there]

    @cached_property
    def invitations(self) -> list[Invitation]:
        rows = Invitation.objects.everywhere(reason=SHOWN).filter(meeting=self.meeting).select_related("member")
        return list(rows.order_by("member__sort_key", "member_id"))

    @cached_property
    def answers(self) -> Answers:
        return Answers.among(self.invitations)

    @cached_property
    def asked(self) -> list[Invitation]:
        return [row for row in self.invitations if row.opinion_asked]

    @cached_property
    def opinions(self) -> list[Opinion]:
        rows = (
            Opinion.objects.everywhere(reason=SHOWN)
            .there()
            .filter(meeting=self.meeting, sent_before=True, minority=False)
        )
        return list(rows.select_related("member", "agenda_item").order_by("saved_at", "pk"))

    @cached_property
    def orientations(self) -> list[Orientation]:
        if self.meeting.kind != MeetingKind.REGULAR:
            return []
        return list(orientations_for(self.meeting.organisation, self.meeting.period or self.meeting.day))

    @cached_property
    def roll(self) -> dict[str, int]:
        return Attendance.objects.everywhere(reason=SHOWN).filter(meeting=self.meeting).counts()

    @property
    def days_left(self) -> int:
        return (self.meeting.day - self.today).days

    @cached_property
    def must_be_out(self) -> int:
        return self.book.value(PAPERS_BEFORE, self.meeting.organisation, on=self.meeting.day)

    @property
    def told(self) -> Earliness:
        told = self.meeting.told_at
        days = (self.meeting.day - timezone.localdate(told)).days if told else None
        return Earliness(days, self.must_be_out, self.days_left)

    @property
    def put_out(self) -> Earliness:
        """By the last of them."""
        last = max((paper.put_out_at for paper in self.papers), default=None)
        days = (self.meeting.day - timezone.localdate(last)).days if last else None
        return Earliness(days, self.must_be_out, self.days_left)

    @property
    def told_words(self) -> str:
        return self.told.words("Đã mời", "Chưa mời")

    @property
    def put_out_words(self) -> str:
        return self.put_out.words("Đã đưa tài liệu lên", "Chưa có tài liệu")

    @property
    def needs_telling_again(self) -> bool:
        """The day moved after people were told, or somebody came on the roll since."""
        if not self.meeting.told_at:
            return False
        return any(row.day not in (None, self.meeting.day) for row in self.invitations) or bool(self.untold)

    @cached_property
    def untold(self) -> int:
        told = [row.member_id for row in self.invitations if row.told_at]
        return Attendance.objects.everywhere(reason=SHOWN).filter(meeting=self.meeting).exclude(member__in=told).count()


def own_invitations(actor: Actor) -> QuerySet[Invitation]:
    rows = Invitation.objects.allowed(actor, Permission.SEE_OWN_RECORD).filter(told_at__isnull=False)
    return rows.select_related("meeting__organisation", "member").order_by("meeting__day", "pk")


def own_meetings(actor: Actor, today: date) -> tuple[list[Invitation], list[Invitation]]:
    """Those to come, and the last ones that were."""
    rows = own_invitations(actor)
    coming = rows.filter(meeting__day__gte=today, meeting__called_off_at=None, meeting__closed_at=None)
    past = rows.exclude(pk__in=coming.values("pk")).order_by("-meeting__day", "pk")
    return list(coming[:30]), list(past[:12])


def own_opinions(invitation: Invitation) -> QuerySet[Opinion]:
    rows = (
        Opinion.objects.everywhere(reason=SHOWN)
        .there()
        .filter(meeting=invitation.meeting_id, member=invitation.member_id)
    )
    return rows.filter(sent_before=True).select_related("agenda_item").order_by("saved_at", "pk")


def plans_below(organisation: Organisation, year: int, actor: Actor) -> QuerySet[Organisation]:
    """Branches below, each with its plan of the year in `plans`: none, too."""
    rows = Organisation.objects.allowed(actor, Permission.SEE_MEETINGS).at_or_below(organisation.path)
    plans = (
        ThematicPlan.objects.everywhere(reason=SHOWN)
        .filter(year=year)
        .prefetch_related(Prefetch("topics", Topic.objects.everywhere(reason=SHOWN).order_by("quarter", "pk")))
    )
    rows = rows.filter(kind=Kind.BRANCH).living(timezone.localdate())
    return rows.prefetch_related(Prefetch("thematic_plans", plans, to_attr="plans")).in_order()


def followers_of(meeting: Meeting) -> QuerySet[Charge]:
    """The committee members in charge of it on its day."""
    rows = Charge.objects.everywhere(reason=SHOWN).on(meeting.day).filter(organisation=meeting.organisation_id)
    return rows.select_related("member").order_by("member__sort_key", "pk")


def months_around(month: date) -> list[date]:
    return [_months_later(month, ahead) for ahead in (-1, 0, 1, 2)]


def planned_below(organisation: Organisation, month: date) -> int:
    """How many branches have planned their regular meeting of the month."""
    rows = Meeting.objects.everywhere(reason=SHOWN).standing().filter(kind=MeetingKind.REGULAR, period=month)
    return rows.filter(organisation__path__startswith=organisation.path).count()


def suggestions_for(organisation: Organisation, year: int) -> QuerySet[TopicSuggestion]:
    """By it and by those above it."""
    rows = TopicSuggestion.objects.everywhere(reason=SHOWN).filter(
        year=year, organisation__path__in=paths_down_to(organisation.path)
    )
    return rows.select_related("organisation").order_by("-organisation__path", "words", "pk")
