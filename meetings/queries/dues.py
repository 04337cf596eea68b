"""The dues of a branch in a year: who has paid for which month, what is owed, and the sums of quarters."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from branches.models import Organisation
from meetings.models import Dues
from members.models import Member, Membership
from portal.access.actor import Actor
from portal.access.permissions import Permission

REASON = "of a branch that is within reach"


@dataclass(frozen=True)
class Cell:
    """One month of one member. `row` None: nothing is recorded."""

    month: date
    row: Dues | None

    @property
    def is_owed(self) -> bool:
        return self.row is not None and not self.row.excused and self.row.paid < self.row.owed

    @property
    def short(self) -> str:
        """For a narrow column; the words are beside it for who does not see it."""
        if self.row is None:
            return ""
        return "excused" if self.row.excused else "owed" if self.is_owed else "paid"


@dataclass
class Line:
    member: Member
    cells: list[Cell] = field(default_factory=list)

    @property
    def is_bare(self) -> bool:
        """Nothing is recorded of this year."""
        return all(cell.row is None for cell in self.cells)

    @property
    def owed_months(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.is_owed]

    @property
    def owed(self) -> int:
        return sum(cell.row.owed - cell.row.paid for cell in self.owed_months if cell.row)

    @property
    def paid(self) -> int:
        return sum(cell.row.paid for cell in self.cells if cell.row)

    @property
    def owed_words(self) -> str:
        return ", ".join(f"{cell.month:%m}" for cell in self.owed_months)


@dataclass(frozen=True)
class Quarter:
    number: int
    owed: int
    paid: int


@dataclass(frozen=True)
class DuesYear:
    year: int
    months: list[date]
    lines: list[Line]

    @property
    def quarters(self) -> list[Quarter]:
        return [
            Quarter(
                number,
                *_sums(self._rows(number)),
            )
            for number in range(1, 5)
        ]

    @property
    def owing(self) -> list[Line]:
        return [line for line in self.lines if line.owed_months]

    @property
    def paid(self) -> int:
        return sum(line.paid for line in self.lines)

    @property
    def owed(self) -> int:
        return sum(line.owed for line in self.lines)

    def _rows(self, quarter: int) -> Iterable[Dues]:
        return (
            cell.row for line in self.lines for cell in line.cells
            if cell.row and not cell.row.excused and (cell.month.month + 2) // 3 == quarter
        )  # fmt: skip


def dues_of(branch: Organisation, year: int, today: date, actor: Actor) -> DuesYear:
    """Whoever is on the roll, and whoever has paid or owes here. Three queries."""
    months = [date(year, month, 1) for month in range(1, 13)]
    rows = Dues.objects.allowed(actor, Permission.READ_ROLL).filter(organisation=branch, month__year=year)
    known: dict[int, dict[date, Dues]] = {}
    for row in rows.only("organisation", "member", "month", "owed", "paid", "paid_on", "excused"):
        known.setdefault(row.member_id, {})[row.month] = row
    there = (
        Membership.objects.everywhere(reason=REASON)
        .expected_on(min(today, date(year, 12, 31)))
        .filter(organisation=branch)
    )
    people = (
        Member.objects.everywhere(reason=REASON)
        .filter(pk__in={*known, *there.values_list("member", flat=True)})
        .order_by("sort_key", "pk")
    )
    lines = [Line(member, [Cell(month, known.get(member.pk, {}).get(month)) for month in months]) for member in people]
    return DuesYear(year, months, lines)


def owed_by(member: Member, branch: Organisation, today: date) -> list[Dues]:
    """All old months of one member, the earliest first."""
    rows = Dues.objects.everywhere(reason=REASON).filter(
        member=member, organisation=branch, excused=False, month__lte=today
    )
    return [row for row in rows.order_by("month") if row.paid < row.owed]


def _sums(rows: Iterable[Dues]) -> tuple[int, int]:
    found = list(rows)
    return sum(row.owed for row in found), sum(row.paid for row in found)
