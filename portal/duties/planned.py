"""A question so long that planning it takes the database five times what answering it does: planned once on each connection.

A plan is some MB of the server's memory, so a connection keeps few; with the connection they go.
"""

from collections.abc import Sequence
from itertools import count
from typing import Any
from weakref import WeakKeyDictionary

from django.db import connection

from portal.duties.questions import Sql

MOST_KEPT = 3
_numbers = count(1)  # no name is ever given twice
_kept: WeakKeyDictionary[Any, dict[str, str]] = WeakKeyDictionary()  # by connection; the last used is the last


def planned_rows(question: Sql, given: Sequence[tuple[str, Any]]) -> list[tuple[Any, ...]]:
    """In the question stands $1, $2 … where it differs from one asking to the next; what is `given` says what that is, and
    of which type."""
    connection.ensure_connection()
    plans = _kept.setdefault(connection.connection, {})
    key = f"{question.text} {question.values}"
    name = plans.pop(key, "")
    steps = []
    if not name:
        name = f"due_{next(_numbers)}"
        types = ", ".join(kind for kind, _ in given)
        steps.append(_composed(f"PREPARE {name} ({types}) AS {question.text}", question.values))
    # without being told so, the database would weigh at each asking whether to plan anew
    steps.append("SET plan_cache_mode = force_generic_plan")
    steps.append(_composed(f"EXECUTE {name} ({', '.join(['%s'] * len(given))})", [value for _, value in given]))
    before_the_answer = len(steps) - 1
    steps.append("RESET plan_cache_mode")
    while len(plans) >= MOST_KEPT:
        steps.append(f"DEALLOCATE {plans.pop(next(iter(plans)))}")
    with connection.cursor() as cursor:
        cursor.execute("; ".join(steps))
        for _ in range(before_the_answer):
            cursor.nextset()
        rows = cursor.fetchall()
    plans[key] = name
    return rows


def _composed(text: str, values: Sequence[Any]) -> str:
    """With the values written into the text, as the backend of PostgreSQL does it."""
    return connection.ops.compose_sql(text, values)  # type: ignore[attr-defined]
