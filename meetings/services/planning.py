"""A meeting is planned, changed, called off. Planning lays out the roll of the day and the agenda."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from branches.models import Kind, Organisation
from branches.rules.reading import Rulebook
from meetings.models import Form, Meeting, MeetingKind, Topic
from meetings.services.agenda import lay_out_agenda
from meetings.services.forms_of_meeting import need_founded_form
from meetings.services.log import open_for_writing
from meetings.services.roll import settle_roll
from members.models import Member, Office, Post
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.history.actions import action
from portal.live.versions import touched
from portal.words.errors import ChangedMeanwhile, DomainError
from portal.words.quantities import day as in_words

CHANGEABLE = (
    "day", "begins", "place", "title", "chair", "clerk", "form", "form_ground", "form_leave", "cannot_gather",
    "also_thematic",
)  # fmt: skip
FURTHEST_YEARS = 2  # a slip of the hand, not a plan
OF_BRANCHES = [kind for kind in MeetingKind if kind is not MeetingKind.PLENUM]
OF_COMMITTEES = [MeetingKind.PLENUM, MeetingKind.EXTRAORDINARY, MeetingKind.REVIEW, MeetingKind.CONGRESS]


def kinds_of(organisation: Organisation) -> list[MeetingKind]:
    """What may meet there; a tổ đảng sits as part of its branch's meeting."""
    if organisation.kind == Kind.CELL:
        return []
    return OF_BRANCHES if organisation.kind == Kind.BRANCH else OF_COMMITTEES


def period_of(kind: str, day: date) -> date | None:
    """The month or quarter that a meeting on that day counts for, by its first day."""
    if kind == MeetingKind.THEMATIC:
        return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    return day.replace(day=1) if kind in MeetingKind.of_slots() else None


@action("lập buổi họp")
def plan_meeting(
    organisation: Organisation,
    *,
    kind: str,
    day: date,
    by: Actor,
    begins: time | None = None,
    place: str = "",
    topic: Topic | None = None,
    **facts: Any,
) -> Meeting:
    """`facts`: columns of CHANGEABLE. Hour, place, chair and clerk that are not said are last time's."""
    by.need(Permission.RECORD_MEETING, organisation.path)
    _may_meet(organisation, kind, day)
    last = last_time(organisation, kind, day)
    meeting = Meeting(
        organisation=organisation,
        kind=kind,
        day=day,
        period=period_of(kind, day),
        begins=begins or (last and last.begins),
        place=place or (last.place if last else ""),
        **_known(facts),
    )
    if topic:
        meeting.title = meeting.title or topic.words
    _write(meeting)
    settle_roll(meeting)
    _seat_as_last_time(meeting, last)
    _fits(meeting, by)
    meeting.save(update_fields=["chair", "clerk"])
    lay_out_agenda(meeting, by=by)
    if topic:
        _take_up(topic, meeting)
    return meeting


@action("sửa kế hoạch buổi họp")
def change_meeting(meeting: Meeting, *, version: int, facts: Mapping[str, Any], by: Actor) -> Meeting:
    """A day that moves brings another roll; the month it counts for stays, and the day first told is kept."""
    meeting = open_for_writing(meeting, by=by)
    if meeting.version != version:
        raise ChangedMeanwhile("Người khác vừa sửa buổi họp này. Xem lại rồi lưu lần nữa.")
    before = meeting.day
    for name, value in _known(facts).items():
        setattr(meeting, name, value)
    if meeting.day != before:
        _near_enough(meeting.organisation, meeting.day)
        if meeting.told_at and meeting.planned_day is None:
            meeting.planned_day = before
    meeting.version += 1
    _write(meeting)
    if meeting.day != before:
        settle_roll(meeting)
    _fits(meeting, by)
    return meeting


@action("hủy buổi họp")
def call_off_meeting(meeting: Meeting, *, because: str, by: Actor) -> Meeting:
    """The place in the year is free again; what was planned stays to be read."""
    meeting = open_for_writing(meeting, by=by)
    if not because.strip():
        raise DomainError("Ghi lý do hủy buổi họp.", field="because")
    if meeting.started_at:
        raise DomainError("Buổi họp đã ghi giờ bắt đầu, không hủy được.")
    meeting.called_off_at, meeting.called_off_because = timezone.now(), because
    meeting.version += 1
    meeting.save(update_fields=["called_off_at", "called_off_because", "version"])
    Topic.everything.filter(meeting=meeting).update(meeting=None)
    touched([meeting.organisation.path])
    return meeting


