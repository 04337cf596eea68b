"""The year so far of each branch, added up when its months change: a page of a province reads 3,600 rows instead of 36,000.

What is read here is what branches/summary/below.py would count from the months, for one day: today. Where a row is of another day, or
was added up in other words (a new version of the portal, a month that changed), nothing is said, and the months are asked.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from django.db import connection
from django.db.models import Aggregate, Q
from django.utils import timezone

from branches.models import Kind
from branches.models.summary import Month
from branches.summary.months import last_whole_month
from branches.summary.shares import ByPlace, Share
from portal.access.prepared import THOSE, those
from portal.indicators.registry import Growth, Indicator, all_indicators

WHY = "figures are for whoever may read them"
LARGE = ("dues_owed", "dues_paid")  # sums of money do not fit in a column of counts
LAY_OUT = """
INSERT INTO branches_sofar (organisation_id, parts, wholes)
SELECT id, '{}', '{}' FROM branches_organisation
WHERE kind = %s AND id = ANY (%s::bigint[]) ORDER BY id
ON CONFLICT (organisation_id) DO NOTHING
"""
LOCK = (
    "SELECT FROM branches_sofar WHERE organisation_id = ANY (%s::bigint[]) ORDER BY organisation_id FOR NO KEY UPDATE"
)


@dataclass(frozen=True)
class Year:
    """How the year up to a day is added up: of which indicators, in which order, by which statement."""

    day: date
    places: dict[str, int]  # of an indicator in the arrays, from 1
    statement: str
    values: tuple[Any, ...]
    words: str


def lock(organisations: Iterable[int]) -> None:
    """Before their months are written, in one order: whoever comes second adds up after the first has saved."""
    numbers = sorted(set(organisations))
    with connection.cursor() as cursor:
        cursor.execute(LAY_OUT, [Kind.BRANCH, numbers])
        cursor.execute(LOCK, [numbers])


def add_up(organisations: Iterable[int], today: date | None = None) -> None:
    """After their months were written, and each night: a row is of one day. Nothing is done for those that hold."""
    year, numbers = year_of(today or timezone.localdate()), sorted(set(organisations))
    with connection.cursor() as cursor:
        cursor.execute(year.statement, [numbers if value == THOSE else value for value in year.values])


def figures_so_far(
    places: Sequence[int], indicators: Sequence[Indicator], *, tree_on: date, branch_type: str
) -> list[tuple[Any, ...]] | None:
    """By place, as the months would say it: part and whole of each. None: not every branch below has its row."""
    year = year_of(timezone.localdate())
    if any(one.code not in year.places for one in indicators):
        return None
    asked = tuple((year.places[one.code], one.growth) for one in indicators)
    with connection.cursor() as cursor:
        values: list[Any] = [year.day, year.words, list(places), tree_on, Kind.BRANCH]
        cursor.execute(_read(asked, bool(branch_type)), [*values, *([branch_type] if branch_type else [])])
        rows = cursor.fetchall()
    if any(lacking for _, lacking, *_ in rows):
        return None
    return [(place, *counted) for place, _, *counted in rows]


@lru_cache(maxsize=64)
def _read(asked: tuple[tuple[int, Growth], ...], of_one_type: bool) -> str:
    said = []
    for at, growth in asked:
        if growth is Growth.KEEPS:
            said += [
                f"count(*) FILTER (WHERE so_far.wholes[{at}] > 0 AND so_far.parts[{at}] = so_far.wholes[{at}])",
                f"count(*) FILTER (WHERE so_far.wholes[{at}] > 0)",
            ]
        else:
            said += [f"sum(so_far.parts[{at}])", f"sum(so_far.wholes[{at}])"]
    return f"""
        SELECT above.ancestor_id, count(*) - count(so_far.organisation_id), {", ".join(said)}
        FROM branches_ancestry above JOIN branches_organisation branch ON branch.id = above.organisation_id
        LEFT JOIN branches_sofar so_far ON so_far.organisation_id = branch.id AND so_far.day = %s AND so_far.words = %s
        WHERE above.ancestor_id = ANY (%s::bigint[]) AND above.days @> %s AND branch.kind = %s
              {"AND branch.branch_type = %s" if of_one_type else ""}
        GROUP BY above.ancestor_id
    """  # noqa: S608  our own words


def year_of(today: date) -> Year:
    return _year(today, tuple(one.code for one in all_indicators()))


@lru_cache(maxsize=4)
def _year(today: date, published: tuple[str, ...]) -> Year:
    first, through = date(today.year, 1, 1), last_whole_month(today)
    places: dict[str, int] = {}
    counted: dict[str, Aggregate] = {}
    for one in all_indicators():
        if not isinstance(one.by_place, ByPlace):
            continue
        share = one.by_place.said(first, today)
        if share.part in LARGE or share.whole in LARGE or _asks_elsewhere(share):
            continue
        place = places[one.code] = len(places) + 1
        days = Q(month=through) if one.growth is Growth.STANDS else Q(month__gte=first)
        counted |= {
            f"part_{place}": share.parts(share.among & days),
            f"whole_{place}": share.wholes(share.among & days),
        }
    rows = Month.objects.everywhere(reason=WHY).between(min(first, through), through).order_by()
    inner, values = (
        rows.filter(organisation__in=those()).values_list("organisation").annotate(**counted).query.sql_with_params()
    )
    parts, wholes = (", ".join(f"COALESCE({name}_{at}, 0)" for at in places.values()) for name in ("part", "whole"))
    words = blake2b(f"{inner}{values}".encode(), digest_size=16).hexdigest()
    statement = f"""
        UPDATE branches_sofar so_far SET day = %s, words = %s, parts = ARRAY[{parts}]::int[], wholes = ARRAY[{wholes}]::int[]
        FROM branches_organisation branch
        LEFT JOIN ({inner}) AS counted (branch, {", ".join(counted)}) ON counted.branch = branch.id
        WHERE branch.id = so_far.organisation_id AND (so_far.day IS DISTINCT FROM %s OR so_far.words <> %s)
          AND branch.id = ANY (%s::bigint[])
    """  # noqa: S608  our own words
    return Year(today, places, statement, (today, words, *values, today, words, THOSE), words)


def _asks_elsewhere(share: Share) -> bool:
    """Months alone are watched: what asks other tables too may change without them."""
    rows = (
        Month.objects.everywhere(reason=WHY)
        .values("organisation")
        .annotate(part=share.parts(share.among), whole=share.wholes(share.among))
    )
    return str(rows.query.sql_with_params()[0]).count("SELECT") > 1
