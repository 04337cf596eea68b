"""Rules as SQL: each is put into words by the ORM, and the engine asks around it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import BigIntegerField, CharField, IntegerField, Value
from django.db.models.functions import Cast, JSONObject

from portal.duties.days import column
from portal.duties.rules import Asked, Duty, Limit, what_questions_depend_on

MOST_KEPT = 1_000
_put: dict[tuple[Any, ...], tuple[str, tuple[Any, ...]]] = {}
COLUMNS = "rule, subject, organisation, place, account, since, due_on, stages, facts"
_RAW = "subject, organisation, place, account, since, limit_on, stages, facts"
_NAMES = [f"duty_{number}" for number in range(8)]  # in the inner question, where a model may have columns of any name
_NOTHING = (
    "SELECT NULL::text, NULL::text, NULL::bigint, NULL::text, NULL::bigint, NULL::date, NULL::date, NULL::int[], "
    "NULL::jsonb WHERE false"
)


@dataclass(frozen=True)
class Sql:
    text: str
    values: tuple[Any, ...] = ()

    def rows(self) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(self.text, self.values)
            return cursor.fetchall()


EVERYTHING = Sql("true")


def question(duty: Duty, asked: Asked, narrow: Sql = EVERYTHING) -> Sql:
    """What a rule finds and has begun; COLUMNS. `narrow` speaks of the same columns."""
    inner, values = _inner(duty, asked)
    last_good = "limit_on - 1" if duty.limit is Limit.BEFORE else "limit_on"
    text = (
        f"SELECT %s::text AS rule, subject, organisation, place, account, since, {last_good} AS due_on, stages, facts "  # noqa: S608  our own words
        f"FROM ({inner}) AS item ({_RAW}) WHERE since <= %s AND {narrow.text}"
    )
    return Sql(text, (duty.code, *values, asked.on, *narrow.values))


def together(questions: Iterable[Sql]) -> Sql:
    """One question out of many."""
    parts = list(questions)
    text = " UNION ALL ".join(part.text for part in parts) or _NOTHING
    return Sql(text, tuple(value for part in parts for value in part.values))


def _inner(duty: Duty, asked: Asked) -> tuple[str, tuple[Any, ...]]:
    """The ORM takes longer to put thirty rules into words than the database to answer them: once a day each, and once again
    where something that they read has changed."""
    key = (duty.code, asked.on, *what_questions_depend_on(asked))
    if key not in _put:
        if len(_put) >= MOST_KEPT:
            _put.clear()
        with connection.execute_wrapper(_reads_nothing):
            _put[key] = _in_words(duty, asked)
    return _put[key]


def _reads_nothing(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    raise RuntimeError(f"a rule read something that its words do not depend on: {sql[:200]}")


def _in_words(duty: Duty, asked: Asked) -> tuple[str, tuple[Any, ...]]:
    found = duty.open(asked)
    stages = Value(found.stages, ArrayField(IntegerField())) if isinstance(found.stages, list) else found.stages
    expressions = [
        Cast(found.subject, CharField()),
        Cast(found.organisation, BigIntegerField()),
        column(found.place),
        Cast(found.account or Value(None), BigIntegerField()),
        column(found.since),
        column(found.limit),
        Cast(stages, ArrayField(IntegerField())),
        JSONObject(**dict(found.facts)),
    ]
    rows = found.rows.order_by().annotate(**dict(zip(_NAMES, expressions, strict=True))).values_list(*_NAMES)
    return rows.query.sql_with_params()
