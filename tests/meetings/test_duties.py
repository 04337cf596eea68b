"""What is due with meetings, walked day by day: the day before, the day, the day after."""

from datetime import date, time, timedelta

import pytest
from django.utils import timezone

from branches.models import Rule
from meetings.models import ActionItem, CriteriaSet, Dues, Meeting, Proposal, QualityScore, SlotDecision, ThematicPlan
from meetings.services.criteria import load_criteria
from members.models import Member, StateSpell
from tests.cast import Cast, assemble
from tests.duties.test_calendar import around, remaining, walk
from tests.meetings.meetings import held, meeting_of, people_of
from tests.members.people import on_the_roll

MARCH = date(2026, 3, 1)


@pytest.fixture
def cast(db: None) -> Cast:
    return assemble(date(2026, 1, 1))


def closed(meeting: Meeting) -> Meeting:
    facts = {"closed_at": timezone.now(), "started_at": time(14), "ended_at": time(16)}
    Meeting.everything.filter(pk=meeting.pk).update(**facts)
    return meeting


def on(cast: Cast, name: str, code: str, *days: date) -> dict[date, str]:
    return remaining(walk(cast, name, sorted(days), of=code))


def test_the_month_is_held_by_the_end_of_week_one(cast: Cast):
    assert on(cast, "thinh", "hop-thuong-ky", *around(MARCH, date(2026, 3, 7))) == {
        date(2026, 2, 28): "Quá hạn 21 ngày", MARCH: "Còn 6 ngày", date(2026, 3, 2): "Còn 5 ngày",
        date(2026, 3, 6): "Còn 1 ngày", date(2026, 3, 7): "Hạn hôm nay", date(2026, 3, 8): "Quá hạn 1 ngày",
    }  # fmt: skip
    assert on(cast, "hau", "hop-thuong-ky", MARCH) == on(cast, "mai", "hop-thuong-ky", MARCH) == {}


def test_once_held_it_is_not_due_and_one_that_is_planned_says_its_day(cast: Cast):
    people_of(cast.dong, 1)
    meeting_of(cast.dong, day=date(2026, 3, 5))
    found = walk(cast, "thinh", around(date(2026, 3, 5)), of="hop-thuong-ky")
    assert found[date(2026, 3, 4)][0].more == "Đã lập cho ngày 05/03/2026"
    assert found[date(2026, 3, 5)] == found[date(2026, 3, 6)] == []


def test_a_branch_with_a_day_of_its_own_meets_by_it(cast: Cast):
    Rule(key="meeting.fixed_day", organisation=cast.dong, since=date(2026, 1, 1), value=31, certainty="own").save()
    assert on(cast, "thinh", "hop-thuong-ky", date(2026, 2, 28), date(2026, 3, 30)) == {
        date(2026, 2, 28): "Hạn hôm nay", date(2026, 3, 30): "Còn 1 ngày"
    }  # fmt: skip


def test_a_day_of_its_own_within_week_one_leaves_the_whole_week(cast: Cast):
    Rule(key="meeting.fixed_day", organisation=cast.dong, since=date(2026, 1, 1), value=3, certainty="own").save()
    assert on(cast, "thinh", "hop-thuong-ky", date(2026, 3, 7)) == {date(2026, 3, 7): "Hạn hôm nay"}


def test_a_decision_above_moves_it_and_a_nearer_one_goes_before(cast: Cast):
    said = {"kind": "regular", "period": MARCH, "because": "Bão"}
    SlotDecision.everything.create(organisation=cast.phu_luong, change="moved", until=date(2026, 3, 15), **said)
    assert on(cast, "thinh", "hop-thuong-ky", date(2026, 3, 15)) == {date(2026, 3, 15): "Hạn hôm nay"}
    SlotDecision.everything.create(organisation=cast.dong, change="excused", **said)
    assert on(cast, "thinh", "hop-thuong-ky", date(2026, 3, 15)) == {}
    assert on(cast, "hoa", "hop-thuong-ky", date(2026, 3, 15)) == {date(2026, 3, 15): "Hạn hôm nay"}
    assert on(cast, "yen", "hop-thuong-ky", date(2026, 3, 15)) == {date(2026, 3, 15): "Quá hạn 8 ngày"}


