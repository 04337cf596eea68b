"""What holds in an organisation on a day: `book.value("meeting.minutes.least", organisation, on=day)`.

A book reads all rules by one query when it is first asked, and answers from memory. One book serves a whole request or job:
`Rulebook.of(actor)` keeps it with the actor; work without an actor makes one, `Rulebook()`, and passes it on.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Generic, Protocol, TypeVar, overload

from branches.models import Organisation, Rule
from branches.rules.ancestry import Chains
from branches.rules.registry import Certainty, Definition, definition_of
from portal.access.actor import Actor

T = TypeVar("T")
KEPT = "rulebook"


class Reader(Protocol):
    """Who reads for the length of a request or a job: an actor, a scan of what is due."""

    @property
    def read_once(self) -> dict[str, Any]: ...


class RulesNotLoaded(LookupError):
    """The whole country has no such rule in the database: `manage.py load_rules` was not run."""


@dataclass(frozen=True)
class Entry:
    """A row of the book. Without an organisation: the whole country; stored None: as the level above."""

    number: int
    organisation: int | None
    since: date
    stored: Any
    source: str
    certainty: Certainty

    @property
    def follows_above(self) -> bool:
        return self.stored is None


@dataclass(frozen=True)
class Standing(Generic[T]):
    """What holds, and the row that it comes from."""

    value: T
    entry: Entry


class Rulebook:
    """`only`: a book of one rule, for work that asks for no other."""

    def __init__(self, only: str = "") -> None:
        self._only = only
        self.ancestry = Chains()

    @classmethod
    def of(cls, reader: Reader) -> "Rulebook":
        """The book of this request."""
        return reader.read_once.setdefault(KEPT, cls())

    @staticmethod
    def forget(actor: Actor | None) -> None:
        """After a rule was written, the request reads anew."""
        if actor:
            actor.read_once.pop(KEPT, None)

    @overload
    def value(self, rule: Definition[T], organisation: Organisation, *, on: date) -> T: ...
    @overload
    def value(self, rule: str, organisation: Organisation, *, on: date) -> Any: ...
    def value(self, rule: Any, organisation: Organisation, *, on: date) -> Any:
        return self.source_of(rule, organisation, on=on).value

    def source_of(
        self, rule: Definition[T] | str, organisation: Organisation | None, *, on: date, but_itself: bool = False
    ) -> Standing[T]:
        """Down from the whole country: the nearest organisation wins, and there the latest that has begun.

        Where a lower level may only be stricter, one that is laxer than what holds above it does not count: so it stays
        when the level above tightens its own, or when the organisation moves elsewhere in the tree.
        """
        definition: Definition[T] = definition_of(rule) if isinstance(rule, str) else rule
        standing = self._of_whole_country(definition, on)
        places = self.ancestry.ancestors(organisation, on) if organisation else ()
        for place in places[:-1] if but_itself else places:
            entry = self._begun(self.entries(definition.key, place), on)
            if entry is None or entry.follows_above:
                continue
            own = definition.shape.load(entry.stored)
            if not definition.laxer(own, standing.value):
                standing = Standing(own, entry)
        return standing

    def entries(self, key: str, organisation: int | None) -> list[Entry]:
        """What one organisation has set, the earliest first."""
        return self._entries.get((key, organisation), [])

    def chain(self, key: str, organisation: Organisation, on: date) -> Iterator[Entry]:
        """What was, is and will be set for the organisation by itself and by all above it, whether it counts or not."""
        for place in (None, *self.ancestry.ancestors(organisation, on)):
            yield from self.entries(key, place)

    def organisations_with_own(self, key: str, on: date) -> set[int]:
        """Those with a value of their own on this day, anywhere in the tree."""
        places = [place for kept, place in self._entries if kept == key and place is not None]
        own = {place: self._begun(self.entries(key, place), on) for place in places}
        return {place for place, entry in own.items() if entry and not entry.follows_above}

    def _of_whole_country(self, definition: Definition[T], on: date) -> Standing[T]:
        """Days before the first one known are answered by the first: old months that are entered later need a measure."""
        rows = self.entries(definition.key, None)
        if not rows:
            raise RulesNotLoaded(definition.key)
        entry = self._begun(rows, on) or rows[0]
        return Standing(definition.shape.load(entry.stored), entry)

    def _begun(self, rows: list[Entry], on: date) -> Entry | None:
        place = bisect_right(rows, on, key=lambda row: row.since)
        return rows[place - 1] if place else None

    def read(self) -> "Rulebook":
        """All of it now, for whoever keeps the book."""
        _ = self._entries
        return self

    @property
    def said(self) -> str:
        """All of it in one line: what is the same says the same."""
        return repr(
            [(key, place, row.since, row.stored) for (key, place), rows in self._entries.items() for row in rows]
        )

    @cached_property
    def _entries(self) -> dict[tuple[str, int | None], list[Entry]]:
        rows = Rule.objects.everywhere(reason="one measure for all: what judges somebody is no secret to the judge")
        rows = rows.filter(key=self._only) if self._only else rows
        found: dict[tuple[str, int | None], list[Entry]] = {}
        columns = ("key", "organisation_id", "pk", "since", "value", "source", "certainty")
        for key, organisation, number, since, stored, source, certainty in rows.order_by("since").values_list(*columns):
            entry = Entry(number, organisation, since, stored, source, Certainty(certainty))
            found.setdefault((key, organisation), []).append(entry)
        return found
