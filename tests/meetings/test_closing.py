"""What is missing is said in words; what stands in the way refuses; a closed log is locked, whoever writes."""

from datetime import date, time, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from branches.models import Rule
from branches.models.summary import Month
from meetings.models import (
    LOCKED,
    ActionItem,
    AgendaItem,
    Evidence,
    ItemReview,
    Meeting,
    Orientation,
    OrientationLine,
    QualityScore,
    Reopening,
    Resolution,
    ScoreRow,
)
from meetings.quality.sets import NewBlock, NewCriterion, NewSet
from meetings.services.closing import Missing, close_meeting, settle_before_closing, what_is_missing
from meetings.services.criteria import write_set
from meetings.services.log import Change, save_items
from meetings.services.reopening import reopen_meeting
from members.models import StateSpell
from portal.words.errors import DomainError, NotAllowed
from tests.cast import Cast
from tests.directives.papers import a_document, an_obligation
from tests.meetings.meetings import DAY, held, meeting_of, people_of
from tests.members.people import on_the_roll


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    people_of(cast.dong, 4)
    return held(meeting_of(cast.dong))


def said(meeting: Meeting) -> list[str]:
    return [one.sentence for one in what_is_missing(meeting)]


def refusing(meeting: Meeting) -> list[Missing]:
    return [one for one in what_is_missing(meeting) if one.refuses]


def change(meeting: Meeting, **facts: object) -> Meeting:
    Meeting.everything.filter(pk=meeting.pk).update(**facts)
    meeting.refresh_from_db()
    return meeting


def test_nothing_stands_in_the_way_of_a_whole_log(cast: Cast, meeting: Meeting):
    assert said(meeting) == ["Chưa ghi người chủ trì."]
    done = close_meeting(meeting, by=cast.actor("thinh"))
    assert (done.closed_by, done.is_open) == (cast["thinh"], False)


def test_whoever_is_unmarked_stands_in_the_way(cast: Cast, meeting: Meeting):
    meeting.attendances.filter(name="Lường Văn Ac").update(mark="")
    assert [one.sentence for one in refusing(meeting)] == ["Còn 1 người chưa điểm danh: Lường Văn Ac."]
    with pytest.raises(DomainError, match="chưa điểm danh"):
        close_meeting(meeting, by=cast.actor("thinh"))


def test_an_exempt_member_need_not_be_marked(cast: Cast):
    on_the_roll(cast.dong, "Cà Văn Pản")
    exempt = on_the_roll(cast.dong, "Tòng Thị Ong")
    StateSpell(member=exempt, state="exempt", since=date(2025, 1, 1)).save()
    assert refusing(held(meeting_of(cast.dong))) == []


@pytest.mark.parametrize("lacking", ["started_at", "ended_at"])
def test_without_its_hours_it_does_not_close(cast: Cast, meeting: Meeting, lacking: str):
    facts = {"ended_at": None} | ({"started_at": None} if lacking == "started_at" else {})
    assert any("Chưa ghi giờ" in one.sentence for one in refusing(change(meeting, **facts)))


def test_a_meeting_of_tomorrow_was_not_held(cast: Cast):
    people_of(cast.dong, 1)
    today = timezone.localdate()
    assert refusing(held(meeting_of(cast.dong, day=today - timedelta(days=1)))) == []
    next_month = (today.replace(day=28) + timedelta(days=4)).replace(day=1)
    later = held(meeting_of(cast.dong, day=next_month, kind="extraordinary"))
    assert "chưa diễn ra" in refusing(later)[0].sentence


