"""The page of targets, and the part of it on the page of a document."""

from collections.abc import Callable
from datetime import date

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from branches.models import Month
from directives.models import Document
from tests.cast import Cast
from tests.directives.papers import a_document, a_target
from tests.directives.test_pages import queries_of


@pytest.fixture
def plan(cast: Cast) -> Document:
    plan = a_document(cast.phu_luong, "Kế hoạch")
    a_target(plan, "meetings.attendance")
    a_target(plan, value=40, unit="đảng viên")
    for month in (9, 10):
        said = {"in_use": True, "regular_held_on": date(2026, month, 5), "regular_expected": 50, "regular_came": 44}
        Month.everything.create(organisation=cast.dong, month=date(2026, month, 1), **said)
    return plan


def test_each_target_stands_with_what_came_of_it(cast: Cast, plan: Document, as_mai: Client):
    with time_machine.travel("2026-11-15 09:00+07:00"):
        text = as_mai.get(f"/to-chuc/{cast.phu_luong.pk}/chi-tieu/").text.replace("\u00a0", " ")
    for said in (
        "từ 90 % trở lên",
        "88 %",
        "88/100 lượt đảng viên phải dự",
        "Thiếu 2 lượt đảng viên",
        "0/1 nơi tự đạt",
    ):
        assert said in text
    assert "Từ 40 đảng viên trở lên" in text
    assert "Chưa đo được" in text


def test_on_another_day_it_is_as_it_was_then(cast: Cast, plan: Document, as_mai: Client):
    path = f"/to-chuc/{cast.phu_luong.pk}/chi-tieu/"
    with time_machine.travel("2026-11-15 09:00+07:00"):
        assert "Chưa có gì để tính" in as_mai.get(f"{path}?den=2026-08-31").text
        assert "44/50" in as_mai.get(f"{path}?den=2026-09-30").text
        for nonsense in ("2027-01-01", "hôm qua", ""):
            assert "88/100" in as_mai.get(f"{path}?den={nonsense}").text


def test_the_page_of_the_document_fetches_its_targets(cast: Cast, plan: Document, as_thinh: Client):
    assert f'hx-get="/van-ban/{plan.pk}/chi-tieu/"' in as_thinh.get(f"/van-ban/{plan.pk}/").text
    part = as_thinh.get(f"/van-ban/{plan.pk}/chi-tieu/", headers={"HX-Request": "true"}).text
    assert "Chi bộ thôn Đông" in part
    assert "<html" not in part
    assert "<html" in as_thinh.get(f"/van-ban/{plan.pk}/chi-tieu/").text


def test_who_reads_no_figures_is_offered_none(cast: Cast, plan: Document, sign_in: Callable[[str], Client]):
    assert "chi-tieu/" not in sign_in("hau").get(f"/van-ban/{plan.pk}/").text


def test_as_many_queries_however_many_targets(cast: Cast, plan: Document, as_mai: Client):
    path = f"/to-chuc/{cast.phu_luong.pk}/chi-tieu/"
    before = queries_of(as_mai, path)
    for _ in range(6):
        a_target(plan)
        a_target(plan, "meetings.attendance")
    assert queries_of(as_mai, path) == before


def test_the_page_of_the_organisation_tells_how_many_stand_how(cast: Cast, plan: Document, as_mai: Client):
    with time_machine.travel("2026-11-15 09:00+07:00"):
        path = reverse("organisation_panel", args=[cast.phu_luong.pk, "chi-tieu"])
        part = as_mai.get(path, headers={"HX-Request": "true"}).text
    assert "<b>1</b> chưa đạt, <b>1</b> chưa đo được." in part
    assert f'href="/to-chuc/{cast.phu_luong.pk}/chi-tieu/"' in part