def test_a_branch_that_came_in_the_month_owes_nothing_for_it(cast: Cast):
    type(cast.dong).everything.filter(pk=cast.dong.pk).update(joined_on=date(2026, 3, 2))
    assert on(cast, "thinh", "hop-thuong-ky", date(2026, 3, 9)) == {}
    assert on(cast, "thinh", "hop-thuong-ky", date(2026, 4, 7)) == {date(2026, 4, 7): "Hạn hôm nay"}


def test_the_theme_of_a_quarter_is_due_by_its_end(cast: Cast):
    last = date(2026, 3, 31)
    assert on(cast, "thinh", "hop-chuyen-de", *around(last)) == {
        date(2026, 3, 30): "Còn 1 ngày", last: "Hạn hôm nay", date(2026, 4, 1): "Còn 90 ngày"
    }  # fmt: skip
    people_of(cast.dong, 1)
    meeting_of(cast.dong, day=date(2026, 2, 3), also_thematic=True)
    assert on(cast, "thinh", "hop-chuyen-de", last) == {}


def test_members_are_told_the_days_before_that_the_rule_says(cast: Cast):
    meeting = meeting_of(cast.dong, day=date(2026, 3, 5))
    assert on(cast, "thinh", "moi-hop", *around(date(2026, 3, 4))) == {
        date(2026, 3, 3): "Còn 1 ngày", date(2026, 3, 4): "Hạn hôm nay"
    }  # fmt: skip
    Meeting.everything.filter(pk=meeting.pk).update(told_at=timezone.now())
    assert on(cast, "thinh", "moi-hop", date(2026, 3, 4)) == {}


def test_a_log_is_closed_three_days_after(cast: Cast):
    meeting = meeting_of(cast.dong, day=date(2026, 3, 5))
    assert on(cast, "thom", "dong-so-hop", *around(date(2026, 3, 5), date(2026, 3, 8))) == {
        date(2026, 3, 5): "Còn 3 ngày", date(2026, 3, 6): "Còn 2 ngày", date(2026, 3, 7): "Còn 1 ngày",
        date(2026, 3, 8): "Hạn hôm nay", date(2026, 3, 9): "Quá hạn 1 ngày",
    }  # fmt: skip
    Rule(key="reminder.log.days", organisation=cast.phu_luong, since=date(2026, 1, 1), value=1, certainty="own").save()
    assert on(cast, "thom", "dong-so-hop", date(2026, 3, 6)) == {date(2026, 3, 6): "Hạn hôm nay"}
    closed(meeting)
    assert on(cast, "thom", "dong-so-hop", date(2026, 3, 6)) == {}


def test_a_meeting_that_was_closed_without_its_score_is_scored(cast: Cast):
    """By the day on which a log is closed; not where no set holds, and not what was entered for old months."""
    people_of(cast.dong, 1)
    closed(meeting_of(cast.dong, date(2026, 3, 3)))
    days = [date(2026, 3, day) for day in (5, 6, 7)]
    assert on(cast, "thinh", "cham-diem-hop", *days) == {}
    load_criteria()
    assert on(cast, "thinh", "cham-diem-hop", *days) == {
        days[0]: "Còn 1 ngày", days[1]: "Hạn hôm nay", days[2]: "Quá hạn 1 ngày",
    }  # fmt: skip
    scored = meeting_of(cast.dong, date(2026, 4, 3))
    criteria, at = CriteriaSet.everything.get(kind="regular"), timezone.now()
    QualityScore.everything.create(meeting=scored, criteria=criteria, agreed=True, agreed_at=at)
    closed(scored)
    closed(meeting_of(cast.dong, date(2026, 5, 4), entered_later=True))
    found = walk(cast, "thinh", [date(2026, 5, 6)], of="cham-diem-hop")[date(2026, 5, 6)]
    assert [one.words for one in found] == ["Chấm điểm sinh hoạt thường kỳ ngày 03/03/2026"]


