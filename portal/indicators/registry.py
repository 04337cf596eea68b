"""Which figures the portal counts by itself. A target of a directive names one by its code; the app that feeds it publishes it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from portal.access.permissions import Permission


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True)
class Course:
    """What it came to in the period, and how it went month by month (months before the period may stand there too)."""

    figure: Figure
    by_month: dict[date, Figure]


# several by one question to the database: of a place, from the first month to the last day, months since the third day
Together = Callable[[Sequence["Indicator"], Any, date, date, date], dict[str, Course]]


class Subject(StrEnum):
    """Under which heading it stands."""

    MEETINGS = "Nền nếp sinh hoạt"
    CONTENT = "Nội dung và chất lượng buổi họp"
    PEOPLE = "Đảng viên"
    OFFICERS = "Cấp ủy"
    ORGANISATIONS = "Tổ chức"
    DOCUMENTS = "Quán triệt văn bản"


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
    subject: Subject = Subject.MEETINGS
    source: str = ""  # which records it is read from, in words
    to_the_day: bool = False  # read as of the very day; else to the end of the last whole month
    asks: Callable[[Any], Permission] = lambda place: Permission.READ_FIGURES  # what one needs for the page behind it
    together: Together | None = None

    def figure(self, place: Any, first: date, last: date) -> Figure:
        parts = self.by_place(place, first, last).values()
        return Figure(sum(part.numerator for part in parts), sum(part.denominator for part in parts))

    def course(self, place: Any, first: date, last: date, since: date) -> Course:
        """One question for the figure, one for the months; where those add up to it, one for both."""
        months = self.by_month(place, since, last) if self.by_month else {}
        if self.by_month and self.growth is Growth.SUMS and first.day == 1:
            return Course(sum((figure for month, figure in months.items() if month >= first), NOTHING), months)
        return Course(self.figure(place, first, last), months)


_published: dict[str, Indicator] = {}


def publish_indicators(indicators: list[Indicator]) -> None:
    for one in indicators:
        _published[one.code] = one


def indicator(code: str) -> Indicator | None:
    return _published.get(code)


def all_indicators() -> list[Indicator]:
    return list(_published.values())


def courses_of(indicators: Iterable[Indicator], place: Any, first: date, last: date, since: date) -> dict[str, Course]:
    """By code. Those that can be asked together are."""
    found: dict[str, Course] = {}
    shared: dict[Together, list[Indicator]] = {}
    for one in indicators:
        if one.together:
            shared.setdefault(one.together, []).append(one)
        else:
            found[one.code] = one.course(place, first, last, since)
    for together, those in shared.items():
        found |= together(those, place, first, last, since)
    return found
