"""Questions of pages that are opened all day: put into SQL once, and asked with other values each time.

To put a question into words takes the ORM as long as the database takes to answer it. A mark stands in the question for each
value that changes: THOSE for numbers of organisations, and days or numbers that never occur.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

THOSE = "these organisations"
FIRST, LAST = date(1, 1, 1), date(1, 1, 2)
A_PLACE = -1


def those() -> RawSQL:
    """`organisation__in=those()`: as many as are asked for, by one array."""
    return RawSQL("SELECT unnest(%s::bigint[])", (THOSE,))


class Prepared:
    """`build` gives rows of values (`values_list`), opened for a reason: whoever asks has narrowed THOSE to what is reached."""

    def __init__(self, build: Callable[[], QuerySet[Any, Any]]) -> None:
        self._build = build

    @cached_property
    def _question(self) -> tuple[str, tuple[Any, ...]]:
        return self._build().query.sql_with_params()

    def rows(self, numbers: Sequence[int], values: Mapping[Any, Any] | None = None) -> list[tuple[Any, ...]]:
        sql, marks = self._question
        said = {**(values or {}), THOSE: list(numbers)}
        with connection.cursor() as cursor:
            cursor.execute(sql, [said.get(mark, mark) for mark in marks])
            return cursor.fetchall()
