"""Where proof comes from. Nobody reports a second time what a record of the portal already shows."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Proof:
    """One record which shows that a task of a document was carried out in an organisation."""

    task: int
    organisation: int
    on: date
    kind: str  # what it is, for people: Buổi sinh hoạt, Buổi quán triệt
    words: str
    url: str


@dataclass(frozen=True)
class Wanted:
    """Of these tasks; of these organisations, or of all; from a day on, or from ever."""

    tasks: Collection[int]
    organisations: Collection[int] | None = None
    since: date | None = None


Source = Callable[[Wanted], list[Proof]]
_sources: dict[str, Source] = {}


def publish_proofs(name: str, source: Source) -> None:
    _sources[name] = source


def proofs(wanted: Wanted) -> list[Proof]:
    """From every source, the oldest first: a query a source."""
    if not wanted.tasks or (wanted.organisations is not None and not wanted.organisations):
        return []
    return sorted((one for source in _sources.values() for one in source(wanted)), key=lambda one: one.on)