def _known(facts: Mapping[str, Any]) -> dict[str, Any]:
    if strange := set(facts) - set(CHANGEABLE):
        raise TypeError(f"not planned by people: {sorted(strange)}")
    return dict(facts)


def _may_meet(organisation: Organisation, kind: str, day: date) -> None:
    if organisation.kind == Kind.CELL:
        raise DomainError("Tổ đảng sinh hoạt trong buổi họp của chi bộ: chọn hình thức “Theo tổ đảng”.")
    if kind not in kinds_of(organisation):
        raise DomainError(f"{organisation.name} không có loại buổi họp này.", field="kind")
    _near_enough(organisation, day)


def _near_enough(organisation: Organisation, day: date) -> None:
    if not organisation.lives_on(day):
        raise DomainError(f"Ngày {in_words(day)} {organisation.name} không hoạt động.", field="day")
    if day.year > timezone.localdate().year + FURTHEST_YEARS:
        raise DomainError("Ngày họp xa quá. Xem lại năm.", field="day")


def _write(meeting: Meeting) -> None:
    """Two places filled twice: the database knows better than a question asked before."""
    try:
        with transaction.atomic():
            meeting.save()
            touched([meeting.organisation.path])
    except IntegrityError as error:
        raise _refusal(meeting, str(error)) from error


def _refusal(meeting: Meeting, error: str) -> DomainError:
    if "meeting_once_a_period" in error and meeting.period:
        what = MeetingKind(meeting.kind).label.lower()
        return DomainError(f"{_period_words(meeting)} đã có buổi {what}. Mở buổi ấy ra sửa, hoặc hủy rồi lập lại.")
    if "meeting_thematic_once_a_quarter" in error:
        return DomainError("Quý này đã có buổi sinh hoạt chuyên đề.", field="also_thematic")
    if "meeting_combined_is_regular" in error:
        return DomainError("Chỉ buổi thường kỳ mới kết hợp chuyên đề.", field="also_thematic")
    if "meeting_form_has_its_ground" in error:
        return DomainError("Ghi lý do họp theo hình thức này.", field="form_ground")
    raise AssertionError(error)


def _period_words(meeting: Meeting) -> str:
    assert meeting.period
    if meeting.kind == MeetingKind.THEMATIC:
        return f"Quý {(meeting.period.month + 2) // 3}/{meeting.period.year}"
    return f"Tháng {meeting.period:%m/%Y}"


def last_time(organisation: Organisation, kind: str, day: date) -> Meeting | None:
    """Of this kind; where there was none yet, of whatever kind met last."""
    rows = Meeting.everything.standing().filter(organisation=organisation, day__lt=day).latest_first()
    rows = rows.select_related("chair", "clerk")
    return rows.filter(kind=kind).first() or rows.first()


def _seat_as_last_time(meeting: Meeting, last: Meeting | None) -> None:
    """Whoever is not on this roll any more is not copied; where nobody chaired yet, the secretary does."""
    there = set(meeting.attendances.values_list("member", flat=True))
    if meeting.chair is None and last and last.chair_id in there:
        meeting.chair = last.chair
    if meeting.chair is None:
        offices = Office.everything.on(meeting.day).filter(organisation=meeting.organisation, post=Post.SECRETARY)
        secretary = offices.select_related("member").first()
        meeting.chair = secretary.member if secretary and secretary.member_id in there else None
    if meeting.clerk is None and last and last.clerk_id in there and last.clerk_id != meeting.chair_id:
        meeting.clerk = last.clerk


def _fits(meeting: Meeting, by: Actor) -> None:
    for field, person in (("chair", meeting.chair), ("clerk", meeting.clerk)):
        if person and not _belongs(person, meeting):
            raise DomainError(f"Ngày ấy đ/c {person.full_name} không ở trong danh sách dự họp.", field=field)
    if meeting.form != Form.IN_PERSON:
        need_founded_form(meeting, Rulebook.of(by))


def _belongs(person: Member, meeting: Meeting) -> bool:
    """On the roll; the clerk of a committee may be one of its office who is not on the committee."""
    if meeting.attendances.filter(member=person).exists():
        return True
    return meeting.organisation.kind != Kind.BRANCH and person.branch.path.startswith(meeting.organisation.path)


def _take_up(topic: Topic, meeting: Meeting) -> None:
    """Of two who prepare the quarter's meeting at once, the second is refused by the quarter's place."""
    Topic.everything.filter(pk=topic.pk).update(meeting=meeting)
    topic.meeting = meeting
