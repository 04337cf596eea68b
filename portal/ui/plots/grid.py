"""Branches by months as one picture: what the grid of a page says, with its signs, its numbers and its foot."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from math import floor

from django.utils.safestring import SafeString

from portal.ui.plots.colours import COLOURS, INK_2, LOW, RED, SURFACE
from portal.ui.plots.marks import SMALL, box, broken, length, picture, sign, stroke, words
from portal.words.quantities import number

NAME, CELL, HIGH, GAP, LAST, HEAD = 178, 56, 40, 3, 74, 34
DEEP = (COLOURS["ok-deep"], "", COLOURS["ok-ink"], "")
DEEP_SHARE, LOW_SHARE, LONG = 95, 90, 4
# What a cell looks like: fill, border, ink, sign. Those of a kept month are in _look.
LOOKS = {
    "late": (COLOURS["warn-wash"], COLOURS["warn-line"], COLOURS["warn-ink"], "clock"),
    "missed": (COLOURS["bad-fill"], "", "#FFFFFF", "x"),
    "drafting": (SURFACE, COLOURS["info-fill"], COLOURS["info-ink"], "edit"),
    "planned": ("none", COLOURS["mute-line"], INK_2, "calendar"),
    "none": ("none", COLOURS["mute-line"], INK_2, "dot"),
    "excused": ("none", COLOURS["mute-line"], INK_2, "minus"),
    "outside": ("none", COLOURS["mute-line"], INK_2, "minus"),
}
KEY = (
    ("met", 92, "Đúng hạn"),
    ("met", DEEP_SHARE, "Dự từ 95 %"),
    ("met", 80, "Dự dưới 90 %"),
    ("late", None, "Họp muộn"),
    ("missed", None, "Không họp"),
    ("drafting", None, "Đang ghi"),
    ("planned", None, "Có lịch"),
)


@dataclass(frozen=True)
class Cell:
    """As in the tag heat_cell: `state` met, late, missed, drafting, planned, none, excused, outside."""

    state: str
    share: float | None = None
    grade: str = ""
    day: date | None = None


@dataclass(frozen=True)
class Line:
    name: str
    cells: Sequence[Cell]
    detail: str = ""
    last: str = ""


@dataclass(frozen=True)
class Foot:
    name: str = ""
    said: Sequence[str] = field(default=())


def heat_picture(
    lines: Sequence[Line],
    *,
    columns: Sequence[str],
    label: str,
    head: str = "Chi bộ",
    last: str = "Dự họp",
    foot: Foot | None = None,
    now: int | None = None,
) -> SafeString:
    """`now`: the column of today, counted from 1."""
    wide = CELL if len(columns) > 6 else CELL * 1.8
    width = NAME + len(columns) * (wide + GAP) + LAST
    key, top = _key(width)
    marks = [key, *_head(columns, head, last, width, wide, top, now)]
    y = top + HEAD
    for line in lines:
        marks.append(_line(line, y, wide, width))
        y += HIGH + GAP
    if foot and foot.said:
        marks.append(words(0, y + 19, foot.name, size=SMALL, ink=INK_2))
        marks += [
            words(_middle(place, wide), y + 19, said, size=SMALL, ink=INK_2, anchor="middle")
            for place, said in enumerate(foot.said)
        ]
        y += 28
    return picture("heat", width, y, "".join(marks), label=label)


def _middle(place: int, wide: float) -> float:
    return NAME + place * (wide + GAP) + wide / 2


def _head(
    columns: Sequence[str], head: str, last: str, width: float, wide: float, top: float, now: int | None
) -> list[str]:
    base = top + HEAD - 12
    found = [words(0, base, head, size=SMALL, ink=INK_2)]
    for place, said in enumerate(columns):
        is_now = place + 1 == now
        ink, weight = (RED, 600) if is_now else (INK_2, 400)
        found.append(words(_middle(place, wide), base, said, size=SMALL, ink=ink, anchor="middle", weight=weight))
        if is_now:
            x = NAME + place * (wide + GAP)
            found.append(stroke(x, base + 7, x + wide, base + 7, ink=RED, width=3))
    found.append(words(width, base, last, size=SMALL, ink=INK_2, anchor="end"))
    return found


def _line(line: Line, y: float, wide: float, width: float) -> str:
    names = broken(line.name, NAME - 14, 14, lines=1 if line.detail else 2)
    first = y + 17 if line.detail or len(names) > 1 else y + 25
    marks = [words(0, first + 16 * place, part, weight=600) for place, part in enumerate(names)]
    if line.detail:
        marks.append(words(0, y + 33, line.detail, size=12, ink=INK_2))
    for place, cell in enumerate(line.cells):
        marks.append(_cell(cell, NAME + place * (wide + GAP), y, wide))
    marks.append(words(width, y + 25, line.last, anchor="end", weight=600))
    return "".join(marks)


def _cell(cell: Cell, x: float, y: float, wide: float) -> str:
    fill, border, ink, icon = look_of(cell)
    dashed = cell.state not in ("met", "late", "missed")
    marks = box(x + 0.5, y + 0.5, wide - 1, HIGH - 1, fill=fill, line=border, round=5, dashed=dashed)
    middle = x + wide / 2
    has_share = cell.state in ("met", "late") and cell.share is not None
    said = _said(cell)
    if has_share:
        marks += words(middle, y + 18, number(floor(cell.share or 0)), size=14.5, ink=ink, anchor="middle", weight=600)
    return marks + _said_with_sign(
        said, icon, middle, y + (32 if has_share else 24), ink, bare=not said and not has_share
    )


def _said_with_sign(said: str, icon: str, middle: float, base: float, ink: str, *, bare: bool) -> str:
    size = 16 if bare else 12
    both, letters = bool(said and icon), 11 if icon and len(said) > LONG else 12
    wide = length(said, letters)
    marks = (
        words(middle - (8 if both else 0), base, said, size=letters, ink=ink, anchor="middle", weight=500)
        if said
        else ""
    )
    if icon:
        marks += sign(icon, middle + (wide / 2 + 1 if both else 0), base - 4.2, size, ink)
    return marks


def _said(cell: Cell) -> str:
    if cell.state == "missed":
        return "bỏ"
    if cell.state == "drafting":
        return "nháp"
    if cell.state == "planned":
        return f"{cell.day:%d/%m}" if cell.day else ""
    return cell.grade if cell.state in ("met", "late") else ""


def look_of(cell: Cell) -> tuple[str, str, str, str]:
    if cell.state != "met":
        return LOOKS[cell.state]
    if cell.share is not None and cell.share >= DEEP_SHARE:
        return DEEP
    if cell.share is not None and cell.share < LOW_SHARE:
        return LOW, COLOURS["ok-line"], COLOURS["ok-ink"], "low"
    return COLOURS["ok-wash"], "", COLOURS["ok-ink"], "" if cell.share is not None or cell.grade else "check"


def _key(width: float) -> tuple[str, float]:
    marks, x, y = [], 0.0, 0.0
    for state, share, said in KEY:
        fill, border, ink, icon = look_of(Cell(state, share))
        wide = 26 + length(said, SMALL) + 14
        if x and x + wide - 14 > width:
            x, y = 0.0, y + 26
        marks.append(
            box(
                x + 0.5,
                y + 0.5,
                18,
                18,
                fill=fill,
                line=border or fill,
                round=4,
                dashed=state in ("drafting", "planned"),
            )
        )
        if icon or share != DEEP_SHARE:
            marks.append(sign(icon or "check", x + 9.5, y + 9.5, 12, ink))
        marks.append(words(x + 26, y + 14, said, size=SMALL, ink=INK_2))
        x += wide
    return "".join(marks), y + 26
