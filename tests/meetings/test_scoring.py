"""The branch scores its meeting: what the log knows fills itself, what is asked is said, and closing keeps it as it was."""

import uuid
from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from branches.models.summary import Month
from meetings.models import (
    ActionItem,
    AgendaItem,
    CriteriaSet,
    Criterion,
    Decision,
    Guest,
    Meeting,
    MeetingKind,
    Opinion,
    QualityScore,
    Remark,
    Resolution,
    Scorer,
    ScoreRow,
    Vote,
)
from meetings.quality.gathering import facts_of
from meetings.quality.sets import NewBlock, NewCriterion, NewSet
from meetings.queries.criteria import set_in_force
from meetings.queries.log_wire import name_within
from meetings.queries.score_sheet import ScoreSheet, score_sheet_of
from meetings.services.closing import close_meeting, what_is_missing
from meetings.services.criteria import follow_criteria_above, load_criteria, set_criteria
from meetings.services.log import Change, Outcome, save_items
from meetings.services.reopening import reopen_meeting
from meetings.services.scoring import score_beside
from members.models import Office
from portal.duties.rules import Asked
from portal.words.errors import DomainError, NotAllowed
from tests.cast import Cast
from tests.directives.papers import a_document
from tests.meetings.meetings import DAY, held, meeting_of, people_of

TODAY = "2026-11-20 09:00+07:00"


@pytest.fixture(autouse=True)
def sets(cast: Cast) -> None:
    load_criteria()


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    people_of(cast.dong, 4)
    return held(meeting_of(cast.dong))


def sheet(meeting: Meeting) -> ScoreSheet:
    found = score_sheet_of(meeting)
    assert found
    return found


def reasons(meeting: Meeting) -> dict[str, str]:
    return {row.criterion.fills: row.reason.replace("\u00a0", " ") for row in sheet(meeting).rows}


def line(meeting: Meeting, fills: str) -> Criterion:
    return next(row.criterion for row in sheet(meeting).rows if row.criterion.fills == fills)


def give(meeting: Meeting, fills: str, points: int | None, cast: Cast, version: int = 0, reason: str = "") -> Outcome:
    one = line(meeting, fills)
    values = {"criterion": one, "points": points, "reason": reason, "by_hand": points is not None}
    change = Change("score", name_within(meeting, "score", one.pk), version, values)
    return save_items(meeting, [change], by=cast.actor("thinh")).answers[0].outcome


def agree(meeting: Meeting, cast: Cast) -> None:
    give(meeting, "asked", 4, cast)
    values = {"agreed": True, "agreed_at": timezone.now(), "comment": ""}
    save_items(meeting, [Change("quality", name_within(meeting, "quality"), 0, values)], by=cast.actor("thinh"))


def closed(meeting: Meeting, cast: Cast) -> Meeting:
    agree(meeting, cast)
    return close_meeting(meeting, by=cast.actor("thinh"))


