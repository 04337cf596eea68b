"""One dot a unit on one axis: where all stand, and who stands apart."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from math import floor, inf

from django.utils.safestring import SafeString

from portal.ui.plots.colours import GOLD, INK, INK_2, LINE_STRONG, SURFACE, fill_of
from portal.ui.plots.marks import SMALL, length, linked, picture, short, stroke, told, words
from portal.words.quantities import NBSP, number

WIDTH, HEIGHT, EDGE = 290, 94, 8
FLOOR, CEILING = 72, 6  # where the axis lies, and how high dots may be heaped
SIZES = (4.6, 4, 3.4, 2.8, 2.3)  # half a dot: the more there are, the smaller
STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500)
FEW_STEPS, LEAST = 4, 5
FARTHEST = 30  # a dot may stand from its place, where a heap grows broader


@dataclass(frozen=True)
class Dot:
    """`tone`: ok, warn, bad or mute. `here`: the one that the page is about."""

    value: float
    tone: str
    name: str = ""
    said: str = ""  # as it is to be read: “93,4 %”
    url: str = ""
    here: bool = False

    @property
    def told(self) -> str:
        return ": ".join(filter(None, (self.name, self.said)))


@dataclass(frozen=True)
class Placed:
    dot: Dot
    x: float
    y: float


@dataclass(frozen=True)
class Axis:
    low: float
    high: float

    def x(self, value: float) -> float:
        reach = WIDTH - 2 * EDGE - 2 * SIZES[0] - 4
        held = min(max(value, self.low), self.high)
        return EDGE + SIZES[0] + 1 + (held - self.low) / (self.high - self.low) * reach


def strip_plot(
    dots: Sequence[Dot],
    *,
    label: str,
    goal: float | None = None,
    middle: float | None = None,
    unit: str = "%",
    at_most: float | None = 100,
    goal_said: str = "chỉ tiêu",
) -> SafeString:
    """`goal`: the line to be reached. `middle`: the median, a thin gold line. `at_most`: where the axis ends, if anywhere."""
    axis = axis_of([dot.value for dot in dots], goal, at_most)
    marks = [stroke(EDGE, FLOOR, WIDTH - EDGE, FLOOR, ink=LINE_STRONG)]
    if middle is not None:
        marks.append(stroke(axis.x(middle), 14, axis.x(middle), FLOOR, ink=GOLD, width=1.5, dashed=True))
    if goal is not None:
        at = WIDTH - EDGE if goal >= axis.high else axis.x(goal)
        marks.append(stroke(at, 2, at, FLOOR + 5, ink=INK, width=2))
        marks += _numbers(axis, goal, at, unit, goal_said)
    else:
        marks += _numbers(axis, None, 0, unit, "")
    has_links = any(dot.url for dot in dots)
    placed, size = heaped(dots, axis)
    drawn = "".join(_drawn(one, size) for one in sorted(placed, key=lambda one: one.dot.here))
    hidden = ' aria-hidden="true"' if has_links else ""
    marks.append(f'<g stroke-width="{short(max(size * 0.46, 1))}"{hidden}>{drawn}</g>')
    return picture("strip", WIDTH, HEIGHT, "".join(marks), label=label, role="group" if has_links else "img")


def axis_of(values: Iterable[float], goal: float | None, at_most: float | None) -> Axis:
    """From a round number below the lowest to the highest that can be, or a round one above the highest."""
    shown = [*values, *([goal] if goal is not None else [])]
    lowest, highest = min(shown, default=0), max(shown, default=100)
    if at_most is not None and highest <= at_most:
        highest = at_most
    step = next((one for one in STEPS if one * FEW_STEPS >= highest - lowest), STEPS[-1])
    low = floor(lowest / step) * step
    if low > 0 and lowest - low < step / 4:
        low -= step
    if highest == at_most:
        low = min(low, highest - LEAST)
    high = highest if highest == at_most else -floor(-highest / step) * step
    return Axis(max(low, 0), high if high > max(low, 0) else low + step)


def heaped(dots: Sequence[Dot], axis: Axis) -> tuple[list[Placed], float]:
    """Where dots coincide they stand on each other; a heap that would be too high grows broader. As large as there is room."""
    ordered = sorted(dots, key=lambda dot: dot.value)
    wanted, first, last = [axis.x(dot.value) for dot in ordered], axis.x(axis.low), axis.x(axis.high)
    too_large, fits = -1, len(SIZES) - 1
    spots: list[tuple[float, float]] = []
    while fits - too_large > 1:  # halved, for each try lays out all of them
        middle = (too_large + fits) // 2
        tried, farthest = _heap(wanted, first, last, SIZES[middle])
        if farthest <= FARTHEST:
            fits, spots = middle, tried
        else:
            too_large = middle
    spots = spots or _heap(wanted, first, last, SIZES[fits])[0]
    return [Placed(dot, x, y) for dot, (x, y) in zip(ordered, spots, strict=True)], SIZES[fits]


def _heap(wanted: Sequence[float], first: float, last: float, size: float) -> tuple[list[tuple[float, float]], float]:
    """The dots in columns, and how far the unluckiest was moved. Tried for each size: a province has hundreds of dots."""
    pitch = 2 * size + 1
    levels = max(int((FLOOR - CEILING - 1) // pitch), 1)
    count = int((last - first) // pitch) + 1
    taken, spots, farthest = [0] * count, [], 0.0
    for at in wanted:
        column = min(int((last - at) / pitch + 0.5), count - 1)  # columns are counted from the right end
        if taken[column] >= levels:
            column = _free(taken, column, levels)
        x = last - column * pitch
        spots.append((x, FLOOR - size - 2 - taken[column] * pitch))
        taken[column] += 1
        farthest = max(farthest, abs(x - at))
    return spots, farthest if max(taken, default=0) <= levels else inf


def _free(taken: list[int], wanted: int, levels: int) -> int:
    """The nearest column with room; with none anywhere, the wanted one grows beyond its height."""
    for away in range(len(taken)):
        for column in (wanted + away, wanted - away):
            if 0 <= column < len(taken) and taken[column] < levels:
                return column
    return wanted


def _drawn(one: Placed, size: float) -> str:
    """Reached: full. Near: a ring. Far: a diamond. Seen without colours too."""
    dot, x, y = one.dot, one.x, one.y
    before, between, after, up = _mark(dot.tone, size)
    mark = f"{before}{short(x)}{between}{short(y - up)}{after}"
    if dot.here:
        mark = f'<circle cx="{short(x)}" cy="{short(y)}" r="{short(size + 3)}" fill="none" stroke="{INK}" stroke-width="2"/>{mark}'
    return linked(mark, dot.url, dot.told, reached=False) if dot.url else told(mark, dot.told)


@cache
def _mark(tone: str, size: float) -> tuple[str, str, str, float]:
    """What stands before, between and after a dot's two numbers, and by how much the second lies above its middle."""
    fill, ring, d = fill_of(tone), size * 0.78, size * 1.02
    if tone == "ok":
        return '<circle cx="', '" cy="', f'" r="{short(size)}" fill="{fill}"/>', 0
    if tone == "bad":
        sides = f"l{short(d)} {short(d)}l{short(-d)} {short(d)}l{short(-d)} {short(-d)}z"
        return '<path d="M', " ", f'{sides}" fill="{SURFACE}" stroke="{fill}"/>', d
    return '<circle cx="', '" cy="', f'" r="{short(ring)}" fill="{SURFACE}" stroke="{fill}"/>', 0


