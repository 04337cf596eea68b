"""Old meetings: one by one, or from a sheet that says of each row what is wrong with it."""

from datetime import date, time, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from branches.models.summary import Month
from meetings.models import Mark, Meeting
from meetings.services.past import PastMeeting, enter_past_meeting
from meetings.services.past_sheets import COLUMNS, check_past, enter_past_meetings, read_time
from members.imports.values import Unreadable
from members.models import Member
from portal.files.sheets.headings import lines_of
from portal.words.errors import DomainError, NotAllowed
from tests.cast import Cast
from tests.meetings.meetings import people_of

HEAD = [column.title for column in COLUMNS.values()]


@pytest.fixture
def people(cast: Cast) -> list[Member]:
    return people_of(cast.dong, 4)


def past(**facts: object) -> PastMeeting:
    usual = {"day": date(2025, 3, 3), "started_at": time(14), "ended_at": time(16), "contents": "Thống nhất"}
    return PastMeeting(**usual | facts)


def test_an_old_meeting_is_there_whole_and_closed(cast: Cast, people: list[Member]):
    absent = {people[0].pk: Mark.EXCUSED}
    meeting = enter_past_meeting(cast.dong, past=past(absent=absent), by=cast.actor("thinh"))
    meeting.refresh_from_db()
    assert (meeting.period, meeting.entered_later, meeting.is_open) == (date(2025, 3, 1), True, False)
    assert meeting.attendances.counts() | {} == meeting.attendances.counts()
    assert {mark: meeting.attendances.filter(mark=mark).count() for mark in ("present", "excused")} == {
        "present": 3, "excused": 1
    }  # fmt: skip
    assert meeting.resolutions.get().state == "adopted"
    assert Month.everything.filter(organisation=cast.dong, month=date(2025, 3, 1)).exists()


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"day": date(2100, 1, 1)}, "chưa qua"),
        ({"day": date(1999, 1, 5)}, "chưa có ai phải dự"),
        ({"ended_at": time(13)}, "sau giờ bắt đầu"),
        ({"contents": "  "}, "kết luận"),
        ({"absent": {0: Mark.ABSENT}}, "không thuộc danh sách"),
    ],
)
def test_what_cannot_have_been_is_said(cast: Cast, people: list[Member], facts: dict, said: str):
    with pytest.raises(DomainError, match=said):
        enter_past_meeting(cast.dong, past=past(**facts), by=cast.actor("thinh"))
    assert not Meeting.everything.exists()


def test_today_is_not_past_and_yesterday_is(cast: Cast, people: list[Member]):
    today = timezone.localdate()
    with pytest.raises(DomainError, match="chưa qua"):
        enter_past_meeting(cast.dong, past=past(day=today), by=cast.actor("thinh"))
    assert enter_past_meeting(cast.dong, past=past(day=today - timedelta(days=1)), by=cast.actor("thinh"))


def test_a_month_is_entered_once(cast: Cast, people: list[Member]):
    enter_past_meeting(cast.dong, past=past(), by=cast.actor("thinh"))
    with pytest.raises(DomainError, match="đã có trong cổng"):
        enter_past_meeting(cast.dong, past=past(day=date(2025, 3, 20)), by=cast.actor("thinh"))


def test_a_stranger_enters_nothing(cast: Cast, people: list[Member]):
    for name in ("hau", "hoa", "quyet", "vinh"):
        with pytest.raises(NotAllowed):
            enter_past_meeting(cast.dong, past=past(), by=cast.actor(name))


@pytest.mark.parametrize(
    ("text", "hour"), [("14:00", time(14)), ("14h", time(14)), ("14h30", time(14, 30)), ("7 giờ 15", time(7, 15)), ("14.30", time(14, 30)), ("14:00:00", time(14))]
)  # fmt: skip
def test_hours_as_people_write_them(text: str, hour: time):
    assert read_time(text) == hour


@pytest.mark.parametrize("text", ["", "chiều", "25:00", "14:61", "140000", "-3"])
def test_what_is_no_hour_is_said(text: str):
    with pytest.raises(Unreadable):
        read_time(text)


def checked(cast: Cast, *rows: list[str]):
    return check_past(lines_of([HEAD, *rows], COLUMNS), branch=cast.dong, by=cast.actor("thinh"))