class TestFacts:
    def test_what_the_log_says_gives_points_with_their_reasons(self, cast: Cast, meeting: Meeting):
        said = reasons(meeting)
        assert said["attendance"] == "4/4 = 100 % → 10/10"
        assert said["duration"] == "Họp 90 phút, cần từ 90 phút → 5/5"
        assert said["in time"] == "Họp ngày 03/03/2026, đúng thời gian quy định → 5/5"
        assert said["concluded"] == "Kết luận, chưa ghi biểu quyết → 2/5".replace("Kết luận,", "Có kết luận,")
        assert said["asked"] == ""

    def test_it_follows_the_log_while_that_is_open(self, cast: Cast, meeting: Meeting):
        meeting.attendances.filter(name="Lường Văn Aa").update(mark="absent")
        assert reasons(meeting)["attendance"] == "3/4 = 75 % → 3/10"
        assert reasons(meeting)["unexcused"] == "1 đồng chí vắng không lý do → 0/6"

    def test_everything_a_log_can_say(self, cast: Cast, meeting: Meeting):
        member = meeting.attendances.first().member
        before = meeting_of(cast.dong, date(2026, 2, 3))
        ActionItem.everything.create(meeting=before, organisation=cast.dong, words="Việc cũ")
        committee = meeting_of(cast.dong, date(2026, 2, 26), kind=MeetingKind.COMMITTEE)
        Meeting.everything.filter(pk=committee.pk).update(started_at=datetime(2026, 2, 26, 9).time())
        told = timezone.make_aware(datetime(2026, 3, 1, 9))
        Meeting.everything.filter(pk=meeting.pk).update(told_at=told, minutes_read=True)
        meeting.refresh_from_db()
        AgendaItem.everything.create(meeting=meeting, words="Bước", step="a", done=True)
        AgendaItem.everything.create(meeting=meeting, words="Bước", step="b", done=True, gone=True)
        Opinion.everything.create(meeting=meeting, member=member, words="Nhất trí")
        Opinion.everything.create(meeting=meeting, member=member, words="Nói lần hai")
        Opinion.everything.create(meeting=meeting, member=member, words="Gửi trước", sent_before=True)
        Remark.everything.create(meeting=meeting, member=member, words="Tốt")
        Vote.everything.create(meeting=meeting, question="Kết luận", voters=4, in_favour=4)
        ActionItem.everything.create(meeting=meeting, organisation=cast.dong, words="A", assignee=member, due_on=DAY)
        ActionItem.everything.create(meeting=meeting, organisation=cast.dong, words="B", assignee=member)
        said = reasons(meeting)
        assert said["reviewed"] == "0/1 việc đã kiểm điểm → 0/5"
        assert said["committee first"] == "Chi ủy họp ngày 26/02/2026 → 5/5"
        assert said["papers"] == "Mời, gửi tài liệu trước 2 ngày → 5/5"
        assert said["steps"] == "1/2 bước đã làm → 5/10"
        assert said["speakers"] == "1/4 = 25 % phát biểu → 8/10"
        assert said["remarks"] == "1 lượt biểu dương, nhắc nhở → 5/5"
        assert said["concluded"] == "Kết luận đã biểu quyết thông qua → 5/5"
        assert said["assigned"] == "1/2 việc có người làm và hạn → 5/10"
        assert said["minutes agreed"] == "Biên bản đã đọc và thông qua → 5/5"

    @pytest.mark.parametrize(("absences", "counted"), [(2, 0), (3, 1), (4, 1)])
    def test_absent_three_times_running(self, cast: Cast, absences: int, counted: int):
        """The last of them is this meeting; coming once in between begins anew, and so does a year."""
        people_of(cast.dong, 2)
        rows = [meeting_of(cast.dong, date(2026, month, 3)) for month in range(1, 7)]
        for row in rows:
            row.attendances.update(mark="present")
        Meeting.everything.filter(pk__in=[row.pk for row in rows[:-1]]).update(
            started_at=datetime(2026, 1, 1, 9).time(), ended_at=datetime(2026, 1, 1, 11).time()
        )
        for row in rows[-absences:]:
            row.attendances.filter(name="Lường Văn Aa").update(mark="excused")
        Meeting.everything.filter(pk__in=[row.pk for row in rows[:-1]]).update(closed_at=timezone.now())
        assert facts_of([rows[-1]], Asked(DAY))[rows[-1].pk].running == counted

    def test_a_study_that_is_due_counts_when_the_meeting_did_it(self, cast: Cast, meeting: Meeting):
        paper = a_document(cast.phu_luong, "Kế hoạch")
        study = paper.studies.create(organisation=cast.phu_luong, due_on=date(2026, 3, 31))
        paper_of_april = a_document(cast.phu_luong, "Nghị quyết")
        paper_of_april.studies.create(organisation=cast.phu_luong, due_on=date(2026, 4, 1))
        assert reasons(meeting)["studied"] == "0/1 văn bản đã quán triệt → 0/5"
        Decision.everything.create(meeting=meeting, kind="study", study=study)
        assert reasons(meeting)["studied"] == "1/1 văn bản đã quán triệt → 5/5"

    def test_who_has_no_committee_needs_none(self, cast: Cast, meeting: Meeting):
        assert reasons(meeting)["committee first"] == "Chưa gửi nội dung họp → 0/5"
        member = meeting.attendances.first().member
        Office.everything.create(member=member, organisation=cast.dong, post="committee", since=date(2025, 1, 1))
        assert reasons(meeting)["committee first"] == "Chưa có buổi họp chi ủy trước buổi này → 0/5"

    def test_one_statement_however_many_meetings(self, cast: Cast):
        people_of(cast.dong, 3)
        rows = [held(meeting_of(cast.dong, date(2026, month, 3))) for month in range(1, 7)]
        counts = []
        for some in (rows[:1], rows):
            asked = Asked(DAY)
            facts_of(some, asked)
            with CaptureQueriesContext(
                connection,
            ) as seen:
                facts_of(some, asked)
            counts.append(len(seen))
        assert counts[0] == counts[1] <= 2


