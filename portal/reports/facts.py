"""What a report stands on: figures and tables as plain values, so that they can be kept, hashed, and told again word for word."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from portal.indicators.registry import Figure
from portal.words.quantities import DOES_NOT_APPLY, number, percent, share


@dataclass(frozen=True)
class Line:
    """One figure. `key` is the same from one reading to the next; `whole` None: a bare count."""

    key: str
    words: str
    part: int
    whole: int | None = None
    of_what: str = ""
    goal: str = ""
    met: bool | None = None
    before: tuple[int, int] | None = None  # the same a year before
    places: tuple[int, int] | None = None  # how many of those below meet it

    @classmethod
    def of(cls, key: str, words: str, figure: Figure, **facts: Any) -> "Line":
        return cls(key, words, figure.numerator, figure.denominator, **facts)

    @property
    def said(self) -> str:
        """34/36 (94,4 %)"""
        return number(self.part) if self.whole is None else share(self.part, self.whole)

    @property
    def rate(self) -> str:
        return percent(self.part, self.whole) if self.whole else DOES_NOT_APPLY

    @property
    def rate_before(self) -> str:
        return percent(*self.before) if self.before and self.before[1] else DOES_NOT_APPLY

    @property
    def lacking(self) -> int:
        return (self.whole or 0) - self.part

    @property
    def is_whole(self) -> bool:
        return self.lacking == 0


@dataclass(frozen=True)
class Sheet:
    """A table as it stands in the paper and in the .xlsx. `widths` in millimetres, 0: what is left.

    `sides`: a letter for each column, l, c or r, to which it leans. `drawn`: the head of the one that an annex draws too.
    """

    key: str
    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...] = ()
    sums: bool = False
    sides: str = ""
    drawn: str = ""


@dataclass(frozen=True)
class Facts:
    """`notes`: what is missing or late, in sentences; `names`: lists of names that sentences count."""

    on: date
    lines: tuple[Line, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    notes: tuple[str, ...] = ()
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def line(self, key: str) -> Line | None:
        return next((line for line in self.lines if line.key == key), None)

    def sheet(self, key: str) -> Sheet | None:
        return next((sheet for sheet in self.sheets if sheet.key == key), None)

    def lines_of(self, beginning: str) -> list[Line]:
        return [line for line in self.lines if line.key.startswith(beginning)]

    def __add__(self, other: "Facts") -> "Facts":
        return Facts(
            self.on, (*self.lines, *other.lines), (*self.sheets, *other.sheets), (*self.notes, *other.notes),
            {**self.names, **other.names},
        )  # fmt: skip

    def frozen(self) -> dict[str, Any]:
        return {"on": self.on.isoformat(), **{name: value for name, value in asdict(self).items() if name != "on"}}

    @classmethod
    def thawed(cls, kept: Mapping[str, Any]) -> "Facts":
        return cls(
            date.fromisoformat(kept["on"]),
            tuple(_line(one) for one in kept["lines"]),
            tuple(_sheet(one) for one in kept["sheets"]),
            tuple(kept["notes"]),
            {name: tuple(found) for name, found in kept["names"].items()},
        )


def sha256_of(kept: Mapping[str, Any]) -> str:
    """Of the values, however the database gives them back."""
    return hashlib.sha256(json.dumps(kept, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True)
class Moved:
    """A figure as the draft has it, and as it is now."""

    words: str
    then: str
    now: str


def moved_since(then: Facts, now: Facts) -> list[Moved]:
    """Figures that changed, came or went; and tables in which something did."""
    found = list(_lines_moved(then.lines, now.lines))
    tables = {sheet.key: sheet for sheet in now.sheets}
    for sheet in then.sheets:
        other = tables.get(sheet.key)
        if other is None or other.rows != sheet.rows:
            changed = len(set(sheet.rows) ^ set(other.rows if other else ()))
            found.append(Moved(sheet.title, f"{number(len(sheet.rows))} dòng", f"{number(changed)} dòng khác"))
    return found


def _lines_moved(then: Iterable[Line], now: Sequence[Line]) -> Iterator[Moved]:
    live, seen = {line.key: line for line in now}, set()
    for line in then:
        seen.add(line.key)
        other = live.get(line.key)
        if other is None or (other.part, other.whole) != (line.part, line.whole):
            yield Moved(line.words, line.said, other.said if other else DOES_NOT_APPLY)
    yield from (Moved(line.words, DOES_NOT_APPLY, line.said) for line in now if line.key not in seen)


def _line(kept: Mapping[str, Any]) -> Line:
    pairs = {name: tuple(kept[name]) if kept[name] else None for name in ("before", "places")}
    return Line(**{**kept, **pairs})


def _sheet(kept: Mapping[str, Any]) -> Sheet:
    rows = tuple(tuple(row) for row in kept["rows"])
    return Sheet(**{**kept, "heads": tuple(kept["heads"]), "widths": tuple(kept["widths"]), "rows": rows})
