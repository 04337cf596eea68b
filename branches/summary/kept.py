"""What was counted for a place stays on a shelf in the memory of this process, and is counted again when something has moved.

`shelf.take("soon due", lambda: soon_due_below(place, day))`: what is taken depends on nothing but its name, the place, the day, what
stands in watched tables (branches/models/ripple.py), and code. Of which tables that is is seen in the statements while it is counted;
what reads another model's table is never kept. So a forgotten table makes a page slow, and not wrong.

`shelf.take_each("sizes", places, lambda moved: sizes_of(moved))`: of many places that stand below this one, each by itself. Where one
has moved, that one is counted again.

What is left to whoever writes such a call:
- The tree and its rules may be handed in. Everything else, of a place or of all, must be read by what counts, or stand in the name.
- What a reader may see stands in the name (`actor.reach`), or is asked outside.
- What is taken is shared with others: nobody changes it. (A book of rules reads on by itself; that is all.)
- Statements written by hand call their columns by the table's whole name in quotes where only some columns are watched (`of=`).
"""

import re
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from threading import Lock, local
from typing import Any, TypeVar

from django.apps import apps
from django.db import connection

from branches.models.ripple import EVERYWHERE, TREE, UNSETTLED, Ripples

T = TypeVar("T")
MOST_KEPT = 2_000  # a page of a commune is made of nine: all of a province, and some of its other periods
HANDED_IN = ("branches_organisation", TREE, "branches_standing", "branches_rule")
SUMS = """
SELECT place, source, bit_xor(value), bool_and(folded) FROM branches_ripple WHERE place = ANY (%s) GROUP BY place, source
"""
Tables = tuple[str, ...]
Sums = tuple[int | None, ...]  # what the ripples of some tables came to


@dataclass(frozen=True)
class _Counted:
    value: Any
    tables: Tables
    sums: Sums  # of these tables
    around: Sums  # of what may be handed in


@dataclass(frozen=True)
class _CountedEach:
    places: tuple[int, ...]
    whole: _Counted  # of all these places, for as long as nothing moves at the one above them
    each: Mapping[int, _Counted]


class _Reading(local):
    """What is being counted in this thread, the innermost last: the tables that each has read; None: one that nobody watches."""

    def __init__(self) -> None:
        self.tables: list[Tables | None] = []

    def note(self, tables: Tables | None) -> None:
        if self.tables:
            known = self.tables[-1]
            self.tables[-1] = None if known is None or tables is None else tuple(sorted({*known, *tables}))


_reading = _Reading()
_kept: OrderedDict[Hashable, Any] = OrderedDict()
_at_it = Lock()
_NOTHING: Any = object()


def forget_all() -> None:
    with _at_it:
        _kept.clear()