@pytest.mark.parametrize(
    ("minutes", "also", "flagged"), [(89, False, True), (90, False, False), (119, True, True), (120, True, False)]
)
def test_too_short_is_said_and_not_refused(cast: Cast, meeting: Meeting, minutes: int, also: bool, flagged: bool):
    end = time(14 + minutes // 60, minutes % 60)
    change(meeting, ended_at=end, also_thematic=also)
    assert any("phút" in sentence for sentence in said(meeting)) is flagged
    assert refusing(meeting) == []


def test_a_commune_may_ask_for_longer_and_less_of_small_branches(cast: Cast, meeting: Meeting):
    change(meeting, ended_at=time(15, 40))
    Rule(
        key="meeting.minutes.least", organisation=cast.phu_luong, since=date(2026, 1, 1), value=110, certainty="own"
    ).save()
    assert "Họp 100 phút; buổi thường kỳ cần ít nhất 110 phút." in said(meeting)
    small = [{"members": 4, "minutes": 60}]
    Rule(
        key="meeting.small.minutes", organisation=cast.phu_luong, since=date(2026, 1, 1), value=small, certainty="own"
    ).save()
    assert not any("phút" in sentence for sentence in said(meeting))


@pytest.mark.parametrize(("came", "flagged"), [(2, True), (3, False)])
def test_more_than_half_of_those_expected_must_be_there(cast: Cast, meeting: Meeting, came: int, flagged: bool):
    there = meeting.attendances.order_by("name").values_list("pk", flat=True)[:came]
    meeting.attendances.exclude(pk__in=list(there)).update(mark="excused")
    assert any("cần ít nhất 3 người" in sentence for sentence in said(meeting)) is flagged


def test_steps_conclusions_and_old_things_are_asked_for(cast: Cast, meeting: Meeting):
    Resolution.everything.filter(meeting=meeting).delete()
    AgendaItem.everything.create(meeting=meeting, words="Thu đảng phí", step="dues")
    AgendaItem.everything.create(meeting=meeting, words="Việc riêng")
    before = meeting_of(cast.dong, day=date(2026, 2, 3))
    item = ActionItem.everything.create(meeting=before, organisation=cast.dong, words="Dọn kênh Pó")
    flagged = [
        "Chưa thực hiện 1 bước: Thu đảng phí.",
        "Chưa ghi kết luận",
        "Chưa kiểm điểm 1 việc đã giao: Dọn kênh Pó.",
    ]
    assert all(any(one in sentence for sentence in said(meeting)) for one in flagged)
    ItemReview.everything.create(meeting=meeting, action=item, stand="done")
    assert not any("kiểm điểm" in sentence for sentence in said(meeting))


def test_a_roll_that_has_changed_is_settled_first(cast: Cast, meeting: Meeting):
    newcomer = on_the_roll(cast.dong, "Vàng A Sử")
    gone = meeting.attendances.get(name="Lường Văn Aa").member
    gone.memberships.update(until=date(2026, 2, 28))
    found = next(one for one in refusing(meeting) if one.settles)
    assert "thêm Vàng A Sử; bớt Lường Văn Aa" in found.sentence
    with pytest.raises(DomainError, match="đã khác"):
        close_meeting(meeting, by=cast.actor("thinh"))
    settle_before_closing(meeting, by=cast.actor("thinh"))
    members = set(meeting.attendances.values_list("member", flat=True))
    assert newcomer.pk in members
    assert gone.pk not in members
    meeting.attendances.filter(mark="").update(mark="present")
    assert refusing(meeting) == []


def test_what_was_reviewed_is_so_and_what_was_said_later_stays(cast: Cast, meeting: Meeting):
    before = meeting_of(cast.dong, day=date(2026, 2, 3))
    done, later = (
        ActionItem.everything.create(meeting=before, organisation=cast.dong, words=words, stood_on=stood)
        for words, stood in (("Một", None), ("Hai", DAY + timedelta(days=1)))
    )
    for item in (done, later):
        ItemReview.everything.create(meeting=meeting, action=item, stand="partly", because="còn một nửa")
    close_meeting(meeting, by=cast.actor("thinh"))
    done.refresh_from_db()
    later.refresh_from_db()
    assert (done.stand, done.stand_note, done.stood_on, later.stand) == ("partly", "còn một nửa", DAY, "open")


def test_evidence_attaches_itself_and_follows_what_the_log_says(cast: Cast, meeting: Meeting):
    task = an_obligation(a_document(cast.phu_luong, "Kế hoạch")).task
    wanted = Orientation.everything.create(organisation=cast.phu_luong, month=DAY.replace(day=1), contents="Tháng ba")
    line = OrientationLine.everything.create(orientation=wanted, words="Phổ biến kế hoạch", task=task)
    AgendaItem.everything.create(meeting=meeting, words="Phổ biến kế hoạch", orientation_line=line, done=True)
    item = ActionItem.everything.create(meeting=meeting, organisation=cast.dong, words="Lập danh sách", task=task)
    close_meeting(meeting, by=cast.actor("thinh"))
    assert set(Evidence.everything.values_list("words", "action")) == {
        ("Phổ biến kế hoạch", None),
        ("Lập danh sách", item.pk),
    }
    reopen_meeting(meeting, because="Bỏ việc ghi nhầm", by=cast.actor("thinh"))
    save_items(meeting, [Change("action", item.pk, 1, gone=True)], by=cast.actor("thinh"))
    close_meeting(meeting, by=cast.actor("thinh"))
    assert list(Evidence.everything.values_list("words", flat=True)) == ["Phổ biến kế hoạch"]


def test_the_month_and_the_quarter_are_counted_in_the_same_transaction(cast: Cast, meeting: Meeting):
    Meeting.everything.filter(pk=meeting.pk).update(also_thematic=True)
    close_meeting(meeting, by=cast.actor("thinh"))
    months = Month.everything.filter(organisation=cast.dong)
    assert months.get(month=date(2026, 3, 1)).regular_held_on == meeting.day
    assert months.get(month=date(2026, 1, 1)).thematic_held_on == meeting.day
    reopen_meeting(meeting, because="Ghi nhầm giờ", by=cast.actor("thinh"))  # figures are of closed logs alone
    assert months.get(month=date(2026, 3, 1)).regular_held_on is None
    assert months.get(month=date(2026, 1, 1)).thematic_held_on is None


def test_opened_again_with_a_reason_that_is_kept(cast: Cast, meeting: Meeting):
    close_meeting(meeting, by=cast.actor("thinh"))
    with pytest.raises(NotAllowed):
        reopen_meeting(meeting, because="x", by=cast.actor("thom"))  # the clerk may close, not open again
    with pytest.raises(DomainError, match="vì sao"):
        reopen_meeting(meeting, because="  ", by=cast.actor("thinh"))
    reopen_meeting(meeting, because="Ghi nhầm giờ", by=cast.actor("thinh"))
    meeting.refresh_from_db()
    assert meeting.is_open
    close_meeting(meeting, by=cast.actor("thinh"))
    row = Reopening.everything.get()
    assert (row.because, row.by) == ("Ghi nhầm giờ", cast["thinh"])
    assert row.closed_again_at
    with pytest.raises(DomainError, match="đã đóng"):
        close_meeting(meeting, by=cast.actor("thinh"))


def test_a_stranger_closes_nothing(cast: Cast, meeting: Meeting):
    for name in ("hoa", "hau", "quyet"):
        with pytest.raises(NotAllowed):
            close_meeting(meeting, by=cast.actor(name))


def test_looking_for_what_is_missing_costs_the_same_however_many(cast: Cast, django_assert_max_num_queries):
    counts = []
    for day, more in ((DAY, 2), (date(2026, 4, 3), 12)):
        people_of(cast.dong, more)
        meeting = meeting_of(cast.dong, day=day)
        with django_assert_max_num_queries(30) as asked:
            what_is_missing(meeting)
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("model", LOCKED, ids=lambda model: model.__name__)
def test_closing_locks_every_table_by_raw_sql(cast: Cast, meeting: Meeting, model: type):
    """A row of each, put in while it was open; afterwards nothing comes, changes or goes."""
    row = a_row_of(model, meeting)
    close_meeting(meeting, by=cast.actor("thinh"))
    table = model._meta.db_table
    columns = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields if not field.primary_key)
    for statement in (
        f"UPDATE {table} SET stamp = stamp + 1 WHERE id = %s",
        f"DELETE FROM {table} WHERE id = %s",
        f"INSERT INTO {table} (id, {columns}) SELECT gen_random_uuid(), {columns} FROM {table} WHERE id = %s",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, [row.pk])
    assert model.everything.filter(pk=row.pk, stamp=row.stamp).exists()