class TestLog:
    def test_the_first_point_lays_out_the_sheet(self, cast: Cast, meeting: Meeting):
        assert give(meeting, "asked", 3, cast) == Outcome.SAVED
        assert give(meeting, "asked", 3, cast) == Outcome.SAME
        score = QualityScore.everything.get()
        assert (score.scorer, score.agreed, score.version, score.criteria.kind) == ("branch", False, 0, "regular")
        agree(meeting, cast)
        score.refresh_from_db()
        assert (score.agreed, score.version) == (True, 1)

    def test_two_who_score_at_once_are_shown_to_each_other(self, cast: Cast, meeting: Meeting):
        give(meeting, "asked", 3, cast)
        assert give(meeting, "asked", 5, cast) == Outcome.CONFLICT
        assert sheet(meeting).rows[2].branch == 3

    def test_the_branch_may_score_otherwise_than_the_log(self, cast: Cast, meeting: Meeting):
        assert sheet(meeting).branch_total == sheet(meeting).branch_total
        before = sheet(meeting).branch_total
        give(meeting, "committee first", 5, cast, reason="Họp chi ủy ngày 28/02, ghi sổ giấy")
        assert sheet(meeting).branch_total == before + 5
        assert reasons(meeting)["committee first"] == "Họp chi ủy ngày 28/02, ghi sổ giấy"
        give(meeting, "committee first", None, cast, version=1)
        assert sheet(meeting).branch_total == before

    def test_more_points_than_there_are_do_not_pass(self, cast: Cast, meeting: Meeting):
        with pytest.raises(DatabaseError, match="score_row_fits"), transaction.atomic():
            give(meeting, "asked", 6, cast)

    def test_a_criterion_of_another_set_does_not_pass(self, cast: Cast, meeting: Meeting):
        give(meeting, "asked", 3, cast)
        other = Criterion.everything.filter(block__criteria__kind="thematic").first()
        row = ScoreRow.everything.get()
        with pytest.raises(DatabaseError, match="score_row_fits"), transaction.atomic():
            ScoreRow.everything.create(meeting=meeting, score=row.score, criterion=other, points=1)

    def test_one_score_of_each_a_meeting(self, cast: Cast, meeting: Meeting):
        criteria = CriteriaSet.everything.get(kind="regular")
        QualityScore.everything.create(meeting=meeting, criteria=criteria, scorer="above")
        with pytest.raises(IntegrityError, match="quality_score_once"), transaction.atomic():
            QualityScore.everything.create(meeting=meeting, criteria=criteria, scorer="above")


