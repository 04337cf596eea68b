"""What is new since somebody last looked: logs closed, tasks answered, proposals raised, members come and gone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from branches.models import Organisation
from directives.models import StepKind, TaskStep
from meetings.models import Meeting, Proposal
from members.models import Membership, MembershipKind
from portal.access.permissions import Permission
from portal.dashboards.frame import Frame
from portal.dashboards.models import Visit

MOST = 5  # of a kind that are told one by one
LONGEST_AGO = timedelta(days=60)  # who has been away longer reads the page, not its news
ANSWERS = {StepKind.HANDED_IN: "báo kết quả", StepKind.EXTENSION: "xin gia hạn"}


@dataclass(frozen=True)
class Change:
    words: str
    more: str
    url: str
    icon: str
    at: datetime


@dataclass(frozen=True)
class News:
    """`since` None: this person has not looked before, so that everything is new and nothing is told."""

    since: datetime | None
    changes: list[Change]
    cut: bool = False  # there is more than is told


def news_of(frame: Frame, branches: Sequence[Organisation]) -> News:
    """One query; and one for each kind that this person may see."""
    rows = Visit.objects.allowed(frame.actor, Permission.READ_FIGURES).filter(organisation=frame.place)
    visit, now = rows.first(), timezone.now()
    since = visit.news_since(now) if visit else None
    if since is None:
        return News(None, [])
    since = max(since, now - LONGEST_AGO)
    names = {branch.pk: branch.name for branch in branches}
    found: list[Change] = []
    if frame.may(Permission.SEE_MEETINGS):
        found += [*_closed(frame, names, since), *_raised(frame, names, since)]
    if frame.may(Permission.SEE_TASKS):
        found += _answered(frame, names, since)
    if frame.may(Permission.READ_ROLL):
        found += _moved(frame, names, since)
    kinds = [change.icon for change in found]
    told = [change for place, change in enumerate(found) if kinds[:place].count(change.icon) < MOST]
    return News(timezone.localtime(since), sorted(told, key=lambda one: one.at, reverse=True), len(told) < len(found))


def _closed(frame: Frame, names: dict[int, str], since: datetime) -> list[Change]:
    rows = Meeting.objects.allowed(frame.actor, Permission.SEE_MEETINGS).standing()
    rows = rows.filter(organisation__in=list(names), closed_at__gt=since).order_by("-closed_at", "pk")
    return [
        Change(
            f"{names[row.organisation_id]} đóng sổ",
            f"{row.get_kind_display()}, họp ngày {row.day:%d/%m}",
            reverse("meeting", args=[row.pk]), "book", row.closed_at,
        )
        for row in rows[: MOST + 1]
    ]  # fmt: skip


def _raised(frame: Frame, names: dict[int, str], since: datetime) -> list[Change]:
    """They come in when the log is closed."""
    rows = Proposal.objects.allowed(frame.actor, Permission.SEE_MEETINGS).there()
    rows = rows.filter(meeting__organisation__in=list(names), meeting__closed_at__gt=since).select_related("meeting")
    return [
        Change(
            f"{names[row.meeting.organisation_id]} kiến nghị", row.words, reverse("proposal", args=[row.pk]), "chat",
            row.meeting.closed_at,
        )
        for row in rows.order_by("-meeting__closed_at", "pk")[: MOST + 1]
    ]  # fmt: skip


def _answered(frame: Frame, names: dict[int, str], since: datetime) -> list[Change]:
    rows = TaskStep.objects.allowed(frame.actor, Permission.SEE_TASKS).filter(
        assignment__organisation__in=list(names), at__gt=since, kind__in=list(ANSWERS)
    )
    rows = rows.annotate(task=F("assignment__ordered__words"), by_branch=F("assignment__organisation"))
    return [
        Change(
            f"{names[row.by_branch]} {ANSWERS[StepKind(row.kind)]}", row.task,
            reverse("task_assignment", args=[row.assignment_id]), "check-circle", row.at,
        )
        for row in rows.order_by("-at", "pk")[: MOST + 1]
    ]  # fmt: skip


def _moved(frame: Frame, names: dict[int, str], since: datetime) -> list[Change]:
    """By the days of their memberships: who came from the day after it on, and who left since."""
    day, today = timezone.localtime(since).date(), frame.today
    rows = Membership.objects.allowed(frame.actor, Permission.READ_ROLL).filter(
        organisation__in=list(names), kind=MembershipKind.MAIN
    )
    came = rows.filter(since__gt=day, since__lte=today)
    left = rows.filter(until__gte=day, until__lt=today)
    found = []
    for row in (came | left).select_related("member").order_by("-since", "pk")[: 2 * MOST]:
        has_left = row.until is not None and row.until < today
        on = row.until + timedelta(days=1) if has_left and row.until else row.since
        verb = "thôi sinh hoạt ở" if has_left else "về sinh hoạt ở"
        found.append(
            Change(
                f"Đ/c {row.member.full_name} {verb} {names[row.organisation_id]}", f"Từ ngày {on:%d/%m/%Y}",
                reverse("member", args=[row.member_id]), "user", _noon(on or today),
            )
        )  # fmt: skip
    return found


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day, 12))