def a_score_of(meeting: Meeting) -> ScoreRow:
    """Of one criterion, agreed."""
    wanted = NewSet("regular", "Bộ tiêu chí", (NewBlock("Chung", (NewCriterion("Dự họp", 100, "attendance"),)),))
    criteria = write_set(wanted, None, None)
    score = QualityScore.everything.create(meeting=meeting, criteria=criteria, agreed=True, agreed_at=timezone.now())
    line = criteria.blocks.get().lines.get()
    return ScoreRow.everything.create(meeting=meeting, score=score, criterion=line, points=90, by_hand=True)


def a_row_of(model: type, meeting: Meeting) -> object:
    member = meeting.attendances.first().member
    item = ActionItem.everything.create(meeting=meeting, organisation=meeting.organisation, words="Việc")
    facts = {
        "Attendance": None,
        "Guest": {"name": "Khách"},
        "CellSitting": {"cell": meeting.organisation, "day": DAY},
        "AgendaItem": {"words": "Bước"},
        "Opinion": {"words": "Ý kiến"},
        "Vote": {"question": "Thông qua", "voters": 4, "in_favour": 4},
        "Remark": {"member": member, "words": "Biểu dương"},
        "Resolution": {"contents": "Nội dung"},
        "ItemReview": {"action": item, "stand": "done"},
        "Decision": {"kind": "candidate", "words": "Giới thiệu"},
        "QualityScore": None,
        "ScoreRow": None,
    }[model.__name__]
    if model in (QualityScore, ScoreRow):
        return a_score_of(meeting) if model is ScoreRow else a_score_of(meeting).score
    return meeting.attendances.first() if facts is None else model.everything.create(meeting=meeting, **facts)
