"""What devices send to the log: every item answered for itself, whatever comes; never a 500, nothing else lost."""

import json
import uuid
from datetime import time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from meetings.models import ActionItem, Guest, Meeting, Opinion, Resolution, Vote
from members.models import State
from tests.cast import Cast
from tests.meetings.meetings import meeting_of, people_of
from tests.members.people import on_the_roll


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    people_of(cast.dong, 4)
    return meeting_of(cast.dong)


def item(kind: str, values: dict[str, Any] | None = None, *, id: object = None, version: int = 0, **more: Any) -> dict:
    return {"kind": kind, "id": str(id or uuid.uuid4()), "version": version, "values": values or {}, **more}


def send(browser: Client, meeting: Meeting, *items: dict) -> dict:
    answer = browser.post(f"/hop/{meeting.pk}/luu/", json.dumps({"items": items}), content_type="application/json")
    assert answer.status_code == 200, answer.content
    return answer.json()["answers"]


def mark(meeting: Meeting, name: str = "present", place: int = 0, version: int = 1) -> dict:
    row = meeting.attendances.order_by("member__sort_key")[place]
    return item("attendance", {"mark": name, "reason": ""}, id=row.pk, version=version)


def refusal(browser: Client, meeting: Meeting, kind: str, values: dict[str, Any]) -> str:
    """What is said of it, beside a mark that is saved all the same."""
    good, bad = mark(meeting), item(kind, values)
    answers = send(browser, meeting, bad, good)
    assert answers[good["id"]]["outcome"] in ("saved", "same")
    assert answers[bad["id"]]["outcome"] == "refused"
    return answers[bad["id"]]["words"]


def test_a_mark_is_saved_once_however_often_it_is_sent(meeting: Meeting, as_thinh: Client):
    one = mark(meeting)
    assert send(as_thinh, meeting, one)[one["id"]] == {"outcome": "saved", "version": 2}
    assert send(as_thinh, meeting, one)[one["id"]] == {"outcome": "same", "version": 2}


def test_a_stale_version_shows_who_wrote_what(meeting: Meeting, as_thinh: Client, sign_in):
    send(sign_in("thom"), meeting, mark(meeting, "late"))
    one = mark(meeting, "absent")
    told = send(as_thinh, meeting, one)[one["id"]]
    assert told["outcome"] == "conflict"
    assert told["theirs"]["values"]["mark"] == "late"
    assert told["theirs"]["words"].startswith("Đ/c Đặng Thị Thơm đã ghi khác lúc ")
    meeting.attendances.get(pk=one["id"], mark="late")


def test_a_member_marked_twice_in_one_post_keeps_the_first(meeting: Meeting, as_thinh: Client):
    one, two = mark(meeting, "present"), mark(meeting, "absent")
    send(as_thinh, meeting, one, two)
    assert meeting.attendances.get(pk=one["id"]).mark == "present"


@pytest.mark.parametrize(
    ("kind", "values", "said"),
    [
        ("guest", {"name": "a" * 5_000}, "Họ và tên dài quá: tối đa 120 chữ, đang có 5000 chữ."),
        ("guest", {"name": "   "}, "Chưa nhập họ và tên."),
        ("opinion", {"words": "Đồng ý", "member": "999999"}, "Người nêu: không thấy trong buổi họp này, hãy chọn lại."),
        ("opinion", {"words": "Đồng ý", "member": "9" * 400}, "Người nêu: không thấy"),
        ("vote", {"question": "Dự toán", "in_favour": "3", "against": "2"}, "Cộng lại 5 phiếu, nhiều hơn 4 đảng viên"),
        ("vote", {"question": "Dự toán", "in_favour": "-1"}, "Số tán thành phải từ 0 trở lên."),
        ("agenda", {"words": "Bàn", "began_at": "15:00", "ended_at": "14:00"}, "Giờ kết thúc của nội dung phải sau"),
        ("dues", {"member": "1", "owed": "1", "paid": "2"}, "Đã nộp 2 đồng nhiều hơn số phải nộp 1 đồng."),
        ("action", {"words": "Sửa đường", "due_on": "2001-01-01"}, "Hạn phải từ ngày họp 03/03/2026 trở đi."),
        ("action", {"words": "Sửa đường", "due_on": "hôm qua"}, "Hạn chưa đúng."),
        ("review", {"action": str(uuid.uuid4()), "stand": "done"}, "Việc: không thấy trong buổi họp này"),
        ("decision", {"kind": "exemption"}, "Chọn đồng chí được miễn."),
        ("decision", {"kind": "study"}, "Chọn văn bản đã quán triệt."),
        ("proposal", {"to": "9000006", "words": "Xin đường"}, "Gửi đến: không thấy"),
        ("resolution", {"kind": "conclusion", "contents": ""}, "Chưa nhập nội dung kết luận"),
        ("remark", {"praise": "maybe", "words": "Tốt"}, "Chưa nhập đảng viên."),
        ("nothing", {"a": "b"}, "Cổng chưa biết mục này."),
        ("attendance", {"mark": "present"}, "Danh sách của buổi họp vừa thay đổi."),
    ],
)
def test_what_is_wrong_is_said_in_words_and_the_rest_is_saved(
    meeting: Meeting, as_thinh: Client, kind: str, values: dict, said: str
):
    if kind == "dues":
        values = values | {"member": str(meeting.attendances.first().member_id)}
    assert said in refusal(as_thinh, meeting, kind, values)


