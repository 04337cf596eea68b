"""A map that needs no borders: a tile a place, where it lies or one after another, in four bands with sign and number."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, sqrt

from django.utils.safestring import SafeString

from portal.ui.plots.colours import COLOURS, INK_2, SURFACE
from portal.ui.plots.marks import SMALL, box, broken, length, linked, picture, sign, told, words

TILE, HIGH, GAP = 104, 72, 5
MOST_COLUMNS = 10
NO_BAND = -1
# From the best to the worst: fill, border, ink, sign.
BANDS = (
    (COLOURS["ok-fill"], COLOURS["ok-fill"], SURFACE, "check-circle"),
    (COLOURS["ok-deep"], COLOURS["ok-line"], COLOURS["ok-ink"], "check"),
    (COLOURS["warn-wash"], COLOURS["warn-line"], COLOURS["warn-ink"], "low"),
    (COLOURS["bad-fill"], COLOURS["bad-fill"], SURFACE, "alert"),
)
NOTHING = ("none", COLOURS["mute-line"], COLOURS["mute-ink"], "minus")


@dataclass(frozen=True)
class Tile:
    """`band`: 0 is the best of four, 3 the worst, -1 where there is nothing to say. `at`: column and row, from 0."""

    name: str
    said: str
    band: int
    url: str = ""
    at: tuple[int, int] | None = None
    detail: str = ""  # said with the name where a pointer rests, or read aloud


def tile_map(
    tiles: Sequence[Tile],
    *,
    label: str,
    bands: Sequence[str],
    columns: int | None = None,
    nothing: str = "Chưa có số liệu",
) -> SafeString:
    """`bands`: what the four mean, “từ 95 %”, from the best to the worst."""
    columns = columns or _columns(tiles)
    placed = [(tile, tile.at or (place % columns, place // columns)) for place, tile in enumerate(tiles)]
    wide = max((column for _, (column, _) in placed), default=0) + 1
    high = max((row for _, (_, row) in placed), default=-1) + 1
    width = max(wide * (TILE + GAP) - GAP, 320)
    names = [(look, name) for look, name in zip(BANDS, bands, strict=False) if name]
    if any(tile.band == NO_BAND for tile in tiles):
        names.append((NOTHING, nothing))
    key, top = _key(names, width)
    marks = [_tile(tile, column * (TILE + GAP), top + row * (HIGH + GAP)) for tile, (column, row) in placed]
    role = "group" if any(tile.url for tile in tiles) else "img"
    height = top + max(high * (HIGH + GAP) - GAP, 0)
    return picture("tiles", width, height, key + "".join(marks), label=label, role=role)


def _columns(tiles: Sequence[Tile]) -> int:
    return max(min(ceil(sqrt(len(tiles) * 1.1)), MOST_COLUMNS), 1)


def _tile(tile: Tile, x: float, y: float) -> str:
    fill, line, ink, icon = _look(tile.band)
    lines = broken(tile.name, TILE - 14, SMALL)
    marks = [box(x + 0.5, y + 0.5, TILE - 1, HIGH - 1, fill=fill, line=line, round=6, dashed=tile.band == NO_BAND)]
    marks += [words(x + 8, y + 18 + 16 * place, part, size=SMALL, ink=ink) for place, part in enumerate(lines)]
    marks.append(words(x + 8, y + HIGH - 10, tile.said, size=17, ink=ink, weight=600))
    marks.append(sign(icon, x + TILE - 16, y + HIGH - 16, 16, ink))
    said = ": ".join(filter(None, (tile.name, tile.said))) + (f", {tile.detail}" if tile.detail else "")
    return linked("".join(marks), tile.url, said) if tile.url else told("".join(marks), said)


def _key(names: Sequence[tuple[tuple[str, str, str, str], str]], width: float) -> tuple[str, float]:
    marks, x, y = [], 0.0, 0.0
    for (fill, line, ink, icon), name in names:
        wide = 24 + length(name, SMALL) + 18
        if x and x + wide - 18 > width:
            x, y = 0.0, y + 26
        marks.append(box(x + 0.5, y + 0.5, 17, 17, fill=fill, line=line, round=4, dashed=fill == "none"))
        marks.append(sign(icon, x + 9, y + 9, 12, ink, width=3))
        marks.append(words(x + 24, y + 14, name, size=SMALL, ink=INK_2))
        x += wide
    return "".join(marks), y + 32


def _look(band: int) -> tuple[str, str, str, str]:
    return NOTHING if band == NO_BAND else BANDS[band]