def given(cast: Cast, **facts: object) -> ActionItem:
    meeting = meeting_of(cast.dong, day=date(2026, 3, 5))
    said = {"organisation": cast.dong, "words": "Lập danh sách hộ nghèo", "due_on": date(2026, 3, 20)}
    item = ActionItem.everything.create(meeting=meeting, **said | facts)
    closed(meeting)
    return item


def test_what_was_given_is_its_assignees_own(cast: Cast):
    hau = on_the_roll(cast.dong, "Phạm Đức Hậu", account=cast["hau"])
    item, last = given(cast, assignee=hau), date(2026, 3, 20)
    assert on(cast, "hau", "viec-duoc-giao", *around(last)) == {
        date(2026, 3, 19): "Còn 1 ngày", last: "Hạn hôm nay", date(2026, 3, 21): "Quá hạn 1 ngày"
    }  # fmt: skip
    assert on(cast, "thinh", "viec-duoc-giao", last) == on(cast, "hau", "viec-duoc-giao", date(2026, 3, 4)) == {}
    ActionItem.everything.filter(pk=item.pk).update(stand="done")
    assert on(cast, "hau", "viec-duoc-giao", last) == {}


def test_what_is_overdue_is_the_secretarys_too(cast: Cast):
    item, last = given(cast, assignee_words="Chi ủy"), date(2026, 3, 20)
    assert on(cast, "thinh", "viec-qua-han", *around(last)) == {date(2026, 3, 21): "Quá hạn 1 ngày"}
    ActionItem.everything.filter(pk=item.pk).update(stand="dropped")
    assert on(cast, "thinh", "viec-qua-han", date(2026, 3, 21)) == {}


def test_what_stands_in_an_open_log_is_a_draft(cast: Cast):
    hau = on_the_roll(cast.dong, "Phạm Đức Hậu", account=cast["hau"])
    meeting = meeting_of(cast.dong, day=date(2026, 3, 5))
    ActionItem.everything.create(
        meeting=meeting, organisation=cast.dong, words="Nháp", assignee=hau, due_on=date(2026, 3, 6)
    )
    assert on(cast, "hau", "viec-duoc-giao", date(2026, 3, 6)) == {}


def owing(cast: Cast, member: Member, *months: int, **facts: object) -> None:
    for month in months:
        said = {"owed": 30_000, "paid": 0} | facts
        Dues.everything.create(organisation=cast.dong, member=member, month=date(2026, month, 1), **said)


def test_three_months_unpaid_are_told_when_the_third_is_over(cast: Cast):
    member = people_of(cast.dong, 1)[0]
    owing(cast, member, 1, 2, 4)
    owing(cast, member, 3, paid=30_000, paid_on=date(2026, 3, 5))
    found = walk(cast, "thinh", around(date(2026, 5, 1), date(2026, 5, 31)), of="no-dang-phi")
    assert remaining(found) == {
        date(2026, 5, 1): "Còn 30 ngày", date(2026, 5, 2): "Còn 29 ngày", date(2026, 5, 30): "Còn 1 ngày",
        date(2026, 5, 31): "Hạn hôm nay", date(2026, 6, 1): "Quá hạn 1 ngày",
    }  # fmt: skip
    assert found[date(2026, 5, 1)][0].words == "Nhắc đ/c Lường Văn Aa nộp đảng phí: còn nợ 3 tháng"
    Dues.everything.filter(month=date(2026, 1, 1)).update(excused=True)
    assert on(cast, "thinh", "no-dang-phi", date(2026, 5, 31)) == {}


def test_two_months_are_not_three_and_a_new_year_begins_anew(cast: Cast):
    member = people_of(cast.dong, 1)[0]
    owing(cast, member, 11, 12)
    Dues.everything.create(organisation=cast.dong, member=member, month=date(2027, 1, 1), owed=30_000)
    assert on(cast, "thinh", "no-dang-phi", date(2026, 12, 31), date(2027, 2, 1)) == {}


def absent(cast: Cast, marks: list[str], name: str = "Lường Văn Aa") -> None:
    for month, mark in enumerate(marks, start=1):
        meeting = held(meeting_of(cast.dong, day=date(2026, month, 5)))
        meeting.attendances.filter(name=name).update(mark=mark)
        closed(meeting)


