"""The pictures that go with the parts of a commune's page when they leave it."""

from collections import Counter
from collections.abc import Sequence

from meetings.queries.grid import Row
from portal.dashboards.queries.commune.page import Commune
from portal.ui.plots.bars import WIDE, Bar, bars
from portal.ui.plots.grid import Cell, Line
from portal.words.quantities import NBSP, number

WIDTH = WIDE + 140
MOST = 14  # bars


def line_of_grid(row: Row) -> Line:
    cells = [Cell(slot.cell, slot.share, slot.short_day, slot.day) for slot in row.slots]
    share = "" if row.share is None else f"{number(row.share, 1)}{NBSP}%"
    return Line(row.name, cells, f"{number(row.strength)} đảng viên", share)


def chart_of_counts(names: Sequence[str], *, noun: str, label: str) -> str:
    """How often each name occurs, the most first."""
    counted = Counter(names).most_common(MOST)
    drawn = [Bar(name, count, f"{number(count)} {noun}", "bad") for name, count in counted]
    return bars(drawn, label=label, width=WIDTH) if len(drawn) > 1 else ""


def chart_of_without(commune: Commune) -> str:
    drawn = [
        Bar(one.name, one.figure.lacking, f"{number(one.figure.lacking)}/{number(one.figure.denominator)}", "warn")
        for one in commune.without_tasks[:MOST]
    ]
    return bars(drawn, label="Đảng viên chưa được giao nhiệm vụ theo chi bộ", width=WIDTH) if len(drawn) > 1 else ""
