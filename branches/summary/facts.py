"""Which facts stand in a month, and who counts them. An app registers its columns when it starts."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple


class Pair(NamedTuple):
    """One organisation in one month, by the month's first day."""

    organisation: int
    month: date


Count = Callable[[Sequence[Pair]], dict[Pair, tuple[Any, ...]]]


@dataclass(frozen=True)
class Facts:
    """Columns of Month that one query counts. A pair that the count leaves out gets `nothing`."""

    columns: tuple[str, ...]
    nothing: tuple[Any, ...]
    count: Count


_registered: dict[str, Facts] = {}


def months_have(name: str, *, columns: Iterable[str], nothing: Iterable[Any], count: Count) -> None:
    _registered[name] = Facts(tuple(columns), tuple(nothing), count)


def all_facts() -> list[Facts]:
    return list(_registered.values())
