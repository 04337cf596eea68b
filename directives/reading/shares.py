"""Figures to be reached that a passage names, with the operator of its words: “trên 90 %” is > 90, “từ 90 % trở lên” is ≥ 90."""

import re
from dataclasses import dataclass
from decimal import Decimal

from django.db import models


class Comparison(models.TextChoices):
    OVER = "over", "trên"
    AT_LEAST = "at least", "từ … trở lên"
    EXACTLY = "exactly", "bằng"
    AT_MOST = "at most", "không quá"
    UNDER = "under", "dưới"
    BETWEEN = "between", "trong khoảng"


@dataclass(frozen=True)
class Share:
    start: int
    end: int
    words: str
    comparison: Comparison
    value: Decimal
    most: Decimal | None = None
    unit: str = "%"


_NUMBER = r"\d{1,3}(?:[.,]\d{1,2})?"
_SHARE = re.compile(
    rf"(?:(?P<before>trên|hơn|dưới|không quá|không vượt quá|tối đa|ít nhất|tối thiểu|từ|đạt từ)\s+)?"
    rf"(?P<value>{_NUMBER})(?:\s*%?\s*[-–]\s*(?P<most>{_NUMBER}))?\s?%(?P<after>\s+trở lên|\s+trở xuống)?",
    re.IGNORECASE,
)
_BEFORE = {
    "trên": Comparison.OVER, "hơn": Comparison.OVER, "dưới": Comparison.UNDER, "không quá": Comparison.AT_MOST,
    "không vượt quá": Comparison.AT_MOST, "tối đa": Comparison.AT_MOST, "ít nhất": Comparison.AT_LEAST,
    "tối thiểu": Comparison.AT_LEAST,
}  # fmt: skip


def shares_in(text: str) -> list[Share]:
    return [_share(found) for found in _SHARE.finditer(text)]


def _share(found: re.Match[str]) -> Share:
    value, most = _decimal(found["value"]), _decimal(found["most"]) if found["most"] else None
    return Share(found.start(), found.end(), found[0].strip(), _comparison(found), value, most)


def _comparison(found: re.Match[str]) -> Comparison:
    if found["most"]:
        return Comparison.BETWEEN
    after = (found["after"] or "").strip().lower()
    if after:
        return Comparison.AT_LEAST if after == "trở lên" else Comparison.AT_MOST
    # “100 % chi bộ” leaves no room above it; any other bare figure is the least that is wanted
    usual = Comparison.EXACTLY if _decimal(found["value"]) == 100 else Comparison.AT_LEAST
    return _BEFORE.get((found["before"] or "").lower(), usual)


def _decimal(written: str) -> Decimal:
    return Decimal(written.replace(",", "."))
