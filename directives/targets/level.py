"""The line that a figure is held against, exactly as the words draw it. Fractions throughout: 90 % is not 89,99."""

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import ceil, floor

from directives.reading.shares import Comparison
from portal.indicators.registry import Figure

PERCENT = "%"


@dataclass(frozen=True)
class Level:
    comparison: Comparison
    value: Fraction
    most: Fraction | None = None
    unit: str = PERCENT

    @property
    def is_share(self) -> bool:
        return self.unit == PERCENT

    @property
    def wants_more(self) -> bool:
        """The more the better: then a forecast says something."""
        is_all = self.comparison == Comparison.EXACTLY and self.value == 100
        return is_all or self.comparison in (Comparison.OVER, Comparison.AT_LEAST)

    def actual(self, figure: Figure) -> Fraction | None:
        """Of nothing there is no share."""
        if not self.is_share:
            return Fraction(figure.numerator)
        return Fraction(100 * figure.numerator, figure.denominator) if figure.denominator else None

    def holds(self, actual: Fraction) -> bool:
        return self._decides(_sign(actual - self.value), _sign(actual - self._top))

    def is_met(self, figure: Figure) -> bool:
        """In whole numbers: there are thousands of places below a province."""
        if self.is_share and not figure.denominator:
            return False
        side = self._side(figure, self._line)
        return self._decides(side, side if self.most is None else self._side(figure, self.most.as_integer_ratio()))

    @cached_property
    def _line(self) -> tuple[int, int]:
        return self.value.as_integer_ratio()

    @property
    def _top(self) -> Fraction:
        return self.value if self.most is None else self.most

    def _side(self, figure: Figure, line: tuple[int, int]) -> int:
        part, whole = (100 * figure.numerator, figure.denominator) if self.is_share else (figure.numerator, 1)
        return _sign(part * line[1] - line[0] * whole)

    def _decides(self, side: int, side_of_top: int) -> bool:
        """On which side of the line it stands; of “5–10 %”, of both."""
        match self.comparison:
            case Comparison.AT_LEAST:
                return side >= 0
            case Comparison.OVER:
                return side > 0
            case Comparison.EXACTLY:
                return side == 0
            case Comparison.AT_MOST:
                return side <= 0
            case Comparison.UNDER:
                return side < 0
            case _:
                return side >= 0 >= side_of_top

    def needed(self, whole: Fraction) -> int:
        """The least number of `whole` that reaches it; more than the whole where that cannot be."""
        wanted = self.value * whole / 100 if self.is_share else self.value
        return floor(wanted) + 1 if self.comparison == Comparison.OVER else ceil(wanted)

    def allowed(self, whole: Fraction) -> int:
        """How many of `whole` may lack with the rest reaching it; below 0 where not even all would."""
        wanted = self.value * whole / 100 if self.is_share else self.value
        spare = whole - wanted
        return ceil(spare) - 1 if self.comparison == Comparison.OVER else floor(spare)

    def lacking(self, figure: Figure) -> int:
        """How many more there would have to be, were the whole to stay as it is; below 0: how many too many there are."""
        actual = self.actual(figure)
        if actual is None or self.holds(actual):
            return 0
        if actual < self.value or self.comparison == Comparison.OVER:
            return self.needed(Fraction(figure.denominator)) - figure.numerator
        return self._most_of(figure.denominator) - figure.numerator

    def _most_of(self, whole: int) -> int:
        limit = self._top * whole / 100 if self.is_share else self._top
        return ceil(limit) - 1 if self.comparison == Comparison.UNDER else floor(limit)


def _sign(number: Fraction | int) -> int:
    return (number > 0) - (number < 0)
