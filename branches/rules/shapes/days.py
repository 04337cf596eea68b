"""Deadlines that come back each year or month. “Trước ngày D”: the day before D is the last good one; “đến hết ngày D”: D is."""

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from django import forms

from branches.rules.shapes.base import Shape, Unfit

LEAP = 2024  # a year that has every day there is


class ThroughOrBefore(StrEnum):
    BEFORE = "before"
    THROUGH = "through"

    @property
    def words(self) -> str:
        return "trước ngày" if self is ThroughOrBefore.BEFORE else "đến hết ngày"


class YearDay(NamedTuple):
    day: int
    month: int

    def of(self, year: int) -> date:
        """29/02 is the last of February in a year without it."""
        return date(year, self.month, min(self.day, monthrange(year, self.month)[1]))

    @property
    def words(self) -> str:
        return f"{self.day:02}/{self.month:02}"


class Deadline(NamedTuple):
    """Each year by a day."""

    operator: ThroughOrBefore
    at: YearDay

    def last_day(self, year: int) -> date:
        """The last good day; “trước ngày 01/01” of a year lies in the year before."""
        day = self.at.of(year)
        return day - timedelta(days=1) if self.operator is ThroughOrBefore.BEFORE else day


class DayInMonth(NamedTuple):
    """Each month by a day."""

    operator: ThroughOrBefore
    day: int

    def last_day(self, year: int, month: int) -> date:
        """The last good day; a month too short for it gives its own last day."""
        length = monthrange(year, month)[1]
        if self.operator is ThroughOrBefore.BEFORE:
            return date(year, month, 1) + timedelta(days=min(self.day, length + 1) - 2)
        return date(year, month, min(self.day, length))


def year_day(text: str, *, field: str) -> YearDay:
    found = re.fullmatch(r"(\d{1,2})/(\d{1,2})", text, re.ASCII)
    try:
        day = date(LEAP, int(found[2]), int(found[1])) if found else None
    except ValueError:
        day = None
    if day is None:
        raise Unfit("Không có ngày này trong năm.", field=field)
    return YearDay(day.day, day.month)


def _operator_input() -> forms.ChoiceField:
    choices = [
        (ThroughOrBefore.BEFORE.value, "Trước ngày … (ngày ấy là muộn)"),
        (ThroughOrBefore.THROUGH.value, "Đến hết ngày … (ngày ấy còn kịp)"),
    ]
    return forms.ChoiceField(label="Cách tính hạn", choices=choices, widget=forms.RadioSelect)


def _day_and_month() -> dict[str, forms.Field]:
    return {
        "value_day": forms.IntegerField(label="Ngày", min_value=1, max_value=31),
        "value_month": forms.IntegerField(label="Tháng", min_value=1, max_value=12),
    }


def _operator(text: str) -> ThroughOrBefore:
    if text not in list(ThroughOrBefore):
        raise Unfit("Hãy chọn cách tính hạn.", field="value_operator")
    return ThroughOrBefore(text)


@dataclass(frozen=True)
class YearDeadline(Shape[Deadline]):
    """Kept as “before 05/12”."""

    def load(self, stored: Any) -> Deadline:
        operator, _, day = str(stored).partition(" ") if isinstance(stored, str) else ("", "", "")
        return Deadline(_operator(operator), year_day(day, field="value_day"))

    def dump(self, value: Deadline) -> str:
        return f"{value.operator.value} {value.at.words}"

    def say(self, value: Deadline) -> str:
        return f"{value.operator.words} {value.at.words}"

    def inputs(self) -> dict[str, forms.Field]:
        return {"value_operator": _operator_input(), **_day_and_month()}

    def typed(self, cleaned: Mapping[str, Any]) -> Deadline:
        return self.load(f"{cleaned['value_operator']} {cleaned['value_day']}/{cleaned['value_month']}")

    def shown(self, value: Deadline) -> dict[str, Any]:
        day = {"value_day": value.at.day, "value_month": value.at.month}
        return {"value_operator": value.operator.value, **day}

    def weight(self, value: Deadline) -> date:
        return value.last_day(LEAP)


@dataclass(frozen=True)
class MonthDeadline(Shape[DayInMonth]):
    """Kept as “through 7”."""

    def load(self, stored: Any) -> DayInMonth:
        operator, _, day = str(stored).partition(" ") if isinstance(stored, str) else ("", "", "")
        if not (re.fullmatch(r"\d{1,2}", day, re.ASCII) and 1 <= int(day) <= 31):
            raise Unfit("Ngày trong tháng phải từ 1 đến 31.", field="value_day")
        if (operator, int(day)) == (ThroughOrBefore.BEFORE, 1):
            raise Unfit("Trước ngày 1 thì không còn ngày nào trong tháng.", field="value_day")
        return DayInMonth(_operator(operator), int(day))

    def dump(self, value: DayInMonth) -> str:
        return f"{value.operator.value} {value.day}"

    def say(self, value: DayInMonth) -> str:
        return f"{value.operator.words} {value.day} hằng tháng"

    def inputs(self) -> dict[str, forms.Field]:
        day = forms.IntegerField(label="Ngày trong tháng", min_value=1, max_value=31)
        return {"value_operator": _operator_input(), "value_day": day}

    def typed(self, cleaned: Mapping[str, Any]) -> DayInMonth:
        return self.load(f"{cleaned['value_operator']} {cleaned['value_day']}")

    def shown(self, value: DayInMonth) -> dict[str, Any]:
        return {"value_operator": value.operator.value, "value_day": value.day}

    def weight(self, value: DayInMonth) -> date:
        return value.last_day(LEAP, 1)


@dataclass(frozen=True)
class DayOfYear(Shape[YearDay]):
    """A day that comes back each year. Kept as “01/01”."""

    def load(self, stored: Any) -> YearDay:
        return year_day(stored if isinstance(stored, str) else "", field="value_day")

    def dump(self, value: YearDay) -> str:
        return value.words

    def say(self, value: YearDay) -> str:
        return f"ngày {value.words}"

    def inputs(self) -> dict[str, forms.Field]:
        return _day_and_month()

    def typed(self, cleaned: Mapping[str, Any]) -> YearDay:
        return self.load(f"{cleaned['value_day']}/{cleaned['value_month']}")

    def shown(self, value: YearDay) -> dict[str, Any]:
        return {"value_day": value.day, "value_month": value.month}
