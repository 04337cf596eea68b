"""Places of the year: in time through week one, on the approved day or a moved one; missing only from the day after."""

from datetime import date, timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from branches.models import Organisation, Rule
from branches.rules.reading import Rulebook
from branches.rules.shapes.days import DayInMonth, ThroughOrBefore
from meetings.models import Meeting, MeetingKind, SlotChange, SlotDecision
from meetings.queries.slots import slots_of_year
from meetings.slots import Known, Measure, Place, SlotState, last_day_of, places_of, state_of
from tests.cast import Cast
from tests.meetings.meetings import meeting_of

WEEK_ONE = Measure(DayInMonth(ThroughOrBefore.THROUGH, 7))
MARCH = Place(MeetingKind.REGULAR.value, date(2026, 3, 1))
QUARTER = Place(MeetingKind.THEMATIC.value, date(2026, 1, 1))
days = st.dates(date(2026, 1, 1), date(2026, 12, 31))
measures = st.builds(
    Measure,
    st.builds(DayInMonth, st.sampled_from(ThroughOrBefore), st.integers(2, 31)),
    st.one_of(st.just(0), st.integers(1, 31)),
)
places = st.sampled_from(list(places_of(2026)))


def held(day: date, measure: Measure = WEEK_ONE, moved_until: date | None = None, place: Place = MARCH) -> SlotState:
    known = Known(day, closed=True, started=True, moved_until=moved_until)
    return state_of(place, known, measure, owed=True, today=date(2026, 12, 31))


def without(today: date, measure: Measure = WEEK_ONE, place: Place = MARCH, **known: object) -> SlotState:
    return state_of(place, Known(**known), measure, owed=True, today=today)  # type: ignore[arg-type]


@pytest.mark.parametrize(("day", "state"), [(6, "in time"), (7, "in time"), (8, "late"), (31, "late")])
def test_week_one_ends_with_its_seventh_day(day: int, state: str):
    assert held(date(2026, 3, day)) == state


@pytest.mark.parametrize(("day", "state"), [(7, "in time"), (14, "late"), (15, "in time"), (16, "late")])
def test_on_the_approved_day_it_is_in_time_outside_week_one_too(day: int, state: str):
    assert held(date(2026, 3, day), Measure(WEEK_ONE.week_one, 15)) == state


def test_an_approved_31st_is_the_last_day_of_a_short_month():
    february = Place(MeetingKind.REGULAR.value, date(2026, 2, 1))
    assert held(date(2026, 2, 28), Measure(WEEK_ONE.week_one, 31), place=february) == SlotState.IN_TIME


@pytest.mark.parametrize(("day", "state"), [(7, "in time"), (8, "moved"), (20, "moved"), (21, "late")])
def test_moved_for_tet_it_is_in_time_through_the_day_of_the_decision(day: int, state: str):
    assert held(date(2026, 3, day), moved_until=date(2026, 3, 20)) == state


@pytest.mark.parametrize(("day", "state"), [(6, "coming"), (7, "coming"), (8, "missing")])
def test_missing_from_the_day_after_the_last_good_one(day: int, state: str):
    assert without(date(2026, 3, day)) == state


@pytest.mark.parametrize(("day", "state"), [(20, "coming"), (21, "missing")])
def test_a_moved_meeting_is_missing_later(day: int, state: str):
    assert without(date(2026, 3, day), moved_until=date(2026, 3, 20)) == state


def test_a_thematic_meeting_has_the_whole_quarter():
    assert held(date(2026, 3, 31), place=QUARTER) == SlotState.IN_TIME
    assert held(date(2026, 4, 1), place=QUARTER) == SlotState.LATE
    assert without(date(2026, 3, 31), place=QUARTER) == SlotState.COMING
    assert without(date(2026, 4, 1), place=QUARTER) == SlotState.MISSING


def test_planned_held_and_not_closed_excused():
    assert without(date(2026, 3, 2), day=date(2026, 3, 5)) == SlotState.PLANNED
    assert without(date(2026, 3, 5), day=date(2026, 3, 5), started=True) == SlotState.LOGGING
    assert without(date(2026, 3, 6), day=date(2026, 3, 5)) == SlotState.LOGGING
    assert without(date(2026, 3, 9), day=date(2026, 3, 12)) == SlotState.MISSING  # planned too late
    assert without(date(2026, 3, 9), excused=True) == SlotState.EXCUSED


def test_before_the_start_nothing_is_owed_and_what_was_held_counts_all_the_same():
    assert state_of(MARCH, Known(), WEEK_ONE, owed=False, today=date(2026, 12, 1)) == SlotState.NOT_APPLICABLE
    known = Known(date(2026, 3, 4), closed=True, started=True)
    assert state_of(MARCH, known, WEEK_ONE, owed=False, today=date(2026, 12, 1)) == SlotState.IN_TIME


@given(places, measures, st.one_of(st.none(), days), days)
def test_a_place_is_missing_exactly_when_its_last_day_is_over(place, measure, moved_until, today):
    known = Known(moved_until=moved_until)
    missing = state_of(place, known, measure, owed=True, today=today) == SlotState.MISSING
    assert missing == (today > last_day_of(place, measure, moved_until))


