"""A block as a sheet: what it is of on the first line, then all its rows; its numbers can be added up."""

import io
from collections.abc import Sequence

from portal.dashboards.blocks import Block
from portal.dashboards.frame import Frame
from portal.files.sheets.blank import harmless, write_sheet

NARROWEST, WIDEST, LOOKED_AT = 9, 60, 200  # letters; rows


def sheet_of(block: Block, frame: Frame) -> bytes:
    out = io.BytesIO()
    explained = ". ".join(part.rstrip(".") for part in (block.title, frame.place.name, block.lead) if part) + "."
    heads = [harmless(head) if head else "" for head in block.table.heads]
    write_sheet(out, explained, heads, _widths(block), block.table.rows, numbers=block.table.numbers)
    return out.getvalue()


def _widths(block: Block) -> list[int]:
    columns = zip(block.table.heads, *block.table.rows[:LOOKED_AT], strict=True)
    return [_width(column) for column in columns]


def _width(cells: Sequence[str]) -> int:
    """Of the heading at least its longest word and half of it: it may be broken."""
    head, *others = cells
    longest = max((len(cell) for cell in others), default=0)
    return min(max(longest, len(head) // 2, *(len(word) for word in head.split() or [""]), NARROWEST) + 2, WIDEST)
