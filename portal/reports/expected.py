"""Which reports those below owe, of which periods and by which day.

A period that ends with a longer one is not asked for: the third month stands in the report of the quarter, the fourth quarter in
that of the year. Whoever wants it may write it all the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from portal.figures.periods import Period
from portal.reports.kinds.kind import ReportKind, all_kinds

STAYS = timedelta(days=60)


@dataclass(frozen=True)
class Expected:
    kind: ReportKind
    period: Period

    @property
    def due(self) -> date:
        assert self.kind.due, "only kinds that are due are expected"
        return self.kind.due(self.period)

    @property
    def since(self) -> date:
        """It is written from here on: the first of the month in which it is due."""
        return self.due.replace(day=1)

    @property
    def in_use_by(self) -> date:
        """Whoever came into the portal later owes none: its last month must be there, whole."""
        assert self.period.ends, "periods of the calendar end"
        return self.period.ends.replace(day=1)

    def is_over(self, today: date) -> bool:
        """So long past its day that nobody is asked any more; the table still says who has not sent."""
        return self.due + STAYS < today

    @property
    def name(self) -> str:
        """Báo cáo tháng của chi bộ, tháng 10/2026"""
        return f"{self.kind.name}, {self.when}"

    @property
    def when(self) -> str:
        """tháng 10/2026, quý III/2026"""
        return f"{self.period.name[:1].lower()}{self.period.name[1:]}"

    @property
    def short(self) -> str:
        """báo cáo tháng 10/2026"""
        return f"báo cáo {self.when}"


def due_kinds() -> list[ReportKind]:
    """That go up, by a day; the longest period last."""
    return [kind for kind in all_kinds() if kind.due and kind.goes_up]


def expected_of(kind: ReportKind, day: date) -> Expected | None:
    """Of the period that the day lies in. None: nobody asks for it."""
    period = kind.period(day)
    if kind not in due_kinds() or _is_in_a_longer_one(kind, period):
        return None
    return Expected(kind, period)


def expected_in(year: int, kind: ReportKind) -> Iterator[Expected]:
    """All of a year, the first first."""
    day = date(year, 1, 1)
    while day.year == year:
        period = kind.period(day)
        if found := expected_of(kind, day):
            yield found
        day = _after(period)


def asked_for_on(kind: ReportKind, day: date) -> Expected | None:
    """The latest whose writing has begun: one is asked for until the next one is."""
    looked = day
    for _ in range(4):  # of two months, or of two quarters, one at the most is left out
        found = expected_of(kind, looked)
        if found and found.since <= day:
            return found
        looked = kind.period(looked).before
    return None


def _is_in_a_longer_one(kind: ReportKind, period: Period) -> bool:
    others = [one.period(period.first) for one in due_kinds() if one.of == kind.of and one is not kind]
    return any(other.ends == period.ends and other.first < period.first for other in others)


def _after(period: Period) -> date:
    assert period.ends, "periods of the calendar end"
    return date.fromordinal(period.ends.toordinal() + 1)
