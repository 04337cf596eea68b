"""The log's page and its plain form: a section is saved as a form saves, and what is wrong keeps nothing else out."""

import pytest
from django.test import Client
from django.utils import timezone
from lxml import html

from meetings.models import AgendaItem, Attendance, Guest, Meeting, Opinion, Remark
from portal.history.models import AccessTrace
from tests.cast import Cast
from tests.meetings.meetings import held, meeting_of, people_of


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    people_of(cast.dong, 4)
    return meeting_of(cast.dong)


def address(meeting: Meeting, part: str = "so") -> str:
    return f"/hop/{meeting.pk}/{part}/"


def test_nobody_is_marked_until_somebody_marks(meeting: Meeting, as_thinh: Client):
    page = as_thinh.get(address(meeting)).content.decode()
    assert "Còn 4 đồng chí chưa điểm danh" in page
    assert page.count('value="present"') == 4
    assert "checked" not in page.split('id="dang-phi"')[0]


def test_the_plain_form_saves_and_comes_back_to_its_section(meeting: Meeting, as_thinh: Client):
    first, second, *_ = meeting.attendances.order_by("member__sort_key")
    typed = {
        f"attendance:{first.pk}:version": "1", f"attendance:{first.pk}:mark": "present",
        f"attendance:{second.pk}:version": "1", f"attendance:{second.pk}:mark": "excused",
        f"attendance:{second.pk}:reason": "Đi viện", "phan": "diem-danh",
    }  # fmt: skip
    answer = as_thinh.post(address(meeting, "luu"), typed)
    assert answer["Location"].endswith("/so/?phan=diem-danh")
    marks = Attendance.everything.filter(meeting=meeting).order_by("member__sort_key").values_list("mark", "reason")
    assert list(marks) == [("present", ""), ("excused", "Đi viện"), ("", ""), ("", "")]


def test_what_is_refused_stands_where_it_was_typed_and_the_rest_is_saved(meeting: Meeting, as_thinh: Client):
    guest = "0b8f4a4e-6f3e-4c0e-9a55-5b0f4d5d7a10"
    row = meeting.attendances.first()
    typed = {
        f"guest:{guest}:version": "0", f"guest:{guest}:name": "a" * 5_000,
        f"attendance:{row.pk}:version": "1", f"attendance:{row.pk}:mark": "late", "phan": "khach",
    }  # fmt: skip
    answer = as_thinh.post(address(meeting, "luu"), typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Lỗi: " in page
    assert "Họ và tên dài quá: tối đa 120 chữ, đang có 5000 chữ." in page
    assert "a" * 5_000 in page
    row.refresh_from_db()
    assert row.mark == "late"
    assert not Guest.everything.exists()


def as_it_comes(page: str) -> dict[str, str]:
    """What a browser without scripts sends when somebody only presses the button."""
    found: dict[str, str] = {}
    for control in html.fromstring(page).xpath("//form[@data-log]//*[@name][not(ancestor::template)]"):
        ticked = control.get("type") not in ("radio", "checkbox") or control.get("checked") is not None
        if control.tag in ("input", "textarea") and ticked:
            found[control.get("name")] = control.get("value") or control.text or ""
        elif control.tag == "select":
            chosen = control.xpath(".//option[@selected]") or control.xpath(".//option")
            found[control.get("name")] = chosen[0].get("value")
    return found


def test_a_press_without_a_word_changes_nothing(cast: Cast, meeting: Meeting, as_thinh: Client):
    typed = as_it_comes(as_thinh.get(address(meeting)).content.decode())
    answer = as_thinh.post(address(meeting, "luu"), typed | {"phan": "gio"})
    assert answer.status_code == 302, html.fromstring(answer.content.decode()).xpath("//*[@role='alert']//text()")
    meeting.refresh_from_db()
    assert (meeting.stamp, meeting.version) == (1, 1)


def test_readers_see_what_is_theirs_and_closed_parts_by_a_press_that_leaves_a_trace(
    cast: Cast, meeting: Meeting, sign_in
):
    member = meeting.attendances.first().member
    Opinion.everything.create(meeting=meeting, member=member, words="Chưa nhất trí", minority=True)
    Remark.everything.create(meeting=meeting, member=member, praise=False, words="Hay đi muộn")
    AgendaItem.everything.create(meeting=meeting, words="Xét kỷ luật", closed_data=True)
    AgendaItem.everything.create(meeting=meeting, words="Bàn làm đường")
    closed = ("Xét kỷ luật", "Hay đi muộn")
    assert not missing(sign_in("thom"), meeting, *closed, "Chưa nhất trí")  # the clerk writes them
    held(meeting)
    Meeting.everything.update(closed_at=timezone.now())
    for name in ("hau", "thom", "thinh"):
        assert missing(sign_in(name), meeting, *closed) == [*closed]
        assert not missing(sign_in(name), meeting, "Bàn làm đường", "Thống nhất các việc của tháng.", "4/4 đảng viên")
    assert missing(sign_in("hau"), meeting, "Chưa nhất trí") == ["Chưa nhất trí"]
    assert not missing(sign_in("thom"), meeting, "Chưa nhất trí", "Không ghi tên")
    assert sign_in("thom").post(f"/hop/{meeting.pk}/").status_code == 403
    shown = sign_in("thinh").post(f"/hop/{meeting.pk}/").content.decode()
    assert not [words for words in (*closed, member.full_name) if words not in shown]
    assert AccessTrace.everything.filter(subject__startswith="Phần kín của").count() == 1


def missing(browser: Client, meeting: Meeting, *words: str) -> list[str]:
    page = browser.get(f"/hop/{meeting.pk}/").content.decode()
    return [one for one in words if one not in page]
