"""Branches by months for the end of a hall: few rows, large numbers, a sign where something is amiss."""

from collections.abc import Sequence
from math import floor

from django.utils.safestring import SafeString

from portal.ui.plots.colours import INK_2, RED
from portal.ui.plots.grid import LOW_SHARE, Line, look_of
from portal.ui.plots.marks import box, broken, length, picture, sign, stroke, words
from portal.words.quantities import NBSP, number

NAME, CELL, HIGH, GAP, LAST, HEAD, KEY = 226, 58, 42, 4, 92, 32, 34
LETTERS, NUMBERS, SMALLER, NARROW = 19, 21, 16, 15.5
SAID = {
    "late": "Họp muộn",
    "missed": "Không họp",
    "drafting": "Đang ghi",
    "planned": "Có lịch",
    "excused": "Không phải họp",
    "low": f"Dự dưới {LOW_SHARE}{NBSP}%",
}


def hall_grid(lines: Sequence[Line], *, columns: Sequence[str], now: int | None, label: str) -> SafeString:
    """`now`: the column of today, counted from 1."""
    width = NAME + len(columns) * (CELL + GAP) + LAST
    marks = [*_head(columns, now), words(width, 20, "Dự họp", size=SMALLER, ink=INK_2, anchor="end")]
    y: float = HEAD
    for line in lines:
        marks.append(_name(line.name, y))
        marks += [_cell(line, place, y) for place in range(len(columns))]
        marks.append(words(width, y + 28, line.last, size=LETTERS, anchor="end", weight=600))
        y += HIGH + GAP
    return picture("hall", width, y + KEY, "".join(marks) + _key(lines, y + 8), label=label)


def _head(columns: Sequence[str], now: int | None) -> list[str]:
    found = []
    for place, said in enumerate(columns):
        x, is_now = NAME + place * (CELL + GAP), place + 1 == now
        ink, weight = (RED, 600) if is_now else (INK_2, 400)
        found.append(words(x + CELL / 2, 20, said, size=SMALLER, ink=ink, anchor="middle", weight=weight))
        if is_now:
            found.append(stroke(x, 27, x + CELL, 27, ink=RED, width=3))
    return found


def _name(said: str, y: float) -> str:
    """In one line, or smaller in two."""
    if length(said, LETTERS) <= NAME - 6:
        return words(0, y + 28, said, size=LETTERS, weight=600)
    lines = broken(said, NAME - 8, NARROW)
    return "".join(words(0, y + 18 + 18 * place, part, size=NARROW, weight=600) for place, part in enumerate(lines))


def _cell(line: Line, place: int, y: float) -> str:
    cell, x = line.cells[place], NAME + place * (CELL + GAP)
    fill, border, ink, icon = look_of(cell)
    marks = box(
        x + 0.5, y + 0.5, CELL - 1, HIGH - 1, fill=fill, line=border, round=6,
        dashed=cell.state not in ("met", "late", "missed"),
    )  # fmt: skip
    if cell.share is None or cell.state not in ("met", "late"):
        return marks + sign(icon or "check", x + CELL / 2, y + HIGH / 2, 20, ink)
    middle = x + CELL / 2 - (8 if icon else 0)
    said = number(floor(cell.share))
    marks += words(middle, y + 28, said, size=NUMBERS, ink=ink, anchor="middle", weight=600)
    return marks + (sign(icon, x + CELL - 9.5, y + HIGH / 2, 13, ink, width=3) if icon else "")


def _key(lines: Sequence[Line], y: float) -> str:
    """Of the signs that are to be seen above it."""
    found = {
        look_of(cell)[3]: look_of(cell) for line in lines for cell in line.cells if _key_of(cell.state, cell.share)
    }
    said = {look_of(cell)[3]: _key_of(cell.state, cell.share) for line in lines for cell in line.cells}
    marks, x = [], 0.0
    for icon, (fill, border, ink, _) in found.items():
        marks.append(box(x + 0.5, y + 0.5, 21, 21, fill=fill, line=border or fill, round=5))
        marks.append(sign(icon, x + 11, y + 11, 14, ink))
        marks.append(words(x + 30, y + 17, said[icon], size=SMALLER, ink=INK_2))
        x += 30 + len(said[icon]) * 9.5 + 22
    return "".join(marks)


def _key_of(state: str, share: float | None) -> str:
    if state == "met":
        return SAID["low"] if share is not None and share < LOW_SHARE else ""
    return SAID.get(state, "")