def test_a_row_says_who_was_absent_by_name(cast: Cast, people: list[Member]):
    row = checked(cast, ["", "03/03/2025", "14h", "15:45", "đ/c Lường Văn Aa; luong van ab", "Ac", "Thống nhất"]).lines[
        0
    ]
    assert (row.wrong, row.came, row.expected) == ([], 1, 4)
    assert list(row.past.absent.values()) == [Mark.EXCUSED, Mark.EXCUSED, Mark.ABSENT]


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({1: "31/02/2025"}, "Không có ngày"),
        ({2: "chiều"}, "không phải giờ"),
        ({3: "13:00"}, "sau giờ bắt đầu"),
        ({4: "Hà Văn Lạ"}, "không có trong danh sách"),
        ({4: "Lường Văn Aa", 5: "Lường Văn Aa"}, "ghi hai lần"),
        ({0: "13"}, "không phải tháng"),
        ({6: ""}, "kết luận"),
    ],
)
def test_what_is_wrong_with_a_row_is_said(cast: Cast, people: list[Member], cells: dict[int, str], said: str):
    row = ["", "03/03/2025", "14:00", "15:45", "", "", "Thống nhất"]
    for place, text in cells.items():
        row[place] = text
    assert said in " ".join(checked(cast, row).lines[0].wrong)


def test_two_of_one_name_must_be_told_apart(cast: Cast, people: list[Member]):
    people_of(cast.dong, 1)
    assert (
        "nhiều người cùng tên"
        in checked(cast, ["", "03/03/2025", "14:00", "15:45", "Lường Văn Aa", "", "x"]).lines[0].wrong[0]
    )


def test_what_is_right_is_entered_and_the_same_month_once(cast: Cast, people: list[Member]):
    rows = [
        ["", "03/03/2025", "14:00", "15:45", "", "", "Một"],
        ["4", "29/03/2025", "14:00", "15:45", "", "", "Của tháng tư, họp sớm"],
        ["3", "20/03/2025", "14:00", "15:45", "", "", "Trùng"],
        ["", "hôm qua", "14:00", "15:45", "", "", "Sai ngày"],
    ]
    sheet = checked(cast, *rows)
    assert [row.wrong for row in sheet.wrong] == [["Trùng tháng với dòng 2."], sheet.wrong[1].wrong]
    lines = lines_of([HEAD, *rows], COLUMNS)
    assert enter_past_meetings(lines, branch=cast.dong, by=cast.actor("thinh")) == 2
    assert enter_past_meetings(lines, branch=cast.dong, by=cast.actor("thinh")) == 0  # sent twice
    assert set(Meeting.everything.values_list("period", flat=True)) == {date(2025, 3, 1), date(2025, 4, 1)}


def test_from_the_sheet_to_the_meetings_on_the_pages(cast: Cast, people: list[Member], as_thinh: Client):
    address = f"/chi-bo/{cast.dong.pk}/hop/nhap-cu/tu-bang/"
    pasted = "\n".join(
        "\t".join(row) for row in (HEAD, ["", "03/03/2025", "14:00", "15:45", "Lường Văn Aa", "", "Một"])
    )
    shown = as_thinh.post(address, {"pasted": pasted})
    page = shown.content.decode()
    assert "Nhập 1 buổi họp" in page
    sealed = shown.context["sealed"]
    assert as_thinh.post(f"{address}ghi/", {"sheet": sealed[:-2]}).status_code == 302
    assert not Meeting.everything.exists()
    as_thinh.post(f"{address}ghi/", {"sheet": sealed})
    assert Meeting.everything.get().attendances.filter(mark="excused").count() == 1


def test_one_by_one_on_the_page(cast: Cast, people: list[Member], as_thinh: Client):
    address = f"/chi-bo/{cast.dong.pk}/hop/nhap-cu/?kind=regular&day_day=3&day_month=3&day_year=2025"
    page = as_thinh.get(address).content.decode()
    assert all(member.full_name in page for member in people)
    marks = {f"who_{member.pk}": "present" for member in people} | {f"who_{people[0].pk}": "absent"}
    said = {"started_at": "14h", "ended_at": "13h", "contents": "Thống nhất"}
    assert "sau giờ bắt đầu" in as_thinh.post(address, marks | said).content.decode()
    as_thinh.post(address, marks | said | {"ended_at": "15h30"})
    meeting = Meeting.everything.get()
    assert (meeting.minutes, meeting.attendances.filter(mark="absent").count()) == (90, 1)
