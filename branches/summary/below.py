"""Indicators of many places at once: of each of these, the sum of the branches that stood below it. One statement for all of them.

What is made of months is added up by the database; what an app reads from its records is asked once and folded.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Aggregate, Q
from django.utils import timezone

from branches.models import Ancestry, Kind, Organisation
from branches.models.summary import Month, MonthQuerySet
from branches.summary.months import last_whole_month
from branches.summary.shares import ByMonth, ByPlace, Share
from branches.summary.so_far import figures_so_far
from portal.indicators.registry import NOTHING, Figure, Growth, Indicator

WHY = "figures are for whoever may read them"
PLACE = "organisation__ancestries__ancestor"  # in the tree of the day that is asked for


@dataclass(frozen=True)
class Span:
    """From the first day of a period to its last; whose branches are counted says the tree of `tree_on`.

    `branch_type`: only branches of that type are counted.
    """

    first: date
    last: date
    tree_on: date
    branch_type: str = ""


def figures_below(
    places: Sequence[int], indicators: Iterable[Indicator], span: Span, *, top: Organisation
) -> dict[int, dict[str, Figure]]:
    """By place, by the indicator's code. `top`: above all of these places, in whichever tree."""
    asked = list(indicators)
    found: dict[int, dict[str, Figure]] = {place: {one.code: NOTHING for one in asked} for place in places}
    of_months = [one for one in asked if isinstance(one.by_place, ByPlace)]
    if of_months and places:
        for place, *counted in _of_this_year(of_months, places, span) or _rows(of_months, places, span):
            for one, (part, whole) in zip(of_months, zip(counted[::2], counted[1::2], strict=True), strict=True):
                found[place][one.code] = Figure(int(part or 0), int(whole or 0))
    others = [one for one in asked if not isinstance(one.by_place, ByPlace)]
    above = places_above(places, span.tree_on, span.branch_type) if others and places else {}
    for one in others:
        for number, figure in one.by_place(top, span.first, span.last).items():
            if place := above.get(number):
                found[place][one.code] += figure
    return found


def months_below(
    places: Sequence[int], indicator: Indicator, span: Span, *, since: date
) -> dict[int, dict[date, Figure]]:
    """Of each place how it went month by month; nothing of what has no months."""
    found = months_of_several(places, [(indicator, span.last)], span, since=since)
    return {place: months[indicator.code] for place, months in found.items()}


def months_of_several(
    places: Sequence[int], indicators: Iterable[tuple[Indicator, date]], span: Span, *, since: date
) -> dict[int, dict[str, dict[date, Figure]]]:
    """The same of several, by the indicator's code; each as it stood on a day of its own."""
    asked = list(indicators)
    found: dict[int, dict[str, dict[date, Figure]]] = {place: {one.code: {} for one, _ in asked} for place in places}
    of_months = [(one.code, one.by_month.said(since, day)) for one, day in asked if isinstance(one.by_month, ByMonth)]
    if not of_months or not places:
        return found
    statement, values = _month_by_month(tuple(share for _, share in of_months), len(places), since, span)
    for place, month, *counted in _asked(statement, values, places):
        months = found[place]
        for (code, _), part, whole in zip(of_months, counted[::2], counted[1::2], strict=True):
            if whole:
                months[code][month] = Figure(int(part), int(whole))
    return found


def places_above(places: Sequence[int], day: date, branch_type: str = "") -> dict[int, int]:
    """Under which of these places an organisation stood, itself included."""
    rows = Ancestry.objects.everywhere(reason=WHY).filter(ancestor__in=list(places), days__contains=day)
    if branch_type:
        rows = rows.filter(organisation__branch_type=branch_type)
    return dict(rows.values_list("organisation", "ancestor"))


def _of_this_year(indicators: Sequence[Indicator], places: Sequence[int], span: Span) -> list[tuple[Any, ...]] | None:
    """Of the days that are looked at most a sum is kept; in the tree of any day."""
    today = timezone.localdate()
    if (span.first, span.last) != (date(today.year, 1, 1), today):
        return None
    return figures_so_far(places, indicators, tree_on=span.tree_on, branch_type=span.branch_type)


def _rows(indicators: Sequence[Indicator], places: Sequence[int], span: Span) -> list[tuple[Any, ...]]:
    """By branch first: whether it kept something each time is known only then."""
    asked = []
    for one in indicators:
        assert isinstance(one.by_place, ByPlace)
        asked.append((one.by_place.said(span.first, span.last), one.by_place.growth))
    statement, values = _statement(tuple(asked), len(places), span)
    return _asked(statement, values, places)


def _asked(statement: str, values: Iterable[Any], places: Sequence[int]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, [places[MARKED - value] if _is_mark(value) else value for value in values])
        return cursor.fetchall()


MARKED = -1_000_000_000  # from here down numbers stand for the places, in their order


def _is_mark(value: Any) -> bool:
    return isinstance(value, int) and value <= MARKED


@lru_cache(maxsize=256)
def _statement(asked: tuple[tuple[Share, Growth], ...], places: int, span: Span) -> tuple[str, tuple[Any, ...]]:
    """The words alone, for so many places: the ORM takes longer to find them than the database to answer."""
    whole_month = last_whole_month(span.last)
    counted: dict[str, Aggregate] = {}
    outer: list[str] = []
    for number, (share, growth) in enumerate(asked):
        days = Q(month=whole_month) if growth is Growth.STANDS else Q(month__gte=span.first.replace(day=1))
        part, whole = f"part_{number}", f"whole_{number}"
        counted |= {part: share.parts(share.among & days), whole: share.wholes(share.among & days)}
        if growth is Growth.KEEPS:
            outer += [
                f"count(*) FILTER (WHERE {whole} > 0 AND {part} = {whole})",
                f"count(*) FILTER (WHERE {whole} > 0)",
            ]
        else:
            outer += [f"sum({part})", f"sum({whole})"]
    rows = (
        _months(_marks(places), min(span.first, whole_month), span)
        .values_list(PLACE, "organisation")
        .annotate(**counted)
    )
    inner, values = rows.query.sql_with_params()
    statement = f"""
        SELECT place, {", ".join(outer)} FROM ({inner}) AS counted (place, branch, {", ".join(counted)}) GROUP BY place
    """  # noqa: S608  our own words
    return statement, values


@lru_cache(maxsize=256)
def _month_by_month(shares: tuple[Share, ...], places: int, since: date, span: Span) -> tuple[str, tuple[Any, ...]]:
    counted: dict[str, Aggregate] = {}
    for number, share in enumerate(shares):
        counted |= {f"part_{number}": share.parts(share.among), f"whole_{number}": share.wholes(share.among)}
    return _months(_marks(places), since, span).values_list(PLACE, "month").annotate(**counted).query.sql_with_params()


def _marks(places: int) -> list[int]:
    return [MARKED - number for number in range(places)]


def _months(places: Sequence[int], since: date, span: Span) -> MonthQuerySet:
    """The places stand in an array: so the planner knows how many there are, and reads the months in one go."""
    rows = Month.objects.everywhere(reason=WHY).between(since, last_whole_month(span.last)).order_by()
    if span.branch_type:
        rows = rows.filter(organisation__branch_type=span.branch_type)
    return rows.filter(
        organisation__kind=Kind.BRANCH,
        organisation__ancestries__ancestor__in=list(places),
        organisation__ancestries__days__contains=span.tree_on,
    )
