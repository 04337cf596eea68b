"""Counts months anew. Never adds: two writers at once cannot miscount, because the second counts after the first has saved."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from branches.models import Organisation
from branches.models.summary import Month
from branches.summary.facts import Pair, all_facts
from branches.summary.months import month_of, months_between

AT_ONCE = 5_000
# Laid out and locked in one order, so that two writers wait for each other instead of clashing.
LAY_OUT = """
INSERT INTO branches_month (organisation_id, month)
SELECT organisation_id, month FROM unnest(%s::bigint[], %s::date[]) AS pair (organisation_id, month)
ORDER BY organisation_id, month
ON CONFLICT (organisation_id, month) DO NOTHING
"""
LOCK = """
SELECT month.id, month.organisation_id, month.month FROM branches_month month
JOIN unnest(%s::bigint[], %s::date[]) AS pair (organisation_id, month)
  ON pair.organisation_id = month.organisation_id AND pair.month = month.month
ORDER BY month.organisation_id, month.month
FOR UPDATE OF month
"""


@transaction.atomic
def recount(pairs: Iterable[Pair]) -> int:
    """In the writer's own transaction."""
    wanted = sorted(set(pairs))
    for start in range(0, len(wanted), AT_ONCE):
        _recount(wanted[start : start + AT_ONCE])
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
    columns: tuple[list[int], list[date]] = ([pair.organisation for pair in pairs], [pair.month for pair in pairs])
    with connection.cursor() as cursor:
        cursor.execute(LAY_OUT, columns)
        cursor.execute(LOCK, columns)
        rows = {
            Pair(organisation, month): Month(pk, organisation, month) for pk, organisation, month in cursor.fetchall()
        }
    names: list[str] = []
    for facts in all_facts():
        counted = facts.count(pairs)
        names += facts.columns
        for pair, row in rows.items():
            for name, value in zip(facts.columns, counted.get(pair, facts.nothing), strict=True):
                setattr(row, name, value)
    _write(list(rows.values()), names)


def _write(rows: Sequence[Month], names: Sequence[str]) -> None:
    """All of them by one plain statement, column by column."""
    fields: list[Any] = [Month._meta.get_field(name) for name in dict.fromkeys(names)]
    columns = [[field.get_db_prep_save(getattr(row, field.attname), connection) for row in rows] for field in fields]
    given = ", ".join(["%s::bigint[]", *(f"%s::{field.db_type(connection)}[]" for field in fields)])
    named = ", ".join(field.column for field in fields)
    into = ", ".join(f"{field.column} = counted.{field.column}" for field in fields)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE branches_month month SET {into} FROM unnest({given}) AS counted (id, {named}) WHERE month.id = counted.id",  # noqa: S608  columns of our own model
            [[row.pk for row in rows], *columns],
        )