def test_times_in_the_wrong_order(meeting: Meeting, as_thinh: Client):
    def told(version: int, **values: str) -> dict:
        return send(as_thinh, meeting, item("meeting", values, id=meeting.pk, version=version))[str(meeting.pk)]

    assert told(1, started_at="14:00", ended_at="13:00")["words"] == "Giờ kết thúc 13:00 phải sau giờ bắt đầu 14:00."
    assert told(1, ended_at="16:00")["words"] == "Ghi giờ bắt đầu trước, rồi ghi giờ kết thúc."
    assert told(1, started_at="14:00", ended_at="15:40")["outcome"] == "saved"
    meeting.refresh_from_db()
    assert (meeting.started_at, meeting.ended_at) == (time(14), time(15, 40))


def test_pasted_word_is_plain_text_and_emoji_stay(meeting: Meeting, as_thinh: Client):
    pasted = "<!--[if gte mso 9]><xml>rác</xml><![endif]--><p class=MsoNormal><b>Nhất trí</b>&nbsp;&lt; 90 % 🎉<o:p></o:p></p><p>Dòng hai</p>"
    send(as_thinh, meeting, item("opinion", {"words": pasted}), item("opinion", {"words": "tỷ lệ < 90 % và > 5"}))
    words = set(Opinion.everything.values_list("words", flat=True))
    assert words == {"Nhất trí < 90 % 🎉\nDòng hai", "tỷ lệ < 90 % và > 5"}


def test_voters_are_the_full_members_of_the_roll(cast: Cast, as_thinh: Client):
    people_of(cast.dong, 5)
    on_the_roll(cast.dong, "Vàng Thị Dự Bị", state=State.PROBATIONARY)
    meeting = meeting_of(cast.dong)
    send(as_thinh, meeting, item("vote", {"question": "Kết luận", "in_favour": "5", "voters": "99"}))
    vote = Vote.everything.get()
    assert (vote.voters, vote.in_favour, vote.against, vote.abstained) == (5, 5, 0, 0)
    assert "cần 3/5" in as_thinh.get(f"/hop/{meeting.pk}/so/").content.decode()


def test_an_action_may_point_to_a_resolution_of_the_same_post(meeting: Meeting, as_thinh: Client):
    resolution = item("resolution", {"kind": "conclusion", "state": "adopted", "contents": "Làm đường"})
    action = item("action", {"words": "Đo đạc", "resolution": resolution["id"], "due_on": "2026-03-20"})
    send(as_thinh, meeting, action, resolution)
    assert ActionItem.everything.get().resolution == Resolution.everything.get()


def test_what_was_taken_out_is_gone_and_comes_back(meeting: Meeting, as_thinh: Client):
    guest = item("guest", {"name": "Quàng Thị Lả", "post": "", "of_committee": True})
    send(as_thinh, meeting, guest)
    send(as_thinh, meeting, guest | {"version": 1, "gone": True})
    assert not Guest.everything.there().exists()
    send(as_thinh, meeting, guest | {"version": 2})
    assert Guest.everything.there().get().of_committee


