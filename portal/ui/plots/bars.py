"""Lying bars with their names and values: over each other where it is narrow, the names beside where it is wide."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from portal.ui.plots.colours import INK, INK_2, TRACK, fill_of, ink_of
from portal.ui.plots.marks import NORMAL, SMALL, box, broken, length, linked, picture, sign, stroke, words

NARROW, WIDE = 380, 560
THICK, SIGN = 12, 22
SIGNS = {"ok": "check", "warn": "alert", "bad": "low"}


@dataclass(frozen=True)
class Bar:
    """`said`: the value as it is to be read, “371/382 (97,1 %)”. `goal`: what it is to reach. `detail`: a word more."""

    name: str
    value: float | None
    said: str
    tone: str = "info"
    goal: float | None = None
    detail: str = ""
    url: str = ""


@dataclass(frozen=True)
class _Columns:
    """Where names end, where values end and how wide the widest is, and what a full bar is."""

    width: float
    right: float
    values: float
    full: float

    @property
    def left(self) -> float:
        return self.width * 0.36

    @property
    def beside(self) -> bool:
        """There is room for names, bars and values beside each other."""
        return self.width >= WIDE and self.values <= self.width * 0.3


def bars(items: Sequence[Bar], *, label: str, width: float = NARROW, at_most: float | None = None) -> SafeString:
    """`at_most`: what a full bar is; else the longest. From WIDE on the names stand on the left, if values are short."""
    full = at_most or max((max(one.value or 0, one.goal or 0) for one in items), default=0) or 1
    signs = SIGN if any(_icon(one) for one in items) else 0
    values = max((length(one.said) for one in items), default=0) + signs
    columns = _Columns(width, width - signs, values, full)
    rows, y = [], 0.0
    for one in items:
        marks, height = _beside(one, y, columns) if columns.beside else _under(one, y, columns)
        rows.append(linked(marks, one.url, f"{one.name}: {one.said}") if one.url else marks)
        y += height
    role = "group" if any(one.url for one in items) else "img"
    return picture("bars", width, max(y, 1), "".join(rows), label=label, role=role)


def _under(one: Bar, y: float, columns: _Columns) -> tuple[str, float]:
    """Name and value above, the bar below them, both as wide as the picture."""
    width, right = columns.width, columns.right
    lines = broken(one.name, right - length(one.said) - 14, NORMAL)
    marks = [words(0, y + 15 + 18 * place, line) for place, line in enumerate(lines)]
    marks.append(_value(one, right, y + 15))
    top = y + 18 * len(lines) + 6
    marks.append(_bar(one, 0, top, width, columns.full))
    if one.detail:
        marks.append(words(0, top + THICK + 16, broken(one.detail, width, SMALL, lines=1)[0], size=SMALL, ink=INK_2))
    return "".join(marks), top - y + THICK + (24 if one.detail else 0) + 18


def _beside(one: Bar, y: float, columns: _Columns) -> tuple[str, float]:
    """Name, bar, value: columns of a table."""
    room = columns.left - 12
    lines, extra = broken(one.name, room, NORMAL, lines=3), 18 if one.detail else 0
    height = max(18 * len(lines) + extra, 22) + 12
    middle = y + (height - 12) / 2 + 3
    first = middle - 9 * (len(lines) - 1) - extra / 2 + 5
    marks = [words(0, first + 18 * place, line) for place, line in enumerate(lines)]
    if one.detail:
        detail = broken(one.detail, room, SMALL, lines=1)[0]
        marks.append(words(0, first + 18 * len(lines), detail, size=SMALL, ink=INK_2))
    wide = columns.width - columns.left - columns.values - 16
    marks += [
        _bar(one, columns.left, middle - THICK / 2, wide, columns.full),
        _value(one, columns.right, middle + 5),
    ]
    return "".join(marks), height


def _icon(one: Bar) -> str | None:
    return SIGNS.get(one.tone) if one.goal is not None else None


def _value(one: Bar, right: float, y: float) -> str:
    """With the tone's sign after it: colour is never alone."""
    icon = _icon(one)
    mark = sign(icon, right + SIGN - 7, y - 5, 14, ink_of(one.tone)) if icon else ""
    return words(right, y, one.said, anchor="end", weight=600) + mark


def _bar(one: Bar, x: float, y: float, width: float, full: float) -> str:
    marks = box(x, y, width, THICK, fill=TRACK)
    if one.value:
        marks += box(x, y, max(min(one.value / full, 1) * width, 2), THICK, fill=fill_of(one.tone))
    if one.goal is not None:
        at = min(x + one.goal / full * width, x + width - 1.25)
        marks += stroke(at, y - 3, at, y + THICK + 3, ink=INK, width=2.5)
    return marks


def bullet_picture(share: float, *, goal: float, tone: str, label: str, width: float = 270) -> SafeString:
    """The bar of a target alone: from nothing to all, with the mark of what is wanted."""
    bar = Bar("", max(0.0, min(share, 100)), "", tone, goal=min(goal, 100))
    return picture("bullet", width, THICK + 6, _bar(bar, 0, 3, width, 100), label=label)
