"""What the demo shows of meetings: all that happens to them in life, the same for the same day."""

from datetime import date

import pytest
from django.db import connection

from branches.services.rules import load_rules
from meetings.models import (
    ActionItem,
    Attendance,
    Dues,
    Mark,
    Meeting,
    MeetingKind,
    Opinion,
    Proposal,
    SlotDecision,
    Standing,
    ThematicPlan,
)
from meetings.services.roll import lines_of
from portal.seeding.demo import BRANCH
from portal.seeding.meetings import demo_meeting
from portal.seeding.seed import STEPS, seed

TODAY = date(2026, 11, 6)


@pytest.fixture
def demo(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TODAY", TODAY.isoformat())
    monkeypatch.delitem(STEPS, "duties")  # it makes two members older than the rolls know them
    begin_anew()
    seed("demo")


def begin_anew() -> None:
    """Numbers from one, as in a new portal: what happens is drawn from them."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("TRUNCATE accounts_account, branches_organisation RESTART IDENTITY CASCADE")
    load_rules()  # they went with the organisations


def test_all_that_happens_to_meetings(demo: None):
    rows = Meeting.everything.standing()
    held = rows.filter(kind=MeetingKind.REGULAR, ended_at__isnull=False)
    assert {row.minutes >= 90 for row in held} == {True, False}
    assert held.filter(form="online").exists()
    assert held.filter(day__day__gt=7).exists()
    assert held.filter(also_thematic=True).exists()
    assert held.count() < len(set(held.values_list("organisation", flat=True))) * len(set(held.values_list("period")))
    assert SlotDecision.everything.filter(change="moved").exists()
    assert SlotDecision.everything.filter(change="excused").exists()
    assert set(rows.values_list("kind", flat=True)) == set(MeetingKind.of_slots())


def test_on_the_first_day_of_a_year_too_there_is_one_held_one_open_and_one_planned(db: None, monkeypatch):
    """The open log is of the month before then, and the one that is held of the month before that."""
    monkeypatch.setenv("TODAY", "2027-01-01")
    begin_anew()
    seed("demo")
    held, opened, planned = (Meeting.everything.get(pk=demo_meeting(name)) for name in ("held", "open", "planned"))
    assert (held.period, opened.period) == (date(2026, 11, 1), date(2026, 12, 1))
    assert (held.closed_at is None, opened.closed_at is None, planned.closed_at is None) == (False, True, True)
    assert opened.day < date(2027, 1, 1) < planned.day


def test_meetings_of_before_are_closed_and_none_is_held_in_the_future(demo: None):
    assert not Meeting.everything.filter(day__gte=TODAY, closed_at__isnull=False).exists()
    unclosed = Meeting.everything.filter(closed_at=None)
    assert set(unclosed.values_list("pk", flat=True)) == {demo_meeting("open"), demo_meeting("planned")}
    assert set(unclosed.values_list("organisation__code", flat=True)) == {BRANCH}


def test_the_roll_is_the_one_that_the_portal_would_lay_out(demo: None):
    """Set-based here, by the models there: the same people, standing the same way."""
    for meeting in Meeting.everything.select_related("organisation").order_by("pk")[::40]:
        wanted = {(line.member_id, line.standing, line.votes, line.name, line.office) for line in lines_of(meeting)}
        columns = ("member", "standing", "votes", "name", "office")
        assert set(Attendance.everything.filter(meeting=meeting).values_list(*columns)) == wanted


def test_whoever_was_expected_is_marked_once_the_meeting_is_closed(demo: None):
    lines = Attendance.everything.filter(meeting__closed_at__isnull=False, standing=Standing.EXPECTED)
    assert lines.exists()
    assert not lines.filter(mark=Mark.UNMARKED).exists()


def test_logs_say_something(demo: None):
    assert Opinion.everything.filter(minority=True).exists()
    assert {"open", "done"} <= set(ActionItem.everything.values_list("stand", flat=True))
    assert ActionItem.everything.overdue(TODAY).exists()
    assert set(Proposal.everything.values_list("state", flat=True)) >= {"raised", "accepted"}
    assert Dues.everything.filter(paid=0).exists()
    assert ThematicPlan.everything.filter(state="sent").exists()


def test_twice_the_same(demo: None):
    columns = ("pk", "day", "form", "ended_at", "attendances__mark", "attendances__member__full_name")
    first = sorted(map(str, Meeting.everything.values_list(*columns)))
    begin_anew()
    seed("demo")
    assert sorted(map(str, Meeting.everything.values_list(*columns))) == first
