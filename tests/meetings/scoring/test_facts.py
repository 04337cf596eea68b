"""What the log says by itself: points with their reasons."""

from datetime import date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from meetings.models import (
    ActionItem,
    AgendaItem,
    Decision,
    Meeting,
    MeetingKind,
    Opinion,
    Remark,
    Vote,
)
from meetings.quality.gathering import facts_of
from members.models import Office
from portal.duties.rules import Asked
from tests.cast import Cast
from tests.directives.papers import a_document
from tests.meetings.meetings import DAY, held, meeting_of, people_of
from tests.meetings.scoring.sheets import reasons


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