@given(places, measures, st.one_of(st.none(), days), days)
def test_held_on_its_last_day_is_never_late_and_after_it_always(place, measure, moved_until, day):
    last = last_day_of(place, measure, moved_until)
    assert held(last, measure, moved_until, place) != SlotState.LATE
    assert held(last + timedelta(days=1), measure, moved_until, place) == SlotState.LATE
    if held(day, measure, moved_until, place) != SlotState.LATE:
        assert day <= last


@given(places, measures, days, days)
def test_as_days_pass_a_place_only_goes_from_coming_to_missing(place, measure, one, other):
    first, second = sorted((one, other))
    order = [SlotState.COMING, SlotState.MISSING]
    states = [state_of(place, Known(), measure, owed=True, today=day) for day in (first, second)]
    assert order.index(states[0]) <= order.index(states[1])


# --- read from the database


def year_of(branch: Organisation, today: date) -> dict[tuple[str, int], SlotState]:
    branch.refresh_from_db()
    found = slots_of_year([branch], today.year, today=today, book=Rulebook())[branch.pk]
    return {(place.kind, place.period.month): slot.state for place, slot in found.items()}


def close(meeting: Meeting) -> None:
    Meeting.everything.filter(pk=meeting.pk).update(
        started_at="14:00", ended_at="15:40", closed_at=f"{meeting.day} 17:00+07"
    )


def decide(where: Organisation, change: SlotChange, month: date, until: date | None = None) -> None:
    SlotDecision.everything.create(
        organisation=where, kind="regular", period=month, change=change, until=until, because="Nghỉ Tết"
    )


def test_a_combined_meeting_fills_both_places(cast: Cast):
    close(meeting_of(cast.dong, date(2026, 2, 5), also_thematic=True))
    year = year_of(cast.dong, date(2026, 6, 1))
    assert year["regular", 2] == year["thematic", 1] == SlotState.IN_TIME
    assert year["regular", 3] == SlotState.MISSING
    assert year["thematic", 4] == SlotState.COMING


def test_the_nearest_decision_holds(cast: Cast):
    february = date(2026, 2, 1)
    decide(cast.phu_luong, SlotChange.MOVED, february, date(2026, 2, 25))
    close(meeting_of(cast.dong, date(2026, 2, 24)))
    assert year_of(cast.dong, date(2026, 6, 1))["regular", 2] == SlotState.MOVED
    decide(cast.dong, SlotChange.MOVED, february, date(2026, 2, 20))
    assert year_of(cast.dong, date(2026, 6, 1))["regular", 2] == SlotState.LATE


def test_excused_by_a_committee_above(cast: Cast):
    decide(cast.phu_luong, SlotChange.EXCUSED, date(2026, 2, 1))
    assert year_of(cast.dong, date(2026, 6, 1))["regular", 2] == SlotState.EXCUSED


def test_its_own_rule(cast: Cast):
    Rule.everything.create(
        key="meeting.fixed_day", organisation=cast.dong, since=date(2026, 3, 1), value=15,
        source="Đảng ủy duyệt", certainty="own",
    )  # fmt: skip
    close(meeting_of(cast.dong, date(2026, 2, 15)))
    close(meeting_of(cast.dong, date(2026, 3, 15)))
    year = year_of(cast.dong, date(2026, 6, 1))
    assert (year["regular", 2], year["regular", 3]) == (SlotState.LATE, SlotState.IN_TIME)


def test_places_before_joining_in_the_course_of_a_month_do_not_apply(cast: Cast):
    Organisation.everything.filter(pk=cast.dong.pk).update(joined_on=date(2026, 3, 2))
    year = year_of(cast.dong, date(2026, 6, 1))
    assert [year["regular", month] for month in (2, 3, 4)] == ["not applicable", "not applicable", "missing"]
    assert year["thematic", 1] == SlotState.NOT_APPLICABLE


def test_a_branch_without_a_committee_has_no_places_for_it(cast: Cast):
    assert year_of(cast.dong, date(2026, 6, 1))["committee", 3] == SlotState.NOT_APPLICABLE


def test_one_that_was_called_off_was_not_held(cast: Cast):
    row = meeting_of(cast.dong, date(2026, 3, 3))
    Meeting.everything.filter(pk=row.pk).update(called_off_at="2026-03-02 08:00+07", called_off_because="Mưa lũ")
    assert year_of(cast.dong, date(2026, 3, 8))["regular", 3] == SlotState.MISSING


def test_as_many_queries_for_one_as_for_all(cast: Cast, django_assert_num_queries):
    with time_machine.travel("2026-06-01 09:00+07:00"):
        branches = list(Organisation.everything.filter(kind="branch"))
        assert len(branches) > 1
        for rows in (branches[:1], branches):
            with django_assert_num_queries(5):
                slots_of_year(rows, 2026, today=date(2026, 6, 1), book=Rulebook())
