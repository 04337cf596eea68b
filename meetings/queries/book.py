"""The book of meetings of one organisation: its list by year, with who came, and what comes next."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.urls import reverse

from branches.models import Organisation
from meetings.models import Attendance, Mark, Meeting, MeetingKind, Standing
from portal.access.actor import Actor
from portal.access.permissions import Permission

QUARTERS = ("I", "II", "III", "IV")


@dataclass
class Line:
    meeting: Meeting
    expected: int
    came: int
    today: date

    @property
    def share(self) -> float | None:
        """Of those expected; known once the log is closed."""
        return 100 * self.came / self.expected if self.expected and self.meeting.closed_at else None

    @property
    def name(self) -> str:
        """Sinh hoạt thường kỳ tháng 11, Sinh hoạt chuyên đề quý IV."""
        meeting = self.meeting
        if meeting.period is None:
            return meeting.get_kind_display()
        if meeting.kind == MeetingKind.THEMATIC:
            return f"{meeting.get_kind_display()} quý {QUARTERS[(meeting.period.month - 1) // 3]}"
        also = ", chuyên đề" if meeting.also_thematic else ""
        return f"{meeting.get_kind_display()}{also} tháng {meeting.period.month}"

    @property
    def stand(self) -> tuple[str, str, str]:
        """Of one that is not closed: tone, icon, words."""
        meeting = self.meeting
        if meeting.called_off_at:
            return "mute", "x", "Đã hủy"
        if meeting.started_at or meeting.day < self.today:
            return "info", "edit", "Đang ghi"
        return "mute", "calendar", "Có lịch"

    @property
    def url(self) -> str:
        is_ahead = self.meeting.is_open and not self.meeting.started_at and self.meeting.day > self.today
        return reverse("meeting_notice" if is_ahead else "meeting", args=[self.meeting.pk])


def years_with_meetings(organisation: Organisation, actor: Actor) -> list[int]:
    """Years that have meetings, the latest first."""
    rows = Meeting.objects.allowed(actor, Permission.SEE_MEETINGS).filter(organisation=organisation)
    return [day.year for day in rows.dates("day", "year", order="DESC")]


def lines_of_year(organisation: Organisation, year: int, actor: Actor, *, today: date) -> list[Line]:
    """Two queries, however many meetings."""
    rows = Meeting.objects.allowed(actor, Permission.SEE_MEETINGS).filter(organisation=organisation)
    meetings = list(rows.of_year(year).latest_first())
    expected = Q(standing=Standing.EXPECTED)
    counted = (
        Attendance.objects.everywhere(reason="of meetings and branches within reach")
        .filter(meeting__in=[row.pk for row in meetings])
        .order_by()
        .values("meeting")
        .annotate(expected=Count("pk", filter=expected), came=Count("pk", filter=expected & Q(mark__in=Mark.came())))
    )
    counts = {row["meeting"]: (row["expected"], row["came"]) for row in counted}
    return [Line(row, *counts.get(row.pk, (0, 0)), today=today) for row in meetings]


def next_meeting(organisation: Organisation, actor: Actor) -> Meeting | None:
    """A log that is open goes before what is planned."""
    rows = Meeting.objects.allowed(actor, Permission.SEE_MEETINGS).filter(organisation=organisation)
    return (
        rows.standing().filter(closed_at=None).order_by("day", "begins").select_related("chair", "organisation").first()
    )
