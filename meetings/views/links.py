"""Addresses of pages beside these."""

from meetings.duties.addresses import way_to
from meetings.models import Meeting

__all__ = ["log_of", "page_of_meeting", "way_to"]


def log_of(meeting: Meeting, section: str = "") -> str:
    return way_to("meeting_log", meeting.pk) + (f"?phan={section}#{section}" if section else "")


def page_of_meeting(meeting: Meeting) -> str:
    return way_to("meeting", meeting.pk)
