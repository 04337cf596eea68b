"""Between two meetings: how things stand, what is answered, what is paid, which paper is filed."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from branches.models.summary import Month
from meetings.models import ActionItem, Attendance, Dues, Meeting, Proposal, SignedPaper
from meetings.queries.actions import DONE, OPEN, OVERDUE, counts, items_below
from meetings.queries.dues import dues_of, owed_by
from meetings.services.actions import mark_action
from meetings.services.closing import close_meeting
from meetings.services.dues import excuse_dues, pay_dues
from meetings.services.log import Change, save_items
from meetings.services.proposals import answer_proposal
from meetings.services.reopening import reopen_meeting
from meetings.services.signed import file_signed, may_read_signed
from members.models import Member
from members.services.merging import merge_members
from portal.notifications.models import Notice
from portal.words.errors import DomainError, NotAllowed
from tests.cast import Cast
from tests.meetings.meetings import DAY, held, meeting_of, people_of
from tests.members.people import on_the_roll


@pytest.fixture
def people(cast: Cast) -> list[Member]:
    return people_of(cast.dong, 3)


@pytest.fixture
def meeting(cast: Cast, people: list[Member]) -> Meeting:
    return held(meeting_of(cast.dong))


def given(cast: Cast, meeting: Meeting, **facts: object) -> ActionItem:
    return ActionItem.everything.create(meeting=meeting, organisation=cast.dong, **{"words": "Dọn kênh"} | facts)


def test_the_assignee_says_how_a_thing_stands(cast: Cast, meeting: Meeting):
    hau = on_the_roll(cast.dong, "Phạm Đức Hậu", since=date(2026, 3, 9), account=cast["hau"])
    own, other = given(cast, meeting, assignee=hau), given(cast, meeting)
    mark_action(own, stand="done", by=cast.actor("hau"))
    own.refresh_from_db()
    assert (own.stand, own.stood_on) == ("done", timezone.localdate())
    with pytest.raises(NotAllowed):
        mark_action(other, stand="done", by=cast.actor("hau"))
    with pytest.raises(DomainError, match="vài chữ"):
        mark_action(own, stand="partly", by=cast.actor("hau"))
    with pytest.raises(DomainError, match="chi bộ quyết định"):
        mark_action(own, stand="dropped", note="Không cần nữa", by=cast.actor("hau"))
    mark_action(own, stand="dropped", note="Không cần nữa", by=cast.actor("thinh"))


def test_it_lives_on_after_closing_but_its_words_stay(cast: Cast, meeting: Meeting):
    item = given(cast, meeting)
    close_meeting(meeting, by=cast.actor("thinh"))
    mark_action(item, stand="done", by=cast.actor("thom"))
    with pytest.raises(Exception, match="meeting_is_closed"):
        ActionItem.everything.filter(pk=item.pk).update(words="Việc khác")


def test_the_board_counts_what_is_open_overdue_and_done(cast: Cast, meeting: Meeting):
    today = timezone.localdate()
    (
        given(cast, meeting, due_on=today),
        given(cast, meeting, due_on=today - timedelta(days=1)),
        given(cast, meeting, stand="done"),
    )
    assert counts(items_below(cast.dong, cast.actor("thinh")), today) == {OPEN: 0, OVERDUE: 0, DONE: 0}  # a draft
    close_meeting(meeting, by=cast.actor("thinh"))
    assert counts(items_below(cast.dong, cast.actor("thinh")), today) == {OPEN: 2, OVERDUE: 1, DONE: 1}
    assert counts(items_below(cast.phu_luong, cast.actor("mai")), today)[OPEN] == 2
    assert counts(items_below(cast.dong, cast.actor("hoa")), today)[OPEN] == 0


def test_a_proposal_is_answered_where_it_was_sent_to(cast: Cast, meeting: Meeting):
    row = Proposal.everything.create(meeting=meeting, to=cast.phu_luong, words="Sửa cầu")
    close_meeting(meeting, by=cast.actor("thinh"))
    for name in ("thinh", "quyet", "kien"):
        with pytest.raises(NotAllowed):
            answer_proposal(row, state="accepted", answer="Được", by=cast.actor(name))
    with pytest.raises(DomainError, match="nội dung"):
        answer_proposal(row, state="declined", answer=" ", by=cast.actor("vinh"))
    answer_proposal(row, state="declined", answer="Thuộc thẩm quyền của tỉnh", by=cast.actor("vinh"))
    with pytest.raises(DomainError, match="đã được trả lời"):
        answer_proposal(row, state="accepted", answer="Được", by=cast.actor("mai"))
    row.refresh_from_db()
    assert (row.state, row.answered_by, row.answered_on) == ("declined", cast["vinh"], timezone.localdate())
    assert Notice.everything.filter(account=cast["thinh"], rule="bao-lai-tra-loi").exists()  # told at once


def test_who_pays_late_pays_for_an_old_month(cast: Cast, people: list[Member]):
    thinh, month = cast.actor("thinh"), date(2026, 1, 1)
    Dues.everything.create(organisation=cast.dong, member=people[0], month=month, owed=30_000)
    assert [row.month for row in owed_by(people[0], cast.dong, DAY)] == [month]
    pay_dues(cast.dong, member=people[0], month=month, owed=30_000, paid=30_000, on=date(2026, 3, 5), by=thinh)
    assert owed_by(people[0], cast.dong, DAY) == []
    row = Dues.everything.get()
    assert (row.paid, row.paid_on, row.version, row.saved_by) == (30_000, date(2026, 3, 5), 2, cast["thinh"])
    counted = Month.everything.get(organisation=cast.dong, month=month)
    assert (counted.dues_owed, counted.dues_paid) == (30_000, 30_000)
    with pytest.raises(DomainError, match="đã nộp"):
        excuse_dues(cast.dong, member=people[0], month=month, by=thinh)


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"paid": 40_000}, "nhiều hơn"),
        ({"on": None}, "ngày nộp"),
        ({"on": date(2100, 1, 1)}, "chưa tới"),
        ({"month": date(2100, 1, 1)}, "chưa tới"),
        ({"owed": 90_000_000}, "quá lớn"),
    ],
)
def test_what_cannot_be_paid_is_said(cast: Cast, people: list[Member], facts: dict, said: str):
    usual = {"month": date(2026, 1, 1), "owed": 30_000, "paid": 30_000, "on": date(2026, 3, 5)}
    with pytest.raises(DomainError, match=said):
        pay_dues(cast.dong, member=people[0], **usual | facts, by=cast.actor("thinh"))
    assert not Dues.everything.exists()


def test_dues_of_another_branch_are_not_paid_here(cast: Cast):
    other = people_of(cast.doai, 1)[0]
    with pytest.raises(DomainError, match="không sinh hoạt"):
        pay_dues(cast.dong, member=other, month=DAY.replace(day=1), owed=1, paid=0, on=None, by=cast.actor("thinh"))


def test_a_year_of_dues_by_member_and_quarter(cast: Cast, people: list[Member], django_assert_num_queries):
    one, two, three = people
    for month in (1, 2, 4):
        paid = {"paid": 30_000, "paid_on": DAY} if month != 2 else {}
        Dues.everything.create(organisation=cast.dong, member=one, month=date(2026, month, 1), owed=30_000, **paid)
    Dues.everything.create(organisation=cast.dong, member=two, month=date(2026, 1, 1), owed=20_000, excused=True)
    actor = cast.actor("thinh")
    with django_assert_num_queries(3):
        found = dues_of(cast.dong, 2026, date(2026, 5, 1), actor)
        assert [line.member for line in found.lines] == people
    assert [(line.paid, line.owed, line.owed_words) for line in found.lines] == [
        (60_000, 30_000, "02"),
        (0, 0, ""),
        (0, 0, ""),
    ]
    assert [(one.owed, one.paid) for one in found.quarters] == [(60_000, 30_000), (30_000, 30_000), (0, 0), (0, 0)]
    assert three not in [line.member for line in found.owing]


def scan() -> ContentFile:
    out = BytesIO()
    Image.new("RGB", (40, 40), "white").save(out, "PNG")
    return ContentFile(out.getvalue(), name="bien-ban.png")


def test_the_signed_paper_stands_until_the_log_changes(cast: Cast, meeting: Meeting):
    thinh = cast.actor("thinh")
    with pytest.raises(DomainError, match="Đóng sổ rồi"):
        file_signed(meeting, paper=scan(), by=thinh)
    close_meeting(meeting, by=thinh)
    first, second = file_signed(meeting, paper=scan(), by=thinh), file_signed(meeting, paper=scan(), by=thinh)
    first.refresh_from_db()
    assert first.dropped_at
    assert second.dropped_at is None
    assert second.sha256 == second.file.sha256
    reopen_meeting(meeting, because="Ghi nhầm", by=thinh)
    row = meeting.attendances.first()
    save_items(meeting, [Change("attendance", row.pk, row.version, {"mark": "late"})], by=thinh)
    assert not SignedPaper.everything.filter(dropped_at=None).exists()


def test_who_may_read_the_signed_paper(cast: Cast, meeting: Meeting):
    close_meeting(meeting, by=cast.actor("thinh"))
    file = file_signed(meeting, paper=scan(), by=cast.actor("thinh")).file
    may = {name for name in cast.people if may_read_signed(cast.actor(name), file)}
    assert may == {"thinh", "thom", "mai", "son", "vinh"}


def test_two_records_become_one_although_a_closed_log_names_them(cast: Cast, people: list[Member], meeting: Meeting):
    close_meeting(meeting, by=cast.actor("thinh"))
    kept, dropped, _ = people
    merge = merge_members(kept=kept, dropped=dropped, by=cast.actor("mai"))
    assert any("vì sổ đã đóng" in sentence for sentence in merge.told)
    assert Attendance.everything.filter(meeting=meeting, member=dropped).exists()
