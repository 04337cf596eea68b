from datetime import date
from decimal import Decimal

import pytest

from portal.words import quantities as q


@pytest.mark.parametrize(
    ("value", "decimals", "said"),
    [(1234.5, None, "1.234,5"), (0, None, "0"), (None, None, "–"), (1234567, None, "1.234.567"),
     (Decimal("0.125"), 2, "0,13"), (-1200, None, "-1.200"), (3.0, 1, "3,0")],
)  # fmt: skip
def test_numbers(value: float | None, decimals: int | None, said: str):
    assert q.number(value, decimals) == said


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [(34, 36, "34/36 (94,4\u00a0%)"), (36, 36, "36/36 (100\u00a0%)"), (0, 36, "0/36 (0\u00a0%)"), (0, 0, "–"),
     (1234, 2468, "1.234/2.468 (50\u00a0%)")],
)  # fmt: skip
def test_a_share_never_stands_without_its_whole(part: int, whole: int, said: str):
    assert q.share(part, whole) == said


@pytest.mark.parametrize(
    ("part", "whole", "said"), [(9999, 10000, "99,9\u00a0%"), (1, 10000, "0,1\u00a0%"), (2, 3, "66,7\u00a0%")]
)
def test_rounding_makes_nothing_whole_that_is_not(part: int, whole: int, said: str):
    assert q.percent(part, whole) == said


@pytest.mark.parametrize(
    ("due", "said"),
    [(date(2026, 11, 9), "còn 3 ngày"), (date(2026, 11, 6), "hạn hôm nay"), (date(2026, 10, 31), "quá hạn 6 ngày")],
)
def test_what_is_left(due: date, said: str):
    assert q.remaining(due, date(2026, 11, 6)) == said


def test_days():
    assert q.day(date(2026, 12, 5)) == "05/12/2026"
    assert q.long_day(date(2026, 11, 6)) == "Thứ Sáu, 06/11/2026"
    assert q.long_day(date(2026, 11, 8)) == "Chủ nhật, 08/11/2026"


@pytest.mark.parametrize(("size", "said"), [(12, "12\u00a0byte"), (655_360, "640\u00a0KB"), (1_887_437, "1,8\u00a0MB")])
def test_file_sizes(size: int, said: str):
    assert q.file_size(size) == said
