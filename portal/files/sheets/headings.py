"""Columns are found by the words people write over them, in whatever order; what stands above the headings is a title."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from portal.files.refusals import FileRefused
from portal.words.text import search_key

LOOKED_AT = 20  # rows from the top, before the headings must have come
LONGEST = 300  # letters of a cell that are kept


@dataclass(frozen=True)
class Column:
    """`words`: without tones, as search_key writes them. The first heading that is one of them, else begins with one."""

    title: str
    words: tuple[str, ...]
    required: bool = False


@dataclass(frozen=True)
class Line:
    number: int  # as the sheet numbers it
    cells: Mapping[str, str]  # by the column's name; a column that the sheet lacks is empty


def lines_of(rows: Sequence[Sequence[str]], columns: Mapping[str, Column]) -> list[Line]:
    """The filled lines below the headings."""
    at, places = _headings(rows, columns)
    missing = [column.title for name, column in columns.items() if column.required and name not in places]
    if missing:
        raise FileRefused(f"Bảng thiếu cột “{'”, “'.join(missing)}”. Hãy ghi tên cột ở dòng đầu như bảng mẫu.")
    return [
        Line(number, {name: _cell(row, places.get(name)) for name in columns})
        for number, row in enumerate(rows, start=1)
        if number > at and any(_cell(row, place) for place in places.values())
    ]


def rows_again(lines: Sequence[Line], columns: Mapping[str, Column]) -> list[list[str]]:
    """The same lines as a table, to be put right by hand: every one keeps its number."""
    rows: list[list[str]] = [[] for _ in range(lines[-1].number)] if lines else []
    for line in lines:
        rows[line.number - 1] = [line.cells[name] for name in columns]
    if lines:
        rows[lines[0].number - 2] = [column.title for column in columns.values()]
    return rows


def _headings(rows: Sequence[Sequence[str]], columns: Mapping[str, Column]) -> tuple[int, dict[str, int]]:
    """The row, of those near the top, in which most columns are found."""
    found = [(number, _places(row, columns)) for number, row in enumerate(rows[:LOOKED_AT], start=1)]
    at, places = max(found, key=lambda one: (len(one[1]), -one[0]))
    if len(places) < min(2, len(columns)):
        titles = ", ".join(column.title for column in columns.values())
        raise FileRefused(f"Không thấy dòng tên cột. Dòng đầu của bảng cần ghi tên cột, ví dụ: {titles}.")
    return at, places


def _places(row: Sequence[str], columns: Mapping[str, Column]) -> dict[str, int]:
    """Whole headings first: “Mã chi bộ” is no “chi bộ” where there is a column for codes."""
    keys = [search_key(cell) for cell in row]
    places: dict[str, int] = {}
    for fits in (lambda key, word: key == word, lambda key, word: key.startswith(f"{word} ")):
        for name, column in columns.items():
            for place, key in enumerate(keys):
                if name not in places and place not in places.values() and any(fits(key, w) for w in column.words):
                    places[name] = place
    return places


def _cell(row: Sequence[str], place: int | None) -> str:
    return row[place][:LONGEST] if place is not None and place < len(row) else ""
