"""What was counted for a place stays on a shelf in the memory of this process, and is counted again when something has moved.

`shelf.take("soon due", lambda: soon_due_below(place, day))`: what is taken depends on nothing but its name, the place, the day, what
stands in watched tables, and code. Of which tables that is nobody writes down: it is seen in the statements while it is counted.
What reads a table that nobody watches (branches/models/ripple.py) is never kept: it can be slow, and not wrong.

`shelf.take_each("sizes", places, lambda moved: sizes_of(moved))`: of many places below, each by itself. Where one has moved, that one
is counted again.

Whatever concerns everybody (the tree, rules, documents) may be handed in; what is recorded at a place must be read by what counts.
What is taken is shared: nobody changes it.
"""

import re
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
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
STANDS = "SELECT place, source, bit_xor(value) FROM branches_ripple WHERE place = ANY (%s) GROUP BY place, source"
# Rows of a place and a table become one. What they come to stays, also for those who read it meanwhile.
FOLD = """
WITH gone AS (
    DELETE FROM branches_ripple WHERE (place, source) IN (
        SELECT place, source FROM branches_ripple GROUP BY place, source HAVING count(*) > 1
    ) RETURNING place, source, value
)
INSERT INTO branches_ripple (place, source, value) SELECT place, source, bit_xor(value) FROM gone GROUP BY place, source
"""
Stand = tuple[int | None, ...]  # what the ripples of some tables came to
Tables = tuple[str, ...]  # whose rows belong to a place
_NOTHING: Any = object()


@dataclass(frozen=True)
class _Counted:
    value: Any
    tables: Tables
    stood: Stand
    everywhere: Stand


@dataclass(frozen=True)
class _CountedEach:
    places: tuple[int, ...]
    each: Mapping[int, _Counted]
    all: _Counted  # of the place above them


_NONE = _CountedEach((), {}, _Counted(None, (), (), (None,)))
_kept: OrderedDict[Hashable, Any] = OrderedDict()
_at_it = Lock()


def forget_all() -> None:
    with _at_it:
        _kept.clear()


def fold_ripples() -> None:
    with connection.cursor() as cursor:
        cursor.execute(FOLD)


