"""Two places or two years side by side; nobody is shown a place that they do not reach."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html

from branches.models import Kind, Organisation, Term
from portal.dashboards.queries.province.beside import a_year_of
from portal.figures.periods import Length, period_of
from tests.cast import Cast, planned
from tests.dashboards.provinces import TODAY, lay_out, page_of, said
from tests.standing import standing

SignIn = Callable[[str], Client]
laid_out = standing(lay_out)


@pytest.fixture
def year(laid_out: Cast, db: None) -> Iterator[Cast]:
    with time_machine.travel(TODAY):
        yield laid_out


@pytest.fixture
def sign_in(year: Cast) -> SignIn:
    def signed_in(name: str) -> Client:
        client = Client()
        client.force_login(year[name])
        return client

    return signed_in


def lines(page: html.HtmlElement) -> dict[str, list[str]]:
    """Of each indicator what stands on the left, on the right, and between them."""
    rows = page.xpath("//table[contains(@class, 'data--beside')]/tbody/tr")
    return {said(row.xpath("./th")[0]): [said(cell) for cell in row.xpath("./td")] for row in rows}


def test_two_communes(year: Cast, sign_in: SignIn):
    page = page_of(sign_in("kien"), f"/tong-quan/{year.phu_luong.pk}/so-sanh/?voi={year.tan_hoa.pk}")
    assert lines(page)["Buổi sinh hoạt thường kỳ đã họp"] == ["75 %15/20", "20 %2/10", "+55cao hơn"]
    links = page.xpath("//tr[contains(., 'đã họp')]//span[@class='side']/a/@href")
    assert [said(page_of(sign_in("kien"), link).find_class("measured__of")[0]).split()[0] for link in links[:2]] == [
        "15/20",
        "2/10",
    ]


def test_two_years(year: Cast, sign_in: SignIn):
    Organisation.everything.filter(pk=year.phu_luong.pk).update(joined_on=date(2024, 1, 1))
    page = page_of(sign_in("vinh"), f"/tong-quan/{year.phu_luong.pk}/so-sanh/?voi-nam=2025")
    assert lines(page)["Buổi sinh hoạt thường kỳ đã họp"] == ["75 %15/20", "–chưa có số liệu", "–"]
    years = page.xpath("//nav[@aria-label='Đặt cạnh năm']/a")
    assert [(said(one), one.get("aria-current")) for one in years] == [
        ("Cạnh năm 2025", "true"),
        ("Cạnh năm 2024", None),
    ]


def test_where_nothing_is_chosen_it_is_the_year_before(year: Cast, sign_in: SignIn):
    """As the dashboard leads there, with the days that are looked at."""
    Organisation.everything.filter(pk=year.phu_luong.pk).update(joined_on=date(2024, 1, 1))
    dashboard = page_of(sign_in("vinh"), f"/tong-quan/{year.phu_luong.pk}/?ky=quy&den=2026-10-31")
    (link,) = dashboard.xpath("//div[@class='panel__tools']/a[contains(., 'So sánh')]/@href")
    page = page_of(sign_in("vinh"), link)
    assert said(page.xpath("//h1")[0]) == "Quý IV/2026 và quý IV/2025"
    assert lines(page)
    Term(organisation=year.phu_luong, name="nhiệm kỳ 2025–2030", since=date(2025, 4, 1)).save()
    term = page_of(sign_in("vinh"), f"/tong-quan/{year.phu_luong.pk}/so-sanh/?ky=nhiem-ky")
    assert not lines(term), "a year beside the five that it lies in"


@pytest.mark.parametrize("person", ["mai", "vinh", "son"])
def test_whoever_sees_one_commune_is_told_of_no_other(year: Cast, sign_in: SignIn, person: str):
    """Not in the list of choices, not by its number in the address, not in any part of any page."""
    client = sign_in(person)
    beside = f"/tong-quan/{year.phu_luong.pk}/so-sanh/"
    for path in (
        beside, f"{beside}?voi={year.tan_hoa.pk}", f"/tong-quan/{year.phu_luong.pk}/?mo={year.tan_hoa.pk}",
        f"/tong-quan/{year.phu_luong.pk}/viec/",
    ):  # fmt: skip
        text = said(page_of(client, path))
        assert "Tân Hòa" not in text, path
        assert "Thượng" not in text, path
    refused = page_of(client, f"{beside}?voi={year.tan_hoa.pk}")
    assert "Nơi hoặc năm ấy không có trong danh sách dưới đây" in said(refused)
    assert not lines(refused)
    for path in ("", "so-sanh/", "viec/", "khoi/so-sanh/", "khoi/chi-tieu/", "khoi/ban-do/"):
        for where in (year.province, year.tan_hoa):
            assert client.get(f"/tong-quan/{where.pk}/{path}?voi={year.phu_luong.pk}").status_code == 404


@pytest.mark.parametrize(
    "query", ["voi=x", "voi=9000001", "voi=9000003", "voi-nam=1999", "voi-nam=2027", f"voi={'9' * 40}"]
)
def test_what_is_not_offered_is_refused_in_words(year: Cast, sign_in: SignIn, query: str):
    page = page_of(sign_in("kien"), f"/tong-quan/{year.phu_luong.pk}/so-sanh/?{query}")
    assert "Không đặt cạnh được." in said(page)
    assert not lines(page)


def test_a_branch_stands_beside_its_neighbour(year: Cast, sign_in: SignIn):
    page = page_of(sign_in("mai"), f"/tong-quan/{year.dong.pk}/so-sanh/?voi={year.doai.pk}")
    assert lines(page)["Buổi sinh hoạt thường kỳ đã họp"][:2] == ["100 %10/10", "50 %5/10"]
    alone = page_of(sign_in("thinh"), f"/tong-quan/{year.dong.pk}/so-sanh/")
    assert "Đoài" not in said(alone)


@pytest.mark.parametrize(
    ("length", "day", "wanted"),
    [
        (Length.YEAR, date(2026, 11, 20), (date(2025, 1, 1), date(2025, 11, 20))),
        (Length.YEAR, date(2025, 12, 31), (date(2024, 1, 1), date(2024, 12, 31))),
        (Length.QUARTER, date(2026, 9, 30), (date(2025, 7, 1), date(2025, 9, 30))),
        (Length.MONTH, date(2024, 2, 29), (date(2023, 2, 1), date(2023, 2, 28))),
    ],
)
def test_the_same_stretch_of_another_year(length: Length, day: date, wanted: tuple[date, date]):
    found = a_year_of(period_of(length, day), day.year - 1)
    assert (found.first, found.last) == wanted


def test_as_many_queries_however_many_neighbours(year: Cast, sign_in: SignIn):
    client, path = sign_in("kien"), f"/tong-quan/{year.phu_luong.pk}/so-sanh/?voi={year.tan_hoa.pk}"
    page_of(client, path)

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            page_of(client, path)
        return len(queries)

    few = count()
    made = [planned(9000100 + one, f"M{one}", f"Đảng ủy xã Số {one}", Kind.COMMUNE, year.province) for one in range(20)]
    Organisation.everything.bulk_create(made)
    assert count() == few
