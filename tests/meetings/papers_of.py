"""A meeting with everything in it, for the tests of papers."""

from datetime import date, time

from branches.models import DocumentNumber
from branches.models import Term as CommitteeTerm
from meetings.models import (
    ActionItem,
    AgendaItem,
    Attendance,
    Decision,
    Guest,
    ItemReview,
    Meeting,
    Opinion,
    Proposal,
    Remark,
    Resolution,
    Vote,
)
from members.models import Member, Office
from tests.cast import Cast
from tests.meetings.meetings import meeting_of, people_of

MARCH = date(2026, 3, 3)


def full_meeting(cast: Cast, count: int = 3, *, words: str = "", day: date = MARCH) -> Meeting:
    """Of so many people, the last of whom is away; `words` stand in every text that people type."""
    people = people_of(cast.dong, count)
    first, last = people[0], people[-1]
    Office(member=first, organisation=cast.dong, post="secretary", since=date(2025, 1, 1)).save()
    meeting = meeting_of(cast.dong, day, chair=first, clerk=people[1], place=f"Nhà văn hóa{words[:100]}")
    Attendance.everything.filter(meeting=meeting).update(mark="present", office="Đảng viên")
    Attendance.everything.filter(meeting=meeting, member=last).update(mark="excused", reason="Ốm")
    _fill(cast, meeting, first, last, words)
    times = {"started_at": time(14), "ended_at": time(15, 40), "minutes_read": True}
    Meeting.everything.filter(pk=meeting.pk).update(**times)
    meeting.refresh_from_db()
    return meeting


def _fill(cast: Cast, meeting: Meeting, first: Member, last: Member, words: str) -> None:
    short = words[:200]
    for place, said in enumerate(["Thời sự", "Nhiệm vụ tháng tới"], 1):
        AgendaItem.everything.create(
            meeting=meeting, position=place, words=f"{said}{short}", presenter="Đ/c Bí thư", notes=f"Diễn biến {said}. {words}"
        )  # fmt: skip
    AgendaItem.everything.create(meeting=meeting, position=3, words="Xét kỷ luật", notes="Chuyện kín", closed_data=True)
    Guest.everything.create(meeting=meeting, name="Đinh Thị Mai", post=f"Đảng ủy viên{short[:100]}")
    Opinion.everything.create(meeting=meeting, member=first, words=f"Nên sửa cầu. {words[:4_000]}")
    Opinion.everything.create(meeting=meeting, member=last, words="Không tán thành mức thu", minority=True)
    Remark.everything.create(meeting=meeting, member=first, praise=True, words=f"Làm tốt{short}")
    Remark.everything.create(meeting=meeting, member=last, praise=False, words="Hay vắng họp")
    vote = Vote.everything.create(
        meeting=meeting, question=f"Thông qua nghị quyết{short}", voters=3, in_favour=2, against=1
    )
    number = _number(cast, meeting.day)
    facts = {"kind": "resolution", "state": "adopted", "number": number, "vote": vote}
    row = Resolution.everything.create(
        meeting=meeting, subject=f"về sửa cầu{short}", contents=f"Huy động dân góp công. {words}", measures="Chia ba tổ.", **facts
    )  # fmt: skip
    thing = {"meeting": meeting, "organisation": cast.dong, "assignee": first, "due_on": date(2026, 3, 31)}
    action = ActionItem.everything.create(words=f"Mua xi măng{short}", resolution=row, **thing)
    ItemReview.everything.create(meeting=meeting, action=action, stand="done", because=f"Đủ{short}")
    Proposal.everything.create(meeting=meeting, to=cast.phu_luong, words=f"Cấp kinh phí. {words[:4_000]}")
    Decision.everything.create(meeting=meeting, kind="candidate", words=f"Quần chúng Hà Văn Ưu{short}")


def _number(cast: Cast, on: date) -> DocumentNumber:
    term, _ = CommitteeTerm.everything.get_or_create(
        organisation=cast.dong, name="nhiệm kỳ 2025–2030", since=date(2025, 4, 1)
    )
    taken = DocumentNumber.everything.filter(term=term).count() + 1
    return DocumentNumber.everything.create(
        issuer=cast.dong, term=term, type="NQ", series="NQ", number=taken, symbol=f"{taken:02}-NQ/CB", state="issued",
        dated_on=on, subject="sửa cầu",
    )  # fmt: skip
