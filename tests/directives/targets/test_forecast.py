"""Can the year still be met? Held against a slow way of finding out: playing the months that are left."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives.reading.shares import Comparison
from directives.targets.forecast import Forecast, forecast
from directives.targets.level import Level
from portal.indicators.registry import Figure, Growth

OVER, AT_LEAST, EXACTLY = Comparison.OVER, Comparison.AT_LEAST, Comparison.EXACTLY


def level(value: int, comparison: Comparison = AT_LEAST) -> Level:
    return Level(comparison, Fraction(value))


@pytest.mark.parametrize(
    ("comparison", "part", "met"),
    [
        (AT_LEAST, 89, False), (AT_LEAST, 90, True), (AT_LEAST, 91, True),
        (OVER, 89, False), (OVER, 90, False), (OVER, 91, True),
        (EXACTLY, 89, False), (EXACTLY, 90, True), (EXACTLY, 91, False),
        (Comparison.AT_MOST, 90, True), (Comparison.AT_MOST, 91, False),
        (Comparison.UNDER, 89, True), (Comparison.UNDER, 90, False),
    ],
)  # fmt: skip
def test_exactly_ninety_per_cent(comparison: Comparison, part: int, met: bool):
    assert level(90, comparison).is_met(Figure(part, 100)) is met
    assert level(90, comparison).is_met(Figure(part * 7, 700)) is met


@pytest.mark.parametrize(("part", "met"), [(4, False), (5, True), (7, True), (10, True), (11, False)])
def test_between_includes_both(part: int, met: bool):
    assert Level(Comparison.BETWEEN, Fraction(5), Fraction(10)).is_met(Figure(part, 100)) is met


@pytest.mark.parametrize(
    ("comparison", "figure", "lacking"),
    [
        (EXACTLY, Figure(421, 426), 5),
        (AT_LEAST, Figure(80, 100), 10),
        (AT_LEAST, Figure(89, 100), 1),
        (AT_LEAST, Figure(90, 100), 0),
        (OVER, Figure(90, 100), 1),
        (OVER, Figure(9, 10), 1),
        (Comparison.AT_MOST, Figure(93, 100), -3),
        (Comparison.UNDER, Figure(90, 100), -1),
    ],
)
def test_what_lacks_is_counted(comparison: Comparison, figure: Figure, lacking: int):
    wanted = 100 if comparison == EXACTLY else 90
    assert level(wanted, comparison).lacking(figure) == lacking


def test_of_nothing_nothing_is_said():
    assert forecast(level(90), Growth.SUMS, Figure(0, 0), over=0, left=12) is None
    assert not level(90).is_met(Figure(0, 0))
    assert level(90).lacking(Figure(0, 0)) == 0


@pytest.mark.parametrize(
    ("so_far", "left", "expected"),
    [
        (Figure(85, 100), 5, Forecast(False, True, 5)),  # 10 months of 10 each: 135/150 is exactly 90 %
        (Figure(85, 100), 4, Forecast(False, False)),
        (Figure(80, 100), 10, Forecast(False, True, 10)),  # the last month decides
        (Figure(80, 100), 9, Forecast(False, False)),
        (Figure(89, 100), 0, Forecast(False, False)),  # the year is over
        (Figure(90, 100), 0, Forecast(True, True, 0, 0)),
        (Figure(95, 100), 0, Forecast(True, True, 0, 5)),
        (Figure(95, 100), 2, Forecast(True, True, 0, 7)),  # of 120, twelve may lack; five do
        (Figure(90, 100), 2, Forecast(True, True, 0, 2)),
    ],
)
def test_what_sums_can_be_made_up_for(so_far: Figure, left: int, expected: Forecast):
    assert forecast(level(90), Growth.SUMS, so_far, over=10, left=left) == expected


def test_over_ninety_takes_one_more_than_ninety():
    assert forecast(level(90, OVER), Growth.SUMS, Figure(85, 100), over=10, left=6).periods == 6
    assert not forecast(level(90, OVER), Growth.SUMS, Figure(85, 100), over=10, left=5).is_possible
    assert forecast(level(90, OVER), Growth.SUMS, Figure(95, 100), over=10, left=0).spare == 4


def test_all_of_all_forgives_nothing():
    assert not forecast(level(100, EXACTLY), Growth.SUMS, Figure(99, 100), over=10, left=2).is_possible
    assert forecast(level(100, EXACTLY), Growth.SUMS, Figure(100, 100), over=10, left=2).spare == 0


def test_who_missed_stays_missed():
    assert not forecast(level(90), Growth.KEEPS, Figure(8, 10), over=1, left=11).is_possible
    assert forecast(level(90), Growth.KEEPS, Figure(39, 40), over=1, left=11) == Forecast(True, True, spare=3)


def test_what_stands_can_be_put_right_any_day():
    assert forecast(level(100, EXACTLY), Growth.STANDS, Figure(421, 426), over=1, left=0) == Forecast(False, True)


def test_a_figure_to_be_kept_low_has_no_forecast():
    assert forecast(level(10, Comparison.AT_MOST), Growth.SUMS, Figure(1, 100), over=1, left=1) is None


counts = st.integers(1, 60)


@given(
    n=st.integers(0, 60),
    d=counts,
    value=st.fractions(0, 100, max_denominator=100),
    comparison=st.sampled_from(Comparison),
)
def test_whole_numbers_judge_as_fractions_do(n: int, d: int, value: Fraction, comparison: Comparison):
    wanted, figure = Level(comparison, value, value + 5), Figure(n, d)
    actual = Fraction(100 * n, d)
    assert wanted.is_met(figure) == wanted.holds(actual)
    assert (
        wanted.is_met(figure)
        == {
            Comparison.OVER: actual > value,
            Comparison.AT_LEAST: actual >= value,
            Comparison.EXACTLY: actual == value,
            Comparison.AT_MOST: actual <= value,
            Comparison.UNDER: actual < value,
            Comparison.BETWEEN: value <= actual <= value + 5,
        }[comparison]
    )


@given(n=st.integers(0, 60), d=counts, over=st.integers(1, 12), left=st.integers(0, 12), q=st.integers(1, 100),
       comparison=st.sampled_from([OVER, AT_LEAST]))  # fmt: skip
def test_playing_the_months_says_the_same(n: int, d: int, over: int, left: int, q: int, comparison: Comparison):
    """Every month as large as the average: counted in `over`-ths, so that they are whole numbers."""
    so_far, wanted = Figure(min(n, d), d), level(q, comparison)
    part, whole, played = so_far.numerator * over, d * over, []
    for _ in range(left + 1):
        played.append(part * 100 > q * whole if comparison == OVER else part * 100 >= q * whole)
        part, whole = part + d, whole + d
    found = forecast(wanted, Growth.SUMS, so_far, over=over, left=left)
    assert found.is_met == played[0]
    assert found.is_possible == any(played)
    if not played[0] and any(played):
        assert found.periods == played.index(True)
    if played[0]:
        assert_spare_is_the_most(found.spare, so_far, over, left, q, comparison)


def assert_spare_is_the_most(spare: int, so_far: Figure, over: int, left: int, q: int, comparison: Comparison) -> None:
    whole = so_far.denominator * (over + left)  # in `over`-ths

    def holds(more: int) -> bool:
        part = whole - (so_far.lacking + more) * over
        return part * 100 > q * whole if comparison == OVER else part * 100 >= q * whole

    assert holds(spare)
    assert not holds(spare + 1)


@pytest.mark.parametrize(
    ("found", "growth", "words"),
    [
        (Forecast(False, True, 2), Growth.SUMS, "Cần 2 kỳ nữa đủ 100\u00a0%"),
        (Forecast(False, False), Growth.SUMS, "Không còn kịp trong năm 2026"),
        (Forecast(True, True, 0, 12), Growth.SUMS, "Được thiếu thêm 12\u00a0chi bộ đến hết năm"),
        (Forecast(True, True, 0, 0), Growth.KEEPS, "Không được thiếu chi bộ nào đến hết năm"),
        (Forecast(False, True), Growth.STANDS, "Khắc phục ngày nào, đạt từ ngày ấy"),
        (Forecast(True, True, spare=1), Growth.STANDS, "Được thiếu thêm 1\u00a0chi bộ"),
    ],
)
def test_it_is_said_in_a_sentence(found: Forecast, growth: Growth, words: str):
    assert found.words(growth, "chi bộ", 2026) == words
