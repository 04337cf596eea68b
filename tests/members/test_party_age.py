"""Party age, its badges and rounds (domain 4.5): whole years from the decision, less the months that do not count."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branches.rules.shapes.days import YearDay
from members.party_age import months_later, next_award, party_age, reached_on, round_before, round_from

ROUNDS = (YearDay(3, 2), YearDay(19, 5), YearDay(2, 9), YearDay(7, 11))
BADGES = (30, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90)
DAY = timedelta(days=1)
days = st.dates(date(1930, 1, 1), date(2060, 12, 31))
not_counted = st.integers(0, 60)


@pytest.mark.parametrize(("on", "years"), [(date(2026, 2, 2), 29), (date(2026, 2, 3), 30), (date(2026, 2, 4), 30)])
def test_a_year_is_full_on_its_day(on: date, years: int):
    assert party_age(on, decided_on=date(1996, 2, 3)) == years


def test_months_that_do_not_count_come_later():
    assert reached_on(30, decided_on=date(1996, 2, 3), not_counted=8) == date(2026, 10, 3)


def test_who_was_admitted_on_a_leap_day_is_full_on_the_last_of_february():
    assert reached_on(30, decided_on=date(1996, 2, 29)) == date(2026, 2, 28)


@given(days, days, not_counted)
def test_the_age_is_the_last_year_reached(decided: date, on: date, months: int):
    age = party_age(on, decided_on=decided, not_counted=months)
    assert reached_on(age + 1, decided_on=decided, not_counted=months) > on
    assert age == 0 or reached_on(age, decided_on=decided, not_counted=months) <= on


@given(days, days, not_counted)
def test_a_day_more_never_makes_younger_and_months_lost_never_make_older(decided: date, on: date, months: int):
    age = party_age(on, decided_on=decided, not_counted=months)
    assert age <= party_age(on + DAY, decided_on=decided, not_counted=months) <= age + 1
    assert party_age(on, decided_on=decided, not_counted=months + 1) <= age


@given(days, st.integers(-600, 600))
def test_months_there_and_back(day: date, months: int):
    there = months_later(day, months)
    assert (there.year * 12 + there.month) - (day.year * 12 + day.month) == months
    assert there.day == day.day or (there + DAY).month != there.month


@given(days)
def test_the_round_is_the_first_from_the_day_on(day: date):
    found, before = round_from(day, ROUNDS), round_before(day, ROUNDS)
    assert before < day <= found
    assert found - day < timedelta(days=125)
    assert round_before(found, ROUNDS) < day
    assert (found.day, found.month) in ROUNDS


@pytest.mark.parametrize(
    ("on", "years", "round_on"),
    [
        (date(2026, 2, 2), 30, date(2026, 2, 3)),  # reached on 1 February, given two days later
        (date(2026, 2, 3), 30, date(2026, 2, 3)),
        (date(2026, 2, 4), 40, date(2036, 2, 3)),  # the round of the thirty years is over; there is no 35
    ],
)
def test_the_next_badge_waits_for_its_round(on: date, years: int, round_on: date):
    award = next_award(on, decided_on=date(1996, 2, 1), badges=BADGES, award_days=ROUNDS)
    assert award is not None
    assert (award.years, award.round_on) == (years, round_on)


@given(days, days, not_counted)
def test_the_next_badge_is_the_least_whose_round_is_to_come(decided: date, on: date, months: int):
    award = next_award(on, decided_on=decided, not_counted=months, badges=BADGES, award_days=ROUNDS)
    to_come = [
        years for years in BADGES if round_from(reached_on(years, decided_on=decided, not_counted=months), ROUNDS) >= on
    ]
    assert (award.years if award else None) == (min(to_come) if to_come else None)
