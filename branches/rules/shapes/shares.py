"""Shares, with the operator that their words carry: “trên 90 %” is more than, “từ 90 % trở lên” lets exactly 90 % pass."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import ceil, floor
from typing import Any, NamedTuple

from django import forms

from branches.rules.shapes.base import Shape, Unfit, offered
from portal.words.quantities import NBSP, number


class Operator(StrEnum):
    OVER = ">"
    FROM = ">="
    UP_TO = "<="
    UNDER = "<"

    @property
    def words(self) -> str:
        """With a gap for the limit."""
        return WORDS[self]


WORDS = {
    Operator.OVER: "trên {}",
    Operator.FROM: "từ {} trở lên",
    Operator.UP_TO: "không quá {}",
    Operator.UNDER: "dưới {}",
}
FLOORS, CEILINGS = (Operator.OVER, Operator.FROM), (Operator.UP_TO, Operator.UNDER)


class Share(NamedTuple):
    """A share that must be reached, or must not be passed. Compared exactly: no rounding decides."""

    operator: Operator
    limit: Fraction

    def met(self, part: int, whole: int) -> bool:
        """Of nothing, nothing can be asked: callers show a dash before they come here."""
        if whole <= 0:
            raise ValueError("a share of nothing")
        found = Fraction(part, whole)
        return {
            Operator.OVER: found > self.limit,
            Operator.FROM: found >= self.limit,
            Operator.UP_TO: found <= self.limit,
            Operator.UNDER: found < self.limit,
        }[self.operator]

    def needed(self, whole: int) -> int:
        """The smallest count out of `whole` that reaches it: more than half of 36 is 19."""
        exact = self.limit * whole
        return floor(exact) + 1 if self.operator is Operator.OVER else ceil(exact)

    def room(self, whole: int) -> int:
        """The largest count out of `whole` that keeps to it: not above 20 % of 9 is 1."""
        exact = self.limit * whole
        return ceil(exact) - 1 if self.operator is Operator.UNDER else floor(exact)


@dataclass(frozen=True)
class _ShareShape(Shape[Share]):
    operators: tuple[Operator, ...] = FLOORS

    def dump(self, value: Share) -> str:
        return f"{value.operator.value} {self._limit_kept(value.limit)}"

    def say(self, value: Share) -> str:
        return value.operator.words.format(self._limit_said(value.limit))

    def weight(self, value: Share) -> tuple[Fraction, int]:
        """Between two with the same limit, the one that shuts exactly the limit out is stricter."""
        shuts_out = {Operator.OVER: 1, Operator.UNDER: -1}
        return value.limit, shuts_out.get(value.operator, 0)

    def load(self, stored: Any) -> Share:
        operator, _, limit = str(stored).partition(" ") if isinstance(stored, str) else ("", "", "")
        if operator not in self.operators:
            raise Unfit("Hãy chọn cách so sánh.", field="value_operator")
        return Share(Operator(operator), self._limit_read(limit))

    def _operator_input(self) -> forms.ChoiceField:
        choices = offered((operator.value, operator.words.format("…")) for operator in self.operators)
        return forms.ChoiceField(label="Cách so sánh", choices=choices, widget=forms.RadioSelect)

    def _limit_kept(self, limit: Fraction) -> str:
        raise NotImplementedError

    def _limit_said(self, limit: Fraction) -> str:
        raise NotImplementedError

    def _limit_read(self, limit: str) -> Fraction:
        raise NotImplementedError


@dataclass(frozen=True)
class Percentage(_ShareShape):
    """“trên 90 %”, “từ 90 % trở lên”, “không quá 20 %”; kept as “>= 90 %”."""

    def say(self, value: Share) -> str:
        if value == (Operator.FROM, 1):
            return f"đủ 100{NBSP}%"
        return super().say(value)

    def inputs(self) -> dict[str, forms.Field]:
        limit = forms.DecimalField(label="Tỷ lệ (%)", min_value=0, max_value=100, max_digits=5, decimal_places=2)
        return {"value_operator": self._operator_input(), "value_limit": limit}

    def typed(self, cleaned: Mapping[str, Any]) -> Share:
        return self.load(f"{cleaned['value_operator']} {cleaned['value_limit']:f} %")

    def shown(self, value: Share) -> dict[str, Any]:
        return {"value_operator": value.operator.value, "value_limit": _percent(value.limit)}

    def _limit_kept(self, limit: Fraction) -> str:
        return f"{_percent(limit):f} %"

    def _limit_said(self, limit: Fraction) -> str:
        return f"{number(_percent(limit))}{NBSP}%"

    def _limit_read(self, limit: str) -> Fraction:
        found = re.fullmatch(r"(\d{1,3}(?:\.\d{1,2})?) %", limit, re.ASCII)
        if not found or Fraction(found[1]) > 100:
            raise Unfit("Tỷ lệ phải từ 0 đến 100, nhiều nhất hai chữ số sau dấu phẩy.", field="value_limit")
        return Fraction(found[1]) / 100


@dataclass(frozen=True)
class Fractional(_ShareShape):
    """“quá nửa”, “từ 2/3 trở lên”: two thirds are no percentage. Kept as “>= 2/3”."""

    def say(self, value: Share) -> str:
        return "quá nửa" if value == (Operator.OVER, Fraction(1, 2)) else super().say(value)

    def inputs(self) -> dict[str, forms.Field]:
        return {
            "value_operator": self._operator_input(),
            "value_part": forms.IntegerField(label="Tử số", min_value=1, max_value=99),
            "value_whole": forms.IntegerField(label="Mẫu số", min_value=1, max_value=99),
        }

    def typed(self, cleaned: Mapping[str, Any]) -> Share:
        return self.load(f"{cleaned['value_operator']} {cleaned['value_part']}/{cleaned['value_whole']}")

    def shown(self, value: Share) -> dict[str, Any]:
        return {
            "value_operator": value.operator.value,
            "value_part": value.limit.numerator,
            "value_whole": value.limit.denominator,
        }

    def _limit_kept(self, limit: Fraction) -> str:
        return f"{limit.numerator}/{limit.denominator}"

    def _limit_said(self, limit: Fraction) -> str:
        return self._limit_kept(limit)

    def _limit_read(self, limit: str) -> Fraction:
        found = re.fullmatch(r"([1-9]\d?)/([1-9]\d?)", limit, re.ASCII)
        if not found or int(found[1]) > int(found[2]):
            raise Unfit("Tử số phải từ 1 đến mẫu số.", field="value_part")
        return Fraction(int(found[1]), int(found[2]))


def _percent(limit: Fraction) -> Decimal:
    """As it was written: 90, not 90.00."""
    exact = Decimal(limit.numerator) * 100 / Decimal(limit.denominator)
    return exact.quantize(Decimal(1)) if exact == exact.to_integral_value() else exact.normalize()