def _numbers(axis: Axis, goal: float | None, at: float, unit: str, goal_said: str) -> list[str]:
    """The goal's number under its line; those of the ends where there is room."""
    under, gap = FLOOR + 18, 5
    low, high = _with_unit(axis.low, unit), _with_unit(axis.high, unit)
    left, right = EDGE + length(low, SMALL), WIDTH - EDGE - length(high, SMALL)
    found = []
    if goal is not None:
        said = f"{goal_said} {_with_unit(goal, unit)}".strip()
        half = length(said, SMALL) / 2
        centre = min(max(at, EDGE + half), WIDTH - EDGE - half)
        anchor, x = ("end", at) if centre < at else ("", EDGE) if centre > at else ("middle", at)
        found.append(words(x, under, said, size=SMALL, ink=INK_2, anchor=anchor))
        left, right = left + gap, right - gap
        shows_low, shows_high = left <= centre - half, right >= centre + half
    else:
        shows_low = shows_high = True
    if shows_low:
        found.append(words(EDGE, under, low, size=SMALL, ink=INK_2))
    if shows_high:
        found.append(words(WIDTH - EDGE, under, high, size=SMALL, ink=INK_2, anchor="end"))
    return found


def _with_unit(value: float, unit: str) -> str:
    said = number(value, 1).removesuffix(",0")
    return f"{said}{NBSP}{unit}" if unit else said