def test_three_times_running_is_told_from_the_third(cast: Cast):
    people_of(cast.dong, 2)
    absent(cast, ["present", "excused", "absent", "excused"])
    third = date(2026, 4, 5)
    found = walk(cast, "thinh", around(third), of="vang-lien-tiep")
    assert remaining(found) == {third: "Còn 29 ngày", date(2026, 4, 6): "Còn 28 ngày"}
    assert [item.words for item in found[third]] == ["Gặp đ/c Lường Văn Aa: vắng 3 buổi thường kỳ liên tiếp"]


@pytest.mark.parametrize(
    "marks", [["excused", "absent"], ["excused", "excused", "late"], ["excused", "present", "excused", "excused"]]
)
def test_two_times_or_once_between_is_not(cast: Cast, marks: list[str]):
    people_of(cast.dong, 1)
    absent(cast, marks)
    assert on(cast, "thinh", "vang-lien-tiep", date(2026, 5, 1)) == {}


def test_who_is_exempt_is_not_absent(cast: Cast):
    member = people_of(cast.dong, 2)[0]
    StateSpell(member=member, state="exempt", since=date(2026, 1, 1)).save()
    for month in (1, 2, 3):
        closed(held(meeting_of(cast.dong, day=date(2026, month, 5))))
    assert on(cast, "thinh", "vang-lien-tiep", date(2026, 3, 9)) == {}


def test_a_proposal_is_answered_in_fifteen_days_by_whom_it_was_sent_to(cast: Cast):
    meeting = meeting_of(cast.dong, day=date(2026, 3, 5))
    row = Proposal.everything.create(meeting=meeting, to=cast.phu_luong, words="Sửa cầu bản Pó")
    closed(meeting)
    assert on(cast, "mai", "tra-loi-kien-nghi", *around(date(2026, 3, 20))) == {
        date(2026, 3, 19): "Còn 1 ngày", date(2026, 3, 20): "Hạn hôm nay", date(2026, 3, 21): "Quá hạn 1 ngày"
    }  # fmt: skip
    assert on(cast, "thinh", "tra-loi-kien-nghi", date(2026, 3, 20)) == {}
    facts = {"state": "answered", "answer": "Đã đưa vào kế hoạch", "answered_on": date(2026, 3, 10)}
    Proposal.everything.filter(pk=row.pk).update(**facts)
    assert on(cast, "mai", "tra-loi-kien-nghi", date(2026, 3, 20)) == {}
    # then the branch hears of it, and is reminded until it has met
    assert on(cast, "thinh", "bao-lai-tra-loi", date(2026, 3, 9), date(2026, 4, 19)) == {
        date(2026, 4, 19): "Hạn hôm nay"
    }
    assert on(cast, "hoa", "bao-lai-tra-loi", date(2026, 4, 19)) == {}
    closed(meeting_of(cast.dong, day=date(2026, 4, 6)))
    assert on(cast, "thinh", "bao-lai-tra-loi", date(2026, 4, 5), date(2026, 4, 19)) == {
        date(2026, 4, 5): "Còn 14 ngày"
    }


def test_the_thematic_plan_goes_up_in_january_and_is_answered_soon(cast: Cast):
    last = date(2026, 1, 31)
    assert on(cast, "thinh", "gui-ke-hoach-chuyen-de", *around(last)) == {
        date(2026, 1, 30): "Còn 1 ngày", last: "Hạn hôm nay", date(2026, 2, 1): "Quá hạn 1 ngày"
    }  # fmt: skip
    ThematicPlan.everything.create(organisation=cast.dong, year=2026, state="sent", sent_on=last)
    assert on(cast, "thinh", "gui-ke-hoach-chuyen-de", last) == {}
    ten_days_on = last + timedelta(days=10)
    assert on(cast, "mai", "duyet-ke-hoach-chuyen-de", *around(ten_days_on)) == {
        date(2026, 2, 9): "Còn 1 ngày", ten_days_on: "Hạn hôm nay", date(2026, 2, 11): "Quá hạn 1 ngày"
    }  # fmt: skip
    ThematicPlan.everything.update(state="approved")
    assert on(cast, "mai", "duyet-ke-hoach-chuyen-de", ten_days_on) == {}
