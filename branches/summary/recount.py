"""Counts months anew. Never adds: two writers at once cannot miscount, because the second counts after the first has saved."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from branches.models import Organisation
from branches.models.summary import Month
from branches.summary import so_far
from branches.summary.facts import Pair, all_facts
from branches.summary.months import month_of, months_between
from branches.summary.moved import moved_at

AT_ONCE = 50_000
# Laid out and locked in one order, so that two writers wait for each other instead of clashing.
LAY_OUT = """
INSERT INTO branches_month (organisation_id, month)
SELECT organisation_id, month FROM unnest(%s::bigint[], %s::date[]) AS pair (organisation_id, month)
ORDER BY organisation_id, month
ON CONFLICT (organisation_id, month) DO NOTHING
"""
LOCK = """
SELECT month.id FROM branches_month month
JOIN unnest(%s::bigint[], %s::date[]) AS pair (organisation_id, month)
  ON pair.organisation_id = month.organisation_id AND pair.month = month.month
ORDER BY month.organisation_id, month.month
FOR UPDATE OF month
"""


@transaction.atomic
def recount(pairs: Iterable[Pair]) -> int:
    """In the writer's own transaction."""
    wanted = sorted(set(pairs))
    organisations = {pair.organisation for pair in wanted}
    so_far.lock(organisations)
    for start in range(0, len(wanted), AT_ONCE):
        _recount(wanted[start : start + AT_ONCE])
    so_far.add_up(organisations)
    moved_at(organisations)
    return len(wanted)


def recount_since(organisations: Iterable[Organisation], since: date | None) -> int:
    """All months from a day to this one: for a change that holds from that day on."""
    today = timezone.localdate()
    return recount(
        Pair(organisation.pk, month)
        for organisation in organisations
        for month in months_between(since or first_month_of(organisation, today), today)
    )


def first_month_of(organisation: Organisation, today: date) -> date:
    """From when its months are kept: since it is in the portal; where that is unknown, since the year before this one."""
    return month_of(organisation.joined_on or organisation.founded_on or date(today.year - 1, 1, 1))


def _recount(pairs: Sequence[Pair]) -> None:
    places: tuple[list[int], list[date]] = ([pair.organisation for pair in pairs], [pair.month for pair in pairs])
    with connection.cursor() as cursor:
        cursor.execute(LAY_OUT, places)
        cursor.execute(LOCK, places)
        names, values = _counted(pairs)
        cursor.execute(_written(tuple(names)), [*places, *values])


def _counted(pairs: Sequence[Pair]) -> tuple[list[str], list[list[Any]]]:
    """The columns, and of each its values in the order of the pairs."""
    found: dict[str, list[Any]] = {}
    for facts in all_facts():
        counted = facts.count(pairs)
        columns = zip(*(counted.get(pair, facts.nothing) for pair in pairs), strict=True)
        found |= {name: list(values) for name, values in zip(facts.columns, columns, strict=True)}
    return list(found), list(found.values())


@cache
def _written(names: tuple[str, ...]) -> str:
    """All columns of all months by one statement; a month that stays as it was is not written."""
    arrays = ", ".join(f"%s::{Month._meta.get_field(name).db_type(connection)}[]" for name in names)
    said, kept = ", ".join(f"counted.{name}" for name in names), ", ".join(f"month.{name}" for name in names)
    return f"""
        UPDATE branches_month AS month SET ({", ".join(names)}) = ROW ({said})
        FROM unnest(%s::bigint[], %s::date[], {arrays}) AS counted (organisation_id, month, {", ".join(names)})
        WHERE month.organisation_id = counted.organisation_id AND month.month = counted.month
          AND ({kept}) IS DISTINCT FROM ({said})
    """  # noqa: S608  names of columns
