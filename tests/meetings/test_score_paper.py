"""The paper of a score: the branch's points with their reasons, what the level above gave beside them; a line in the minutes."""

import pytest

from branches.papers import form_of
from meetings.models import Criterion, Meeting, Scorer
from meetings.papers.minutes import minutes_of
from meetings.papers.score_sheet import score_paper
from meetings.queries.log_reading import Reading
from meetings.queries.papers import Papers
from meetings.queries.score_sheet import score_sheet_of
from meetings.services.closing import close_meeting
from meetings.services.criteria import load_criteria
from meetings.services.scoring import score_beside
from portal.papers.pdf import pdf_of
from portal.papers.plain import text_of
from tests.cast import Cast
from tests.meetings.meetings import held, meeting_of, people_of
from tests.meetings.scoring.sheets import agree
from tests.papers.reading import flat


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    load_criteria()
    people_of(cast.dong, 3)
    return held(meeting_of(cast.dong))


def paper_of(cast: Cast, meeting: Meeting) -> str:
    actor = cast.actor("thinh")
    sheet = score_sheet_of(meeting, actor)
    assert sheet
    return text_of(score_paper(Reading(meeting, actor), sheet), form_of(cast.dong, meeting.day, actor))


def test_each_points_stand_beside_the_branchs(cast: Cast, meeting: Meeting):
    agree(meeting, cast)
    closed = close_meeting(meeting, by=cast.actor("thinh"))
    alone = paper_of(cast, closed)
    assert "3/3 = 100" in alone
    assert "Cấp trên" not in alone
    points = {line.pk: line.most - 1 for line in Criterion.everything.filter(block__criteria__kind="regular")}
    score_beside(closed, scorer=Scorer.ABOVE, points=points, comment="Cần ghi rõ hơn", by=cast.actor("mai"))
    both = paper_of(cast, closed)
    assert "3/3 = 100" in both  # the branch's own stays as it was
    assert "Cấp trên xếp loại: Khá, 84/100 điểm. Cần ghi rõ hơn." in both


def test_it_is_a_paper_among_the_others_and_a_line_of_the_minutes(cast: Cast, meeting: Meeting):
    actor = cast.actor("thinh")
    assert "Phiếu chấm điểm" not in [offer.name for offer in Papers(Reading(meeting, actor)).offers]
    agree(meeting, cast)
    closed = close_meeting(meeting, by=actor)
    reading = Reading(closed, actor)
    assert "Phiếu chấm điểm" in [offer.name for offer in Papers(reading).offers]
    form = form_of(cast.dong, closed.day, actor)
    assert "CHẤM ĐIỂM BUỔI SINH HOẠT" in text_of(minutes_of(reading), form)
    sheet = score_sheet_of(closed, actor)
    assert sheet
    assert f"Chi bộ tự chấm {sheet.branch_total}/100 điểm" in text_of(minutes_of(reading), form)
    said = flat(pdf_of(score_paper(reading, sheet), form))
    assert (
        said.index("PHIẾU CHẤM ĐIỂM")
        < said.index("Căn cứ")
        < said.index("Tổng điểm")
        < said.index("Chi bộ tự xếp loại")
    )
