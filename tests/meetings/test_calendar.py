"""The .ics of a meeting, as RFC 5545 has it."""

import re
from collections.abc import Callable
from datetime import date, time

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from meetings.models import Meeting
from meetings.queries.calendar import calendar_of
from tests.cast import Cast
from tests.meetings.meetings import meeting_of


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    return meeting_of(
        cast.dong, date(2026, 3, 3), begins=time(14), title="Học Nghị quyết; bàn đường, cầu\\cống",
        place="Nhà văn hóa thôn Đông, cạnh trường tiểu học Phú Lương, phòng họp tầng hai nhìn ra sân kho cũ",
    )  # fmt: skip


def lines(meeting: Meeting) -> list[str]:
    """Unfolded, as a calendar reads them."""
    text = calendar_of(meeting, address="https://vidu.vn/hop/1/", minutes=90).decode()
    return re.sub(r"\r\n ", "", text).split("\r\n")


def test_two_in_the_afternoon_in_viet_nam_is_seven_in_utc(meeting: Meeting):
    assert "DTSTART:20260303T070000Z" in lines(meeting)
    assert "DTEND:20260303T083000Z" in lines(meeting)


def test_without_an_hour_it_is_the_whole_day(meeting: Meeting):
    meeting.begins = None
    assert "DTSTART;VALUE=DATE:20260303" in lines(meeting)


def test_commas_semicolons_and_strokes_are_written_apart(meeting: Meeting):
    assert "DESCRIPTION:Học Nghị quyết\\; bàn đường\\, cầu\\\\cống" in lines(meeting)


def test_no_line_is_longer_than_75_bytes_and_every_one_ends_as_it_must(meeting: Meeting):
    written = calendar_of(meeting, address="https://vidu.vn/hop/1/", minutes=90)
    assert written.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in written.replace(b"\r\n", b"")
    rows = written.split(b"\r\n")
    assert max(map(len, rows)) <= 75
    assert [row.decode() for row in rows]  # no letter was cut in two
    assert f"LOCATION:{meeting.place.replace(',', chr(92) + ',')}" in lines(meeting)


def test_a_later_version_replaces_the_first_and_a_called_off_one_says_so(meeting: Meeting):
    before = {line.partition(":")[0]: line for line in lines(meeting)}
    meeting.version, meeting.called_off_at = 7, timezone.now()
    after = {line.partition(":")[0]: line for line in lines(meeting)}
    assert before["UID"] == after["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == ("SEQUENCE:1", "SEQUENCE:7")
    assert (before["STATUS"], after["STATUS"]) == ("STATUS:CONFIRMED", "STATUS:CANCELLED")


def test_it_is_handed_out_as_a_calendar(meeting: Meeting, sign_in: Callable[[str], Client]):
    answer = sign_in("hau").get(reverse("meeting_ics", args=[meeting.pk]))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="hop-2026-03-03.ics"'
    assert sign_in("quyet").get(reverse("meeting_ics", args=[meeting.pk])).status_code == 404
