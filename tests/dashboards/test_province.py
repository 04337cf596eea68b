"""The page of a committee with committees below: what it counts, in which order, and what stands behind each number."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
import time_machine
from django.test import Client
from lxml import html

from branches.models import Organisation
from branches.summary.recount import recount_since
from tests.cast import Cast
from tests.directives.papers import a_document, a_target
from tests.meetings.meetings import meeting_of, people_of
from tests.meetings.test_slots import close
from tests.standing import standing

TODAY = "2026-11-20 09:00+07:00"
SignIn = Callable[[str], Client]


def _lay_out(cast: Cast) -> None:
    """Thôn Đông met each month, thôn Đoài every second one, thôn Thượng in January and February."""
    with time_machine.travel(TODAY):
        for branch, months in ((cast.dong, range(1, 11)), (cast.doai, range(1, 11, 2)), (cast.thuong, (1, 2))):
            people_of(branch, 2)
            for month in months:
                close(meeting_of(branch, date(2026, month, 3)))
        paper = a_document(cast.province, "nâng cao chất lượng sinh hoạt", symbol="11-ĐA/TU", type="scheme")
        for code, value in (("meetings.held", 100), ("meetings.attendance", 90), ("meetings.steps", 100)):
            a_target(paper, code, comparison="at least", value=value, unit="%")
        recount_since(Organisation.everything.all(), date(2025, 12, 1))


laid_out = standing(_lay_out)


@pytest.fixture
def year(laid_out: Cast) -> Iterator[Cast]:
    with time_machine.travel(TODAY):
        yield laid_out


@pytest.fixture
def sign_in(year: Cast) -> SignIn:
    def signed_in(name: str) -> Client:
        client = Client()
        client.force_login(year[name])
        return client

    return signed_in


def page_of(client: Client, path: str):
    answer = client.get(path)
    assert answer.status_code == 200, path
    return html.fromstring(answer.content)


def test_it_opens(year: Cast, sign_in: SignIn):
    page = page_of(sign_in("kien"), f"/tong-quan/{year.province.pk}/")
    said = " ".join(page.text_content().split())
    assert "2 xã, phường, 3 chi bộ, 6 đảng viên." in said
