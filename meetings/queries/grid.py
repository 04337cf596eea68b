"""Branches by months, as a committee looks at them: who needs attention first; and communes by what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from branches.models import Kind, Organisation
from branches.models.summary import Month
from branches.rules.reading import Rulebook
from branches.summary.months import last_whole_month
from meetings.queries.slots import Slot, slots_of_year
from meetings.slots import SlotState
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.access.prepared import FIRST, Prepared, those

GOOD_SHARE = 90  # where a cell is marked as low; what the target is stands with the target


@dataclass
class Row:
    branch: Organisation
    slots: list[Slot]
    strength: int
    url: str = ""  # the branch's own page, for whoever may open it
    leads: bool = False  # each cell to its meeting

    @property
    def name(self) -> str:
        """Among branches the word itself is left out: “Thôn Bình Sơn”."""
        short = self.branch.name.removeprefix("Chi bộ ")
        return short[:1].upper() + short[1:]

    def count(self, *states: SlotState) -> int:
        return sum(slot.state in states for slot in self.slots)

    @property
    def missing(self) -> int:
        return self.count(SlotState.MISSING)

    @property
    def late(self) -> int:
        return self.count(SlotState.LATE)

    @property
    def held(self) -> int:
        return self.count(*SlotState.held())

    @property
    def owed(self) -> int:
        return len(self.slots) - self.count(*SlotState.not_owed(), SlotState.COMING, SlotState.PLANNED)

    @property
    def share(self) -> float | None:
        """Over the year: all who came of all who were expected."""
        expected = sum(slot.expected for slot in self.slots)
        return 100 * sum(slot.came for slot in self.slots) / expected if expected else None

    @property
    def attention(self) -> tuple[int, int, float]:
        """The more that is missing, then late, then the fewer that come."""
        return (-self.missing, -self.late, self.share if self.share is not None else 101)


def branches_of(organisation: Organisation, actor: Actor, year: int, today: date) -> list[Organisation]:
    """Those of today that stood in that year."""
    rows = Organisation.objects.allowed(actor, Permission.READ_FIGURES).filter(kind=Kind.BRANCH)
    return list(rows.at_or_below(organisation.path).living(min(today, date(year, 12, 31))).in_order())


STRENGTH = Prepared(
    lambda: (
        Month.objects.everywhere(reason="of meetings and branches within reach")
        .filter(organisation__in=those(), month=FIRST)
        .values_list("organisation", "strength")
    )
)


def rows_of(
    branches: Sequence[Organisation], year: int, kind: str, *, today: date, book: Rulebook, until: date | None = None
) -> list[Row]:
    """`until`: as it stood on that day, which is over."""
    found = slots_of_year(branches, year, today=today, book=book, kinds=[kind], until=until)
    month = last_whole_month(until) if until else min(today, date(year, 12, 1)).replace(day=1)
    strength = dict(STRENGTH.rows([one.pk for one in branches], {FIRST: month}))
    return [
        Row(one, sorted(found[one.pk].values(), key=lambda slot: slot.place), strength.get(one.pk, 0))
        for one in branches
    ]


FILTERS = {
    "chua-hop": ("Còn kỳ chưa họp", lambda row: row.missing > 0),
    "muon": ("Có kỳ họp muộn", lambda row: row.late > 0),
    "thap": ("Dự dưới 90 %", lambda row: row.share is not None and row.share < GOOD_SHARE),
    "thieu-buoc": ("Có buổi thiếu bước", lambda row: any(slot.steps_left for slot in row.slots)),
    "dang-ghi": ("Chưa đóng sổ", lambda row: row.count(SlotState.LOGGING) > 0),
}


def in_time_by_period(rows: Sequence[Row]) -> list[tuple[int, int]]:
    """Of each column: in time (moved ones too), and how many had to meet so far."""
    good = (SlotState.IN_TIME, SlotState.MOVED)
    ahead = (SlotState.COMING, SlotState.PLANNED, *SlotState.not_owed())
    return [
        (sum(slot.state in good for slot in column), sum(slot.state not in ahead for slot in column))
        for column in zip(*(row.slots for row in rows), strict=True)
    ]


@dataclass(frozen=True)
class Below:
    """What a committee's branches have held in a year, for the level above it."""

    pk: int
    name: str
    owed: int
    held: int
    in_time: int
    expected: int
    came: int
    owed_this_month: int
    held_this_month: int

    @property
    def missing(self) -> int:
        return self.owed - self.held

    @property
    def share(self) -> float | None:
        return 100 * self.came / self.expected if self.expected else None


# Months that are over; of the one that runs only what was held is told.
BELOW = f"""
SELECT child.id, child.name,
       count(*) FILTER (WHERE month.month < %(this)s), count(month.regular_held_on) FILTER (WHERE month.month < %(this)s),
       count(*) FILTER (WHERE month.month < %(this)s AND month.regular_state IN ('{SlotState.IN_TIME}', '{SlotState.MOVED}')),
       COALESCE(sum(month.regular_expected), 0), COALESCE(sum(month.regular_came), 0),
       count(*) FILTER (WHERE month.month = %(this)s), count(month.regular_held_on) FILTER (WHERE month.month = %(this)s)
FROM branches_organisation child
JOIN branches_ancestry below ON below.ancestor_id = child.id AND below.days @> %(today)s
JOIN branches_organisation branch ON branch.kind = '{Kind.BRANCH}' AND branch.id = below.organisation_id
JOIN branches_month month ON month.organisation_id = branch.id AND month.in_use AND month.month >= %(first)s AND month.month <= %(last)s
WHERE child.id = ANY (%(children)s)
GROUP BY child.id, child.name, child.sort_key ORDER BY child.sort_key, child.id
"""  # noqa: S608  our own words


def committees_below(organisation: Organisation, actor: Actor, year: int, *, today: date) -> list[Below]:
    """One statement over the summary."""
    rows = Organisation.objects.allowed(actor, Permission.READ_FIGURES).filter(parent=organisation)
    children = list(rows.exclude(kind=Kind.BRANCH).values_list("pk", flat=True))
    said = {
        "children": children,
        "today": today,
        "this": today.replace(day=1),
        "first": date(year, 1, 1),
        "last": date(year, 12, 1),
    }
    with connection.cursor() as cursor:
        cursor.execute(BELOW, said)
        return [Below(*row) for row in cursor.fetchall()]
