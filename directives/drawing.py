"""The chain of documents as a picture: places and lines for an SVG, reckoned on the server."""

from dataclasses import dataclass

from directives.models import Document
from directives.queries.documents import Chain

WIDTH, HEIGHT = 190, 62  # of a box
GAP_X, GAP_Y, MARGIN = 46, 14, 4
MOST_IN_A_COLUMN = 6
LETTERS = 20  # that fit into a line of a box


@dataclass(frozen=True)
class Box:
    x: int
    y: int
    document: Document | None
    more: int = 0  # how many stand behind this box that says “và 12 văn bản khác”
    is_here: bool = False

    @property
    def middle(self) -> int:
        return self.y + HEIGHT // 2

    @property
    def text_x(self) -> int:
        return self.x + 14

    @property
    def first_line(self) -> int:
        return self.y + 26

    @property
    def second_line(self) -> int:
        return self.y + 47

    @property
    def said(self) -> str:
        """Its number, or else the beginning of what it is called: no more than fits."""
        if self.document is None:
            return ""
        called = self.document.symbol or self.document.short_name or self.document.subject
        return called if len(called) <= LETTERS else f"{called[: LETTERS - 1].rstrip()}…"

    @property
    def right(self) -> int:
        return self.x + WIDTH


@dataclass(frozen=True)
class Picture:
    width: int
    height: int
    boxes: list[Box]
    lines: list[str]


def picture_of(chain: Chain, here: Document) -> Picture:
    columns = [_column(level, number, here) for number, level in enumerate(chain.levels)]
    tallest = max((len(column) for column in columns), default=0)
    height = 2 * MARGIN + tallest * (HEIGHT + GAP_Y) - GAP_Y
    boxes = [
        _lowered(box, (height - len(column) * (HEIGHT + GAP_Y) + GAP_Y) // 2) for column in columns for box in column
    ]
    at = {box.document.pk: box for box in boxes if box.document}
    lines = [_line(at[above], at[below]) for above, below in chain.links if above in at and below in at]
    return Picture(2 * MARGIN + len(columns) * (WIDTH + GAP_X) - GAP_X, height, boxes, lines)


def _column(level: list[Document], number: int, here: Document) -> list[Box]:
    x = MARGIN + number * (WIDTH + GAP_X)
    ordered = sorted(level, key=lambda one: one.pk != here.pk)  # the one that is looked at is never hidden
    shown = ordered if len(ordered) <= MOST_IN_A_COLUMN else ordered[: MOST_IN_A_COLUMN - 1]
    boxes = [Box(x, row * (HEIGHT + GAP_Y), one, is_here=one.pk == here.pk) for row, one in enumerate(shown)]
    if len(shown) < len(level):
        boxes.append(Box(x, len(shown) * (HEIGHT + GAP_Y), None, more=len(level) - len(shown)))
    return boxes


def _lowered(box: Box, by: int) -> Box:
    return Box(box.x, box.y + by, box.document, box.more, box.is_here)


def _line(above: Box, below: Box) -> str:
    bend = (above.right + below.x) // 2
    return f"M{above.right} {above.middle}C{bend} {above.middle} {bend} {below.middle} {below.x} {below.middle}"
