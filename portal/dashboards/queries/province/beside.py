"""A place beside another, or beside itself in another year: the same figures, line by line."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from django.http import QueryDict
from django.utils.safestring import SafeString

from branches.models import Kind, Organisation
from branches.summary.months import last_day_of
from portal.access.permissions import Permission
from portal.dashboards.frame import Frame
from portal.dashboards.queries.province.movement import Moved, moved, spark_of
from portal.figures.periods import Length, Period, period_of
from portal.indicators.registry import Course, Figure, Indicator, Subject, all_indicators, courses_of
from portal.words.quantities import number, percent

FIRST_YEAR = 2000


@dataclass(frozen=True)
class Side:
    """One of the two: where, and over which days."""

    place: Organisation
    period: Period
    name: str

    @cached_property
    def courses(self) -> dict[str, Course]:
        return courses_of(all_indicators(), self.place, self.period.first, self.period.last, self.period.trend_since)

    def spark(self, one: Indicator) -> SafeString:
        return spark_of(self.courses[one.code].by_month, self.period.months(one.months)[-12:], None)


@dataclass(frozen=True)
class Line:
    """An indicator on both sides."""

    indicator: Indicator
    left: Figure
    right: Figure
    sparks: tuple[SafeString, SafeString]
    urls: tuple[str, str]

    @property
    def left_said(self) -> str:
        return percent(self.left.numerator, self.left.denominator)

    @property
    def right_said(self) -> str:
        return percent(self.right.numerator, self.right.denominator)

    @property
    def left_counted(self) -> str:
        return _counted(self.left)

    @property
    def right_counted(self) -> str:
        return _counted(self.right)

    @property
    def gap(self) -> Moved | None:
        """By how many points the left one stands higher."""
        return moved(self.left, self.right)

    @property
    def gap_words(self) -> str:
        gap = self.gap
        return "" if gap is None else "bằng nhau" if not gap.points else "cao hơn" if gap.points > 0 else "thấp hơn"


def _counted(figure: Figure) -> str:
    return f"{number(figure.numerator)}/{number(figure.denominator)}" if figure.denominator else "chưa có số liệu"


def lines_by_subject(frame: Frame, left: Side, right: Side) -> list[tuple[Subject, list[Line]]]:
    """Of what one of them at least has something to tell."""
    found: dict[Subject, list[Line]] = {subject: [] for subject in Subject}
    for one in all_indicators():
        figures = left.courses[one.code].figure, right.courses[one.code].figure
        if any(figure.denominator for figure in figures):
            urls = _address(frame, one, left), _address(frame, one, right)
            found[one.subject].append(Line(one, *figures, (left.spark(one), right.spark(one)), urls))
    return [(subject, lines) for subject, lines in found.items() if lines]


def _address(frame: Frame, one: Indicator, side: Side) -> str:
    words = {"to-chuc": str(side.place.pk), "ky": side.period.length.value, "den": side.period.last.isoformat()}
    if side.period.length is Length.YEAR:
        words["ky"] = ""
    return frame.url("figure", one.code, **words, cay="")


# who may stand beside whom


def others_beside(frame: Frame) -> list[Organisation]:
    """Of the same kind under the same committee, as far as one reaches: whoever sees one place alone is offered none."""
    rows = Organisation.objects.allowed(frame.actor, Permission.READ_FIGURES).filter(kind=frame.place.kind)
    rows = rows.filter(parent=frame.place.parent).exclude(pk=frame.place.pk).exclude(kind=Kind.CELL)
    return list(rows.living(frame.today).in_order())


def years_beside(frame: Frame) -> list[int]:
    """Those before the one that is looked at, as far back as the place is in the portal; four at most."""
    year = frame.period.last.year
    begun = frame.place.joined_on or frame.place.founded_on
    earliest = max(begun.year if begun else year - 4, FIRST_YEAR, year - 4)
    return list(range(year - 1, earliest - 1, -1))


@dataclass(frozen=True)
class Beside:
    """What the address asks for: ?voi=12 or ?voi-nam=2025; else the year before, but of a term, in which that year lies, nothing.
    Of what is not offered nothing is said but that it is not."""

    frame: Frame
    others: Sequence[Organisation]
    years: Sequence[int]
    asked: QueryDict

    @property
    def other(self) -> Organisation | None:
        return next((one for one in self.others if str(one.pk) == self.asked.get("voi", "")), None)

    @property
    def year(self) -> int | None:
        if not self._is_asked:
            return None if self.frame.period.length is Length.TERM else next(iter(self.years), None)
        return next((one for one in self.years if str(one) == self.asked.get("voi-nam", "")), None)

    @property
    def is_refused(self) -> bool:
        return self._is_asked and self.other is None and self.year is None

    @property
    def _is_asked(self) -> bool:
        return bool(self.asked.get("voi") or self.asked.get("voi-nam"))

    @cached_property
    def sides(self) -> tuple[Side, Side] | None:
        frame = self.frame
        if self.other:
            return Side(frame.place, frame.period, frame.place.name), Side(self.other, frame.period, self.other.name)
        if self.year:
            then = a_year_of(frame.period, self.year)
            return Side(frame.place, frame.period, frame.period.name), Side(frame.place, then, then.name)
        return None


def a_year_of(period: Period, year: int) -> Period:
    """The same stretch of that year: to its end if this one is over, else to the same day."""
    length = Length.YEAR if period.length is Length.TERM else period.length
    last = period.last
    same = date(year, last.month, min(last.day, last_day_of(date(year, last.month, 1)).day))
    found = period_of(length, same)
    return replace(found, last=found.ends) if period.last == period.ends and found.ends else found
