"""The log is saved item by item: twice is once, half the room each, and nobody's words are lost."""

import uuid
from datetime import time

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from meetings.models import LOCKED, Attendance, Guest, Meeting, Reopening
from meetings.services.log import Change, Outcome, save_items
from portal.words.errors import DomainError, NotAllowed
from tests.cast import Cast
from tests.meetings.meetings import meeting_of, people_of


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    people_of(cast.dong, 4)
    return meeting_of(cast.dong)


def marked(row: Attendance, mark: str, version: int | None = None) -> Change:
    return Change("attendance", row.pk, row.version if version is None else version, {"mark": mark})


def test_a_mark_is_saved_and_saved_twice_is_once(cast: Cast, meeting: Meeting):
    row = meeting.attendances.first()
    change = marked(row, "present")
    first = save_items(meeting, [change], by=cast.actor("thinh"))
    again = save_items(meeting, [change], by=cast.actor("thinh"))
    row.refresh_from_db()
    assert [one.outcome for one in (*first.answers, *again.answers)] == [Outcome.SAVED, Outcome.SAME]
    assert (row.mark, row.version, row.saved_by) == ("present", 2, cast["thinh"])
    assert first.meeting.stamp == again.meeting.stamp == row.stamp


def test_two_who_mark_half_the_room_each_do_not_meet(cast: Cast, meeting: Meeting):
    one, two, three, _ = meeting.attendances.order_by("name")
    save_items(meeting, [marked(one, "present"), marked(two, "present")], by=cast.actor("thinh"))
    answers = save_items(
        meeting, [marked(three, "excused"), marked(two, "late", version=1)], by=cast.actor("thinh")
    ).answers
    assert {(answer.change.id, answer.outcome) for answer in answers} == {
        (three.pk, Outcome.SAVED), (two.pk, Outcome.CONFLICT)
    }  # fmt: skip
    assert next(answer.row.mark for answer in answers if answer.outcome is Outcome.CONFLICT) == "present"


def test_what_the_device_made_has_the_name_the_device_gave_it(cast: Cast, meeting: Meeting):
    name = uuid.uuid4()
    save_items(meeting, [Change("guest", name, 0, {"name": "Quàng Thị Lả"})], by=cast.actor("thinh"))
    save_items(meeting, [Change("guest", name, 1, gone=True)], by=cast.actor("thinh"))
    assert not Guest.everything.there().filter(pk=name).exists()
    save_items(meeting, [Change("guest", name, 2, {"name": "Quàng Thị Lả"})], by=cast.actor("thinh"))
    assert Guest.everything.there().get(pk=name).version == 3


def test_one_item_costs_the_same_however_long_the_roll(cast: Cast, meeting: Meeting, django_assert_max_num_queries):
    row = meeting.attendances.first()
    actor = cast.actor("thinh")
    with django_assert_max_num_queries(8):
        save_items(meeting, [marked(row, "present")], by=actor)


def test_a_stranger_saves_nothing(cast: Cast, meeting: Meeting):
    with pytest.raises(NotAllowed):
        save_items(meeting, [marked(meeting.attendances.first(), "present")], by=cast.actor("hau"))


def closed(meeting: Meeting) -> None:
    Meeting.everything.filter(pk=meeting.pk).update(started_at=time(14), ended_at=time(16), closed_at=timezone.now())


def test_a_closed_meeting_is_locked_in_the_database(cast: Cast, meeting: Meeting):
    closed(meeting)
    with pytest.raises(DomainError, match="đã đóng"):
        save_items(meeting, [marked(meeting.attendances.first(), "present")], by=cast.actor("thinh"))
    by_hand = [
        "UPDATE meetings_attendance SET mark = 'present'",
        "DELETE FROM meetings_attendance",
        "UPDATE meetings_meeting SET place = 'chỗ khác'",
        "UPDATE meetings_meeting SET closed_at = NULL",
        "DELETE FROM meetings_meeting",
    ]
    for statement in by_hand:
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    Reopening.everything.create(meeting=meeting, because="Ghi nhầm", by=cast["thinh"])
    Meeting.everything.filter(pk=meeting.pk).update(closed_at=None, closed_by=None)


@pytest.mark.parametrize("model", LOCKED, ids=lambda model: model.__name__)
def test_every_locked_table_says_no(model: type, cast: Cast, meeting: Meeting):
    """Triggers stand on the table itself, for rows that come, change and go."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_trigger WHERE tgrelid = %s::regclass AND tgname LIKE %s AND tgenabled = 'O'",
            [model._meta.db_table, "pgtrigger_open_when_%"],
        )
        assert cursor.fetchone() == (3,)