@pytest.mark.parametrize(
    "body",
    [
        b"{", b"[]", b"null", b'{"items": 5}', b'{"items": [5]}', b'{"items": [{"kind": "guest"}]}',
        b'{"items": [{"kind": "guest", "id": "x"}]}', b"[" * 100_000, b'{"items": [' + b'"' + b"x" * 1_100_000 + b'"]}',
        b"\xff\xfe", b'{"items": {"a": 1}}',
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_in_words(meeting: Meeting, as_thinh: Client, body: bytes):
    answer = as_thinh.post(f"/hop/{meeting.pk}/luu/", body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json()["words"] in (
        "Cổng chưa đọc được nội dung gửi lên. Hãy tải lại trang; phần đã ghi trên máy vẫn còn.",
        "Gửi một lần nhiều quá. Hãy lưu từng phần.",
    )


STRANGE = [
    "",
    None,
    True,
    5,
    -1,
    10**30,
    1.5,
    [],
    {},
    "\0",
    "\ud800",
    "x" * 30_000,
    "9" * 500,
    "NaN",
    "31/02/2026",
    "25:61",
]
FIELDS = {
    "meeting": ["started_at", "ended_at", "chair", "clerk", "nothing_raised", "minutes_read"],
    "attendance": ["mark", "reason"], "guest": ["name", "post", "of_committee"],
    "sitting": ["cell", "day", "place", "started_at", "ended_at"], "dues": ["member", "owed", "paid", "excused"],
    "agenda": ["position", "words", "presenter", "done", "notes", "began_at", "ended_at", "closed_data"],
    "opinion": ["agenda_item", "member", "words", "minority"],
    "vote": ["agenda_item", "question", "secret", "majority", "in_favour", "against", "abstained"],
    "remark": ["member", "praise", "words"], "proposal": ["to", "member", "words"],
    "review": ["action", "stand", "because"],
    "resolution": ["kind", "state", "subject", "contents", "measures", "vote"],
    "action": ["resolution", "words", "assignee", "assignee_words", "due_on", "task"],
    "decision": ["kind", "member", "study", "year", "since", "until", "post", "words", "vote"],
}  # fmt: skip


@pytest.mark.parametrize("kind", FIELDS)
def test_nothing_strange_in_any_field_gives_a_500(meeting: Meeting, as_thinh: Client, kind: str):
    known = {"meeting": meeting.pk, "attendance": meeting.attendances.first().pk}.get(kind)
    for name in FIELDS[kind]:
        items = [
            item(kind, {name: value}, id=known, version=version) for value in STRANGE for version in (0, 1, 10**20)
        ]
        for one in items:
            send(as_thinh, meeting, one)
    send(
        as_thinh, meeting, item(kind, dict.fromkeys(FIELDS[kind], "x")), item(kind, gone=True), item(kind, version="x")
    )


def test_a_meeting_that_is_not_yet_or_no_more(cast: Cast, meeting: Meeting, as_thinh: Client):
    later = meeting_of(cast.dong, timezone.localdate() + timedelta(days=40))
    body = json.dumps({"items": [mark(later)]})
    answer = as_thinh.post(f"/hop/{later.pk}/luu/", body, content_type="application/json")
    assert answer.status_code == 409
    assert answer.json()["words"].startswith("Chưa đến ngày họp")
    assert as_thinh.get(f"/hop/{later.pk}/so/").status_code == 302
    Meeting.everything.filter(pk=meeting.pk).update(started_at=time(14), ended_at=time(16), closed_at=timezone.now())
    body = json.dumps({"items": [mark(meeting)]})
    answer = as_thinh.post(f"/hop/{meeting.pk}/luu/", body, content_type="application/json")
    assert "đã đóng" in answer.json()["words"]
    assert as_thinh.get(f"/hop/{meeting.pk}/so/").headers["Location"] == f"/hop/{meeting.pk}/"
    assert as_thinh.get(f"/hop/{meeting.pk}/tin/?tu=0").json()["open"] is False


def test_news_are_what_came_after_the_stamp(meeting: Meeting, as_thinh: Client, sign_in):
    browser = sign_in("thom")
    before = browser.get(f"/hop/{meeting.pk}/tin/?tu=0").json()["stamp"]
    assert browser.get(f"/hop/{meeting.pk}/tin/?tu={before}").json()["items"] == []
    send(as_thinh, meeting, mark(meeting, "late"))
    news = browser.get(f"/hop/{meeting.pk}/tin/?tu={before}").json()
    told = {one["kind"]: one for one in news["items"]}["attendance"]
    assert (told["values"]["mark"], told["by"], told["version"]) == ("late", "Lò Văn Thịnh", 2)
    assert browser.get(f"/hop/{meeting.pk}/tin/?tu={news['stamp']}").json()["items"] == []


def queries_of_one_mark(browser: Client, meeting: Meeting, place: int) -> int:
    one = mark(meeting, "present", place)
    with CaptureQueriesContext(connection) as queries:
        send(browser, meeting, one)
    return len(queries)


def test_one_mark_costs_at_most_twelve_queries_however_long_the_roll(cast: Cast, as_thinh: Client):
    people_of(cast.dong, 3)
    small = queries_of_one_mark(as_thinh, meeting_of(cast.dong), 0)
    people_of(cast.dong, 40)
    large = queries_of_one_mark(as_thinh, meeting_of(cast.dong, small_day(1)), 0)
    assert small == large
    assert small <= 12


def small_day(months: int) -> Any:
    from tests.meetings.meetings import DAY

    return DAY.replace(month=DAY.month + months)


def test_the_page_costs_the_same_however_much_stands_on_it(cast: Cast, as_thinh: Client):
    people_of(cast.dong, 3)
    first = meeting_of(cast.dong)
    with CaptureQueriesContext(connection) as few:
        as_thinh.get(f"/hop/{first.pk}/so/")
    people_of(cast.dong, 30)
    second = meeting_of(cast.dong, small_day(1))
    opinions = [item("opinion", {"words": f"Ý kiến {n}"}) for n in range(20)]
    send(as_thinh, second, *opinions, *[item("guest", {"name": f"Khách {n}"}) for n in range(10)])
    with CaptureQueriesContext(connection) as many:
        as_thinh.get(f"/hop/{second.pk}/so/")
    assert len(many) == len(few)
