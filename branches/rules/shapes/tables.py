"""Tables of typed rows: bands, steps, award days. A row is a NamedTuple, so that readers write `band.least`."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple, TypeVar, get_type_hints

from django import forms

from branches.rules.shapes.base import Shape, Unfit
from branches.rules.shapes.numbers import whole
from portal.words.quantities import number
from portal.words.text import nfc

R = TypeVar("R", bound=NamedTuple)
LONGEST_CELL = 120
MOST = 100_000


@dataclass(frozen=True)
class Table(Shape[tuple[R, ...]]):
    """`row`: its class; annotations say what a cell is: str, int, Decimal, or Decimal | None where it may be unknown.

    `labels`: the heads of the columns. `words`: one row in words. `together`: what the rows must be among each other;
    gives a sentence when they are not. `most`: as many rows as the form has.
    """

    row: type[R]
    labels: Mapping[str, str] = field(hash=False)
    words: Callable[[R], str]
    together: Callable[[tuple[R, ...]], str] = lambda rows: ""
    most: int = 6
    may_be_empty: str = ""  # how an empty table is said, where it may be one

    def load(self, stored: Any) -> tuple[R, ...]:
        if not isinstance(stored, list) or not all(isinstance(cells, dict) for cells in stored):
            raise Unfit("Phải là các dòng của một bảng.")
        rows = tuple(self._row(place, cells) for place, cells in enumerate(stored))
        if not rows and not self.may_be_empty:
            raise Unfit("Phải có ít nhất một dòng.")
        if len(rows) > self.most:
            raise Unfit(f"Nhiều dòng quá: tối đa {self.most}.")
        if sentence := self.together(rows):
            raise Unfit(sentence)
        return rows

    def dump(self, value: tuple[R, ...]) -> list[dict[str, Any]]:
        return [{name: _kept(cell) for name, cell in row._asdict().items() if cell is not None} for row in value]

    def say(self, value: tuple[R, ...]) -> str:
        return "; ".join(self.lines(value))

    def lines(self, value: tuple[R, ...]) -> list[str]:
        return [self.words(row) for row in value] or [self.may_be_empty]

    def inputs(self) -> dict[str, forms.Field]:
        return {_name(place, column): self._input(column) for place in range(self.most) for column in self.row._fields}

    def groups(self) -> Iterable[tuple[str, list[str]]]:
        for place in range(self.most):
            yield f"Dòng {place + 1}", [_name(place, column) for column in self.row._fields]

    def typed(self, cleaned: Mapping[str, Any]) -> tuple[R, ...]:
        """Rows that are empty throughout are left out."""
        rows = []
        for place in range(self.most):
            cells = {column: cleaned.get(_name(place, column)) for column in self.row._fields}
            filled = {column: cell for column, cell in cells.items() if cell not in (None, "")}
            if filled:
                rows.append(tuple(self._row(place, {column: _kept(cell) for column, cell in filled.items()})))
        return self.load([self.dump((self.row(*cells),))[0] for cells in rows])

    def shown(self, value: tuple[R, ...]) -> dict[str, Any]:
        return {
            _name(place, column): cell
            for place, row in enumerate(value)
            for column, cell in row._asdict().items()
            if cell is not None
        }

    @property
    def _kinds(self) -> dict[str, Any]:
        return get_type_hints(self.row)

    def _input(self, column: str) -> forms.Field:
        kind, label = self._kinds[column], self.labels[column]
        if kind is str:
            return forms.CharField(label=label, required=False, max_length=LONGEST_CELL)
        if kind is int:
            return forms.IntegerField(label=label, required=False, min_value=0, max_value=MOST)
        return forms.DecimalField(label=label, required=False, min_value=0, max_value=MOST, decimal_places=2)

    def _row(self, place: int, cells: Mapping[str, Any]) -> R:
        if strange := set(cells) - set(self.row._fields):
            raise Unfit(f"Dòng {place + 1} có cột lạ: {', '.join(sorted(strange))}.")
        return self.row(*(self._cell(place, column, cells.get(column)) for column in self.row._fields))

    def _cell(self, place: int, column: str, stored: Any) -> Any:
        kind, name = self._kinds[column], _name(place, column)
        if stored in (None, "") and kind == Decimal | None:
            return None
        if stored in (None, ""):
            raise Unfit(f"Dòng {place + 1} còn thiếu: {self.labels[column].lower()}.", field=name)
        if kind is int:
            return whole(stored, 0, MOST, field=name)
        if kind is str:
            return _text(stored, name)
        return _decimal(stored, name)


def _name(place: int, column: str) -> str:
    return f"value_{place}_{column}"


def _kept(cell: Any) -> Any:
    return f"{cell:f}" if isinstance(cell, Decimal) else cell


def _text(stored: Any, field: str) -> str:
    found = " ".join(nfc(stored).split()) if isinstance(stored, str) else ""
    if not 1 <= len(found) <= LONGEST_CELL:
        raise Unfit(f"Phải viết từ 1 đến {LONGEST_CELL} chữ.", field=field)
    return found


def _decimal(stored: Any, field: str) -> Decimal:
    try:
        found = Decimal(stored) if isinstance(stored, str) else Decimal("NaN")
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or not 0 <= found <= MOST:
        raise Unfit(f"Phải là số từ 0 đến {number(MOST)}, ví dụ 12,5.", field=field)
    return found
