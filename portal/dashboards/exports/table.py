"""A table drawn as a picture, for a block that has no chart."""

from collections.abc import Sequence

from portal.dashboards.blocks import Table
from portal.ui.plots.colours import INK, INK_2, LINE
from portal.ui.plots.marks import NORMAL, SMALL, broken, length, picture, stroke, words
from portal.words.quantities import number

MOST_ROWS = 60
NARROWEST, WIDEST, BETWEEN = 56, 260, 20
LINE_HEIGHT, PADDING = 18, 7


def table_picture(table: Table, *, label: str) -> str:
    """The first rows; that there are more is said below them."""
    shown = table.rows[:MOST_ROWS]
    widths = [_width(column) for column in zip(table.heads, *shown, strict=True)]
    lefts = [sum(widths[:place]) + BETWEEN * place for place in range(len(widths))]
    whole = max(sum(widths) + BETWEEN * max(len(widths) - 1, 0), NARROWEST)
    marks, y = [], 0.0
    for place, row in enumerate([table.heads, *shown]):
        drawn, height = _row(row, y, lefts, widths, table.numbers, is_head=place == 0)
        y += height
        marks += [*drawn, stroke(0, y, whole, y, ink=LINE if place else INK, width=1 if place else 2)]
    left = len(table.rows) - len(shown)
    if left:
        y += 22
        marks.append(words(0, y, f"Và {number(left)} dòng nữa trong bảng Excel.", size=SMALL, ink=INK_2))
    return picture("table", whole, y + 2, "".join(marks), label=label)


def _width(cells: Sequence[str]) -> float:
    """As wide as its longest cell; a heading may be broken, but not within a word."""
    head, *others = cells
    word = max((length(word, SMALL) for word in head.split()), default=0)
    longest = max((length(cell, NORMAL) for cell in others), default=0)
    return min(max(longest, word, length(head, SMALL) * 0.6, NARROWEST), WIDEST)


def _row(
    cells: Sequence[str],
    y: float,
    lefts: Sequence[float],
    widths: Sequence[float],
    numbers: frozenset[int],
    *,
    is_head: bool,
) -> tuple[list[str], float]:
    size, ink, weight = (SMALL, INK_2, 600) if is_head else (NORMAL, INK, 400)
    in_lines = [broken(cell, width + 1, size, lines=3) for cell, width in zip(cells, widths, strict=True)]
    most = max((len(lines) for lines in in_lines), default=1)
    height = most * LINE_HEIGHT + 2 * PADDING
    marks = []
    for place, lines in enumerate(in_lines):
        first = y + PADDING + 13 + (LINE_HEIGHT * (most - len(lines)) if is_head else 0)
        x, anchor = (lefts[place] + widths[place], "end") if place in numbers else (lefts[place], "")
        marks += [
            words(x, first + LINE_HEIGHT * number, line, size=size, ink=ink, anchor=anchor, weight=weight)
            for number, line in enumerate(lines)
            if line
        ]
    return marks, height
