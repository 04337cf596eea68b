"""When what was given is to be done: its periods open by themselves, each once."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from directives.timing import Operator, Pace, Period, Timing, next_period, period_words, periods_of

GIVEN = date(2026, 3, 10)
DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))


def firsts(timing: Timing, on: date, given_on: date = GIVEN) -> list[date | None]:
    return [one.first for one in periods_of(timing, given_on, on)]


def test_done_once_there_is_one_and_before_a_day_means_the_day_before():
    timing = Timing(Pace.ONCE, Operator.BEFORE, due_on=date(2026, 12, 5))
    assert periods_of(timing, GIVEN, GIVEN) == [Period(None, GIVEN, date(2026, 12, 4))]


def test_what_begins_later_is_not_there_before():
    timing = Timing(Pace.CONTINUOUS, since=date(2026, 4, 1), until=date(2026, 12, 31))
    assert periods_of(timing, GIVEN, date(2026, 3, 31)) == []
    assert periods_of(timing, GIVEN, date(2026, 4, 1)) == [Period(None, date(2026, 4, 1), date(2026, 12, 31))]


def test_each_month_from_the_one_in_which_it_was_given():
    assert firsts(Timing(Pace.MONTH), date(2026, 5, 1)) == [date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1)]
    assert firsts(Timing(Pace.MONTH), date(2026, 4, 30)) == [date(2026, 3, 1), date(2026, 4, 1)]


def test_a_period_whose_day_was_over_when_it_was_given_is_not_asked_for():
    seventh = Timing(Pace.MONTH, Operator.WITHIN, due_day=7)
    assert firsts(seventh, date(2026, 4, 1)) == [date(2026, 4, 1)]
    assert firsts(Timing(Pace.MONTH, Operator.WITHIN, due_day=10), GIVEN) == [
        date(2026, 3, 1)
    ]  # on the very day it still is
    january = Timing(Pace.YEAR, Operator.WITHIN, due_month=1, due_day=31)
    assert firsts(january, date(2027, 1, 1)) == [date(2027, 1, 1)]


def test_it_ends_with_its_last_day():
    timing = Timing(Pace.QUARTER, until=date(2026, 9, 30))
    assert firsts(timing, date(2027, 5, 1)) == [date(2026, 1, 1), date(2026, 4, 1), date(2026, 7, 1)]


def test_after_an_event_and_before_one():
    event = date(2026, 6, 10)
    after = Timing(Pace.AFTER_EVENT, event="có hướng dẫn", event_days=15)
    assert periods_of(after, GIVEN, GIVEN) == []
    assert periods_of(after, GIVEN, GIVEN, [event]) == [Period(event, event, date(2026, 6, 25))]
    before = Timing(Pace.BEFORE_EVENT, event="sinh hoạt", event_days=10)
    assert periods_of(before, GIVEN, GIVEN, [event])[0].due_on == date(2026, 5, 31)


@given(DAYS, DAYS, st.sampled_from([Pace.MONTH, Pace.QUARTER, Pace.YEAR]))
def test_periods_follow_each_other_without_gap_and_none_is_asked_late(begins: date, on: date, pace: str):
    found = periods_of(Timing(pace), begins, on)
    assert bool(found) is (on >= begins)
    for one, after in pairwise(found):
        assert next_period(pace, one.first) == after.first
        assert after.opens_on == after.first == one.due_on + timedelta(days=1)
    for one in found:
        assert begins <= one.opens_on <= on
        assert one.opens_on <= one.due_on


def test_a_period_in_words():
    assert period_words(Pace.MONTH, date(2026, 10, 1)) == "Tháng 10/2026"
    assert period_words(Pace.QUARTER, date(2026, 10, 1)) == "Quý 4/2026"
    assert period_words(Pace.YEAR, date(2026, 1, 1)) == "Năm 2026"
    assert period_words(Pace.AFTER_EVENT, date(2026, 3, 9)) == "09/03/2026"
    assert period_words(Pace.ONCE, None) == "–"
