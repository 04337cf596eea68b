"""What a branch keeps of a year: each paper, whether it is filed, what is missing, and how long it is kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.urls import reverse

from branches.models import Organisation
from branches.rules.definitions.archive import RETENTION
from branches.rules.reading import Rulebook
from meetings.models import (
    Dues,
    Meeting,
    MeetingKind,
    PlanState,
    Resolution,
    ResolutionState,
    SignedPaper,
    ThematicPlan,
)
from meetings.queries.book import Line
from meetings.queries.slots import HAVE_SLOTS, slots_of_year
from meetings.slots import SlotState
from members.models import Assignment
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.words.quantities import day, number

MINUTES, RESOLUTIONS, SHEETS = "Biên bản", "Nghị quyết, kết luận", "Danh sách dự họp"
PLANS, TASKS, DUES = "Kế hoạch chuyên đề", "Bảng phân công nhiệm vụ", "Danh sách đảng phí"
FILED, IN_LOG, MISSING, LATER = ("ok", "check-circle"), ("info", "info"), ("bad", "x"), ("mute", "clock")
REASON = "of an organisation that was reached"


@dataclass(frozen=True)
class Filed:
    """A line of the list. `face`: tone and icon; `sha256`: of the scan that stands for it."""

    group: str
    name: str
    on: date | None
    face: tuple[str, str]
    words: str
    url: str = ""
    sha256: str = ""
    scan_url: str = ""  # where the scan is filed

    @property
    def is_missing(self) -> bool:
        return self.face == MISSING


@dataclass
class Archive:
    organisation: Organisation
    year: int
    actor: Actor
    today: date

    @cached_property
    def lines(self) -> list[Filed]:
        """Names stand in the sheets: for who reads the roll."""
        found = [*self._of_meetings(), *self._not_held(), *self._resolutions(), *self._plan()]
        if self.actor.may(Permission.READ_ROLL, self.organisation.path) and self._has_roll:
            found += [*self._tasks(), *self._dues()]
        order = list(self.periods)
        return sorted(found, key=lambda line: (order.index(line.group), line.on or date.max))

    @property
    def groups(self) -> list[tuple[str, str, list[Filed]]]:
        """Kind of paper, how long it is kept, its lines."""
        split = [
            (name, period, [one for one in self.lines if one.group == name]) for name, period in self.periods.items()
        ]
        return [group for group in split if group[2]]

    @property
    def missing(self) -> int:
        return sum(line.is_missing for line in self.lines)

    @cached_property
    def periods(self) -> dict[str, str]:
        """Of papers that an office has not named, nothing is known."""
        on = min(self.today, date(self.year, 12, 31))
        rows = Rulebook.of(self.actor).value(RETENTION, self.organisation, on=on)
        known = {row.paper: row.period for row in rows}
        return {name: known.get(name, "") for name in (MINUTES, SHEETS, RESOLUTIONS, PLANS, TASKS, DUES)}

    @property
    def _has_roll(self) -> bool:
        return self.organisation.kind in HAVE_SLOTS

    @cached_property
    def _meetings(self) -> list[Meeting]:
        rows = Meeting.objects.allowed(self.actor, Permission.SEE_MEETINGS).filter(organisation=self.organisation)
        return list(rows.of_year(self.year).standing().filter(day__lte=self.today).order_by("day", "begins", "pk"))

    @cached_property
    def _signed(self) -> dict[object, SignedPaper]:
        rows = SignedPaper.objects.everywhere(reason=REASON).filter(dropped_at=None, meeting__in=self._numbers)
        return {row.meeting_id: row for row in rows}

    @property
    def _numbers(self) -> list[object]:
        return [row.pk for row in self._meetings]

    def _of_meetings(self) -> Iterator[Filed]:
        sees_names = self.actor.may(Permission.READ_ROLL, self.organisation.path)
        for meeting in self._meetings:
            name = Line(meeting, 0, 0, self.today).name
            yield self._minutes(meeting, name)
            if sees_names and meeting.closed_at:
                url = reverse("attendance_paper", args=[meeting.pk])
                yield Filed(SHEETS, name, meeting.day, IN_LOG, "Có trong sổ", url)

    def _minutes(self, meeting: Meeting, name: str) -> Filed:
        scan = reverse("meeting_signed", args=[meeting.pk])
        if meeting.closed_at is None:
            return Filed(MINUTES, name, meeting.day, MISSING, "Sổ chưa đóng", reverse("meeting", args=[meeting.pk]))
        url, signed = reverse("meeting_minutes", args=[meeting.pk]), self._signed.get(meeting.pk)
        if signed is None:
            return Filed(MINUTES, name, meeting.day, MISSING, "Thiếu bản đã ký", url, scan_url=scan)
        words = f"Bản đã ký lưu {day(signed.filed_on)}"
        return Filed(MINUTES, name, meeting.day, FILED, words, url, signed.sha256, scan)

    def _not_held(self) -> Iterator[Filed]:
        if self.organisation.kind not in HAVE_SLOTS:
            return
        kinds = (MeetingKind.REGULAR.value, MeetingKind.THEMATIC.value)
        book = Rulebook.of(self.actor)
        slots = slots_of_year([self.organisation], self.year, today=self.today, book=book, kinds=kinds)
        for slot in slots[self.organisation.pk].values():
            if slot.state == SlotState.MISSING:
                kind, when = MeetingKind(slot.place.kind).label, f"tháng {slot.number}"
                if slot.place.kind == MeetingKind.THEMATIC:
                    when = slot.text.lower().replace("quý i", "quý I")
                yield Filed(MINUTES, f"{kind} {when}", slot.last_day, MISSING, "Chưa họp")

    def _resolutions(self) -> Iterator[Filed]:
        rows = Resolution.objects.allowed(self.actor, Permission.SEE_MEETINGS).there()
        rows = rows.filter(
            meeting__in=[row.pk for row in self._meetings if row.closed_at], state=ResolutionState.ADOPTED
        )
        for row in rows.select_related("number", "meeting").order_by("meeting__day", "saved_at", "pk"):
            symbol = row.number.symbol if row.number else ""
            name = (
                f"{row.get_kind_display()}{f' {symbol}' if symbol else ''}{f': {row.subject}' if row.subject else ''}"
            )
            face, words = (IN_LOG, "Có trong sổ") if symbol else (MISSING, "Chưa lấy số")
            yield Filed(RESOLUTIONS, name, row.meeting.day, face, words, reverse("resolution_paper", args=[row.pk]))

    def _plan(self) -> Iterator[Filed]:
        if not self._has_roll:
            return
        plan = (
            ThematicPlan.objects.everywhere(reason=REASON)
            .filter(organisation=self.organisation, year=self.year)
            .first()
        )
        url = reverse("thematic_plan_paper", args=[self.organisation.pk, self.year])
        name = f"Kế hoạch chuyên đề năm {self.year}"
        if plan is None:
            yield Filed(PLANS, name, None, MISSING, "Chưa lập")
        elif plan.state == PlanState.APPROVED:
            yield Filed(PLANS, name, plan.decided_on, FILED, "Đã duyệt", url)
        else:
            yield Filed(PLANS, name, plan.sent_on, MISSING, PlanState(plan.state).label, url)

    def _tasks(self) -> Iterator[Filed]:
        rows = Assignment.objects.allowed(self.actor, Permission.READ_ROLL).of_year(self.year)
        agreed = rows.filter(organisation=self.organisation, agreed_on__isnull=False)
        days = list(agreed.order_by("-agreed_on").values_list("agreed_on", flat=True)[:1])
        url = f"{reverse('assignments_paper', args=[self.organisation.pk])}?nam={self.year}"
        face, words = (IN_LOG, "Chi bộ đã thông qua") if days else (MISSING, "Chưa thông qua")
        yield Filed(TASKS, f"Phân công nhiệm vụ năm {self.year}", days[0] if days else None, face, words, url)

    def _dues(self) -> Iterator[Filed]:
        rows = Dues.objects.allowed(self.actor, Permission.READ_ROLL)
        months = set(rows.filter(organisation=self.organisation, month__year=self.year).values_list("month", flat=True))
        for quarter in range(1, 5):
            last = date(self.year, quarter * 3, 28)
            known = sum((month.month + 2) // 3 == quarter for month in months)
            url = f"{reverse('dues_paper', args=[self.organisation.pk])}?nam={self.year}&quy={quarter}"
            if known:
                yield Filed(DUES, f"Đảng phí quý {quarter}", last, IN_LOG, f"Đã ghi {number(known)}/3 tháng", url)
            elif last.replace(day=1) < self.today.replace(day=1):
                yield Filed(DUES, f"Đảng phí quý {quarter}", last, MISSING, "Chưa ghi", url)
            else:
                yield Filed(DUES, f"Đảng phí quý {quarter}", last, LATER, "Chưa đến kỳ", url)
