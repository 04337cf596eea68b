"""The pictures that go with the parts of a commune's page when they leave it."""

from collections import Counter
from collections.abc import Sequence

from meetings.queries.grid import Row
from portal.dashboards.queries.commune.page import Commune
from portal.ui.plots.bars import WIDE, Bar, bars
from portal.ui.plots.grid import Cell, Foot, Line, heat_picture
from portal.words.quantities import NBSP, number

WIDTH = WIDE + 140
MOST = 14  # bars


def chart_of_targets(commune: Commune) -> str:
    drawn = [
        Bar(
            card.name,
            card.bar[0],
            card.measured.said,
            card.measured.tone,
            card.bar[1],
            f"Chỉ tiêu {card.measured.target.goal}. {card.measured.state}.",
        )
        for card in commune.targets.cards
        if card.measured.bar
    ]
    met = sum(one.tone == "ok" for one in drawn)
    label = f"{met} trên {len(drawn)} chỉ tiêu đạt"
    return bars(drawn, label=label, width=WIDTH, at_most=100) if drawn else ""


def chart_of_figures(commune: Commune) -> str:
    drawn = [
        Bar(line.indicator.name, float(line.figure.percent or 0), f"{line.base} ({line.said})")
        for line in commune.figures
    ]
    return bars(drawn, label="Tỷ lệ của từng chỉ số", width=WIDTH, at_most=100) if drawn else ""


def chart_of_grid(commune: Commune) -> str:
    lines = [line_of_grid(row) for row in commune.sorted_rows]
    foot = Foot("Họp đúng hạn", [f"{good}/{owed}" if owed else "" for good, owed in commune.foot])
    label = f"{len(lines)} chi bộ qua 12 tháng năm {commune.day.year}"
    columns = [f"T{month}" for month in range(1, 13)]
    return heat_picture(lines, columns=columns, foot=foot, now=commune.day.month, label=label) if lines else ""


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