class Shelf:
    """Of one place, for the length of a request. One statement, however much is taken from it, and one for the places below it; made
    before anything else of the place is read, so that whatever changes meanwhile moves what is kept."""

    def __init__(self, place: int, today: date) -> None:
        self.today, self._place = today, place
        self._sums: dict[int, dict[str, int]] = {}
        unsettled = self._look_at([UNSETTLED, EVERYWHERE, place])
        # While the tree changes, somebody may still be writing who saw it as it was: for that minute nothing is kept.
        self._keeps = not self._sums[UNSETTLED] and (EVERYWHERE, TREE) not in unsettled
        self._around = self._of(EVERYWHERE, HANDED_IN)

    @property
    def sum(self) -> str:
        """Says the same as long as nothing has moved here or below. What moves elsewhere in the tree is nobody's business here."""
        return repr(sorted(self._sums[self._place].items()))

    def take(self, name: Hashable, count: Callable[[], T]) -> T:
        return self._take(self._place, name, count)

    def take_for_all(self, name: Hashable, count: Callable[[], T]) -> T:
        """What is the same wherever one looks is kept once."""
        return self._take(EVERYWHERE, name, count)

    def _take(self, place: int, name: Hashable, count: Callable[[], T]) -> T:
        key = (place, self.today, name)
        known: _Counted | None = _found(key)
        if known and self._holds(place, known):
            _reading.note(known.tables)
            kept: T = known.value
            return kept
        value, tables = _watched(count)
        if place != EVERYWHERE or not _at_places(tables):
            self._keep(key, tables, lambda read: self._counted(place, value, read))
        _reading.note(tables)
        return value

    def take_each(
        self, name: Hashable, places: Sequence[int], count: Callable[[list[int]], Mapping[int, T]]
    ) -> Mapping[int, T]:
        """What `count` finds of those that have moved, and what is known of the others."""
        key = (self._place, self.today, name, "each")
        known: _CountedEach | None = _found(key)
        if known and known.places == tuple(places) and self._holds(self._place, known.whole):
            _reading.note(known.whole.tables)
            whole: Mapping[int, T] = known.whole.value
            return whole
        self._look_at([place for place in places if place not in self._sums])
        before = known.each if known else {}
        every = {place: one for place in places if (one := before.get(place)) and self._holds(place, one)}
        moved = [place for place in places if place not in every]
        counted, tables = _watched(lambda: count(moved)) if moved else ({}, ())
        every |= {place: self._counted(place, counted.get(place, _NOTHING), tables or ()) for place in moved}
        values: dict[int, T] = {place: every[place].value for place in places if every[place].value is not _NOTHING}
        read = _together(tables, *(one.tables for one in every.values()))
        self._keep(
            key,
            read,
            lambda read: _CountedEach(tuple(places), self._counted(self._place, values, read), {**before, **every}),
        )
        _reading.note(read)
        return values

    def _holds(self, place: int, known: _Counted) -> bool:
        return self._keeps and known.around == self._around and known.sums == self._of(place, known.tables)

    def _counted(self, place: int, value: Any, tables: Tables) -> _Counted:
        return _Counted(value, tables, self._of(place, tables), self._around)

    def _keep(self, key: Hashable, tables: Tables | None, made: Callable[[Tables], Any]) -> None:
        if tables is None or not self._keeps:
            return
        with _at_it:
            _kept[key] = made(tables)
            _kept.move_to_end(key)
            while len(_kept) > MOST_KEPT:
                _kept.popitem(last=False)

    def _of(self, place: int, tables: Iterable[str]) -> Sums:
        here, everywhere, watched = self._sums[place], self._sums[EVERYWHERE], _watched_tables()
        return tuple([(here if watched[table].at else everywhere).get(table) for table in tables])

    def _look_at(self, places: Sequence[int]) -> set[tuple[int, str]]:
        """Returned: of which ripples some are not folded yet."""
        if not places:
            return set()
        self._sums |= {place: {} for place in places}
        with connection.cursor() as cursor:
            cursor.execute(SUMS, [list(places)])
            rows = cursor.fetchall()
        for place, table, value, _ in rows:
            self._sums[place][table] = value
        return {(place, table) for place, table, _, is_folded in rows if not is_folded}


def _found(key: Hashable) -> Any:
    with _at_it:
        if key in _kept:
            _kept.move_to_end(key)
        return _kept.get(key)


# ------------------------------------------------------------------ what is read while something is counted


def _watched(count: Callable[[], T]) -> tuple[T, Tables | None]:
    """With the tables that it was counted from; None: it read one that nobody watches."""
    _reading.tables.append(())
    with ExitStack() as stack:
        if len(_reading.tables) == 1:
            stack.enter_context(connection.execute_wrapper(_note_statement))
        try:
            value = count()
        finally:
            tables = _reading.tables.pop()
    return value, tables


def _note_statement(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    if sql is not SUMS:
        _reading.note(_tables_of(sql))
    return execute(sql, params, many, context)


def _together(*some: Tables | None) -> Tables | None:
    found: set[str] = set()
    for tables in some:
        if tables is None:
            return None
        found.update(tables)
    return tuple(sorted(found))


def _at_places(tables: Tables | None) -> bool:
    return any(_watched_tables()[table].at for table in tables or ())


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
    watched, models = _watched_tables(), apps.get_models(include_auto_created=True)
    tables = {model._meta.db_table: getattr(model, "moves_with", "") for model in models}
    return {table: table if table in watched else moves_with for table, moves_with in tables.items()}


@lru_cache(maxsize=2_000)
def _tables_of(sql: str) -> Tables | None:
    """The watched tables of this statement; None: it reads what is not watched, or what cannot be seen from here."""
    if re.search(r"\bEXECUTE\b", sql):
        return None
    known, watched = _all_tables(), _watched_tables()
    found = set()
    for table in set(re.findall(r"\w+", sql)) & known.keys():
        source = known[table]
        if not source or not _reads_only(sql, table, watched[source].of if source == table else ()):
            return None
        found.add(source)
    return tuple(sorted(found))


def _reads_only(sql: str, table: str, of: tuple[str, ...]) -> bool:
    """Where only some columns are watched: those that it names are among them, and it goes by no other name than those that
    Django gives in questions within questions (U1)."""
    if not of:
        return True
    columns = re.findall(rf'"{table}"\."(\w+)"', sql)
    joined = re.findall(rf'(?:FROM|JOIN) "{table}"(?: ([A-Z]\d+))?(?= (?:ON|WHERE|INNER|LEFT|GROUP|ORDER)|\)|$)', sql)
    named = re.findall(rf"\b{table}\b", sql)
    if len(named) != len(columns) + len(joined):
        return False
    columns += [column for alias in joined if alias for column in re.findall(rf'\b{alias}\."(\w+)"', sql)]
    return bool(columns) and "*" not in sql and set(columns) <= {"id", *of}