class TestClosing:
    def test_a_log_waits_for_its_score(self, cast: Cast, meeting: Meeting):
        said = [one.sentence for one in what_is_missing(meeting) if one.refuses]
        assert said == [
            "Chưa chấm điểm 1 tiêu chí: Có dự thảo kết luận hoặc nghị quyết để chi bộ thảo luận.",
            "Chi bộ chưa thống nhất điểm của buổi họp.",
        ]
        with pytest.raises(DomainError, match="thống nhất điểm"):
            close_meeting(meeting, by=cast.actor("thinh"))
        assert closed(meeting, cast).closed_at

    def test_where_no_set_holds_nothing_is_asked(self, cast: Cast, meeting: Meeting):
        CriteriaSet.everything.all().delete()
        assert score_sheet_of(meeting) is None
        assert close_meeting(meeting, by=cast.actor("thinh")).closed_at
        assert not QualityScore.everything.exists()

    def test_old_months_that_are_entered_later_do_not_wait(self, cast: Cast, meeting: Meeting):
        Meeting.everything.filter(pk=meeting.pk).update(entered_later=True)
        meeting.refresh_from_db()
        assert close_meeting(meeting, by=cast.actor("thinh")).closed_at

    def test_what_filled_itself_is_kept_with_its_reason(self, cast: Cast, meeting: Meeting):
        now = {row.criterion.pk: (row.branch, row.reason) for row in sheet(meeting).rows if row.filled}
        row = closed(meeting, cast)
        kept = {one.criterion_id: (one.points, one.reason) for one in ScoreRow.everything.filter(by_hand=False)}
        assert kept == now
        assert sheet(row).branch_total == sum(points or 0 for points, _ in now.values()) + 4

    def test_opened_again_it_fills_anew(self, cast: Cast, meeting: Meeting):
        row = closed(meeting, cast)
        before = sheet(row).branch_total
        reopen_meeting(row, because="Điểm danh nhầm", by=cast.actor("thinh"))
        row.attendances.filter(name="Lường Văn Aa").update(mark="excused")
        row = close_meeting(row, by=cast.actor("thinh"))
        assert sheet(row).branch_total == before - 7  # 3/4 are 75 %
        assert reasons(row)["attendance"] == "3/4 = 75 % → 3/10"

    def test_the_summary_knows_points_and_band(self, cast: Cast, meeting: Meeting):
        closed(meeting, cast)
        month = Month.everything.get(organisation=cast.dong, month=date(2026, 3, 1))
        total = sheet(Meeting.everything.get(pk=meeting.pk)).branch_total
        assert (month.regular_score, month.regular_band, month.regular_place) == (total, "Kém", 4)
        assert month.regular_score_above is None

    def test_its_number_of_queries_does_not_depend_on_how_many_sit_there(self, cast: Cast):
        counts = []
        for size, day in ((2, date(2026, 3, 3)), (9, date(2026, 4, 3))):
            people_of(cast.dong, size)
            row = held(meeting_of(cast.dong, day))
            agree(row, cast)
            score_sheet_of(row)
            with CaptureQueriesContext(connection) as seen:
                score_sheet_of(row)
            counts.append(len(seen))
        assert counts[0] == counts[1] <= 14


class TestBeside:
    def points(self, meeting: Meeting, minus: int = 1) -> dict[int, int]:
        return {row.criterion.pk: max(0, row.most - minus) for row in sheet(meeting).rows}

    def test_the_level_above_scores_beside_the_branch(self, cast: Cast, meeting: Meeting):
        row = closed(meeting, cast)
        own = sheet(row).branch_total
        score_beside(row, scorer=Scorer.ABOVE, points=self.points(row), comment="Cần ghi rõ", by=cast.actor("mai"))
        both = sheet(row)
        assert (both.branch_total, both.above_total, both.above_band) == (own, 84, "Khá")
        assert both.difference == own - 84
        month = Month.everything.get(organisation=cast.dong, month=date(2026, 3, 1))
        assert (month.regular_score, month.regular_score_above) == (own, 84)
        score_beside(row, scorer=Scorer.ABOVE, points=self.points(row, 0), comment="", by=cast.actor("mai"))
        assert sheet(row).above_total == 100
        assert QualityScore.everything.count() == 2

    def test_only_after_the_log_was_closed(self, cast: Cast, meeting: Meeting):
        with pytest.raises(DomainError, match="chưa đóng sổ"):
            score_beside(meeting, scorer=Scorer.ABOVE, points=self.points(meeting), comment="", by=cast.actor("mai"))

    def test_a_visitor_scores_who_stands_among_the_guests(self, cast: Cast, meeting: Meeting):
        by = cast.actor("vinh")
        with pytest.raises(DomainError, match="Khách dự"):
            score_beside(meeting, scorer=Scorer.VISITOR, points=self.points(meeting), comment="", by=by)
        Guest.everything.create(meeting=meeting, name="Vũ Quang Vinh", of_committee=True)
        score_beside(meeting, scorer=Scorer.VISITOR, points=self.points(meeting), comment="", by=by)
        assert sheet(meeting).visitor_total == 84

    def test_not_by_the_branch_itself(self, cast: Cast, meeting: Meeting):
        row = closed(meeting, cast)
        with pytest.raises(NotAllowed):
            score_beside(row, scorer=Scorer.ABOVE, points=self.points(row), comment="", by=cast.actor("thinh"))

    @pytest.mark.parametrize("wrong", [-1, 101])
    def test_points_within_what_there_is(self, cast: Cast, meeting: Meeting, wrong: int):
        row = closed(meeting, cast)
        points = self.points(row)
        points[next(iter(points))] = wrong
        with pytest.raises(DomainError, match="điểm"):
            score_beside(row, scorer=Scorer.ABOVE, points=points, comment="", by=cast.actor("mai"))

    def test_every_criterion(self, cast: Cast, meeting: Meeting):
        row = closed(meeting, cast)
        with pytest.raises(DomainError, match="Còn 16 tiêu chí chưa chấm"):
            score_beside(row, scorer=Scorer.ABOVE, points={}, comment="", by=cast.actor("mai"))


