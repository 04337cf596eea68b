"""A meeting is planned: roll, agenda, last time's seats and place; a place in the year is filled once."""

from datetime import date, time

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from branches.models import Kind
from branches.rules.reading import Rulebook
from branches.services.rules import set_rule
from meetings.models import Form, Meeting, MeetingKind, Orientation, OrientationLine
from meetings.queries.steps import code_of, steps_left
from meetings.services.planning import call_off_meeting, change_meeting, plan_meeting
from members.models import Office, Post
from portal.words.errors import ChangedMeanwhile, DomainError, NotAllowed
from tests.cast import Cast, place
from tests.meetings.meetings import meeting_of, people_of

MARCH = date(2026, 3, 3)


def planned(cast: Cast, kind: str = MeetingKind.REGULAR, day: date = MARCH, **facts) -> Meeting:
    return plan_meeting(cast.dong, kind=kind, day=day, by=cast.actor("thinh"), **facts)


def steps_of(meeting: Meeting) -> list[str]:
    return list(meeting.agendaitems.order_by("position").values_list("words", flat=True))


def test_planning_lays_out_the_roll_and_the_standard_steps(cast: Cast):
    people = people_of(cast.dong, 3)
    meeting = planned(cast)
    assert {row.member for row in meeting.attendances.all()} == set(people)
    assert meeting.period == date(2026, 3, 1)
    assert steps_of(meeting)[0] == "Thu đảng phí của tháng"
    assert len(steps_of(meeting)) == 17
    assert len(set(meeting.agendaitems.values_list("step", flat=True)) - {""}) == 17


@pytest.mark.parametrize(
    ("kind", "first", "period"),
    [
        (MeetingKind.THEMATIC, "Tuyên bố lý do, cử thư ký, điểm danh", date(2026, 1, 1)),
        (MeetingKind.COMMITTEE, "Điểm danh, cử thư ký", date(2026, 3, 1)),
        (MeetingKind.REVIEW, "Tuyên bố lý do, cử thư ký, điểm danh", None),
        (MeetingKind.EXTRAORDINARY, "Tuyên bố lý do, cử thư ký, điểm danh", None),
    ],
)
def test_every_kind_has_its_own_steps_and_period(cast: Cast, kind: str, first: str, period: date | None):
    meeting = planned(cast, kind)
    assert (steps_of(meeting)[0], meeting.period) == (first, period)
    assert len(steps_of(meeting)) < 12


def test_a_congress_has_its_own_programme(cast: Cast):
    assert steps_of(planned(cast, MeetingKind.CONGRESS)) == []


def test_the_commune_sets_its_own_steps_from_a_day_on(cast: Cast):
    own = ("Chào cờ", "Thảo luận")
    today = timezone.localdate()
    set_rule(
        key="meeting.steps", organisation=cast.phu_luong, since=today, value=own, source="QĐ 1", by=cast.actor("mai")
    )
    assert steps_of(planned(cast, day=today)) == ["Thu đảng phí của tháng", "Chào cờ", "Thảo luận"]
    assert len(steps_of(planned(cast))) == 17  # the month before keeps what held in it


def test_a_step_keeps_its_code_and_says_when_it_is_left_out(cast: Cast):
    meeting = planned(cast, MeetingKind.COMMITTEE)
    assert code_of("Điểm danh, cử thư ký") == "diem-danh-cu-thu-ky" == meeting.agendaitems.get(position=1).step
    meeting.agendaitems.filter(position__gt=2).update(done=True)
    meeting.agendaitems.filter(position=6).update(gone=True)
    left = steps_left(meeting, Rulebook())
    assert [step.words for step in left] == [
        "Điểm danh, cử thư ký",
        "Kiểm điểm việc lãnh đạo, chỉ đạo tháng trước",
        "Kết luận, thông qua biên bản",
    ]


def test_what_is_not_said_is_last_times(cast: Cast):
    chair, clerk, _ = people_of(cast.dong, 3)
    meeting_of(cast.dong, date(2026, 2, 3), begins=time(19, 30), place="Nhà văn hóa", chair=chair, clerk=clerk)
    meeting = planned(cast)
    assert (meeting.begins, meeting.place, meeting.chair, meeting.clerk) == (time(19, 30), "Nhà văn hóa", chair, clerk)


def test_who_has_left_does_not_chair_again(cast: Cast):
    chair, other = people_of(cast.dong, 2)
    meeting_of(cast.dong, date(2026, 2, 3), chair=chair, clerk=other)
    chair.memberships.update(until=date(2026, 2, 20))
    meeting = planned(cast)
    assert (meeting.chair, meeting.clerk) == (None, other)


