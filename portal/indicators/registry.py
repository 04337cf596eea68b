"""Which figures the portal counts by itself. A target of a directive names one by its code; the app that feeds it publishes it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any


@dataclass(frozen=True)
class Figure:
    numerator: int
    denominator: int

    @property
    def percent(self) -> Decimal | None:
        """Not rounded: it is held against a target. Of nothing there is none."""
        return Decimal(100 * self.numerator) / self.denominator if self.denominator else None

    @property
    def lacking(self) -> int:
        return self.denominator - self.numerator

    def __add__(self, other: "Figure") -> "Figure":
        return Figure(self.numerator + other.numerator, self.denominator + other.denominator)


NOTHING = Figure(0, 0)
# of everything below a place, from the first of these months to the last day: months whole, the tree of that day
Measure = Callable[[Any, date, date], dict[int, Figure]]
# the same of the whole place, month by month (by its first day): what a trend is drawn from
Monthly = Callable[[Any, date, date], dict[date, Figure]]


class Growth(StrEnum):
    """What time does to it; a forecast needs to know."""

    SUMS = "sums"  # every month adds to it: what was missed can be made up for
    KEEPS = "keeps"  # who has missed once has missed for the year
    STANDS = "stands"  # as it stands on the day: what lacks can be put right any day


@dataclass(frozen=True)
class Indicator:
    """`by_place`: the list behind the figure, by the organisation that answers for its part; the figure is its sum."""

    code: str
    name: str
    of_what: str  # what the denominator counts: chi bộ, đảng viên phải dự
    by_place: Measure
    behind: Callable[[Any, int], str] = lambda place, year: ""  # the address of the page behind it
    counts: str = ""  # what the numerator counts: chi bộ đã họp đủ
    left_out: str = ""  # who is in neither, and why
    by_month: Monthly | None = None
    growth: Growth = Growth.SUMS
    months: int = 1  # in one of its periods: a thematic meeting has three
    unit: str = "%"

    def figure(self, place: Any, first: date, last: date) -> Figure:
        return sum(self.by_place(place, first, last).values(), NOTHING)


_published: dict[str, Indicator] = {}


def publish_indicators(indicators: list[Indicator]) -> None:
    for one in indicators:
        _published[one.code] = one


def indicator(code: str) -> Indicator | None:
    return _published.get(code)


def all_indicators() -> list[Indicator]:
    return list(_published.values())
