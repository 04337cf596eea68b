"""Geometry of our small charts. Numbers in SVG have a point, whatever the language: they are made to strings here."""

from collections.abc import Sequence
from typing import Any

WIDTH, HEIGHT, MARGIN = 112, 34, 4


def svg_percent(value: float, *, at_most: float = 100) -> str:
    return f"{max(0.0, min(value, at_most)):.2f}%"


def line_of(values: Sequence[float | None], goal: float | None, span: float = 0) -> dict[str, Any]:
    """Pieces of a line (broken where a value is missing), the last dot, and the height of the goal.

    `span`: so much lies between bottom and top at least, that a small change may look small and what stays full lie on top.
    """
    known = [value for value in values if value is not None]
    shown = [*known, goal] if goal is not None else known
    low, high = (min(shown), max(shown)) if shown else (0, 1)
    low = min(low, max(high - span, 0))
    high = max(high, low + span)
    step = (WIDTH - 2 * MARGIN) / max(len(values) - 1, 1)

    def y(value: float) -> float:
        return HEIGHT - MARGIN - (value - low) / ((high - low) or 1) * (HEIGHT - 2 * MARGIN)

    pieces: list[list[str]] = [[]]
    last = ("", "")
    for place, value in enumerate(values):
        if value is None:
            pieces.append([])
            continue
        last = (f"{MARGIN + place * step:.1f}", f"{y(value):.1f}")
        pieces[-1].append(",".join(last))
    return {
        "pieces": [" ".join(piece) for piece in pieces if piece],
        "dot": last if last[0] else None,
        "goal_y": f"{y(goal):.1f}" if goal is not None else "",
    }
