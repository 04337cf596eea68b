"""Points that people give: in the log, when it closes, and beside it."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from branches.models.summary import Month
from meetings.models import (
    CriteriaSet,
    Criterion,
    Guest,
    Meeting,
    QualityScore,
    Scorer,
    ScoreRow,
)
from meetings.queries.score_sheet import score_sheet_of
from meetings.services.closing import close_meeting, what_is_missing
from meetings.services.log import Outcome
from meetings.services.reopening import reopen_meeting
from meetings.services.scoring import score_beside
from portal.words.errors import DomainError, NotAllowed
from tests.cast import Cast
from tests.meetings.meetings import held, meeting_of, people_of
from tests.meetings.scoring.sheets import agree, closed, give, reasons, sheet


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
