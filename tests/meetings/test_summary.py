"""Facts of closed meetings in the months: counted by one statement, the same as counted in plain words."""

from datetime import date

from branches.models import Month, Organisation
from branches.summary.facts import Pair
from branches.summary.recount import recount
from meetings.models import (
    ActionItem,
    AgendaItem,
    Attendance,
    Dues,
    Mark,
    Meeting,
    MeetingKind,
    Opinion,
    Resolution,
    Standing,
)
from meetings.summary import recount_of
from tests.cast import Cast
from tests.meetings.meetings import meeting_of, people_of
from tests.meetings.test_slots import close

MARCH = date(2026, 3, 1)


def month(branch: Organisation, of: date = MARCH) -> Month:
    recount([Pair(branch.pk, of)])
    return Month.everything.get(organisation=branch, month=of)


def held(branch: Organisation, day: date = date(2026, 3, 3), came: int = 4, **facts: object) -> Meeting:
    """Six expected, so many came, one of them exempt besides."""
    row = meeting_of(branch, day, **facts)
    lines = list(Attendance.everything.filter(meeting=row).order_by("pk"))
    for place, line in enumerate(lines):
        line.mark = Mark.PRESENT if place < came else Mark.EXCUSED
        line.save()
    return row


def test_an_open_meeting_is_no_fact(cast: Cast):
    people_of(cast.dong, 6)
    row = held(cast.dong)
    assert month(cast.dong).regular_held_on is None
    close(row)
    found = month(cast.dong)
    assert (found.regular_meeting, found.regular_held_on, found.regular_state) == (row.pk, row.day, "in time")


def test_expected_and_came_without_the_exempt(cast: Cast):
    people_of(cast.dong, 6)
    row = held(cast.dong, came=4)
    there = Attendance.everything.filter(meeting=row).count()
    exempt = Attendance.everything.filter(meeting=row, mark=Mark.PRESENT).first()
    Attendance.everything.filter(pk=exempt.pk).update(standing=Standing.EXEMPT)
    close(row)
    found = month(cast.dong)
    assert (found.regular_expected, found.regular_came) == (there - 1, 3)


def test_minutes_steps_speakers_and_who_does_what(cast: Cast):
    people = people_of(cast.dong, 3)
    row = held(cast.dong)
    for place, done in enumerate((True, True, False)):
        AgendaItem.everything.create(meeting=row, position=place, words="Bước", step=f"buoc-{place}", done=done)
    AgendaItem.everything.create(meeting=row, position=9, words="Việc khác của chi bộ", done=False)
    for person in (people[0], people[0], people[1]):
        Opinion.everything.create(meeting=row, member=person, words="Nhất trí")
    made = Resolution.everything.create(meeting=row, state="adopted", contents="Chi bộ thống nhất")
    item = ActionItem.everything.create(
        meeting=row, organisation=cast.dong, resolution=made, words="Vận động", assignee=people[0]
    )
    close(row)
    found = month(cast.dong)
    assert (found.regular_minutes, found.regular_steps, found.regular_steps_done) == (100, 3, 2)
    assert (found.regular_speakers, found.regular_resolved) == (2, False)  # nobody said by when
    assert item.due_on is None


def test_a_step_that_was_taken_out_was_not_done(cast: Cast):
    row = held(cast.dong)
    AgendaItem.everything.create(meeting=row, words="Bước một", step="mot", done=True)
    AgendaItem.everything.create(meeting=row, words="Bước hai", step="hai", done=True, gone=True)
    close(row)
    assert (month(cast.dong).regular_steps, month(cast.dong).regular_steps_done) == (2, 1)


def test_a_combined_meeting_stands_in_its_quarter_too(cast: Cast):
    row = held(cast.dong, date(2026, 5, 5), also_thematic=True)
    close(row)
    recount_of(Meeting.everything.get(pk=row.pk))
    rows = Month.everything.filter(organisation=cast.dong)
    assert rows.get(month=date(2026, 4, 1)).thematic_held_on == row.day
    assert rows.get(month=date(2026, 5, 1)).thematic_held_on is None
    assert rows.get(month=date(2026, 5, 1)).regular_held_on == row.day


def test_a_late_one_and_that_of_the_committee(cast: Cast):
    close(held(cast.dong, date(2026, 3, 9)))
    close(meeting_of(cast.dong, date(2026, 3, 28), MeetingKind.COMMITTEE))
    found = month(cast.dong)
    assert (found.regular_state, found.committee_held_on) == ("late", date(2026, 3, 28))


def test_dues_of_the_month_whether_a_meeting_collected_them_or_not(cast: Cast):
    one, two, three = people_of(cast.dong, 3)
    for person, paid, excused in ((one, 20_000, False), (two, 0, False), (three, 0, True)):
        Dues.everything.create(
            organisation=cast.dong, member=person, month=MARCH, owed=20_000, paid=paid,
            paid_on=MARCH if paid else None, excused=excused,
        )  # fmt: skip
    assert (month(cast.dong).dues_owed, month(cast.dong).dues_paid) == (40_000, 20_000)
