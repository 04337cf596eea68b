"""A share month by month, or quarter by quarter: the last one, how it moved, and the line that is drawn of it."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from directives.targets.level import Level
from directives.targets.words import period_name, told, told_with_unit
from portal.indicators.registry import Figure
from portal.words.quantities import NBSP

SLIGHTEST = Fraction(1, 20)  # what one digit would round to nothing


@dataclass(frozen=True)
class Trend:
    """`periods`: by their first day, the oldest first; those with something to count."""

    periods: tuple[tuple[date, Figure], ...] = ()
    months: int = 1  # in one of them
    level: Level | None = None

    @property
    def line(self) -> list[float]:
        return [float(_share(figure)) for _, figure in self.periods]

    @property
    def goal(self) -> float | None:
        return float(self.level.value) if self.level and self.level.is_share else None

    @property
    def is_drawn(self) -> bool:
        return len(self.periods) > 1

    @property
    def last(self) -> str:
        """Tháng 10: 92,1 %, giảm 0,4 điểm so với tháng 9."""
        if not self.periods:
            return ""
        month, figure = self.periods[-1]
        said = told_with_unit(_share(figure), "%", self.level.value if self.level else None)
        return ", ".join(filter(None, (f"{self._name(month)}: {said}", self.movement)))

    @property
    def movement(self) -> str:
        """Against the period before: tăng 1,4 điểm so với tháng 9."""
        if not self.is_drawn:
            return ""
        (before, earlier), (_, now) = self.periods[-2:]
        gained, name = _share(now) - _share(earlier), self._name(before)
        name = name[:1].lower() + name[1:]
        if abs(gained) < SLIGHTEST:
            return f"{'gần ' if gained else ''}như {name}"
        return f"{'tăng' if gained > 0 else 'giảm'} {told(abs(gained))}{NBSP}điểm so với {name}"

    @property
    def words(self) -> str:
        """What the line says to who does not see it."""
        if not self.is_drawn:
            return ""
        first, last = self._name(self.periods[0][0]), self._name(self.periods[-1][0])
        shares = [told_with_unit(_share(figure), "%") for _, figure in (self.periods[0], self.periods[-1])]
        return f"Từ {shares[0]} ({first.lower()}) đến {shares[1]} ({last.lower()})"

    def _name(self, first_day: date) -> str:
        return period_name(first_day, self.months)


def _share(figure: Figure) -> Fraction:
    return Fraction(100 * figure.numerator, figure.denominator)
