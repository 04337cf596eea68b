"""The year so far of each branch, added up when its months change: a page of a province reads 3,600 rows instead of 36,000.

What is read here is what branches/summary/below.py would count from the months, for one day: today. Each indicator has its place in
the row, and there a word for how it was counted: what it counts may follow rules, which change. Where a row is of another day, or its
word another one, nothing is said, and the months are asked.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from django.db import connection
from django.db.models import Aggregate, Q
from django.utils import timezone

from branches.models import Kind
from branches.models.summary import Month
from branches.rules.reading import RulesNotLoaded
from branches.summary.months import last_whole_month
from branches.summary.shares import ByPlace, Share
from portal.access.prepared import THOSE, those
from portal.indicators.registry import Growth, Indicator, all_indicators

WHY = "figures are for whoever may read them"
LARGE = ("dues_owed", "dues_paid")  # sums of money do not fit in a column of counts
Counted = tuple[int, Growth, Share]  # in which place of the row, from 1; what is counted
LAY_OUT = """
INSERT INTO branches_sofar (organisation_id, words, parts, wholes)
SELECT id, '{}', '{}', '{}' FROM branches_organisation
WHERE kind = %s AND id = ANY (%s::bigint[]) ORDER BY id
ON CONFLICT (organisation_id) DO NOTHING
"""
LOCK = (
    "SELECT FROM branches_sofar WHERE organisation_id = ANY (%s::bigint[]) ORDER BY organisation_id FOR NO KEY UPDATE"
)


def lock(organisations: Iterable[int]) -> None:
    """Before their months are written, in one order: whoever comes second adds up after the first has saved."""
    numbers = sorted(set(organisations))
    with connection.cursor() as cursor:
        cursor.execute(LAY_OUT, [Kind.BRANCH, numbers])
        cursor.execute(LOCK, [numbers])


def add_up(organisations: Iterable[int], today: date | None = None) -> None:
    """After their months were written, and each night: a row is of one day. Nothing is done for those that hold."""
    today, numbers = today or timezone.localdate(), sorted(set(organisations))
    statement, values = _written(today, tuple(_kept(today)), len(_published()))
    with connection.cursor() as cursor:
        cursor.execute(statement, [numbers if value == THOSE else value for value in values])


def figures_so_far(
    places: Sequence[int], indicators: Sequence[Indicator], *, tree_on: date, branch_type: str
) -> list[tuple[Any, ...]] | None:
    """By place, as the months would say it: part and whole of each. None: not every branch below has its row."""
    today = timezone.localdate()
    at = {code: place for place, code in enumerate(_published(), start=1)}
    asked = [(at[one.code], one.growth, share) for one in indicators if (share := _share(one, today))]
    if len(asked) < len(indicators):
        return None
    statement = _read(tuple((place, growth) for place, growth, _ in asked), bool(branch_type))
    words = [_word(growth, share) for _, growth, share in asked]
    values: list[Any] = [today, *words, list(places), tree_on, Kind.BRANCH, *([branch_type] if branch_type else [])]
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows = cursor.fetchall()
    if any(lacking for _, lacking, *_ in rows):
        return None
    return [(place, *counted) for place, _, *counted in rows]


def kept_codes(today: date) -> list[str]:
    """Of which indicators the year is kept on that day."""
    published = _published()
    return [published[place - 1] for place, _, _ in _kept(today)]


def _published() -> list[str]:
    return [one.code for one in all_indicators() if isinstance(one.by_place, ByPlace)]


def _kept(today: date) -> list[Counted]:
    """Where rules are not loaded yet, what asks for them is left out."""
    made = [one for one in all_indicators() if isinstance(one.by_place, ByPlace)]
    found = []
    for place, one in enumerate(made, start=1):
        try:
            share = _share(one, today)
        except RulesNotLoaded:
            continue
        if share:
            found.append((place, one.growth, share))
    return found


def _share(one: Indicator, today: date) -> Share | None:
    """How it is counted this year up to that day; None: its year is not kept."""
    if not isinstance(one.by_place, ByPlace):
        return None
    share = one.by_place.said(date(today.year, 1, 1), today)
    return None if share.part in LARGE or share.whole in LARGE or _asks_elsewhere(share) else share


def _word(growth: Growth, share: Share) -> str:
    return blake2b(f"{growth}{share}".encode(), digest_size=16).hexdigest()


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
    holds = " AND ".join(f"so_far.words[{at}] = %s" for at, _ in asked)
    return f"""
        SELECT above.ancestor_id, count(*) - count(so_far.organisation_id), {", ".join(said)}
        FROM branches_ancestry above JOIN branches_organisation branch ON branch.id = above.organisation_id
        LEFT JOIN branches_sofar so_far ON so_far.organisation_id = branch.id AND so_far.day = %s AND {holds}
        WHERE above.ancestor_id = ANY (%s::bigint[]) AND above.days @> %s AND branch.kind = %s
              {"AND branch.branch_type = %s" if of_one_type else ""}
        GROUP BY above.ancestor_id
    """  # noqa: S608  our own words


@lru_cache(maxsize=16)
def _written(today: date, kept: tuple[Counted, ...], published: int) -> tuple[str, tuple[Any, ...]]:
    first, through = date(today.year, 1, 1), last_whole_month(today)
    counted: dict[str, Aggregate] = {}
    words, parts, wholes = [""] * published, ["0"] * published, ["0"] * published
    for place, growth, share in kept:
        days = Q(month=through) if growth is Growth.STANDS else Q(month__gte=first)
        counted |= {
            f"part_{place}": share.parts(share.among & days),
            f"whole_{place}": share.wholes(share.among & days),
        }
        words[place - 1] = _word(growth, share)
        parts[place - 1], wholes[place - 1] = f"COALESCE(part_{place}, 0)", f"COALESCE(whole_{place}, 0)"
    rows = Month.objects.everywhere(reason=WHY).between(min(first, through), through).order_by()
    added = rows.filter(organisation__in=those()).values_list("organisation").annotate(**counted)
    inner, values = added.query.sql_with_params()
    statement = f"""
        UPDATE branches_sofar so_far SET day = %s, words = %s::varchar[], parts = ARRAY[{", ".join(parts)}]::int[],
               wholes = ARRAY[{", ".join(wholes)}]::int[]
        FROM branches_organisation branch
        LEFT JOIN ({inner}) AS counted ({", ".join(["branch", *counted])}) ON counted.branch = branch.id
        WHERE branch.id = so_far.organisation_id AND (so_far.day IS DISTINCT FROM %s OR so_far.words <> %s::varchar[])
          AND branch.id = ANY (%s::bigint[])
    """  # noqa: S608  our own words
    return statement, (today, words, *values, today, words, THOSE)


@lru_cache(maxsize=256)
def _asks_elsewhere(share: Share) -> bool:
    """Months alone are watched: what asks other tables too may change without them."""
    rows = Month.objects.everywhere(reason=WHY).values("organisation")
    counted = rows.annotate(part=share.parts(share.among), whole=share.wholes(share.among))
    return str(counted.query.sql_with_params()[0]).count("SELECT") > 1
