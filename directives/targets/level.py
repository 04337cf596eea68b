"""The line that a figure is held against, exactly as the words draw it. Fractions throughout: 90 % is not 89,99."""

from dataclasses import dataclass
from fractions import Fraction
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
        return {
            Comparison.OVER: actual > self.value,
            Comparison.AT_LEAST: actual >= self.value,
            Comparison.EXACTLY: actual == self.value,
            Comparison.AT_MOST: actual <= self.value,
            Comparison.UNDER: actual < self.value,
            Comparison.BETWEEN: self.value <= actual <= (self.value if self.most is None else self.most),
        }[self.comparison]

    def is_met(self, figure: Figure) -> bool:
        actual = self.actual(figure)
        return actual is not None and self.holds(actual)

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
        line = self.value if self.most is None else self.most
        limit = line * whole / 100 if self.is_share else line
        return ceil(limit) - 1 if self.comparison == Comparison.UNDER else floor(limit)