def test_at_first_the_secretary_chairs(cast: Cast):
    secretary, _ = people_of(cast.dong, 2)
    Office(member=secretary, organisation=cast.dong, post=Post.SECRETARY, since=date(2025, 1, 1)).save()
    assert planned(cast).chair == secretary


def test_a_place_in_the_year_is_filled_once(cast: Cast):
    planned(cast)
    with pytest.raises(DomainError, match="Tháng 03/2026 đã có buổi sinh hoạt thường kỳ"):
        planned(cast, day=date(2026, 3, 20))
    planned(cast, day=date(2026, 4, 3))
    planned(cast, MeetingKind.EXTRAORDINARY)
    planned(cast, MeetingKind.EXTRAORDINARY)  # what has no place may come twice


def test_the_database_refuses_a_second_one_too(cast: Cast):
    row = planned(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.everything.create(organisation=cast.dong, kind=row.kind, day=date(2026, 3, 5), period=row.period)


def test_one_sitting_for_both_fills_the_quarter_too(cast: Cast):
    both = planned(cast, also_thematic=True, title="Giảm nghèo bền vững")
    assert "Sinh hoạt chuyên đề: Giảm nghèo bền vững" in steps_of(both)
    with pytest.raises(DomainError, match="Quý này đã có buổi sinh hoạt chuyên đề"):
        planned(cast, MeetingKind.THEMATIC)
    with pytest.raises(DomainError, match="Quý này"):
        planned(cast, day=date(2026, 2, 3), also_thematic=True)
    planned(cast, MeetingKind.THEMATIC, date(2026, 4, 3))


def test_only_the_regular_meeting_is_combined(cast: Cast):
    with pytest.raises(DomainError, match="Chỉ buổi thường kỳ"):
        planned(cast, MeetingKind.COMMITTEE, also_thematic=True)


def test_a_committee_meets_by_office(cast: Cast):
    member = people_of(cast.dong, 1)[0]
    Office(member=member, organisation=cast.phu_luong, post=Post.COMMITTEE, since=date(2025, 1, 1)).save()
    meeting = plan_meeting(cast.phu_luong, kind=MeetingKind.PLENUM, day=MARCH, by=cast.actor("mai"))
    assert [row.member for row in meeting.attendances.all()] == [member]
    with pytest.raises(DomainError, match="không có loại buổi họp này"):
        plan_meeting(cast.phu_luong, kind=MeetingKind.REGULAR, day=MARCH, by=cast.actor("mai"))


def test_a_cell_sits_within_its_branch(cast: Cast):
    cell = place(9000010, "PL-1-1", "Tổ đảng số 1", Kind.CELL, cast.dong)
    with pytest.raises(DomainError, match="hình thức “Theo tổ đảng”"):
        plan_meeting(cell, kind=MeetingKind.REGULAR, day=MARCH, by=cast.actor("mai"))


def test_not_before_it_was_founded_and_not_in_another_age(cast: Cast):
    cast.dong.founded_on = date(2026, 3, 4)
    with pytest.raises(DomainError, match="không hoạt động"):
        planned(cast)
    with pytest.raises(DomainError, match="xa quá"):
        planned(cast, day=date(9999, 12, 31))


@pytest.mark.parametrize("name", ["hau", "hoa", "son", "kien"])
def test_only_who_keeps_the_log_plans(cast: Cast, name: str):
    with pytest.raises(NotAllowed):
        plan_meeting(cast.dong, kind=MeetingKind.REGULAR, day=MARCH, by=cast.actor(name))


# Forms


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"form": Form.MIXED}, "form_ground"),
        ({"form": Form.PAPERS}, "form_ground"),
        ({"form": Form.CELLS, "form_ground": "60 đảng viên"}, "form_leave"),
        ({"form": Form.MIXED, "form_ground": "Nhiều người đi xa"}, "form_leave"),
        ({"form": Form.ONLINE, "form_ground": "Đi biển", "form_leave": "Đảng ủy xã, CV 12"}, "cannot_gather"),
    ],
)
def test_another_form_than_in_one_room_needs_its_ground_and_leave(cast: Cast, facts: dict, field: str):
    people_of(cast.dong, 2)
    with pytest.raises(DomainError) as refused:
        planned(cast, **facts)
    assert refused.value.field == field


def test_papers_in_force_majeure_need_no_leave(cast: Cast):
    assert planned(cast, form=Form.PAPERS, form_ground="Bão số 3").form == Form.PAPERS


