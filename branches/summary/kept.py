"""What was counted for a place stays on a shelf in the memory of this process, and is counted again when something has moved.

`shelf.take(("sizes", span), lambda: sizes_of(places, span))`: what is taken depends on nothing but its name, the place, the day, what
stands in watched tables, and code. Of which tables that is nobody writes down: it is seen in the statements while it is counted.
What reads a table that nobody watches (branches/models/ripple.py) is never kept: it can be slow, and not wrong.

Whatever concerns everybody (the tree, rules, documents) may be handed in; what is recorded at a place must be read by what counts.
What is taken is shared: nobody changes it.
"""

import re
from collections import OrderedDict
from collections.abc import Callable, Hashable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from threading import Lock
from typing import Any, TypeVar

from django.apps import apps
from django.db import connection

from branches.models.ripple import EVERYWHERE, Ripples

T = TypeVar("T")
MOST_KEPT = 1_000
STANDS = "SELECT place, source, bit_xor(value) FROM branches_ripple WHERE place IN (%s, %s) GROUP BY place, source"
# Rows of a place and a table become one. What they come to stays, also for those who read it meanwhile.
FOLD = """
WITH gone AS (
    DELETE FROM branches_ripple WHERE (place, source) IN (
        SELECT place, source FROM branches_ripple GROUP BY place, source HAVING count(*) > 1
    ) RETURNING place, source, value
)
INSERT INTO branches_ripple (place, source, value) SELECT place, source, bit_xor(value) FROM gone GROUP BY place, source
"""
Source = tuple[int, str]  # the place, and the table
Stand = tuple[tuple[Source, int | None], ...]  # what the ripples of each came to


@dataclass(frozen=True)
class _Counted:
    value: Any
    stood: Stand


_kept: OrderedDict[Hashable, _Counted] = OrderedDict()
_at_it = Lock()


def forget_all() -> None:
    with _at_it:
        _kept.clear()


def fold_ripples() -> None:
    with connection.cursor() as cursor:
        cursor.execute(FOLD)


class Shelf:
    """Of one place, for the length of a request. One statement, however much is taken from it; made before anything else of the
    place is read, so that whatever changes meanwhile moves what is kept."""

    def __init__(self, place: int, today: date) -> None:
        self._place, self._today = place, today
        self._open: list[set[str] | None] = []  # tables that were read by what is being counted
        with connection.cursor() as cursor:
            cursor.execute(STANDS, [EVERYWHERE, place])
            self._stands = {(at, table): value for at, table, value in cursor.fetchall()}

    def take(self, name: Hashable, count: Callable[[], T]) -> T:
        key = (self._place, self._today, name)
        found = _found(key)
        if found and all(self._stands.get(source) == value for source, value in found.stood):
            self._note({table for (place, table), _ in found.stood if place == self._place})
            return found.value
        value, tables = self._watched(count)
        if tables is not None:
            _keep(key, _Counted(value, self._stand_of(tables)))
        self._note(tables)
        return value

    def _stand_of(self, tables: set[str]) -> Stand:
        sources = [(EVERYWHERE, table) for table, watched in _watched_tables().items() if not watched.at]
        sources += [(self._place, table) for table in tables]
        return tuple((source, self._stands.get(source)) for source in sources)

    def _watched(self, count: Callable[[], T]) -> tuple[T, set[str] | None]:
        """With the tables at the place that it was counted from; None: it read what nobody watches."""
        self._open.append(set())
        with ExitStack() as stack:
            if len(self._open) == 1:
                stack.enter_context(connection.execute_wrapper(self._read))
            try:
                value = count()
            finally:
                tables = self._open.pop()
        return value, tables

    def _read(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self._open[-1] = _together(self._open[-1], _tables_at_places(sql))
        return execute(sql, params, many, context)

    def _note(self, tables: set[str] | frozenset[str] | None) -> None:
        """What was taken while something else is counted belongs to that as well."""
        if self._open:
            self._open[-1] = _together(self._open[-1], tables)


def _found(key: Hashable) -> _Counted | None:
    with _at_it:
        if key in _kept:
            _kept.move_to_end(key)
        return _kept.get(key)


def _keep(key: Hashable, counted: _Counted) -> None:
    with _at_it:
        _kept[key] = counted
        _kept.move_to_end(key)
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)


def _together(some: set[str] | None, more: set[str] | frozenset[str] | None) -> set[str] | None:
    return None if some is None or more is None else {*some, *more}


@lru_cache(maxsize=1)
def _watched_tables() -> dict[str, Ripples]:
    found = {}
    for model in apps.get_models():
        for one in model._meta.triggers if hasattr(model._meta, "triggers") else ():
            if isinstance(one, Ripples):
                found[model._meta.db_table] = one
    return found


@lru_cache(maxsize=1)
def _all_tables() -> dict[str, str]:
    """Each with the watched table that moves whenever it does, itself as a rule; "": nobody watches it."""
    watched = _watched_tables()
    tables = {model._meta.db_table: getattr(model, "moves_with", "") for model in apps.get_models(include_auto_created=True)}
    return {table: table if table in watched else moves_with for table, moves_with in tables.items()}


@lru_cache(maxsize=2_000)
def _tables_at_places(sql: str) -> frozenset[str] | None:
    """The tables of this statement whose rows belong to a place; None: it reads what is not watched."""
    known, watched = _all_tables(), _watched_tables()
    found = set()
    for table in set(re.findall(r"\w+", sql)) & known.keys():
        source = known[table]
        if not source or not _reads_only(sql, table, watched[source].of if source == table else ()):
            return None
        if watched[source].at:
            found.add(source)
    return frozenset(found)


def _reads_only(sql: str, table: str, of: tuple[str, ...]) -> bool:
    """Where only some columns are watched: all that it names are among them, and it goes by no other name."""
    if not of:
        return True
    columns = re.findall(rf'"{table}"\."(\w+)"', sql)
    joined = re.findall(rf'(?:FROM|JOIN) "{table}"(?= (?:ON|WHERE|INNER|LEFT|GROUP|ORDER)|\)|$)', sql)
    named = re.findall(rf"\b{table}\b", sql)
    return len(named) == len(columns) + len(joined) and set(columns) <= {"id", *of}
