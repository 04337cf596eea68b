"""Figures of one place: all indicators side by side; and one of them down the tree, with the list behind it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from branches.models import Ancestry, Kind, Organisation
from branches.summary.months import last_whole_month
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.figures.periods import Period
from portal.indicators.registry import NOTHING, Course, Figure, Growth, Indicator, Subject, all_indicators, courses_of
from portal.words.quantities import day as in_words
from portal.words.quantities import number, percent

ADDED = {
    Growth.SUMS: "Cộng dồn các tháng từ đầu kỳ.",
    Growth.KEEPS: "Cả kỳ phải giữ đủ; lỡ một lần là cả kỳ không đạt.",
    Growth.STANDS: "Như đang có vào ngày tính.",
}
WHY = "names of what lies below a place that was asked for through the door"


@dataclass(frozen=True)
class Line:
    """An indicator as it stands in a place."""

    indicator: Indicator
    course: Course
    period: Period

    @property
    def figure(self) -> Figure:
        return self.course.figure

    @property
    def said(self) -> str:
        return percent(self.figure.numerator, self.figure.denominator)

    @property
    def counted(self) -> str:
        """34/36 chi bộ"""
        if not self.figure.denominator:
            return "chưa có số liệu"
        return f"{number(self.figure.numerator)}/{number(self.figure.denominator)} {self.indicator.of_what}"

    @property
    def added(self) -> str:
        """What time does to it."""
        return ADDED[self.indicator.growth]

    @property
    def how(self) -> str:
        """To which day it is counted, and in which tree."""
        day = in_words(self.period.last)
        if self.indicator.to_the_day:
            return f"Đến hết ngày {day}, theo cây tổ chức của ngày ấy."
        return f"Trọn tháng, đến hết tháng {last_whole_month(self.period.last):%m/%Y}; theo cây tổ chức ngày {day}."

    @property
    def months(self) -> list[tuple[date, Figure]]:
        months = self.period.months(self.indicator.months)
        return [(month, self.course.by_month.get(month, NOTHING)) for month in months]

    @property
    def trend(self) -> list[float | None]:
        shares = [figure.percent for _, figure in self.months]
        return [None if share is None else float(share) for share in shares]

    @property
    def has_trend(self) -> bool:
        return sum(share is not None for share in self.trend) > 1

    @property
    def trend_words(self) -> str:
        known = [(month, figure) for month, figure in self.months if figure.denominator]
        (first, before), (last, after) = known[0], known[-1]
        shares = [percent(figure.numerator, figure.denominator) for figure in (before, after)]
        return f"Tháng {first:%m/%Y}: {shares[0]}; tháng {last:%m/%Y}: {shares[1]}"


def lines_of(place: Organisation, period: Period) -> dict[Subject, list[Line]]:
    """By subject, those alone that say anything of such a place."""
    indicators = all_indicators()
    courses = courses_of(indicators, place, period.first, period.last, period.trend_since)
    found: dict[Subject, list[Line]] = {subject: [] for subject in Subject}
    for one in indicators:
        line = Line(one, courses[one.code], period)
        if line.figure.denominator or line.course.by_month or place.kind != Kind.BRANCH:
            found[one.subject].append(line)
    return {subject: lines for subject, lines in found.items() if lines}


def line_of(indicator: Indicator, place: Organisation, period: Period) -> tuple[Line, dict[int, Figure]]:
    """With the list behind it, of which it is the sum."""
    parts = indicator.by_place(place, period.first, period.last)
    figure = Figure(sum(part.numerator for part in parts.values()), sum(part.denominator for part in parts.values()))
    months = indicator.by_month(place, period.trend_since, period.last) if indicator.by_month else {}
    return Line(indicator, Course(figure, months), period), parts


@dataclass(frozen=True)
class Part:
    """What one organisation has of a figure."""

    pk: int
    name: str
    figure: Figure
    is_reached: bool = True  # today one may look at it by itself
    is_place: bool = False  # what the place answers for itself
    above: str = ""

    @property
    def share(self) -> float | None:
        return None if self.figure.percent is None else float(self.figure.percent)

    @property
    def said(self) -> str:
        return percent(self.figure.numerator, self.figure.denominator)

    @property
    def is_one(self) -> bool:
        """Of one that keeps it or not, there is no share."""
        return self.figure.denominator == 1

    @property
    def tone(self) -> str:
        """Whether that is enough is a target's matter, not the figure's: only what is whole is marked."""
        return "info" if self.figure.lacking else "ok"

    @property
    def order(self) -> tuple[float, int]:
        """Whoever needs attention first."""
        return (self.share or 0, -self.figure.lacking)


def parts_below(place: Organisation, parts: dict[int, Figure], period: Period, actor: Actor) -> list[Part]:
    """The figure split among those that stood directly below it on the day, where there is something to count.

    Three queries, however many there are.
    """
    day = period.last
    below = Organisation.objects.everywhere(reason=WHY).placed_under(place, day).as_of(day)
    names = dict(below.in_order().values_list("pk", "name_then"))
    ancestry = Ancestry.objects.everywhere(reason=WHY).filter(ancestor__in=list(names), days__contains=day)
    sums = dict.fromkeys(names, (0, 0))
    for number_, above in ancestry.values_list("organisation", "ancestor"):
        if figure := parts.get(number_):
            part, whole = sums[above]
            sums[above] = (part + figure.numerator, whole + figure.denominator)
    reached = _reached(names, actor)
    found = [Part(pk, name, Figure(*sums[pk]), pk in reached) for pk, name in names.items() if sums[pk][1]]
    if place.pk in parts and names:
        found.append(Part(place.pk, f"{place.name} (trực tiếp)", parts[place.pk], is_place=True))
    return sorted(found, key=lambda part: part.order)


def lacking(parts: dict[int, Figure]) -> list[tuple[int, Figure]]:
    """Those that lack something, the most first."""
    found = [(pk, figure) for pk, figure in parts.items() if figure.lacking]
    return sorted(found, key=lambda pair: (-pair[1].lacking, pair[1].numerator, pair[0]))


def named(found: Iterable[tuple[int, Figure]], period: Period, actor: Actor) -> list[Part]:
    """With their names of that day and those of who stood above them; for one page of a list. Three queries."""
    pairs, day = list(found), period.last
    rows = Organisation.objects.everywhere(reason=WHY).filter(pk__in=[pk for pk, _ in pairs]).as_of(day)
    names = {pk: (name, above) for pk, name, above in rows.values_list("pk", "name_then", "parent_then")}
    tops = Organisation.objects.everywhere(reason=WHY).filter(pk__in={above for _, above in names.values() if above})
    above = dict(tops.as_of(day).values_list("pk", "name_then"))
    reached = _reached(names, actor)
    return [
        Part(pk, names[pk][0] or "", figure, pk in reached, above=above.get(names[pk][1], "")) for pk, figure in pairs
    ]


def _reached(numbers: Iterable[int], actor: Actor) -> set[int]:
    rows = Organisation.objects.allowed(actor, Permission.READ_FIGURES).filter(pk__in=list(numbers))
    return set(rows.values_list("pk", flat=True))


def rows_of_sheet(parts: Sequence[Part]) -> list[list[str]]:
    return [[part.name, str(part.figure.numerator), str(part.figure.denominator), part.said] for part in parts]
