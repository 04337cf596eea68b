"""A question so long that planning it takes the database five times what answering it does: planned once on each connection.

A plan is some MB of the server's memory, so a connection keeps few; with the connection they go.
"""

import re
from collections.abc import Sequence
from itertools import count
from typing import Any
from weakref import WeakKeyDictionary

from django.db import connection

from portal.access.reading import is_sent_as_it_is
from portal.duties.questions import Sql

MOST_WORDS = 600_000  # characters of all questions of a connection: some four of the longest
_numbers = count(1)  # no name is ever given twice
_kept: WeakKeyDictionary[Any, dict[str, str]] = WeakKeyDictionary()  # by connection; the last used is the last


def planned_rows(question: Sql, given: Sequence[tuple[str, Any]]) -> list[tuple[Any, ...]]:
    """In the question stands $1, $2 … where it differs from one asking to the next; what is `given` says of which type that
    is, and what."""
    if not is_sent_as_it_is(connection):
        return _written_out(question, given).rows()
    with connection.cursor() as cursor:
        here = cursor.connection
        plans = _kept.pop(here, None)  # who fails on the way leaves none: what the server has of it then is not known
        steps = ["DEALLOCATE ALL"] if plans is None else []
        plans = plans or {}
        key = f"{question.text} {question.values}"
        name = plans.pop(key, "")
        if not name:
            name = f"due_{next(_numbers)}"
            types = ", ".join(kind for kind, _ in given)
            steps.append(_composed(f"PREPARE {name} ({types}) AS {question.text}", question.values))
        # without being told so, the database would weigh at each asking whether to plan anew
        steps.append("SET plan_cache_mode = force_generic_plan")
        steps.append(_composed(f"EXECUTE {name} ({', '.join(['%s'] * len(given))})", [value for _, value in given]))
        before_the_answer = len(steps) - 1
        steps.append("RESET plan_cache_mode")
        plans[key] = name
        while len(plans) > 1 and sum(map(len, plans)) > MOST_WORDS:
            steps.append(f"DEALLOCATE {plans.pop(next(iter(plans)))}")
        cursor.execute("; ".join(steps))
        for _ in range(before_the_answer):
            cursor.nextset()
        rows = cursor.fetchall()
        _kept[here] = plans
        return rows


def _written_out(question: Sql, given: Sequence[tuple[str, Any]]) -> Sql:
    """One statement with all values: where a service keeps history of what it does, more is put before each statement."""
    values = [_composed(f"%s::{kind}", [value]) for kind, value in given]
    return Sql(re.sub(r"\$(\d+)", lambda found: values[int(found[1]) - 1], question.text), question.values)


def _composed(text: str, values: Sequence[Any]) -> str:
    """With the values written into the text, as the backend of PostgreSQL does it."""
    return connection.ops.compose_sql(text, values)  # type: ignore[attr-defined]
