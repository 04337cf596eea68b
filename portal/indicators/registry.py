"""Which figures the portal counts by itself. A target of a directive names one by its code; the app that feeds it publishes it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
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


@dataclass(frozen=True)
class Indicator:
    """`by_place`: the list behind the figure, by the organisation that answers for its part; the figure is its sum."""

    code: str
    name: str
    of_what: str  # what the denominator counts: chi bộ, đảng viên phải dự
    by_place: Measure
    behind: Callable[[Any, int], str] = lambda place, year: ""  # the address of the page behind it

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