class Shelf:
    """Of one place, for the length of a request. One statement, however much is taken from it, and one for the places below it; made
    before anything else of the place is read, so that whatever changes meanwhile moves what is kept."""

    def __init__(self, place: int, today: date) -> None:
        self._place, self._today = place, today
        self._open: list[Tables | None] = []  # tables that were read by what is being counted
        self._stands: dict[int, dict[str, int]] = {}
        self._look_at([EVERYWHERE, place])
        self._everywhere = self._stand(EVERYWHERE, _tables_everywhere())

    def take(self, name: Hashable, count: Callable[[], T]) -> T:
        return self._take(self._place, name, count)

    def take_for_all(self, name: Hashable, count: Callable[[], T]) -> T:
        """What is the same wherever one looks: it is kept once."""
        return self._take(EVERYWHERE, name, count)

    def _take(self, place: int, name: Hashable, count: Callable[[], T]) -> T:
        key = (place, self._today, name)
        known: _Counted | None = _found(key)
        if known and self._holds(place, known):
            self._note(known.tables)
            kept: T = known.value
            return kept
        value, tables = self._watched(count)
        assert place or not tables, f"{name} is not the same everywhere: it reads {tables}"
        if tables is not None:
            _keep(key, self._counted(place, value, tables))
        self._note(tables)
        return value

    def take_each(
        self, name: Hashable, places: Sequence[int], count: Callable[[list[int]], Mapping[int, T]]
    ) -> Mapping[int, T]:
        """Of places below: what `count` finds of those that have moved, and what is known of the others."""
        key = (self._place, self._today, name, "each")
        known: _CountedEach = _found(key) or _NONE
        if known.places == tuple(places) and self._holds(self._place, known.all):
            self._note(known.all.tables)
            return known.all.value  # nothing has moved here, so nothing below
        self._look_at([place for place in places if place not in self._stands])
        held = {place: one for place in places if (one := known.each.get(place)) and self._holds(place, one)}
        moved = [place for place in places if place not in held]
        counted, tables = self._watched(lambda: count(moved)) if moved else ({}, ())
        fresh = {place: self._counted(place, counted.get(place, _NOTHING), tables) for place in moved}
        every = held | fresh
        values: dict[int, T] = {place: every[place].value for place in places if every[place].value is not _NOTHING}
        read = None if tables is None else tuple(sorted({table for one in every.values() for table in one.tables}))
        if read is not None:
            _keep(key, _CountedEach(tuple(places), every, self._counted(self._place, values, read)))
        self._note(read)
        return values

    def _holds(self, place: int, found: _Counted) -> bool:
        return found.everywhere == self._everywhere and found.stood == self._stand(place, found.tables)

    def _counted(self, place: int, value: Any, tables: Tables | None) -> _Counted:
        return _Counted(value, tables or (), self._stand(place, tables or ()), self._everywhere)

    def _look_at(self, places: Sequence[int]) -> None:
        if not places:
            return
        self._stands |= {place: {} for place in places}
        with connection.cursor() as cursor:
            cursor.execute(STANDS, [list(places)])
            for place, table, value in cursor.fetchall():
                self._stands[place][table] = value

    def _stand(self, place: int, tables: Tables) -> Stand:
        at = self._stands[place]
        return tuple([at.get(table) for table in tables])

    def _watched(self, count: Callable[[], T]) -> tuple[T, Tables | None]:
        """With the tables at places that it was counted from; None: it read what nobody watches."""
        self._open.append(())
        with ExitStack() as stack:
            if len(self._open) == 1:
                stack.enter_context(connection.execute_wrapper(self._read))
            try:
                value = count()
            finally:
                tables = self._open.pop()
        return value, tables

    def _read(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql is not STANDS:
            self._note(_tables_at_places(sql))
        return execute(sql, params, many, context)

    def _note(self, tables: Tables | None) -> None:
        """What was read or taken while something is counted belongs to it."""
        if self._open:
            so_far = self._open[-1]
            self._open[-1] = None if so_far is None or tables is None else tuple(sorted({*so_far, *tables}))


def _found(key: Hashable) -> Any:
    with _at_it:
        if key in _kept:
            _kept.move_to_end(key)
        return _kept.get(key)


def _keep(key: Hashable, counted: _Counted | _CountedEach) -> None:
    with _at_it:
        _kept[key] = counted
        _kept.move_to_end(key)
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)


@lru_cache(maxsize=1)
def _watched_tables() -> dict[str, Ripples]:
    found = {}
    for model in apps.get_models():
        for one in model._meta.triggers if hasattr(model._meta, "triggers") else ():
            if isinstance(one, Ripples):
                found[model._meta.db_table] = one
    return found


@lru_cache(maxsize=1)
def _tables_everywhere() -> Tables:
    return tuple(table for table, watched in _watched_tables().items() if not watched.at)


@lru_cache(maxsize=1)
def _all_tables() -> dict[str, str]:
    """Each with the watched table that moves whenever it does, itself as a rule; "": nobody watches it."""
    watched = _watched_tables()
    tables = {
        model._meta.db_table: getattr(model, "moves_with", "") for model in apps.get_models(include_auto_created=True)
    }
    return {table: table if table in watched else moves_with for table, moves_with in tables.items()}


@lru_cache(maxsize=2_000)
def _tables_at_places(sql: str) -> Tables | None:
    """The tables of this statement whose rows belong to a place; None: it reads what is not watched."""
    known, watched = _all_tables(), _watched_tables()
    found = set()
    for table in set(re.findall(r"\w+", sql)) & known.keys():
        source = known[table]
        if not source or not _reads_only(sql, table, watched[source].of if source == table else ()):
            return None
        if watched[source].at:
            found.add(source)
    return tuple(sorted(found))


def _reads_only(sql: str, table: str, of: tuple[str, ...]) -> bool:
    """Where only some columns are watched: all that it names are among them, and it goes by no other name."""
    if not of:
        return True
    columns = re.findall(rf'"{table}"\."(\w+)"', sql)
    joined = re.findall(rf'(?:FROM|JOIN) "{table}"(?= (?:ON|WHERE|INNER|LEFT|GROUP|ORDER)|\)|$)', sql)
    named = re.findall(rf"\b{table}\b", sql)
    return len(named) == len(columns) + len(joined) and set(columns) <= {"id", *of}
