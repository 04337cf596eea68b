"""Whole numbers with their unit, ranges, how often, money, margins of a page."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any, NamedTuple

from django import forms

from branches.rules.shapes.base import ONLY, Shape, Unfit, offered
from portal.words.quantities import NBSP, number


def whole(stored: Any, least: int, most: int, *, field: str = "") -> int:
    if not isinstance(stored, int) or isinstance(stored, bool):
        raise Unfit("Phải là số nguyên, ví dụ 12.", field=field)
    if not least <= stored <= most:
        raise Unfit(f"Phải từ {number(least)} đến {number(most)}.", field=field)
    return stored


@dataclass(frozen=True)
class Whole(Shape[int]):
    """A whole number with the unit that it counts. `least` and `most` keep out slips of the hand, they are no rule."""

    unit: str = ""
    least: int = 0
    most: int = 1_000
    zero: str = ""  # how nought is said where it means “none”
    before: str = ""  # what is said before the number: “ngày 12 hằng tháng”

    def load(self, stored: Any) -> int:
        return whole(stored, self.least, self.most, field=ONLY)

    def dump(self, value: int) -> int:
        return value

    def say(self, value: int) -> str:
        if self.zero and value == 0:
            return self.zero
        return f"{self.before} {number(value)} {self.unit}".strip()

    def inputs(self) -> dict[str, forms.Field]:
        hint = f"0 là {self.zero}." if self.zero else ""
        said = self.before or self.unit
        label = f"Mức mới ({said})" if said else "Mức mới"
        return {ONLY: forms.IntegerField(label=label, min_value=self.least, max_value=self.most, help_text=hint)}

    def typed(self, cleaned: Mapping[str, Any]) -> int:
        return self.load(cleaned[ONLY])

    def shown(self, value: int) -> dict[str, Any]:
        return {ONLY: value}

    def weight(self, value: int) -> int:
        return value


@dataclass(frozen=True)
class Minutes(Whole):
    unit: str = "phút"
    least: int = 1
    most: int = 600


@dataclass(frozen=True)
class Days(Whole):
    unit: str = "ngày"
    most: int = 366


@dataclass(frozen=True)
class WorkingDays(Whole):
    """Counted by the calendar of holidays; a reader must not take them for days."""

    unit: str = "ngày làm việc"
    least: int = 1
    most: int = 260


@dataclass(frozen=True)
class Months(Whole):
    unit: str = "tháng"
    least: int = 1
    most: int = 240


@dataclass(frozen=True)
class Years(Whole):
    unit: str = "năm"
    least: int = 1
    most: int = 120


@dataclass(frozen=True)
class Money(Whole):
    unit: str = "đồng"
    most: int = 1_000_000_000


@dataclass(frozen=True)
class Millimetres(Whole):
    unit: str = "mm"
    most: int = 100


class Range(NamedTuple):
    least: int
    most: int

    def holds(self, found: int | Fraction) -> bool:
        return self.least <= found <= self.most


@dataclass(frozen=True)
class Between(Shape[Range]):
    """From … to …, both included: “2–3 tổ chức”, “5–10 %”."""

    unit: str
    least: int = 0
    most: int = 1_000

    def load(self, stored: Any) -> Range:
        if not isinstance(stored, list) or len(stored) != 2:
            raise Unfit("Phải có mức thấp nhất và mức cao nhất.")
        found = Range(
            whole(stored[0], self.least, self.most, field="value_least"),
            whole(stored[1], self.least, self.most, field="value_most"),
        )
        if found.least > found.most:
            raise Unfit("Mức cao nhất phải từ mức thấp nhất trở lên.", field="value_most")
        return found

    def dump(self, value: Range) -> list[int]:
        return [value.least, value.most]

    def say(self, value: Range) -> str:
        unit = f"{NBSP}%" if self.unit == "%" else f" {self.unit}"
        if value.least == value.most:
            return f"{number(value.least)}{unit}"
        return f"{number(value.least)}–{number(value.most)}{unit}"

    def inputs(self) -> dict[str, forms.Field]:
        return {
            name: forms.IntegerField(label=f"{label} ({self.unit})", min_value=self.least, max_value=self.most)
            for name, label in (("value_least", "Thấp nhất"), ("value_most", "Cao nhất"))
        }

    def typed(self, cleaned: Mapping[str, Any]) -> Range:
        return self.load([cleaned["value_least"], cleaned["value_most"]])

    def shown(self, value: Range) -> dict[str, Any]:
        return {"value_least": value.least, "value_most": value.most}


class Period(StrEnum):
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    TERM = "term"

    @property
    def words(self) -> str:
        return PERIODS[self][0]


PERIODS = {
    Period.MONTH: ("tháng", Fraction(12)),
    Period.QUARTER: ("quý", Fraction(4)),
    Period.YEAR: ("năm", Fraction(1)),
    Period.TERM: ("nhiệm kỳ 5 năm", Fraction(1, 5)),
}


class Cadence(NamedTuple):
    """At least so many times in each period."""

    times: int
    period: Period

    @property
    def a_year(self) -> Fraction:
        return self.times * PERIODS[self.period][1]


@dataclass(frozen=True)
class OftenEnough(Shape[Cadence]):
    """How often at least: “mỗi tháng 1 lần”."""

    periods: tuple[Period, ...] = (Period.MONTH, Period.QUARTER, Period.YEAR)
    most: int = 60

    def load(self, stored: Any) -> Cadence:
        times, _, period = str(stored).partition("/") if isinstance(stored, str) else ("", "", "")
        if period not in self.periods:
            raise Unfit("Phải chọn tháng, quý, năm hoặc nhiệm kỳ.", field="value_period")
        if not (times.isascii() and times.isdecimal() and len(times) < 6):
            raise Unfit("Số lần phải là số nguyên, ví dụ 1.", field="value_times")
        return Cadence(whole(int(times), 1, self.most, field="value_times"), Period(period))

    def dump(self, value: Cadence) -> str:
        return f"{value.times}/{value.period.value}"

    def say(self, value: Cadence) -> str:
        return f"mỗi {value.period.words} {number(value.times)} lần"

    def inputs(self) -> dict[str, forms.Field]:
        choices = offered((period.value, f"mỗi {period.words}") for period in self.periods)
        return {
            "value_times": forms.IntegerField(label="Ít nhất mấy lần", min_value=1, max_value=self.most),
            "value_period": forms.ChoiceField(label="Tính theo", choices=choices, widget=forms.RadioSelect),
        }

    def typed(self, cleaned: Mapping[str, Any]) -> Cadence:
        return self.load(f"{cleaned['value_times']}/{cleaned['value_period']}")

    def shown(self, value: Cadence) -> dict[str, Any]:
        return {"value_times": value.times, "value_period": value.period.value}

    def weight(self, value: Cadence) -> Fraction:
        return value.a_year


SIDES = {"top": "trên", "bottom": "dưới", "left": "trái", "right": "phải"}


class Edges(NamedTuple):
    """The margins of a page, in millimetres."""

    top: int
    bottom: int
    left: int
    right: int


@dataclass(frozen=True)
class Margins(Shape[Edges]):
    most: int = 60

    def load(self, stored: Any) -> Edges:
        if not isinstance(stored, dict) or set(stored) != set(SIDES):
            raise Unfit("Phải đủ lề trên, dưới, trái, phải.")
        return Edges(**{side: whole(stored[side], 0, self.most, field=f"value_{side}") for side in SIDES})

    def dump(self, value: Edges) -> dict[str, int]:
        return value._asdict()

    def say(self, value: Edges) -> str:
        return ", ".join(f"{words} {value._asdict()[side]}" for side, words in SIDES.items()) + " mm"

    def inputs(self) -> dict[str, forms.Field]:
        return {
            f"value_{side}": forms.IntegerField(label=f"Lề {words} (mm)", min_value=0, max_value=self.most)
            for side, words in SIDES.items()
        }

    def typed(self, cleaned: Mapping[str, Any]) -> Edges:
        return self.load({side: cleaned[f"value_{side}"] for side in SIDES})

    def shown(self, value: Edges) -> dict[str, Any]:
        return {f"value_{side}": amount for side, amount in value._asdict().items()}
