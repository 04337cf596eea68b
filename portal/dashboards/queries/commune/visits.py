"""Committee members and branches: who follows which, when it meets next, and whom the committee has visited this quarter."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from uuid import UUID

from django.db.models import OuterRef, Subquery

from branches.models import Organisation
from meetings.models import Guest, Meeting, MeetingKind
from meetings.queries.grid import Row
from meetings.slots import SlotState
from members.models import Charge, Office
from portal.access.permissions import Permission
from portal.dashboards.frame import Frame

AHEAD = 45  # days


@dataclass(frozen=True)
class Coming:
    """A meeting of a branch that is planned, and who of the committee follows that branch."""

    meeting: UUID
    day: date
    begins: time | None
    kind: str
    branch: Organisation
    followers: list[str]
    missed: list[int]  # months of this year for which it has not met

    @property
    def said(self) -> str:
        """14:00 · sinh hoạt chi bộ thường kỳ"""
        begins = f"{self.begins:%H:%M} · " if self.begins else ""
        return f"{begins}{MeetingKind(self.kind).label.lower()}"


@dataclass(frozen=True)
class Visits:
    coming: list[Coming]
    without_meeting: list[Organisation]  # branches that have none planned
    unfollowed: list[Organisation]  # branches that nobody follows
    visited: int
    branches: int
    quarter: str


def visits_of(frame: Frame, rows: Sequence[Row]) -> Visits:
    """Three queries. Of a day that is over: who followed which branch then, and what stood before them."""
    day, numbers = frame.period.last, [row.branch.pk for row in rows]
    by_branch = {row.branch.pk: row for row in rows}
    followers = followers_of(numbers, frame.place, day)
    meetings = (
        Meeting.objects.allowed(frame.actor, Permission.SEE_MEETINGS)
        .standing()
        .filter(organisation__in=numbers, day__gte=day, day__lte=day + timedelta(days=AHEAD))
        .order_by("day", "begins", "pk")
    )
    if frame.is_now:
        meetings = meetings.filter(closed_at=None)
    coming = []
    for pk, number, on, begins, kind in meetings.values_list("pk", "organisation_id", "day", "begins", "kind"):
        row = by_branch[number]
        coming.append(Coming(pk, on, begins, kind, row.branch, followers.get(number, []), _missed(row)))
    planned = {one.branch.pk for one in coming}
    return Visits(
        coming,
        [row.branch for row in rows if row.branch.pk not in planned],
        [row.branch for row in rows if row.branch.pk not in followers],
        visited_in_quarter(numbers, day),
        len(rows),
        f"Quý {('I', 'II', 'III', 'IV')[(day.month - 1) // 3]}",
    )


def followers_of(branches: Sequence[int], place: Organisation, day: date) -> dict[int, list[str]]:
    """“Đ/c Phan Thị Hòa, Phó bí thư”, by branch. One query."""
    offices = Office.objects.everywhere(reason="of those who follow branches within reach").on(day)
    held = offices.filter(member=OuterRef("member"), organisation=place, acting_for=None).order_by("since", "pk")
    charges = Charge.objects.everywhere(reason="of branches below a place that was reached").on(day)
    rows = charges.filter(organisation__in=branches).annotate(post=Subquery(held.values("post")[:1]))
    found: dict[int, list[str]] = {}
    for branch, name, post in rows.order_by("member__sort_key", "pk").values_list(
        "organisation_id", "member__full_name", "post"
    ):
        title = Office(organisation=place, post=post).title if post else ""
        found.setdefault(branch, []).append(", ".join(filter(None, [f"Đ/c {name}", title])))
    return found


def visited_in_quarter(branches: Sequence[int], day: date) -> int:
    """Branches at whose closed meetings somebody of the committee above was a guest since the quarter began. One query."""
    first = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    guests = Guest.objects.everywhere(reason="how many, of branches within reach").there().filter(of_committee=True)
    held = guests.filter(
        meeting__organisation__in=branches,
        meeting__day__gte=first,
        meeting__day__lte=day,
        meeting__closed_at__isnull=False,
        meeting__called_off_at=None,
    )
    return held.order_by().values("meeting__organisation").distinct().count()


def _missed(row: Row) -> list[int]:
    return [slot.number for slot in row.slots if slot.state == SlotState.MISSING]
