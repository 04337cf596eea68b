"""What a hall is shown: every slide opens, names no person, reads no more for more branches; keys and links agree."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from branches.models import Kind
from branches.summary import kept
from branches.summary.recount import recount_since
from members.services.roll import settle_rolls
from portal.dashboards.queries.slides import ROWS
from tests.cast import FULL_NAMES, Cast, place
from tests.members.people import on_the_roll

SignIn = Callable[[str], Client]
NAME = "Bímật Văn Người"
LEVELS = [("mai", "phu_luong"), ("kien", "province"), ("thinh", "dong")]


def slides(browser: Client, pk: int, more: str = "") -> list[str]:
    found = []
    while True:
        answer = browser.get(f"/tong-quan/{pk}/man-chieu/?trang={len(found) + 1}{more}")
        assert answer.status_code == 200
        found.append(answer.content.decode())
        if 'data-hall="after"' not in found[-1]:
            return found


@pytest.mark.parametrize(("person", "where"), LEVELS)
def test_every_slide_opens_and_names_no_person(cast: Cast, sign_in: SignIn, person: str, where: str):
    on_the_roll(cast.dong, NAME)
    settle_rolls()
    recount_since([cast.dong], None)
    shown = slides(sign_in(person), getattr(cast, where).pk)
    assert len(shown) == {"phu_luong": 3, "province": 3, "dong": 2}[where]
    for slide in shown:
        assert slide.count("<h1") == 1
        assert 'aria-label="Điều hướng chính"' not in slide
        for name in (NAME, *FULL_NAMES.values()):
            assert name not in slide


def test_a_grid_of_many_branches_is_cut_into_slides(cast: Cast, sign_in: SignIn):
    before = len(slides(sign_in("mai"), cast.phu_luong.pk))
    for number in range(ROWS):
        place(9_300_000 + number, f"PL-Y{number}", f"Chi bộ thôn Số {number}", Kind.BRANCH, cast.phu_luong)
    shown = slides(sign_in("mai"), cast.phu_luong.pk)
    assert len(shown) == before + 1
    for number in range(ROWS):
        assert sum(f"Thôn Số {number}<" in slide for slide in shown if "qua 12 tháng" in slide) == 1


@pytest.mark.parametrize("slide", [1, 2, 3])
def test_more_branches_cost_no_more_queries(cast: Cast, sign_in: SignIn, slide: int):
    browser, path = sign_in("mai"), f"/tong-quan/{cast.phu_luong.pk}/man-chieu/?trang={slide}"
    browser.get(path)

    def queries() -> int:
        kept.forget_all()
        with CaptureQueriesContext(connection) as found:
            assert browser.get(path).status_code == 200
        return len(found)

    few = queries()
    for number in range(ROWS - 2):
        place(9_300_000 + number, f"PL-Y{number}", f"Chi bộ thôn Số {number}", Kind.BRANCH, cast.phu_luong)
    assert queries() == few


@pytest.mark.parametrize("asked", ["0", "-1", "99", "a", "", "1" * 50, "²"])
def test_what_is_no_number_of_a_slide_shows_one_all_the_same(cast: Cast, sign_in: SignIn, asked: str):
    assert sign_in("mai").get(f"/tong-quan/{cast.phu_luong.pk}/man-chieu/?trang={asked}").status_code == 200


def test_slides_keep_the_days_that_were_asked_for(cast: Cast, sign_in: SignIn):
    page = sign_in("mai").get(f"/tong-quan/{cast.phu_luong.pk}/man-chieu/?den=2026-03-31&ky=quy").content.decode()
    assert "31/03/2026" in page
    assert f'href="/tong-quan/{cast.phu_luong.pk}/man-chieu/?den=2026-03-31&amp;ky=quy&amp;trang=2"' in page
    assert f'href="/tong-quan/{cast.phu_luong.pk}/?den=2026-03-31&amp;ky=quy"' in page
