"""The page of a committee with committees below: what it counts, in which order, and what stands behind each number."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from branches.models import Kind, Month, Organisation
from branches.services.reorganisation import move_organisations
from branches.summary import kept
from branches.summary.recount import recount_since
from directives.models import TaskAssignment
from directives.services.cascade import give
from portal.indicators.registry import indicator
from portal.words.quantities import percent
from tests.cast import Cast, place, planned
from tests.dashboards.provinces import TODAY, column, lay_out, names, page_of, said
from tests.directives.orders import an_order
from tests.meetings.meetings import meeting_of, people_of
from tests.meetings.test_slots import close
from tests.standing import standing

SignIn = Callable[[str], Client]
PHU_LUONG, TAN_HOA = "Xã Phú Lương", "Xã Tân Hòa"
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


@pytest.fixture
def here(year: Cast) -> str:
    return f"/tong-quan/{year.province.pk}/"


def figure_of(where: Organisation, code: str, first: date, last: date) -> str:
    found = indicator(code)
    assert found
    figure = found.figure(where, first, last)
    return percent(figure.numerator, figure.denominator)


def test_one_sentence_of_fact(sign_in: SignIn, here: str):
    page = page_of(sign_in("kien"), here)
    lead = said(page.find_class("masthead__lead")[0])
    assert lead.startswith("2 xã, phường, 3 chi bộ, 6 đảng viên. 0 nơi đạt đủ ba chỉ tiêu của Đề án số 11-ĐA/TU;")
    assert "có tỷ lệ dự họp dưới 90" in lead


def test_each_number_has_its_list(sign_in: SignIn, here: str):
    """Of the sentence and of the strips: the list holds as many as the number says."""
    client = sign_in("kien")
    page = page_of(client, here)
    links = page.xpath(
        "//p[@class='masthead__lead']/a | //a[contains(@class, 'target__num')] | //p[@class='target__more']/a"
    )
    counted = [link for link in links if "chi bộ" not in said(link) and "đảng viên" not in said(link)]
    assert len(counted) > 6
    for link in counted:
        number = int(said(link).split("/")[0].split()[0])
        assert len(names(page_of(client, link.get("href").split("#")[0]))) == number, said(link)


def test_a_place_has_the_figures_of_its_own_page(year: Cast, sign_in: SignIn, here: str):
    for last in (date(2026, 3, 31), date(2026, 8, 15), date(2026, 11, 20)):
        page = page_of(sign_in("kien"), f"{here}?den={last}")
        for label, code in (("Họp thường kỳ", "meetings.held"), ("Dự họp", "meetings.attendance")):
            wanted = {name: figure_of(where, code, date(2026, 1, 1), last).replace("\xa0", " ") for name, where in
                      ((PHU_LUONG, year.phu_luong), (TAN_HOA, year.tan_hoa))}  # fmt: skip
            assert column(page, label) == wanted, (last, code)


def test_the_past_has_its_tree_and_todays_on_wish(year: Cast, sign_in: SignIn, here: str):
    move_organisations(moved=[year.doai], parent=year.tan_hoa, on=date(2026, 8, 1), by=year.actor("kien"))
    client, june = sign_in("kien"), f"{here}?den=2026-06-30"
    assert column(page_of(client, june), "Họp thường kỳ") == {PHU_LUONG: "75 %", TAN_HOA: "33,3 %"}
    assert column(page_of(client, f"{june}&cay=nay"), "Họp thường kỳ") == {PHU_LUONG: "100 %", TAN_HOA: "41,7 %"}


def test_in_the_order_that_is_asked_for(sign_in: SignIn, here: str):
    client = sign_in("kien")
    for order, wanted in [
        ("", [PHU_LUONG, TAN_HOA]), ("hop", [TAN_HOA, PHU_LUONG]), ("-hop", [PHU_LUONG, TAN_HOA]),
        ("ten", [PHU_LUONG, TAN_HOA]), ("-ten", [TAN_HOA, PHU_LUONG]), ("-chibo", [PHU_LUONG, TAN_HOA]),
    ]:  # fmt: skip
        assert names(page_of(client, f"{here}?xep={order}")) == wanted, order
    ranks = column(page_of(client, f"{here}?xep=hop"), "Hạng")
    assert ranks == {PHU_LUONG: "1", TAN_HOA: "2"}


def test_any_indicator_ranks(sign_in: SignIn, here: str):
    page = page_of(sign_in("kien"), f"{here}?chiso=meetings.week_one")
    assert column(page, "Họp thường kỳ đúng hạn") == {PHU_LUONG: "100 %", TAN_HOA: "100 %"}
    assert set(column(page, "Hạng").values()) == {"1"}  # of the same value the same rank


def test_moved_since_the_period_before(year: Cast, sign_in: SignIn, here: str):
    page = page_of(sign_in("kien"), f"{here}?ky=quy&den=2026-06-30&chiso=meetings.held")
    went = column(page, "12 tháng")
    assert went[TAN_HOA] == "−66,7 giảm"  # two of three months, then none
    assert went[PHU_LUONG] == "−16,7 giảm"  # five of six, then four
    assert "So với quý I/2026" in said(page)


def test_only_branches_of_one_type(sign_in: SignIn, here: str):
    page = page_of(sign_in("kien"), f"{here}?loai=school")
    assert column(page, "Họp thường kỳ") == {PHU_LUONG: "50 %"}
    assert "1 xã, phường, 1 chi bộ, 2 đảng viên" in said(page)


@pytest.mark.parametrize("query", ["diaban=mountain", "dien=border"])
def test_only_places_of_one_area_or_tag(sign_in: SignIn, here: str, query: str):
    assert names(page_of(sign_in("kien"), f"{here}?{query}")) == [TAN_HOA]
    assert not names(
        page_of(sign_in("kien"), f"{here}?{query.split('=', maxsplit=1)[0]}={'island' if 'ban' in query else 'poor'}")
    )


@pytest.mark.parametrize(
    "query", ["loai=nothing", "diaban=%20", "xep=--du", "chiso=1", "vanban=x", "mo=-1", "trang=0", "loc=dat-"]
)
def test_a_wrong_word_shows_the_usual(sign_in: SignIn, here: str, query: str):
    assert names(page_of(sign_in("kien"), f"{here}?{query}")) == [PHU_LUONG, TAN_HOA]


def test_an_open_row_names_who_pulls_it_down(year: Cast, sign_in: SignIn, here: str):
    page = page_of(sign_in("kien"), f"{here}?mo={year.phu_luong.pk}")
    drill = page.find_class("drill")[0]
    assert [said(one) for one in drill.xpath(".//ul/li/div/a")] == ["Chi bộ thôn Đoài", "Chi bộ thôn Đông"]
    assert "Bỏ họp tháng 2, 4, 6, 8, 10" in said(drill)
    assert [len(strip.xpath("./li")) for strip in drill.xpath(".//ol")] == [11, 11]
    assert not drill.xpath(".//ol//a")  # a province reads figures, not books
    assert drill.xpath(".//ul//a/@href") == [f"/tong-quan/{one.pk}/" for one in (year.doai, year.dong)]


def test_what_htmx_fetches_is_what_stands_in_the_page(year: Cast, sign_in: SignIn, here: str):
    client, path = sign_in("kien"), f"{here}?mo={year.phu_luong.pk}"
    part = client.get(path, headers={"HX-Request": "true", "HX-Target": "so-sanh"}).content.decode().strip()
    assert part.startswith("<section")
    assert part in client.get(path).content.decode()


def test_overdue_tasks_have_their_list(year: Cast, sign_in: SignIn, here: str):
    order = an_order(year.province, year.actor("kien"))
    give(order, by=year.actor("kien"))
    TaskAssignment.everything.update(opens_on=date(2026, 9, 1), due_on=timezone.localdate() - timedelta(days=3))
    client = sign_in("kien")
    page = page_of(client, here)
    assert column(page, "Quá hạn") == {PHU_LUONG: "2", TAN_HOA: "1"}
    for link in page.xpath("//td[@data-label='Quá hạn']/a"):
        tasks = page_of(client, link.get("href"))
        assert len(tasks.xpath("//tbody/tr")) == int(said(link))
    assert column(page_of(client, f"{here}?den=2026-11-15"), "Quá hạn") == {PHU_LUONG: "0", TAN_HOA: "0"}


def test_what_is_soon_due_is_said_by_document(year: Cast, sign_in: SignIn, here: str):
    order = an_order(year.province, year.actor("kien"))
    give(order, by=year.actor("kien"))
    client = sign_in("kien")
    (link,) = page_of(client, here).xpath("//section[@id='can-chu-y']//a[contains(., 'đến hạn')]")
    assert said(link).startswith("3 nhiệm vụ")
    assert len(page_of(client, link.get("href")).xpath("//tbody/tr")) == 3


def test_who_falls_three_months_in_a_row_is_named(year: Cast, sign_in: SignIn, here: str):
    """Of ten who must come one more stays away each month."""
    for gone, month in enumerate(range(7, 11)):
        held = {"regular_held_on": date(2026, month, 3), "regular_expected": 10, "regular_came": 10 - gone}
        Month.everything.filter(organisation=year.thuong, month=date(2026, month, 1)).update(**held)
    page = page_of(sign_in("kien"), here)
    assert "Xã Tân Hòa: dự họp giảm ba tháng liền" in said(page.get_element_by_id("can-chu-y"))
    assert names(page_of(sign_in("kien"), f"{here}?loc=giam")) == [TAN_HOA]


def test_who_did_not_meet_last_month(year: Cast, sign_in: SignIn, here: str):
    client = sign_in("kien")
    (link,) = page_of(client, here).xpath("//section[@id='can-chu-y']//a[contains(., 'không họp')]")
    assert said(link) == "2 chi bộ không họp trong tháng 10/2026"
    rows = page_of(client, link.get("href")).xpath("//table[caption='Theo đơn vị']/tbody/tr")
    assert len(rows) == 2


def test_tiles_stand_in_the_order_of_the_tree(year: Cast, sign_in: SignIn, here: str):
    for order in ("", "-hop", "hop"):
        page = page_of(sign_in("kien"), f"{here}?xep={order}&chiso=meetings.held")
        tiles = page.xpath("//ul[@class='tiles']/li")
        assert [said(one.xpath(".//span")[0]) for one in tiles] == [PHU_LUONG, TAN_HOA]
        assert [one.get("data-band") for one in tiles] == ["3", "3"]
        assert tiles[1].xpath("./a/@href") == [f"/tong-quan/{year.tan_hoa.pk}/"]


@pytest.mark.parametrize(
    ("code", "came", "band", "key"),
    [
        ("meetings.attendance", 95, "0", "từ 95 %"), ("meetings.attendance", 94, "1", "từ 90 %"),
        ("meetings.attendance", 89, "2", "từ 85 %"), ("meetings.attendance", 84, "3", "dưới 85 %"),
    ],
)  # fmt: skip
def test_only_who_reaches_the_line_is_green(
    year: Cast, sign_in: SignIn, here: str, code: str, came: int, band: str, key: str
):
    Month.everything.filter(organisation=year.thuong).update(regular_expected=0, regular_came=0)
    one = Month.everything.filter(organisation=year.thuong, month=date(2026, 2, 1))
    one.update(regular_expected=100, regular_came=came)
    page = page_of(sign_in("kien"), f"{here}?chiso={code}")
    (tile,) = page.xpath(f"//ul[@class='tiles']/li[contains(., '{TAN_HOA}')]")
    assert tile.get("data-band") == band
    (words,) = [
        said(one) for one in page.xpath("//ul[@class='tile-key']/li") if one.xpath(f"./span[@data-band='{band}']")
    ]
    assert words.startswith(key)


def test_rows_of_others_move_no_number(year: Cast, sign_in: SignIn, here: str):
    before = said(page_of(sign_in("kien"), here).get_element_by_id("noi-dung"))
    other = place(9000031, "TK", "Tỉnh ủy Khác", Kind.PROVINCE, None)
    commune = place(9000032, "TK-1", "Đảng ủy xã Khác", Kind.COMMUNE, other)
    branch = place(9000033, "TK-2", "Chi bộ thôn Khác", Kind.BRANCH, commune)
    people_of(branch, 3)
    close(meeting_of(branch, date(2026, 9, 3)))
    recount_since([branch], date(2026, 1, 1))
    assert said(page_of(sign_in("kien"), here).get_element_by_id("noi-dung")) == before


def test_filters_are_kept_under_a_name(sign_in: SignIn, here: str):
    client = sign_in("kien")
    client.post("/bo-loc/luu/", {"name": "Miền núi", "page": here, "query": "diaban=mountain"}, follow=True)
    page = page_of(client, here)
    hrefs = page.xpath("//ul[@class='views']//a/@href")
    assert hrefs == [f"{here}?diaban=mountain"]
    assert names(page_of(client, hrefs[0])) == [TAN_HOA]


def test_other_periods_keep_what_is_asked(sign_in: SignIn, here: str):
    page = page_of(sign_in("kien"), f"{here}?diaban=mountain&chiso=meetings.held&xep=-hop")
    (month,) = page.xpath("//nav[@aria-label='Kỳ']/a[.='Tháng']/@href")
    assert all(word in month for word in ("ky=thang", "diaban=mountain", "chiso=meetings.held", "xep=-hop"))


@pytest.mark.parametrize("slug", ["chi-tieu", "so-sanh", "ban-do", "can-chu-y"])
@pytest.mark.parametrize("way", ["xlsx", "svg"])
def test_its_parts_leave(sign_in: SignIn, here: str, slug: str, way: str):
    answer = sign_in("kien").get(f"{here}khoi/{slug}/?dang={way}&diaban=mountain")
    assert answer.status_code == 200
    if way == "svg":
        text = answer.content.decode()
        assert PHU_LUONG not in text
        assert (TAN_HOA in text) is (slug != "can-chu-y")


def more_communes(cast: Cast, count: int) -> None:
    made = []
    for number in range(9000100, 9000100 + 3 * count, 3):
        commune = planned(number, f"M{number}", f"Đảng ủy xã Số {number}", Kind.COMMUNE, cast.province)
        made += [
            commune,
            *(
                planned(number + one, f"M{number}-{one}", f"Chi bộ {number + one}", Kind.BRANCH, commune)
                for one in (1, 2)
            ),
        ]
    Organisation.everything.bulk_create(made)
    recount_since([one for one in made if one.kind == Kind.BRANCH], date(2026, 1, 1))


@pytest.mark.parametrize(
    "query", ["", "mo=9000002", "xep=doi", "chiso=members.secretary&loai=village", "ky=quy&den=2026-06-30"]
)
def test_as_many_queries_however_many_places(year: Cast, sign_in: SignIn, here: str, query: str):
    client = sign_in("kien")
    page_of(client, here)

    def count() -> int:
        kept.forget_all()
        with CaptureQueriesContext(connection) as queries:
            page_of(client, f"{here}?{query}")
        return len(queries)

    few = count()
    more_communes(year, 30)
    assert count() == few <= 24
    assert len(names(page_of(client, here))) == 25
    assert len(names(page_of(client, f"{here}?trang=2"))) == 7
