"""Meetings of months before the portal: entered in one go, and closed at once. Nothing is carried out anew for them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time

from django.utils import timezone

from branches.models import Organisation
from branches.summary.months import month_of
from meetings.models import (
    Attendance,
    Form,
    Mark,
    Meeting,
    MeetingKind,
    Resolution,
    ResolutionState,
    Standing,
)
from meetings.models.meeting import MeetingRows
from meetings.services.roll import lines_of, settle_roll
from meetings.summary import recount_of
from members.models import Member
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.history.actions import action
from portal.words.errors import DomainError
from portal.words.quantities import day


@dataclass(frozen=True)
class PastMeeting:
    """What is known of it. `absent`: member → excused or absent; whoever is not named was there."""

    day: date
    started_at: time
    ended_at: time
    contents: str
    kind: MeetingKind = MeetingKind.REGULAR
    period: date | None = None  # where it is not that of the day
    form: Form = Form.IN_PERSON
    absent: Mapping[int, Mark] = field(default_factory=dict)


def period_of(kind: MeetingKind, on: date) -> date | None:
    """The month or quarter that a day lies in; None for kinds without places in the year."""
    if kind == MeetingKind.THEMATIC:
        return date(on.year, (on.month - 1) // 3 * 3 + 1, 1)
    return month_of(on) if kind in MeetingKind.of_slots() else None


def expected_at(branch: Organisation, kind: MeetingKind, on: date) -> list[Member]:
    """Who had to come that day, as the roll knows it, in its order."""
    lines = lines_of(Meeting(organisation=branch, kind=kind, day=on))
    return [row.member for row in lines if row.standing == Standing.EXPECTED]


@action("nhập buổi họp của tháng cũ")
def enter_past_meeting(branch: Organisation, *, past: PastMeeting, by: Actor) -> Meeting:
    by.need(Permission.RECORD_MEETING, branch.path)
    kind = MeetingKind(past.kind)
    period = past.period if kind in MeetingKind.of_slots() and past.period else period_of(kind, past.day)
    refuse_if_it_cannot_be(branch, past, period)
    meeting = Meeting(
        organisation=branch, kind=kind, period=period, day=past.day, begins=past.started_at, form=past.form,
        started_at=past.started_at, ended_at=past.ended_at, entered_later=True, nothing_raised=False,
    )  # fmt: skip
    meeting.save()
    settle_roll(meeting)
    _mark(meeting, past.absent)
    Resolution(meeting=meeting, contents=past.contents, state=ResolutionState.ADOPTED, saved_by=by.account).save()
    meeting.closed_at, meeting.closed_by = timezone.now(), by.account
    meeting.save(update_fields=["closed_at", "closed_by"])
    recount_of(meeting)
    return meeting


def refuse_if_it_cannot_be(branch: Organisation, past: PastMeeting, period: date | None) -> None:
    if past.day >= timezone.localdate():
        raise DomainError(f"Ngày {day(past.day)} chưa qua: lập buổi họp như thường lệ.", field="day")
    if branch.founded_on and past.day < branch.founded_on:
        raise DomainError(f"Chi bộ lập ngày {day(branch.founded_on)}, chưa có vào ngày {day(past.day)}.", field="day")
    if past.ended_at <= past.started_at:
        raise DomainError("Giờ kết thúc phải sau giờ bắt đầu.", field="ended_at")
    if not past.contents.strip():
        raise DomainError("Ghi kết luận, nghị quyết của buổi họp.", field="contents")
    there = Meeting.everything.standing().filter(organisation=branch, kind=past.kind)
    if period and there.filter(period=period).exists():
        raise DomainError(f"{MeetingKind(past.kind).label} kỳ {period:%m/%Y} đã có trong cổng.", field="day")
    if past.kind == MeetingKind.THEMATIC and period and _themes(branch, period).exists():
        raise DomainError(f"Quý {(period.month + 2) // 3}/{period.year} đã sinh hoạt chuyên đề.", field="day")
    if period is None and there.filter(day=past.day).exists():
        raise DomainError(f"{MeetingKind(past.kind).label} ngày {day(past.day)} đã có trong cổng.", field="day")


def _themes(branch: Organisation, quarter: date) -> MeetingRows:
    """Regular meetings of that quarter which dealt with its theme as well."""
    rows = Meeting.everything.standing().filter(organisation=branch, also_thematic=True)
    return rows.filter(period__year=quarter.year, period__quarter=(quarter.month + 2) // 3)


def _mark(meeting: Meeting, absent: Mapping[int, Mark]) -> None:
    rows = Attendance.everything.filter(meeting=meeting, standing=Standing.EXPECTED)
    strange = set(absent) - set(rows.values_list("member", flat=True))
    if strange:
        raise DomainError("Có người vắng không thuộc danh sách phải dự của ngày ấy.", field="day")
    if not rows.exists():
        raise DomainError(f"Ngày {day(meeting.day)} chưa có ai phải dự: kiểm tra ngày về chi bộ.", field="day")
    rows.update(mark=Mark.PRESENT)
    for mark in (Mark.EXCUSED, Mark.ABSENT):
        rows.filter(member__in=[member for member, said in absent.items() if said == mark]).update(mark=mark)
