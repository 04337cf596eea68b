"""Addresses of pages beside these."""

from django.urls import NoReverseMatch, reverse

from meetings.models import Meeting


def way_to(name: str, *numbers: object) -> str:
    """Where that page is; home while there is none."""
    try:
        return reverse(name, args=numbers)
    except NoReverseMatch:
        return reverse("home")


def log_of(meeting: Meeting, section: str = "") -> str:
    return way_to("meeting_log", meeting.pk) + (f"#{section}" if section else "")


def page_of_meeting(meeting: Meeting) -> str:
    return way_to("meeting", meeting.pk)
