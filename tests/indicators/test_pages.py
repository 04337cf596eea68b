"""The pages of the figures: whose, of which days, how far down, and what a wrong address is told."""

import io
import zipfile
from collections.abc import Callable
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html

from branches.models import Kind, Organisation, Term
from branches.services.reorganisation import move_organisations
from branches.summary.recount import recount_since
from portal.figures.periods import Length, period_of, usual_day
from tests.cast import Cast, place
from tests.meetings.meetings import meeting_of, people_of
from tests.meetings.test_slots import close

HELD = "/chi-so/meetings.held/"
SignIn = Callable[[str], Client]


@pytest.fixture
def year(cast: Cast) -> Cast:
    """Thôn Đông met each month, thôn Đoài every second one, thôn Thượng never."""
    with time_machine.travel("2026-11-20 09:00+07:00"):
        for branch, step in ((cast.dong, 1), (cast.doai, 2)):
            people_of(branch, 2)
            for month in range(1, 11, step):
                close(meeting_of(branch, date(2026, month, 3)))
        recount_since(Organisation.everything.all(), date(2025, 12, 1))
        yield cast


def text_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return " ".join(html.fromstring(answer.content).text_content().split())


def table_of(client: Client, path: str) -> dict[str, str]:
    """Name → figure or verdict, of the table of units."""
    page = html.fromstring(client.get(path).content)
    rows = page.xpath("//table[caption='Theo đơn vị']/tbody/tr")
    return {
        row.xpath("string(./th//a | ./th)").strip(): row.xpath("string(./td[1])").split("(")[0].strip() for row in rows
    }  # fmt: skip


def test_down_the_tree(year: Cast, sign_in: SignIn):
    province, commune, branch = sign_in("kien"), sign_in("mai"), sign_in("thinh")
    assert table_of(province, HELD) == {"Đảng ủy xã Tân Hòa": "0/10", "Đảng ủy xã Phú Lương": "15/20"}
    below = f"{HELD}?to-chuc={year.phu_luong.pk}"
    assert table_of(province, below) == {"Chi bộ thôn Đoài": "5/10", "Chi bộ thôn Đông": "10/10"}
    assert table_of(commune, HELD) == table_of(province, below)
    assert "10/10 tháng phải họp" in text_of(branch, HELD)


def test_a_day_of_before_has_its_own_tree(year: Cast, sign_in: SignIn):
    move_organisations(moved=[year.doai], parent=year.tan_hoa, on=date(2026, 8, 1), by=year.actor("kien"))
    now, then = table_of(sign_in("mai"), HELD), table_of(sign_in("mai"), f"{HELD}?den=2026-07-31")
    assert now == {"Chi bộ thôn Đông": "10/10"}
    assert then == {"Chi bộ thôn Đoài": "4/7", "Chi bộ thôn Đông": "7/7"}
    page = sign_in("mai").get(f"{HELD}?den=2026-07-31").content.decode()
    assert f"to-chuc={year.doai.pk}" not in page  # not hers today
    assert f"to-chuc={year.dong.pk}" in page


def test_those_who_lack_something(year: Cast, sign_in: SignIn):
    rows = table_of(sign_in("kien"), f"{HELD}?xem=thieu")
    assert list(rows.values()) == ["0/10", "5/10"]
    assert "Mọi đơn vị đều đã đạt đủ" in text_of(sign_in("mai"), "/chi-so/meetings.week_one/?xem=thieu")


def test_the_shorter_the_period_the_fewer_months(year: Cast, sign_in: SignIn):
    client = sign_in("mai")
    for query, said in [
        ("ky=quy&den=2026-09-30", "5/6"), ("ky=thang&den=2026-10-31", "1/2"), ("ky=nua-nam&den=2026-06-30", "9/12"),
        ("ky=nam&den=2025-12-31", "0/2"),
    ]:  # fmt: skip
        assert f"{said} tháng phải họp" in text_of(client, f"{HELD}?{query}"), query


