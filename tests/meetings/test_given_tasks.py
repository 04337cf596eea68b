"""What documents gave to do, taken up in meetings: proof attaches itself, and goes again with a log that is opened."""

from datetime import date, timedelta

import pytest

from directives.models import TaskAssignment
from meetings.models import ActionItem, AgendaItem, Meeting, Topic
from meetings.services.agenda import take_up_task
from meetings.services.closing import close_meeting
from meetings.services.reopening import reopen_meeting
from meetings.services.thematic import choose_topic, suggest_topic
from members.models import Member
from portal.words.errors import DomainError, NotAllowed
from tests.cast import Cast
from tests.directives.orders import a_task, given, monthly
from tests.directives.papers import a_document
from tests.meetings.meetings import DAY, held, meeting_of, people_of


@pytest.fixture
def dong(cast: Cast) -> list[Member]:
    return people_of(cast.dong, 3)


@pytest.fixture
def assigned(cast: Cast) -> TaskAssignment:
    """Each month, that of the meeting included."""
    document = a_document(cast.phu_luong, "Kế hoạch")
    order = given(
        cast.phu_luong, cast.actor("mai"), a_task(document, "Kiểm điểm thực hiện nghị quyết"), timing=monthly()
    )
    TaskAssignment.everything.all().delete()
    row, march = order.tasks.get(), DAY.replace(day=1)
    for branch in (cast.dong, cast.doai):
        TaskAssignment(
            ordered=row, organisation=branch, task=row.task, period=march, opens_on=march, due_on=date(2026, 3, 31)
        ).save()
    return TaskAssignment.everything.get(organisation=cast.dong)


def stand(row: TaskAssignment) -> tuple[str, int, bool]:
    row.refresh_from_db()
    return row.state, row.proofs, row.done_by_proof


def closed(meeting: Meeting, cast: Cast) -> Meeting:
    return close_meeting(held(meeting), by=cast.actor("thinh"))


def test_on_the_agenda_and_done_it_is_proved_when_the_log_closes(
    cast: Cast, dong: list[Member], assigned: TaskAssignment
):
    meeting, thinh = meeting_of(cast.dong, DAY), cast.actor("thinh")
    take_up_task(meeting, assigned.pk, by=thinh)
    line = AgendaItem.everything.get(meeting=meeting)
    assert (line.words, line.task_id) == ("Kiểm điểm thực hiện nghị quyết", assigned.task_id)
    AgendaItem.everything.update(done=True)
    assert stand(assigned) == ("doing", 0, False)
    closed(meeting, cast)
    assert stand(assigned) == ("done", 1, True)
    assert TaskAssignment.everything.get(organisation=cast.doai).state == "doing"


def test_left_undone_on_the_agenda_it_proves_nothing(cast: Cast, dong: list[Member], assigned: TaskAssignment):
    meeting = meeting_of(cast.dong, DAY)
    take_up_task(meeting, assigned.pk, by=cast.actor("thinh"))
    AgendaItem.everything.update(done=False)
    closed(meeting, cast)
    assert stand(assigned) == ("doing", 0, False)


def test_a_thing_given_to_somebody_proves_it_too_and_both_of_one_meeting_count_once(
    cast: Cast, dong: list[Member], assigned: TaskAssignment
):
    meeting = meeting_of(cast.dong, DAY)
    take_up_task(meeting, assigned.pk, by=cast.actor("thinh"))
    AgendaItem.everything.update(done=True)
    facts = {
        "meeting": meeting,
        "organisation": cast.dong,
        "task_id": assigned.task_id,
        "assignee": dong[0],
        "due_on": DAY,
    }
    ActionItem.everything.create(words="Lập danh sách", **facts)
    ActionItem.everything.create(words="Gửi danh sách", **facts)
    closed(meeting, cast)
    assert stand(assigned) == ("done", 1, True)


def test_a_theme_on_its_subject_proves_it(cast: Cast, dong: list[Member], assigned: TaskAssignment):
    thinh, task = cast.actor("thinh"), assigned.task
    topic = choose_topic(cast.dong, year=2026, quarter=1, words="Nghị quyết", task=task, by=thinh)
    meeting = meeting_of(cast.dong, DAY, kind="thematic")
    Topic.everything.filter(pk=topic.pk).update(meeting=meeting)
    closed(meeting, cast)
    assert stand(assigned) == ("done", 1, True)


def test_opened_again_the_proof_is_gone_until_it_closes(cast: Cast, dong: list[Member], assigned: TaskAssignment):
    meeting, thinh = meeting_of(cast.dong, DAY), cast.actor("thinh")
    take_up_task(meeting, assigned.pk, by=thinh)
    AgendaItem.everything.update(done=True)
    closed(meeting, cast)
    reopen_meeting(meeting, because="Ghi nhầm", by=thinh)
    assert stand(assigned) == ("doing", 0, False)
    AgendaItem.everything.update(done=False)
    close_meeting(Meeting.everything.get(pk=meeting.pk), by=thinh)
    assert stand(assigned) == ("doing", 0, False)


def test_a_meeting_of_another_month_proves_another_period(cast: Cast, dong: list[Member], assigned: TaskAssignment):
    before = DAY.replace(day=1) - timedelta(days=1)
    meeting = meeting_of(cast.dong, before)
    take_up_task(meeting, assigned.pk, by=cast.actor("thinh"))
    AgendaItem.everything.update(done=True)
    closed(meeting, cast)
    assert stand(assigned) == ("doing", 0, False)


def test_it_is_taken_up_once_and_by_those_alone_who_were_given_it(cast: Cast, assigned: TaskAssignment):
    meeting, thinh = meeting_of(cast.dong, DAY), cast.actor("thinh")
    take_up_task(meeting, assigned.pk, by=thinh)
    with pytest.raises(DomainError, match="đã có trong chương trình"):
        take_up_task(meeting, assigned.pk, by=thinh)
    other = TaskAssignment.everything.get(organisation=cast.doai)
    with pytest.raises(DomainError, match="không còn trong danh sách"):
        take_up_task(meeting, other.pk, by=thinh)
    with pytest.raises(NotAllowed):
        take_up_task(meeting, assigned.pk, by=cast.actor("hoa"))


def test_a_theme_taken_from_a_suggestion_is_about_its_task(cast: Cast, assigned: TaskAssignment):
    suggest_topic(cast.phu_luong, year=2026, words="Nghị quyết", task=assigned.task, by=cast.actor("mai"))
    topic = choose_topic(cast.dong, year=2026, quarter=1, words="Nghị quyết", by=cast.actor("thinh"))
    assert topic.task_id == assigned.task_id
    assert choose_topic(cast.dong, year=2026, quarter=2, words="Khác", by=cast.actor("thinh")).task_id is None
