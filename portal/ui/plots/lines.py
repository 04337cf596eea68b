"""A year in a line, as a picture that stands alone."""

from collections.abc import Sequence

from django.utils.safestring import SafeString

from portal.ui.drawing import HEIGHT, WIDTH, line_of
from portal.ui.plots.colours import GOLD, INK_2, RED
from portal.ui.plots.marks import picture


def spark_picture(
    values: Sequence[float | None], *, label: str, goal: float | None = None, span: float = 0
) -> SafeString:
    """The same as the tag spark."""
    drawn = line_of(values, goal, span)
    marks = []
    if drawn["goal_y"]:
        y = drawn["goal_y"]
        marks.append(
            f'<line x1="0" x2="{WIDTH}" y1="{y}" y2="{y}" stroke="{GOLD}" stroke-width="1.25" stroke-dasharray="3 3"/>'
        )
    marks += [
        f'<polyline points="{points}" fill="none" stroke="{INK_2}" stroke-width="1.75" stroke-linejoin="round" stroke-linecap="round"/>'
        for points in drawn["pieces"]
    ]
    if drawn["dot"]:
        x, y = drawn["dot"]
        marks.append(f'<circle cx="{x}" cy="{y}" r="3.2" fill="{RED}"/>')
    return picture("spark", WIDTH, HEIGHT, "".join(marks), label=label)
