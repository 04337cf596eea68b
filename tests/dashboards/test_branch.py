"""A branch's page: its own year and targets, the middle of its neighbours beside them, what is due; nobody is ranked."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from branches.models import Organisation
from branches.models.summary import Month
from branches.summary.recount import recount_since
from directives.services.library import load_documents
from tests.cast import Cast
from tests.dashboards.large import branches_below, large_commune, year_of_meetings
from tests.dashboards.test_commune import page_of, read
from tests.meetings.meetings import meeting_of, people_of
from tests.meetings.test_slots import close
from tests.standing import of_its_own, standing


def _lay_out(cast: Cast) -> None:
    with time_machine.travel("2026-11-05 09:00+07:00"):
        load_documents()
        people_of(cast.dong, 2)
        for month in range(1, 11):
            close(meeting_of(cast.dong, date(2026, month, 3)))
        recount_since(Organisation.everything.all(), date(2025, 12, 1))


laid_out = standing(_lay_out)


@pytest.fixture
def cast(laid_out: Cast, db: None) -> Iterator[Cast]:
    with time_machine.travel("2026-11-05 09:00+07:00"):
        yield of_its_own(laid_out)


def attended(branch: Organisation, came: int) -> None:
    Month.everything.filter(organisation=branch).update(regular_expected=100, regular_came=came)


def test_its_month_in_a_sentence(cast: Cast, as_thinh: Client):
    assert "Tháng 11: chưa họp thường kỳ, hạn thứ Bảy, 07/11." in read(page_of(as_thinh, cast.dong))
    meeting_of(cast.dong, date(2026, 11, 6))
    assert "Đã lập buổi họp cho ngày 06/11." in read(page_of(as_thinh, cast.dong))
    assert "Tháng 9: đã họp đúng hạn, ngày 03/09" in read(page_of(as_thinh, cast.dong, den="2026-09-30"))


def test_the_middle_of_the_neighbours_stands_beside(cast: Cast, as_thinh: Client):
    neighbours = branches_below(cast.phu_luong, 3)
    year_of_meetings(neighbours, 2026, 10)
    for branch, came in zip([cast.dong, *neighbours], (80, 91, 93, 99), strict=True):
        attended(branch, came)
    said = read(page_of(as_thinh, cast.dong))
    assert "trung vị của 5 chi bộ" in said  # thôn Đoài has not met, and is none of those counted
    assert "92 %" in said  # between 91 and 93
    for branch in neighbours:
        assert branch.name not in said


def test_of_few_branches_there_is_no_middle(cast: Cast, as_thinh: Client):
    """It would be the other one's own number."""
    said = read(page_of(as_thinh, cast.dong))
    assert "trung vị" not in said


def test_another_communes_branches_move_no_middle(cast: Cast, as_thinh: Client):
    year_of_meetings(branches_below(cast.phu_luong, 3), 2026, 10)
    before = read(page_of(as_thinh, cast.dong)).split("Sinh hoạt năm")[0]
    year_of_meetings(branches_below(cast.tan_hoa, 4, begin=50), 2026, 4)
    assert read(page_of(as_thinh, cast.dong)).split("Sinh hoạt năm")[0] == before


def test_what_is_due_is_the_secretarys_own_in_words_and_for_those_above_without_names(cast: Cast, as_thinh, sign_in):
    assert "Họp chi bộ thường kỳ tháng 11/2026" in read(page_of(as_thinh, cast.dong))
    above = read(page_of(sign_in("kien"), cast.dong))
    assert "Họp chi bộ thường kỳ" in above
    assert "tháng 11/2026 " not in above.split("Việc đến hạn")[1]


def test_a_province_is_led_to_no_meeting(cast: Cast, sign_in):
    assert "/hop/" not in page_of(sign_in("kien"), cast.dong)
    assert "/hop/" in page_of(sign_in("mai"), cast.dong)


def test_as_many_questions_among_two_branches_as_among_forty(cast: Cast, as_thinh: Client):
    counts = []
    for more in (0, 40):
        large_commune(cast, more)
        page_of(as_thinh, cast.dong)
        with CaptureQueriesContext(connection) as asked:
            page_of(as_thinh, cast.dong)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 24