def test_a_term_is_that_of_the_nearest_committee(year: Cast, sign_in: SignIn):
    client = sign_in("thinh")
    assert "Chưa ghi nhiệm kỳ nào" in text_of(client, f"{HELD}?ky=nhiem-ky")
    for where, since in ((year.province, date(2025, 10, 1)), (year.phu_luong, date(2026, 3, 15))):
        Term(organisation=where, name=f"nhiệm kỳ {since.year}–{since.year + 5}", since=since).save()
    found = text_of(client, f"{HELD}?ky=nhiem-ky")
    assert "Nhiệm kỳ 2026–2031, đến ngày 20/11/2026" in found
    assert "8/8 tháng phải họp" in found


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("den=2026-11-21", "Ngày xem không được sau hôm nay, 20/11/2026."),
        ("den=0001-01-01", "Ngày xem phải từ 01/01/2000 trở đi."),
        ("den=31/02/2026", ""),
        ("ky=the-ky", ""),
    ],
)
def test_a_wrong_day_is_told_and_this_year_shown(year: Cast, sign_in: SignIn, query: str, sentence: str):
    answer = sign_in("mai").get(f"/chi-so/?{query}")
    said = " ".join(html.fromstring(answer.content).text_content().split())
    assert answer.status_code == 200
    assert "Lỗi: Chỉ số" in said
    assert sentence in said
    assert "Năm 2026, đến ngày 20/11/2026" in said


@pytest.mark.parametrize("asked", ["9000004", "9", "x", "-1", "9" * 40, "١"])
def test_whoever_is_not_below_one_is_not_there(year: Cast, sign_in: SignIn, asked: str):
    client = sign_in("thinh")
    assert [client.get(f"{path}?to-chuc={asked}").status_code for path in ("/chi-so/", HELD)] == [404, 404]
    assert client.get("/chi-so/meetings.nothing/").status_code == 404


def test_records_are_offered_to_those_alone_who_may_read_them(year: Cast, sign_in: SignIn):
    def offered(name: str, path: str) -> bool:
        return "Xem hồ sơ gốc" in text_of(sign_in(name), path)

    assert offered("mai", HELD)
    assert offered("kien", HELD)
    assert not offered("kien", f"{HELD}?to-chuc={year.dong.pk}")
    assert not offered("kien", "/chi-so/members.with_tasks/")
    assert offered("thinh", "/chi-so/members.with_tasks/")


def test_the_table_as_a_sheet(year: Cast, sign_in: SignIn):
    answer = sign_in("kien").get(f"{HELD}?tai=1")
    assert answer["Content-Disposition"] == 'attachment; filename="chi-so-meetings-held.xlsx"'
    sheet = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))).read("xl/worksheets/sheet1.xml")
    cells = html.fromstring(sheet).xpath("//row[position() > 1]//t/text()")
    assert cells == [
        "Đơn vị", "Đạt", "Trên tổng số", "Tỷ lệ",
        "Đảng ủy xã Tân Hòa", "0", "10", "0\xa0%", "Đảng ủy xã Phú Lương", "15", "20", "75\xa0%",
    ]  # fmt: skip


@pytest.mark.parametrize("path", ["/chi-so/", HELD, f"{HELD}?xem=thieu", "/chi-so/members.with_tasks/?tai=1"])
def test_as_many_queries_for_two_branches_as_for_many(year: Cast, sign_in: SignIn, path: str):
    counts = []
    for number in (0, 6):
        for more in range(number):
            branch = place(9_300_000 + more, f"PL-N{more}", "Chi bộ thêm", Kind.BRANCH, year.phu_luong)
            recount_since([branch], date(2026, 1, 1))
        client = sign_in("mai")
        with CaptureQueriesContext(connection) as seen:
            client.get(path)
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_periods_of_the_calendar():
    day = date(2026, 11, 21)
    assert [period_of(length, day).words for length in list(Length)[:4]] == [
        "Tháng 11/2026, đến ngày 21/11/2026", "Quý IV/2026, đến ngày 21/11/2026", "6 tháng cuối năm 2026, đến ngày 21/11/2026",
        "Năm 2026, đến ngày 21/11/2026",
    ]  # fmt: skip
    assert period_of(Length.QUARTER, date(2026, 9, 30)).words == "Quý III/2026"
    assert period_of(Length.HALF, day).first == date(2026, 7, 1)
    assert period_of(Length.YEAR, day).before == date(2025, 12, 31)


@pytest.mark.parametrize(
    ("today", "day"),
    [
        (date(2026, 1, 30), date(2025, 12, 31)),
        (date(2026, 1, 31), date(2026, 1, 31)),
        (date(2026, 2, 1), date(2026, 2, 1)),
    ],
)
def test_in_january_the_year_before_is_looked_at(today: date, day: date):
    assert usual_day(today) == day


def test_a_trend_goes_back_a_year():
    period = period_of(Length.QUARTER, date(2026, 11, 21))
    assert (period.months()[0], period.months()[-1], len(period.months())) == (date(2025, 11, 1), date(2026, 10, 1), 12)
    assert period.months(3) == [date(2026, 1, 1), date(2026, 4, 1), date(2026, 7, 1), date(2026, 10, 1)]
