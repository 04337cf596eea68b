"""A meeting of the demo's branch as its secretary finds it: forty expected, the steps laid out, three old items open."""

from datetime import date, time, timedelta

from django.utils import timezone

from branches.models import Organisation
from meetings.models import ActionItem, AgendaItem, Attendance, Form, Meeting, MeetingKind, Standing
from meetings.services.roll import settle_roll
from members.models import Member
from tests.members.people import on_the_roll

BRANCH = 3
STEPS = ["Chào cờ", "Điểm danh, báo cáo số có mặt", "Thu đảng phí", "Thông tin thời sự", "Kiểm điểm việc tháng trước",
         "Nhiệm vụ tháng này", "Thảo luận", "Kết luận, biểu quyết"]  # fmt: skip
OLD = ["Sửa đường bê tông ngõ 3", "Vận động 12 hộ hiến đất", "Dọn vệ sinh nhà văn hóa"]


def a_meeting(expected: int = 40, *, day: date | None = None, form: Form = Form.IN_PERSON) -> Meeting:
    """Of this month; whatever the demo has planned for it makes room."""
    day = day or timezone.localdate()
    branch = Organisation.everything.get(pk=BRANCH)
    Meeting.everything.filter(organisation=branch, period=day.replace(day=1), closed_at=None).delete()
    meeting = Meeting(
        organisation=branch, kind=MeetingKind.REGULAR, day=day, period=day.replace(day=1), begins=time(14), form=form,
        place="Nhà văn hóa thôn",
    )  # fmt: skip
    meeting.save()
    settle_roll(meeting)
    here = Attendance.everything.filter(meeting=meeting, standing=Standing.EXPECTED).count()
    for number in range(here, expected):
        on_the_roll(branch, f"Lường Văn {chr(65 + number // 26)}{chr(97 + number % 26)}")
    settle_roll(meeting)
    for position, words in enumerate(STEPS):
        AgendaItem(meeting=meeting, position=position, words=words, step=f"step-{position}").save()
    _old_items(branch, day)
    return meeting


def _old_items(branch: Organisation, day: date) -> None:
    earlier = Meeting(organisation=branch, kind=MeetingKind.EXTRAORDINARY, day=day - timedelta(days=30))
    earlier.save()
    somebody = Member.everything.filter(branch=branch).order_by("sort_key").first()
    for words in OLD:
        ActionItem(
            meeting=earlier, organisation=branch, words=words, assignee=somebody, due_on=day - timedelta(days=2)
        ).save()
