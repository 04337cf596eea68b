"""What a criterion gives by itself, at its borders, and the reason that stands beside it. No database is asked."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from branches.rules.shapes.shares import Operator, Share
from meetings.quality.facts import Borders, Facts
from meetings.quality.measurers import MEASURERS
from meetings.quality.sets import default_sets

BORDERS = Borders(
    attendance_full=Share(Operator.FROM, Fraction(90, 100)),
    attendance_none=Share(Operator.UNDER, Fraction(70, 100)),
    speakers_full=Share(Operator.FROM, Fraction(30, 100)),
    absent_running=3,
    papers_days=1,
)
DAY = date(2026, 11, 5)
NOTHING = Facts(BORDERS, DAY)


def filled(code: str, most: int, **facts: object) -> tuple[int, str]:
    found = MEASURERS[code].fill(replace(NOTHING, **facts), most)
    return found.points, found.reason.replace("\u00a0", " ")


def points(code: str, most: int, **facts: object) -> int:
    return filled(code, most, **facts)[0]


@pytest.mark.parametrize(
    ("came", "given"),
    [(100, 10), (90, 10), (89, 9), (80, 5), (79, 5), (71, 1), (70, 1), (69, 0), (0, 0)],
)
def test_attendance_is_full_from_ninety_and_nothing_below_seventy(came: int, given: int):
    assert points("attendance", 10, expected=100, came=came) == given


def test_attendance_says_why():
    assert filled("attendance", 10, expected=40, came=37) == (10, "37/40 = 92,5 % → 10/10")
    assert filled("attendance", 10, expected=36, came=27) == (3, "27/36 = 75 % → 3/10")


@settings(deadline=None)
@given(st.integers(1, 200), st.integers(1, 30))
def test_more_who_come_never_give_less(expected: int, most: int):
    given = [points("attendance", most, expected=expected, came=came) for came in range(expected + 1)]
    assert given == sorted(given)
    assert (given[0], given[-1]) == (0, most)


def test_over_ninety_leaves_exactly_ninety_out():
    over = replace(BORDERS, attendance_full=Share(Operator.OVER, Fraction(90, 100)))
    assert points("attendance", 10, borders=over, expected=10, came=9) == 9
    assert points("attendance", 10, borders=over, expected=100, came=91) == 10


def test_a_roll_that_is_not_marked_gives_nothing():
    for code in ("attendance", "unexcused", "absent running"):
        assert points(code, 5, expected=10, came=9, unmarked=1) == 0
        assert points(code, 5) == 0  # nobody expected


@pytest.mark.parametrize(("absent", "given"), [(0, 6), (1, 0), (5, 0)])
def test_nobody_without_a_reason(absent: int, given: int):
    assert points("unexcused", 6, expected=10, came=5, absent=absent) == given


@pytest.mark.parametrize(("running", "given"), [(0, 4), (1, 0)])
def test_nobody_time_after_time(running: int, given: int):
    assert points("absent running", 4, expected=10, came=9, running=running) == given


@pytest.mark.parametrize(("told", "given"), [(3, 5), (4, 5), (5, 0), (6, 0)])
def test_told_at_least_a_day_before(told: int, given: int):
    assert points("papers", 5, told_on=date(2026, 11, told)) == given


def test_a_paper_that_comes_late_takes_half():
    assert filled("papers", 5, told_on=date(2026, 11, 2), papers=2, papers_late=1) == (
        2, "Mời trước 3 ngày; 1/2 tài liệu gửi muộn → 2/5",
    )  # fmt: skip
    assert points("papers", 5) == 0


def test_the_committee_meets_first_or_there_is_none():
    assert points("committee first", 5, has_committee=True, committee_met_on=date(2026, 10, 28)) == 5
    assert points("committee first", 5, has_committee=True, told_on=DAY) == 0
    assert points("committee first", 5, has_committee=False, told_on=DAY) == 5
    assert points("committee first", 5, has_committee=False) == 0


@pytest.mark.parametrize(("minutes", "given"), [(89, 0), (90, 5), (91, 5), (None, 0)])
def test_at_least_ninety_minutes(minutes: int | None, given: int):
    assert points("duration", 5, minutes=minutes, least_minutes=90) == given


def test_where_no_length_is_asked_any_will_do():
    assert points("duration", 5, minutes=20, least_minutes=None) == 5


@pytest.mark.parametrize(("done", "given"), [(7, 10), (6, 8), (0, 0)])
def test_all_steps(done: int, given: int):
    assert points("steps", 10, steps=7, steps_done=done) == given
    assert points("steps", 10, steps=0) == 0


@pytest.mark.parametrize(("spoke", "given"), [(30, 10), (29, 9), (15, 5), (0, 0)])
def test_speakers_of_those_who_came(spoke: int, given: int):
    assert points("speakers", 10, expected=120, came=100, speakers=spoke) == given


def test_things_of_before_are_looked_at():
    assert points("reviewed", 5, to_review=0) == 5
    assert [points("reviewed", 5, to_review=4, reviewed=n) for n in (4, 3, 0)] == [5, 3, 0]


def test_studies_that_are_due():
    assert points("studied", 5) == 5
    assert [points("studied", 5, studies=2, studied=n) for n in (2, 1, 0)] == [5, 2, 0]


def test_what_is_concluded_is_voted_and_given_to_somebody():
    assert [points("concluded", 5, concluded=c, voted=v) for c, v in [(1, 1), (1, 0), (0, 1)]] == [5, 2, 0]
    assert [points("assigned", 10, actions=3, actions_whole=n) for n in (3, 2, 0)] == [10, 6, 0]
    assert points("assigned", 10) == 0


def test_in_time_minutes_and_remarks():
    assert (points("in time", 5, in_time=True), points("in time", 5)) == (5, 0)
    assert filled("in time", 5, in_time=True, was_moved=True)[1] == "Họp ngày 05/11/2026, ngày được dời → 5/5"
    assert (points("minutes agreed", 5, minutes_read=True), points("minutes agreed", 5)) == (5, 0)
    assert (points("remarks", 5, remarks=1), points("remarks", 5)) == (5, 0)


@pytest.mark.parametrize("code", MEASURERS)
@settings(deadline=None)
@given(most=st.integers(1, 100), part=st.integers(0, 50), whole=st.integers(0, 50))
def test_no_measurer_gives_more_than_there_is(code: str, most: int, part: int, whole: int):
    part = min(part, whole)
    facts = replace(
        NOTHING, expected=whole, came=part, absent=whole - part, speakers=part, steps=whole, steps_done=part,
        to_review=whole, reviewed=part, studies=whole, studied=part, actions=whole, actions_whole=part, papers=whole,
        papers_late=part, told_on=DAY, minutes=whole, least_minutes=part,
    )  # fmt: skip
    given = MEASURERS[code].fill(facts, most)
    assert 0 <= given.points <= most
    assert given.reason.endswith(f" → {given.points}/{most}")


def test_the_sets_that_come_with_the_portal_have_a_hundred_points_in_four_blocks():
    sets = default_sets()
    assert [one.kind for one in sets] == ["regular", "thematic"]
    for one in sets:
        assert [sum(line.most for line in block.criteria) for block in one.blocks] == [15, 20, 45, 20]
        assert {line.fills for line in one.lines} <= {"asked", *MEASURERS}
