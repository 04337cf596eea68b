"""A target held against what the portal counted of an organisation, and what is to be said of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from branches.models import Kind, Organisation
from directives.models import HandValue, Target
from directives.reading.shares import Comparison
from directives.targets.forecast import Forecast, forecast
from directives.targets.level import Level
from directives.targets.trend import Trend
from directives.targets.words import noun_of, told_with_unit
from portal.indicators.registry import Figure, Indicator
from portal.words.quantities import NBSP, day, number


class Verdict(StrEnum):
    MET = "met"
    NOT_MET = "not met"
    NOTHING = "nothing to count yet"
    DIRECTION = "no level named"
    UNMEASURED = "not measured"
    OUT_OF_TIME = "not of these days"


IN_TALLY = {
    Verdict.MET: "đạt", Verdict.NOT_MET: "chưa đạt", Verdict.NOTHING: "chưa có gì để tính",
    Verdict.DIRECTION: "không nêu mức", Verdict.UNMEASURED: "chưa đo được", Verdict.OUT_OF_TIME: "ngoài thời gian",
}  # fmt: skip
_SEEN = {
    Verdict.MET: ("ok", "check", "Đạt"),
    Verdict.NOT_MET: ("bad", "low", "Chưa đạt"),
    Verdict.NOTHING: ("mute", "clock", "Chưa có gì để tính"),
    Verdict.DIRECTION: ("info", "info", "Theo dõi"),
    Verdict.UNMEASURED: ("mute", "dot", "Chưa đo được"),
    Verdict.OUT_OF_TIME: ("mute", "minus", "Ngoài thời gian"),
}


def level_of(target: Target) -> Level | None:
    if target.value is None:
        return None
    most = None if target.most is None else Fraction(target.most)
    return Level(Comparison(target.comparison), Fraction(target.value), most, target.unit)


@dataclass(frozen=True)
class Measured:
    """Of one organisation, as of a day, from the first day of its year on. `parts`: of what lies below it, by place."""

    target: Target
    organisation: Organisation
    as_of: date
    indicator: Indicator | None = None
    parts: Mapping[int, Figure] = field(default_factory=dict)
    periods: tuple[tuple[date, Figure], ...] = ()  # as in a trend
    over: int = 0  # periods of the year that are over
    left: int = 0  # and those still to come
    by_hand: HandValue | None = None
    is_open: bool = False  # the reader may see the list behind the figure

    @cached_property
    def level(self) -> Level | None:
        return level_of(self.target)

    @cached_property
    def figure(self) -> Figure:
        parts = self.parts.values()
        return Figure(sum(part.numerator for part in parts), sum(part.denominator for part in parts))

    @cached_property
    def actual(self) -> Fraction | None:
        """As it is held against the level."""
        if self.by_hand:
            return Fraction(self.by_hand.value)
        if self.indicator is None:
            return None
        level = self.level or Level(Comparison.AT_LEAST, Fraction(0), unit=self.indicator.unit)
        return level.actual(self.figure)

    @property
    def is_in_time(self) -> bool:
        timing = self.target.obligation.timing
        return not ((timing.since and self.as_of < timing.since) or (timing.until and self.as_of > timing.until))

    @cached_property
    def verdict(self) -> Verdict:
        if not self.is_in_time:
            return Verdict.OUT_OF_TIME
        if self.indicator is None and self.by_hand is None:
            return Verdict.UNMEASURED
        if self.actual is None:
            return Verdict.NOTHING
        if self.level is None:
            return Verdict.DIRECTION
        return Verdict.MET if self.level.holds(self.actual) else Verdict.NOT_MET

    @property
    def is_judged(self) -> bool:
        """There is something to look at beside what was wanted."""
        return self.verdict not in (Verdict.UNMEASURED, Verdict.OUT_OF_TIME)

    @property
    def is_single(self) -> bool:
        """Of a branch that has kept something or has not, a share says nothing."""
        return self.organisation.kind == Kind.BRANCH and self.by_hand is None and self.figure.denominator == 1

    # what is said

    @property
    def tone(self) -> str:
        return "warn" if self.is_near else _SEEN[self.verdict][0]

    @property
    def icon(self) -> str:
        return "alert" if self.is_near else _SEEN[self.verdict][1]

    @property
    def state(self) -> str:
        return self.lacking or _SEEN[self.verdict][2]

    @property
    def is_near(self) -> bool:
        """Not met, and the year can still be put right."""
        return self.verdict == Verdict.NOT_MET and self.forecast is not None and self.forecast.is_possible

    @property
    def lacking(self) -> str:
        """Thiếu 5 thôn."""
        if self.verdict != Verdict.NOT_MET or self.level is None or self.by_hand or self.is_single:
            return ""
        count = self.level.lacking(self.figure)
        return f"{'Thiếu' if count > 0 else 'Vượt'} {number(abs(count))}{NBSP}{self.noun}"

    @property
    def noun(self) -> str:
        return noun_of(self.indicator.of_what) if self.indicator else self.target.unit

    @property
    def said(self) -> str:
        """98,8 %; never rounded to the other side of its line."""
        if self.actual is None:
            return ""
        if self.is_single:
            return "Có" if self.figure.numerator else "Không"
        unit = self.target.unit or (self.indicator.unit if self.indicator else "")
        return told_with_unit(self.actual, unit, self.level.value if self.level else None)

    @property
    def base(self) -> str:
        """421/426 thôn, tổ dân phố."""
        if self.indicator is None or not self.figure.denominator or self.is_single:
            return ""
        return f"{number(self.figure.numerator)}/{number(self.figure.denominator)} {self.indicator.of_what}"

    @property
    def address(self) -> str:
        return self.indicator.behind(self.organisation, self.as_of.year) if self.indicator and self.is_open else ""

    @property
    def bar(self) -> tuple[float, float] | None:
        """How far the bar goes and where its mark stands, in per cent."""
        if self.actual is None or self.level is None or not self.is_in_time:
            return None
        whole = 100 if self.level.is_share else max(self.level.value, self.actual, 1)
        return float(100 * self.actual / whole), float(100 * self.level.value / whole)

    @cached_property
    def met_below(self) -> Figure | None:
        """Of the places below, those that meet it by themselves; None where that is the same figure once more."""
        level = self.level
        if level is None or self.organisation.kind == Kind.BRANCH or not level.is_share or not self.is_in_time:
            return None
        counted = [part for part in self.parts.values() if part.denominator]
        found = Figure(sum(level.is_met(part) for part in counted), len(counted))
        return found if counted and found != self.figure else None

    @cached_property
    def forecast(self) -> Forecast | None:
        if self.indicator is None or self.level is None or not self.is_in_time:
            return None
        return forecast(self.level, self.indicator.growth, self.figure, over=self.over, left=self.left)

    @property
    def forecast_words(self) -> str:
        if self.forecast is None or self.indicator is None or (self.is_single and self.forecast.is_met):
            return ""
        return self.forecast.words(self.indicator.growth, self.noun, self.as_of.year)

    @property
    def trend(self) -> Trend:
        return Trend(self.periods, self.indicator.months if self.indicator else 1, self.level)

    @property
    def where(self) -> str:
        """Mục I.3 · cổng đo: đảng viên dự sinh hoạt thường kỳ."""
        clause = self.target.obligation.clause
        name = self.indicator.name if self.indicator else ""
        said = [clause and f"Mục {clause}", name and f"cổng đo: {name[:1].lower()}{name[1:]}"]
        return " · ".join(one for one in said if one)

    @property
    def bar_words(self) -> str:
        return f"Thực tế {self.said}, yêu cầu {self.target.goal}"

    @property
    def conclusions(self) -> list[str]:
        """What stands below the verdict, line by line."""
        below = self.met_below
        parts = f"{number(below.numerator)}/{number(below.denominator)} nơi tự đạt" if below else ""
        return [line for line in (self.span, self.forecast_words, parts) if line]

    @property
    def is_for_hand(self) -> bool:
        return self.target.is_by_hand and self.is_in_time

    @property
    def why_not(self) -> str:
        """Of one that is not judged."""
        return self.span or self.state

    @property
    def span(self) -> str:
        """Which days the figure is of."""
        timing = self.target.obligation.timing
        if self.verdict == Verdict.OUT_OF_TIME:
            until = timing.until and timing.until < self.as_of
            return f"Hết thời gian {day(timing.until)}" if until else f"Tính từ {day(timing.since)}"
        return ""