def a_set(kind: str = "regular", **said: object) -> NewSet:
    blocks = (NewBlock("Chung", (NewCriterion("Dự họp", 60, "attendance"), NewCriterion("Nội dung", 40))),)
    return NewSet(**{"kind": kind, "name": "Bộ của xã", "blocks": blocks, **said})  # type: ignore[arg-type]


class TestSets:
    def test_the_nearest_one_holds(self, cast: Cast):
        today = timezone.localdate()
        set_criteria(a_set(name="Tỉnh"), organisation=cast.province, since=today, by=cast.actor("kien"))
        set_criteria(a_set(name="Xã"), organisation=cast.phu_luong, since=today, by=cast.actor("mai"))
        names = [str(set_in_force(place, "regular", today)) for place in (cast.dong, cast.thuong)]
        assert names == ["Xã", "Tỉnh"]
        assert str(set_in_force(cast.dong, "thematic", today)).startswith("Đánh giá")
        assert str(set_in_force(cast.dong, "regular", today - timedelta(days=1))).startswith("Đánh giá")

    def test_a_set_changed_in_mid_year_leaves_older_meetings_alone(self, cast: Cast, meeting: Meeting):
        row = closed(meeting, cast)
        before = [(one.words, one.branch) for one in sheet(row).rows]
        today = timezone.localdate()
        set_criteria(a_set(), organisation=cast.phu_luong, since=today, by=cast.actor("mai"))
        assert [(one.words, one.branch) for one in sheet(row).rows] == before
        new = held(meeting_of(cast.dong, today))
        assert [one.words for one in sheet(new).rows] == ["Dự họp", "Nội dung"]

    def test_another_from_the_same_day_takes_its_place_until_it_is_used(self, cast: Cast):
        today = timezone.localdate()
        place = {"organisation": cast.phu_luong, "since": today, "by": cast.actor("mai")}
        set_criteria(a_set(name="Một"), **place)
        second = set_criteria(a_set(name="Hai"), **place)
        people_of(cast.dong, 2)
        meeting = held(meeting_of(cast.dong, today))
        QualityScore.everything.create(meeting=meeting, criteria=second)
        with pytest.raises(DomainError, match="đã dùng chấm điểm"):
            set_criteria(a_set(name="Ba"), **place)
        later = set_criteria(a_set(name="Ba"), **place | {"since": today + timedelta(days=1)})
        second.refresh_from_db()
        assert (second.until, later.since) == (today, today + timedelta(days=1))

    def test_the_database_keeps_a_used_set_as_it_was(self, cast: Cast, meeting: Meeting):
        give(meeting, "asked", 3, cast)
        used = CriteriaSet.everything.get(kind="regular")
        block = used.blocks.first()
        changes = [
            lambda: CriteriaSet.everything.filter(pk=used.pk).update(name="Khác"),
            lambda: CriteriaSet.everything.filter(pk=used.pk).update(until=DAY - timedelta(days=1)),
            lambda: Criterion.everything.filter(block=block).update(most=1),
            lambda: Criterion.everything.create(block=block, position=9, words="Thêm", most=1),
            lambda: block.lines.last().delete(),
            lambda: used.blocks.create(position=9, title="Thêm"),
            used.delete,
        ]
        for change in changes:
            with pytest.raises((DatabaseError, IntegrityError)), transaction.atomic():
                change()
        CriteriaSet.everything.filter(pk=used.pk).update(until=DAY)

    def test_two_sets_of_a_place_share_no_day(self, cast: Cast):
        for organisation in (None, cast.phu_luong):
            CriteriaSet.everything.get_or_create(
                kind="regular", organisation=organisation, defaults={"name": "Một", "since": DAY}
            )
            with pytest.raises(IntegrityError, match="criteria_set_one_at_a_time"), transaction.atomic():
                CriteriaSet.everything.create(kind="regular", organisation=organisation, name="Hai", since=DAY)

    @pytest.mark.parametrize(
        ("wanted", "refusal"),
        [
            (a_set(blocks=(NewBlock("Chung", (NewCriterion("Dự họp", 99),)),)), "được 99 điểm"),
            (a_set(blocks=()), "ít nhất một tiêu chí"),
            (a_set(kind="congress"), "thường kỳ và chuyên đề"),
            (a_set(name=""), "tên bộ tiêu chí"),
            (a_set(blocks=(NewBlock("Chung", (NewCriterion("Dự họp", 100, "mystery"),)),)), "chưa biết cách chấm"),
        ],
    )
    def test_what_is_no_set(self, cast: Cast, wanted: NewSet, refusal: str):
        with pytest.raises(DomainError, match=refusal):
            set_criteria(wanted, organisation=cast.phu_luong, since=timezone.localdate(), by=cast.actor("mai"))

    def test_not_for_days_that_are_over_nor_by_a_branch(self, cast: Cast):
        yesterday = timezone.localdate() - timedelta(days=1)
        with pytest.raises(DomainError, match="từ hôm nay trở đi"):
            set_criteria(a_set(), organisation=cast.phu_luong, since=yesterday, by=cast.actor("mai"))
        with pytest.raises(NotAllowed):
            set_criteria(a_set(), organisation=cast.dong, since=timezone.localdate(), by=cast.actor("mai"))
        with pytest.raises(NotAllowed):
            set_criteria(a_set(), organisation=cast.phu_luong, since=timezone.localdate(), by=cast.actor("thinh"))

    def test_back_to_the_level_above_from_tomorrow(self, cast: Cast):
        today = timezone.localdate()
        set_criteria(a_set(), organisation=cast.phu_luong, since=today, by=cast.actor("mai"))
        follow_criteria_above(organisation=cast.phu_luong, kind="regular", by=cast.actor("mai"))
        assert str(set_in_force(cast.dong, "regular", today)) == "Bộ của xã"
        assert str(set_in_force(cast.dong, "regular", today + timedelta(days=1))).startswith("Đánh giá")
        with pytest.raises(DomainError, match="không có bộ tiêu chí riêng"):
            follow_criteria_above(organisation=cast.tan_hoa, kind="regular", by=cast.actor("quyet"))

    def test_loading_the_defaults_twice_changes_nothing(self, cast: Cast):
        before = list(Criterion.everything.values_list("pk", flat=True))
        assert load_criteria() == 0
        assert list(Criterion.everything.values_list("pk", flat=True)) == before

    def test_where_the_file_says_otherwise_a_used_set_ends_and_a_new_one_begins(self, cast: Cast, meeting: Meeting):
        give(meeting, "asked", 3, cast)
        Resolution.everything.filter(meeting=meeting).update(gone=True)
        CriteriaSet.everything.filter(kind="thematic").update(name="Tên cũ")
        assert load_criteria() == 1
        assert CriteriaSet.everything.filter(kind="thematic").count() == 1
        assert uuid.UUID(str(QualityScore.everything.get().pk))