@pytest.mark.parametrize(("cannot", "allowed"), [(1, False), (2, False), (3, True), (4, True), (5, False)])
def test_online_only_where_more_than_half_cannot_gather(cast: Cast, cannot: int, allowed: bool):
    people_of(cast.dong, 4)
    facts = {"form": Form.ONLINE, "form_ground": "Đi biển", "form_leave": "Đảng ủy xã", "cannot_gather": cannot}
    if allowed:
        assert planned(cast, **facts).cannot_gather == cannot
    else:
        with pytest.raises(DomainError) as refused:
            planned(cast, **facts)
        assert refused.value.field == "cannot_gather"
        assert not Meeting.everything.exists()


def test_the_database_holds_the_ground(cast: Cast):
    row = planned(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Meeting.everything.filter(pk=row.pk).update(form=Form.MIXED)


# Changing


def changed(cast: Cast, meeting: Meeting, **facts) -> Meeting:
    return change_meeting(meeting, version=meeting.version, facts=facts, by=cast.actor("thinh"))


def test_another_day_brings_another_roll_and_stays_of_its_month(cast: Cast):
    person, other = people_of(cast.dong, 2)
    meeting = planned(cast)
    person.memberships.update(until=date(2026, 3, 10))
    meeting = changed(cast, meeting, day=date(2026, 4, 1))
    assert [row.member for row in meeting.attendances.all()] == [other]
    assert (meeting.period, meeting.planned_day) == (date(2026, 3, 1), None)


def test_the_day_that_was_told_is_kept_when_it_moves(cast: Cast):
    meeting = planned(cast)
    Meeting.everything.filter(pk=meeting.pk).update(told_at=timezone.now())
    meeting = changed(cast, meeting, day=date(2026, 3, 5))
    meeting = changed(cast, meeting, day=date(2026, 3, 6))
    assert meeting.planned_day == MARCH


def test_who_changes_an_old_version_is_told(cast: Cast):
    meeting = planned(cast)
    changed(cast, meeting, place="Hội trường")
    with pytest.raises(ChangedMeanwhile):
        changed(cast, meeting, place="Nhà ông Páo")


def test_the_chair_is_one_of_the_roll(cast: Cast):
    meeting, stranger = planned(cast), people_of(cast.doai, 1)[0]
    with pytest.raises(DomainError) as refused:
        changed(cast, meeting, chair=stranger)
    assert refused.value.field == "chair"


def test_called_off_the_place_is_free_again(cast: Cast):
    meeting = planned(cast)
    with pytest.raises(DomainError, match="lý do"):
        call_off_meeting(meeting, because=" ", by=cast.actor("thinh"))
    call_off_meeting(meeting, because="Bão", by=cast.actor("thinh"))
    again = planned(cast, day=date(2026, 3, 9))
    assert again.pk != meeting.pk
    with pytest.raises(DomainError, match="đã hủy"):
        changed(cast, meeting, place="x")


def test_what_has_begun_is_not_called_off(cast: Cast):
    meeting = planned(cast)
    Meeting.everything.filter(pk=meeting.pk).update(started_at=time(14))
    with pytest.raises(DomainError, match="không hủy được"):
        call_off_meeting(meeting, because="Bão", by=cast.actor("thinh"))


# Orientation


def test_the_months_orientation_comes_in_by_itself(cast: Cast):
    row = Orientation.everything.create(
        organisation=cast.phu_luong, month=date(2026, 3, 1), contents="x", published_at=timezone.now()
    )
    OrientationLine.everything.create(orientation=row, position=2, words="Làm đường thôn")
    OrientationLine.everything.create(orientation=row, position=1, words="Học Nghị quyết")
    draft = Orientation.everything.create(organisation=cast.province, month=date(2026, 3, 1), contents="x")
    OrientationLine.everything.create(orientation=draft, words="Còn đang soạn")
    lines = steps_of(planned(cast))
    place = lines.index("Định hướng sinh hoạt của cấp ủy")
    assert lines[place + 1 : place + 3] == ["Học Nghị quyết", "Làm đường thôn"]
    assert "Còn đang soạn" not in lines
    assert "Làm đường thôn" not in steps_of(planned(cast, MeetingKind.COMMITTEE))


def test_planning_costs_the_same_however_many_come(cast: Cast):
    actor = cast.actor("thinh")
    people_of(cast.dong, 5)
    planned(cast, day=date(2026, 2, 3))

    def cost(day: date) -> int:
        with CaptureQueriesContext(connection) as queries:
            plan_meeting(cast.dong, kind=MeetingKind.REGULAR, day=day, by=actor)
        return len(queries)

    few = cost(MARCH)
    people_of(cast.dong, 20)
    assert cost(date(2026, 4, 3)) <= few <= 30
