"""Committee members and branches: who follows which, when it meets next, and whom the committee has visited this quarter."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from uuid import UUID

from django.db.models import OuterRef, Subquery

from branches.models import Organisation
from branches.models.dated import DatedQuerySet
from meetings.models import Guest, Meeting, MeetingKind
from meetings.queries.grid import Row
from meetings.slots import SlotState
from members.models import Charge, Office
from portal.access.permissions import Permission
from portal.access.prepared import A_PLACE, FIRST, LAST, Prepared, those
from portal.dashboards.frame import Frame

AHEAD = 45  # days


def _followers() -> DatedQuerySet:
    offices = Office.objects.everywhere(reason="of those who follow branches within reach").on(FIRST)
    held = offices.filter(member=OuterRef("member"), organisation=A_PLACE, acting_for=None).order_by("since", "pk")
    rows = Charge.objects.everywhere(reason="of branches below a place that was reached").on(FIRST)
    rows = rows.filter(organisation__in=those()).annotate(post=Subquery(held.values("post")[:1]))
    return rows.order_by("member__sort_key", "pk").values_list("organisation_id", "member__full_name", "post")


FOLLOWERS = Prepared(_followers)
PLANNED = Prepared(
    lambda: (
        Meeting.objects.everywhere(reason="of branches whose meetings are within reach")
        .standing()
        .filter(organisation__in=those(), day__gte=FIRST, day__lte=LAST)
        .order_by("day", "begins", "pk")
        .values_list("pk", "organisation_id", "day", "begins", "kind", "closed_at")
    )
)
VISITED = Prepared(
    lambda: (
        Guest.objects.everywhere(reason="how many, of branches within reach")
        .there()
        .filter(
            of_committee=True,
            meeting__organisation__in=those(),
            meeting__day__gte=FIRST,
            meeting__day__lte=LAST,
            meeting__closed_at__isnull=False,
            meeting__called_off_at=None,
        )
        .order_by()
        .values_list("meeting__organisation")
        .distinct()
    )
)


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
    visited: list[Organisation]
    branches: int
    quarter: str


def visits_of(frame: Frame, rows: Sequence[Row]) -> Visits:
    """Three queries, none where nothing has moved. Of a day that is over: who followed which branch then, and what stood before
    them."""
    day, numbers = frame.period.last, [row.branch.pk for row in rows]
    take = frame.shelf.take
    by_branch = {row.branch.pk: row for row in rows}
    followers = take(("followers", day, *numbers), lambda: followers_of(numbers, frame.place, day))
    seen = [row.branch.pk for row in rows if frame.may_open(row.branch, Permission.SEE_MEETINGS)]
    ahead = {FIRST: day, LAST: day + timedelta(days=AHEAD)}
    meetings = take(("planned", day, *seen), lambda: PLANNED.rows(seen, ahead))
    if frame.is_now:
        meetings = [meeting for meeting in meetings if meeting[-1] is None]
    coming = []
    for pk, number, on, begins, kind, _ in meetings:
        row = by_branch[number]
        coming.append(Coming(pk, on, begins, kind, row.branch, followers.get(number, []), _missed(row)))
    planned = {one.branch.pk for one in coming}
    visited = take(("visited", day, *numbers), lambda: visited_in_quarter(numbers, day))
    return Visits(
        coming,
        [row.branch for row in rows if row.branch.pk not in planned],
        [row.branch for row in rows if row.branch.pk not in followers],
        [by_branch[number].branch for number in visited],
        len(rows),
        f"Quý {('I', 'II', 'III', 'IV')[(day.month - 1) // 3]}",
    )


def followers_of(branches: Sequence[int], place: Organisation, day: date) -> dict[int, list[str]]:
    """“Đ/c Phan Thị Hòa, Phó bí thư”, by branch. One query."""
    found: dict[int, list[str]] = {}
    for branch, name, post in FOLLOWERS.rows(branches, {A_PLACE: place.pk, FIRST: day}):
        title = Office(organisation=place, post=post).title if post else ""
        found.setdefault(branch, []).append(", ".join(filter(None, [f"Đ/c {name}", title])))
    return found


def visited_in_quarter(branches: Sequence[int], day: date) -> list[int]:
    """Branches at whose closed meetings somebody of the committee above was a guest since the quarter began. One query."""
    first = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    return sorted(number for (number,) in VISITED.rows(branches, {FIRST: first, LAST: day}))


def _missed(row: Row) -> list[int]:
    return [slot.number for slot in row.slots if slot.state == SlotState.MISSING]
