"""Addresses of pages beside these."""

from django.urls import reverse

from meetings.models import Meeting


def log_of(meeting: Meeting, section: str = "") -> str:
    return reverse("meeting_log", args=[meeting.pk]) + (f"?phan={section}#{section}" if section else "")


def page_of_meeting(meeting: Meeting) -> str:
    return reverse("meeting", args=[meeting.pk])
