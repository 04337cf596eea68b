"""A branch with people, and a meeting of it: what the tests of the log stand on."""

from datetime import date, time
from typing import Any

from branches.models import Organisation
from meetings.models import Meeting, MeetingKind, Resolution
from meetings.services.roll import settle_roll
from members.models import Member
from tests.members.people import on_the_roll

DAY = date(2026, 3, 3)


def people_of(branch: Organisation, count: int) -> list[Member]:
    return [
        on_the_roll(branch, f"Lường Văn {chr(65 + number // 26)}{chr(97 + number % 26)}") for number in range(count)
    ]


def meeting_of(branch: Organisation, day: date = DAY, kind: MeetingKind = MeetingKind.REGULAR, **facts: Any) -> Meeting:
    """Planned, with its roll laid out."""
    period = {MeetingKind.THEMATIC: date(day.year, (day.month - 1) // 3 * 3 + 1, 1)}.get(kind, day.replace(day=1))
    facts = {"begins": time(14), "place": "Nhà văn hóa", **facts}
    if kind not in MeetingKind.of_slots():
        period = None
    row = Meeting.everything.create(organisation=branch, kind=kind, day=day, period=period, **facts)
    settle_roll(row)
    return row


def held(meeting: Meeting, mark: str = "present", **facts: Any) -> Meeting:
    """Everybody marked, with times and a conclusion: it can be closed."""
    meeting.attendances.filter(standing="expected").update(mark=mark)
    facts = {"started_at": time(14), "ended_at": time(15, 30), **facts}
    Meeting.everything.filter(pk=meeting.pk).update(**facts)
    Resolution.everything.create(meeting=meeting, contents="Thống nhất các việc của tháng.", state="adopted")
    meeting.refresh_from_db()
    return meeting
