"""A share is never rounded to the other side of its line, of nothing or of all."""

from datetime import date
from fractions import Fraction

import pytest

from directives.targets.trend import Trend
from directives.targets.words import noun_of, told
from portal.indicators.registry import Figure


@pytest.mark.parametrize(
    ("part", "whole", "line", "said"),
    [
        (421, 426, 100, "98,8"), (8999, 10_000, 90, "89,99"), (9001, 10_000, 90, "90,01"), (9, 10, 90, "90"),
        (1999, 2_000, 90, "99,95"), (9999, 10_000, None, "99,99"), (1, 3_600, 90, "0,03"), (0, 7, 90, "0"), (7, 7, 90, "100"),
    ],
)  # fmt: skip
def test_shares_are_told_apart(part: int, whole: int, line: int | None, said: str):
    assert told(Fraction(100 * part, whole), None if line is None else Fraction(line)) == said


@pytest.mark.parametrize(
    ("of_what", "noun"),
    [
        ("chi bộ", "chi bộ"), ("lượt đảng viên phải dự", "lượt đảng viên"), ("thôn, tổ dân phố", "thôn, tổ dân phố"),
        ("đảng viên đang công tác", "đảng viên"), ("buổi thường kỳ đã họp", "buổi thường kỳ"),
    ],
)  # fmt: skip
def test_the_thing_that_lacks(of_what: str, noun: str):
    assert noun_of(of_what) == noun


def test_a_trend_says_where_it_goes():
    months = tuple((date(2026, month, 1), Figure(part, 20)) for month, part in [(8, 18), (9, 19), (10, 17)])
    trend = Trend(months)
    assert trend.last == "Tháng 10: 85\u00a0%, giảm 10\u00a0điểm so với tháng 9"
    assert trend.words == "Từ 90\u00a0% (tháng 8) đến 85\u00a0% (tháng 10)"
    assert Trend(months[:2]).movement == "tăng 5\u00a0điểm so với tháng 8"
    assert Trend((*months[:1], (date(2026, 9, 1), Figure(9, 10)))).movement == "như tháng 8"
    assert Trend((*months[:1], (date(2026, 9, 1), Figure(90_040, 100_000)))).movement == "gần như tháng 8"
    assert Trend(months[:1]).movement == Trend().last == Trend().words == ""


def test_quarters_are_named_as_quarters():
    quarters = tuple((date(2026, month, 1), Figure(1, 2)) for month in (1, 7))
    assert Trend(quarters, months=3).last == "Quý III: 50\u00a0%, như quý I"
