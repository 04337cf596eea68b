"""A meeting as a file for calendars (RFC 5545): in UTC, so that no table of time zones has to come along."""

from datetime import UTC, datetime, timedelta

from django.utils import timezone

from meetings.models import Form, Meeting

LONGEST_LINE = 75  # bytes, the line break not counted


def calendar_of(meeting: Meeting, *, address: str, minutes: int) -> bytes:
    """Sent again, it replaces what was there: the same UID, a higher SEQUENCE. `minutes`: as long as it must last."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Cong sinh hoat chi bo//VI",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{meeting.pk}@cong-sinh-hoat-chi-bo",
        f"DTSTAMP:{_utc(timezone.now())}",
        f"SEQUENCE:{meeting.version}",
        *_when(meeting, timedelta(minutes=minutes)),
        f"SUMMARY:{_text(f'{meeting.get_kind_display()} – {meeting.organisation.name}')}",
        f"LOCATION:{_text(meeting.place)}",
        f"DESCRIPTION:{_text(_description(meeting))}",
        f"URL:{address}",
        f"STATUS:{'CANCELLED' if meeting.called_off_at else 'CONFIRMED'}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(_folded(line) + "\r\n" for line in lines).encode()


def _when(meeting: Meeting, lasting: timedelta) -> list[str]:
    starts = meeting.starts_at
    if starts is None:
        return [f"DTSTART;VALUE=DATE:{meeting.day:%Y%m%d}"]
    return [f"DTSTART:{_utc(starts)}", f"DTEND:{_utc(starts + lasting)}"]


def _description(meeting: Meeting) -> str:
    form = "" if meeting.form == Form.IN_PERSON else Form(meeting.form).label
    return "\n".join(filter(None, [meeting.title, form]))


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(value: str) -> str:
    for sign, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        value = value.replace(sign, written)
    return value


def _folded(line: str) -> str:
    """No line longer than 75 bytes, and no letter cut in two; what goes on begins with a space."""
    parts, size = [""], 0
    for letter in line:
        length = len(letter.encode())
        if size + length > LONGEST_LINE:
            parts.append(" ")
            size = 1
        parts[-1] += letter
        size += length
    return "\r\n".join(parts)
