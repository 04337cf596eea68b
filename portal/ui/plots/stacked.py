"""Parts of a whole in one bar, with what each is below it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from portal.ui.plots.colours import COLOURS, INK, INK_2, LINE, SURFACE, fill_of, line_of
from portal.ui.plots.marks import NORMAL, box, length, linked, pair, picture, sign, told, words
from portal.words.quantities import number, percent

WIDTH, WIDE, HIGH, GAP, KEY, LINE_HEIGHT = 380, 560, 30, 2, 16, 26
SIGNS = {"ok": "check", "warn": "clock", "bad": "x", "info": "edit", "mute": "minus"}


@dataclass(frozen=True)
class Part:
    """`tone`: ok, warn, bad, info, mute. `icon`: its sign, where that of the tone would say something else."""

    name: str
    count: int
    tone: str
    icon: str = ""
    url: str = ""


def stacked(parts: Sequence[Part], *, label: str, width: float = WIDTH) -> SafeString:
    """In the order given. A part of none is in the list below the bar, and not in the bar."""
    whole = sum(part.count for part in parts)
    marks = [] if whole else [box(0.5, 0.5, width - 1, HIGH - 1, fill="none", line=LINE, round=4, dashed=True)]
    shown = [part for part in parts if part.count]
    room, x = width - GAP * (len(shown) - 1), 0.0
    for part in shown:
        wide = part.count / whole * room
        marks.append(_part(part, x, wide))
        x += wide + GAP
    key, height = _key(parts, whole, width)
    role = "group" if any(part.url for part in parts) else "img"
    return picture("stacked", width, HIGH + height, "".join(marks) + key, label=label, role=role)


def _part(part: Part, x: float, wide: float) -> str:
    """Its number stands in it where there is room."""
    quiet = part.tone == "mute"
    marks = box(x, 0, wide, HIGH, fill=COLOURS["mute-line"] if quiet else fill_of(part.tone), round=3)
    said = number(part.count)
    if length(said, NORMAL) + 10 < wide:
        ink = INK if quiet else SURFACE
        marks += words(x + wide / 2, HIGH / 2 + 5, said, ink=ink, anchor="middle", weight=600)
    return told(marks, f"{part.name}: {said}")


def _key(parts: Sequence[Part], whole: int, width: float) -> tuple[str, float]:
    """Narrow: a line a part, its number on the right. Wide: beside each other."""
    marks, x, y = [], 0.0, HIGH + 14.0
    for part in parts:
        count = f"{number(part.count)} ({percent(part.count, whole)})" if whole else number(part.count)
        wide = KEY + 8 + length(part.name) + 7 + length(count)
        if x and (width < WIDE or x + wide > width):
            x, y = 0.0, y + LINE_HEIGHT
        mark = box(x + 0.5, y + 0.5, KEY, KEY, fill=_key_fill(part), line=line_of(part.tone), round=3)
        mark += sign(part.icon or SIGNS[part.tone], x + 0.5 + KEY / 2, y + 0.5 + KEY / 2, 11, _key_ink(part), width=3)
        if width < WIDE:
            mark += words(KEY + 8, y + 13, part.name, ink=INK_2) + words(width, y + 13, count, anchor="end", weight=600)
        else:
            mark += pair(x + KEY + 8, y + 13, part.name, count, ink=INK_2)
        marks.append(linked(mark, part.url, f"{part.name}: {count}") if part.url else mark)
        x += wide + 20
    return "".join(marks), y - HIGH + LINE_HEIGHT - 6 if parts else 0


def _key_fill(part: Part) -> str:
    return COLOURS["mute-line"] if part.tone == "mute" else fill_of(part.tone)


def _key_ink(part: Part) -> str:
    return INK if part.tone == "mute" else SURFACE
