"""Shares read from the summary: what the indicators of every app are made of.

A month says how much there is of something and how much there should be. The rest is adding up: by organisation for the list
behind a figure, by month for its trend, of several at once for a page. Months whole; the tree is that of the last day.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Aggregate, Count, Q, Sum

from branches.models import Kind, Organisation
from branches.models.summary import Month, MonthQuerySet
from branches.summary.months import last_whole_month, month_of
from portal.indicators.registry import NOTHING, Course, Figure, Growth, Indicator

LIVED = Q(in_use=True)  # the branch was there, and in the portal, when the month began


@dataclass(frozen=True)
class Share:
    """`among`: the months that count. `part`: those of them that have it, or a column that is added up.

    `whole`: the column of what there should be; without one each month counts once (by `month`, which stands in the index).
    """

    among: Q
    part: Q | str
    whole: str = ""

    def parts(self, among: Q) -> Aggregate:
        if isinstance(self.part, Q):
            return Count("month", filter=among & self.part)
        return Sum(self.part, filter=among, default=0)

    def wholes(self, among: Q) -> Aggregate:
        return Sum(self.whole, filter=among, default=0) if self.whole else Count("month", filter=among)


Said = Callable[[date, date], Share]  # from the first of the months to the last day


@dataclass(frozen=True)
class ByPlace:
    said: Said
    growth: Growth = Growth.SUMS

    def __call__(self, place: Organisation, first: date, last: date) -> dict[int, Figure]:
        share = self.said(first, last)
        since = last_whole_month(last) if self.growth is Growth.STANDS else first
        rows = months_of_branches(place, since, last).filter(share.among).values_list("organisation")
        found = rows.annotate(part=share.parts(Q()), whole=share.wholes(Q()))
        return {number: judged(self.growth, part, whole) for number, part, whole in found if whole}


@dataclass(frozen=True)
class ByMonth:
    said: Said

    def __call__(self, place: Organisation, first: date, last: date) -> dict[date, Figure]:
        share = self.said(first, last)
        rows = months_of_branches(place, first, last).filter(share.among).values_list("month")
        found = rows.annotate(part=share.parts(Q()), whole=share.wholes(Q()))
        return {month: Figure(int(part), int(whole)) for month, part, whole in found if whole}


def of_months(said: Said, *, growth: Growth = Growth.SUMS, **facts: Any) -> Indicator:
    return Indicator(by_place=ByPlace(said, growth), by_month=ByMonth(said), growth=growth, together=together, **facts)


def judged(growth: Growth, part: int, whole: int) -> Figure:
    """Of what must be kept each time, one organisation has kept all or has not."""
    return Figure(int(part == whole), 1) if growth is Growth.KEEPS else Figure(int(part), int(whole))


def together(
    indicators: Sequence[Indicator], place: Organisation, first: date, last: date, since: date
) -> dict[str, Course]:
    """One query by month; and one by organisation for all of which somebody must have kept each time."""
    months = _courses(indicators, place, since, last)
    kept = [one for one in indicators if one.growth is Growth.KEEPS]
    figures = _kept(kept, place, first, last) if kept else {}
    for one in indicators:
        if one.growth is Growth.STANDS:
            figures[one.code] = months[one.code].get(last_whole_month(last), NOTHING)
        elif one.growth is Growth.SUMS:
            inside = (figure for month, figure in months[one.code].items() if month >= month_of(first))
            figures[one.code] = sum(inside, NOTHING)
    return {one.code: Course(figures[one.code], months[one.code]) for one in indicators}


def months_of_branches(place: Organisation, first: date, last: date) -> MonthQuerySet:
    rows = Month.objects.everywhere(reason="figures are for whoever may read them").below_as_of(place, last)
    return rows.filter(organisation__kind=Kind.BRANCH).between(first, last_whole_month(last)).order_by()


def _courses(
    indicators: Sequence[Indicator], place: Organisation, first: date, last: date
) -> dict[str, dict[date, Figure]]:
    found: dict[str, dict[date, Figure]] = {one.code: {} for one in indicators}
    rows = months_of_branches(place, first, last).values_list("month")
    for month, *counted in rows.annotate(**_counted(indicators, first, last)):
        for one, part, whole in _pairs(indicators, counted):
            if whole:
                found[one.code][month] = Figure(int(part), int(whole))  # a sum of large numbers comes as a Decimal
    return found


def _kept(indicators: Sequence[Indicator], place: Organisation, first: date, last: date) -> dict[str, Figure]:
    found = dict.fromkeys((one.code for one in indicators), (0, 0))
    rows = months_of_branches(place, first, last).values_list("organisation")
    for _, *counted in rows.annotate(**_counted(indicators, first, last)):
        for one, part, whole in _pairs(indicators, counted):
            if whole:
                kept, all_of_them = found[one.code]
                found[one.code] = (kept + (part == whole), all_of_them + 1)
    return {code: Figure(*counts) for code, counts in found.items()}


def _counted(indicators: Sequence[Indicator], first: date, last: date) -> dict[str, Aggregate]:
    found: dict[str, Aggregate] = {}
    for place, one in enumerate(indicators):
        assert isinstance(one.by_place, ByPlace), "only those that are made of months are asked together"
        share = one.by_place.said(first, last)
        found |= {f"part_{place}": share.parts(share.among), f"whole_{place}": share.wholes(share.among)}
    return found


def _pairs(indicators: Sequence[Indicator], counted: Sequence[int]) -> Iterator[tuple[Indicator, int, int]]:
    return zip(indicators, counted[::2], counted[1::2], strict=True)
