"""Whether the year can still be met: how many faultless periods it takes, or how much may still lack."""

from dataclasses import dataclass
from fractions import Fraction

from directives.targets.level import Level
from portal.indicators.registry import Figure, Growth
from portal.words.quantities import NBSP, number


@dataclass(frozen=True)
class Forecast:
    """One of: met, with so much to spare; not yet, after so many periods; too late; not met, and to be put right any day."""

    is_met: bool
    is_possible: bool
    periods: int | None = None  # faultless ones that it takes
    spare: int | None = None  # so many more may lack until the end of the year

    def words(self, growth: Growth, noun: str, year: int) -> str:
        """Cần 2 kỳ nữa đủ 100 % · Không còn kịp trong năm 2026 · Được thiếu thêm 12 chi bộ đến hết năm."""
        if self.is_met:
            until = "" if growth == Growth.STANDS else " đến hết năm"
            some = f"Được thiếu thêm {number(self.spare)}{NBSP}{noun}" if self.spare else f"Không được thiếu {noun} nào"
            return f"{some}{until}"
        if growth == Growth.STANDS:
            return "Khắc phục ngày nào, đạt từ ngày ấy"
        if not self.is_possible:
            return f"Không còn kịp trong năm {year}"
        return f"Cần {self.periods} kỳ nữa đủ 100{NBSP}%"


def forecast(level: Level, growth: Growth, so_far: Figure, *, over: int, left: int) -> Forecast | None:
    """`over`: periods with something to count, `left`: those of the year still to come, each as large as the average.

    None: nothing was counted, or the words want a figure kept low.
    """
    if not level.wants_more or not level.is_share or not so_far.denominator or over < 1:
        return None
    if growth == Growth.STANDS:
        return Forecast(level.is_met(so_far), is_possible=True, spare=_spare(level, so_far, so_far.denominator))
    if growth == Growth.KEEPS:
        met = level.is_met(so_far)
        return Forecast(met, is_possible=met, spare=_spare(level, so_far, so_far.denominator))
    return _summed(level, so_far, over, left)


def _summed(level: Level, so_far: Figure, over: int, left: int) -> Forecast:
    each = Fraction(so_far.denominator, over)
    if level.is_met(so_far):
        return Forecast(True, True, 0, _spare(level, so_far, so_far.denominator + left * each))
    enough = (number for number in range(1, left + 1) if level.holds(after(so_far, each, number)))
    periods = next(enough, None)
    return Forecast(False, periods is not None, periods)


def after(so_far: Figure, each: Fraction, periods: int) -> Fraction:
    """The share in per cent once so many periods have passed without a fault."""
    more = each * periods
    return 100 * (so_far.numerator + more) / (so_far.denominator + more)


def _spare(level: Level, so_far: Figure, whole: Fraction | int) -> int | None:
    if not level.is_met(so_far):
        return None
    return max(level.allowed(Fraction(whole)) - so_far.lacking, 0)
