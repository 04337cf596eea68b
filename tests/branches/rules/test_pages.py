"""The list of rules, the page of one, and the form that sets it."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from branches.models import Kind, Organisation, Rule
from branches.rules.definitions.meetings import SUBJECT as MEETINGS
from branches.rules.registry import Definition, definitions, subjects
from tests.branches.rules.test_reading import own
from tests.cast import Cast, place
from tests.house.test_fuzz import BAD_TEXTS, form_fields

SignIn = Callable[[str], Client]
KEY = "meeting.minutes.least"


def words(answer) -> str:
    return answer.content.decode().replace("\u00a0", " ")


def path(organisation: Organisation, key: str = "") -> str:
    return f"/to-chuc/{organisation.pk}/quy-dinh/" + (f"{key}/" if key else "")


def days(day: date) -> dict[str, int]:
    return {"since_day": day.day, "since_month": day.month, "since_year": day.year}


def typed(**more: object) -> dict[str, object]:
    return {"value": "100", "source": "Quy chế 1-QC/ĐU", **days(timezone.localdate())} | more


def test_everybody_of_the_branch_reads_what_holds_and_from_whom(cast: Cast, sign_in: SignIn):
    own(cast.phu_luong, 100, timezone.localdate())
    page = words(sign_in("hau").get(path(cast.dong), {"nhom": MEETINGS.name}))
    for said in ("100 phút", "Đảng ủy xã Phú Lương", "Quyết định 1", "Cả nước", "Chưa kiểm chứng với bản gốc"):
        assert said in page


def test_every_rule_is_on_the_list(cast: Cast, sign_in: SignIn):
    browser = sign_in("hau")
    index = words(browser.get(path(cast.dong)))
    assert [subject.title for subject in subjects() if f"?nhom={subject.name}" not in index] == []
    pages = "".join(words(browser.get(path(cast.dong), {"nhom": subject.name})) for subject in subjects())
    assert [d.label for d in definitions() if f"/{d.key}/" not in pages] == []


@pytest.mark.parametrize("sought", ["thoi luong toi thieu", "Thời Lượng", "90 phut"])
def test_search_forgives_tones_and_finds_values(cast: Cast, sign_in: SignIn, sought: str):
    page = words(sign_in("hau").get(path(cast.dong), {"tim": sought}))
    assert "Thời lượng tối thiểu của buổi thường kỳ" in page
    assert "Huy hiệu" not in page


def test_a_foreign_communes_rule_is_neither_seen_nor_reached(cast: Cast, sign_in: SignIn):
    rule = own(cast.tan_hoa, 115, timezone.localdate() + timedelta(days=9))
    assert "115" not in words(sign_in("mai").get(path(cast.phu_luong, KEY)))
    assert sign_in("mai").get(path(cast.tan_hoa, KEY)).status_code == 404
    assert sign_in("mai").post(path(cast.tan_hoa, KEY), typed()).status_code == 404
    assert sign_in("mai").post(f"/quy-dinh/{rule.pk}/rut-lai/").status_code == 404
    assert sign_in("quyet").post(f"/quy-dinh/{rule.pk}/rut-lai/").status_code == 302


def test_an_unknown_rule_is_404(cast: Cast, sign_in: SignIn):
    assert sign_in("mai").get(path(cast.phu_luong, "khong.co")).status_code == 404


@pytest.mark.parametrize(
    ("name", "sees"), [("hau", False), ("thinh", False), ("vinh", False), ("khoi", False), ("mai", True)]
)
def test_only_those_who_may_set_see_the_form(cast: Cast, sign_in: SignIn, name: str, sees: bool):
    where = cast.dong if name in ("hau", "thinh") else cast.phu_luong
    browser = sign_in(name)
    assert ("Đặt mức riêng" in words(browser.get(path(where, KEY)))) is sees
    if not sees:
        assert browser.post(path(where, KEY), typed()).status_code == 403


def test_a_preview_says_what_changes_and_writes_nothing(cast: Cast, sign_in: SignIn):
    with time_machine.travel(timezone.localtime().replace(month=7, day=1)):  # on 1 January nothing of this year is over
        own(cast.dong, 95, timezone.localdate() - timedelta(days=1))
        new_year = date(timezone.localdate().year, 1, 1)
        page = words(sign_in("mai").post(path(cast.phu_luong, KEY), typed() | days(new_year)))
    assert "thay 90 phút bằng 100 phút, áp dụng cho 2 chi bộ" in page
    assert "được tính lại theo mức mới" in page
    assert not Rule.everything.filter(organisation=cast.phu_luong).exists()


def test_a_preview_says_who_keeps_its_own(cast: Cast, sign_in: SignIn):
    own(cast.dong, 12, timezone.localdate(), "meeting.fixed_day")
    page = words(sign_in("mai").post(path(cast.phu_luong, "meeting.fixed_day"), typed(value="5")))
    assert "1 nơi bên dưới có mức riêng" in page
    one = words(sign_in("mai").post(path(cast.doai, "meeting.fixed_day"), typed(value="5")))
    assert "áp dụng cho chi bộ này" in one


def test_setting_and_going_back_to_the_level_above(cast: Cast, sign_in: SignIn):
    browser, tomorrow = sign_in("mai"), timezone.localdate() + timedelta(days=1)
    assert browser.post(path(cast.phu_luong, KEY), typed(buoc="dat")).status_code == 302
    page = words(browser.get(path(cast.phu_luong, KEY)))
    assert "Theo cấp trên: 90 phút" in page
    ended = typed(buoc="dat", how="above", value="") | days(tomorrow)
    assert browser.post(path(cast.phu_luong, KEY), ended).status_code == 302
    rows = Rule.everything.filter(organisation=cast.phu_luong).order_by("since").values_list("value", flat=True)
    assert list(rows) == [100, None]
    page = words(browser.get(path(cast.phu_luong, KEY)))
    assert "Sắp áp dụng" in page
    assert "Đang áp dụng" in page
    taken = browser.post(f"/quy-dinh/{Rule.everything.latest('pk').pk}/rut-lai/", follow=True)
    assert "Đã rút" in words(taken)


def test_one_in_force_is_not_taken_back_by_the_button(cast: Cast, sign_in: SignIn):
    rule = own(cast.phu_luong, 100, timezone.localdate())
    answer = sign_in("mai").post(f"/quy-dinh/{rule.pk}/rut-lai/", follow=True)
    assert "Quy định này đã áp dụng từ ngày" in words(answer)
    assert Rule.everything.filter(pk=rule.pk).exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"value": "80"}, "không được thấp hơn mức của cấp trên"),
        ({"value": "nhiều"}, "phải là số"),
        ({"value": ""}, "Chưa nhập"),
        ({"source": ""}, "Chưa nhập căn cứ"),
        ({"since_year": "2020"}, "trở đi"),
        ({"since_day": "31", "since_month": "2"}, "không có ngày 31"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_stays(cast: Cast, sign_in: SignIn, wrong: dict, said: str):
    answer = sign_in("mai").post(path(cast.phu_luong, KEY), typed(buoc="dat") | wrong)
    assert answer.status_code == 200
    assert said in words(answer)
    assert "<title>Lỗi: " in words(answer)
    assert not Rule.everything.filter(organisation=cast.phu_luong).exists()


def test_the_time_line_says_why_something_does_not_hold(cast: Cast, sign_in: SignIn):
    today = timezone.localdate()
    own(cast.phu_luong, 95, today - timedelta(days=20))
    own(cast.province, 100, today - timedelta(days=10))
    assert "Không áp dụng ở đây: mức của cấp trên chặt hơn" in words(sign_in("mai").get(path(cast.phu_luong, KEY)))
    own(cast.phu_luong, 110, today)
    page = words(sign_in("mai").get(path(cast.phu_luong, KEY)))
    assert "Không áp dụng ở đây: nơi gần hơn có mức riêng" in page
    assert "Đã thay" in page


def test_every_rule_has_its_page(cast: Cast, sign_in: SignIn):
    browser = sign_in("kien")
    for definition in definitions():
        address = path(cast.province, definition.key)
        assert bool(form_fields(browser, address)) is definition.may_be_set_in(Kind.PROVINCE), definition.key


ONE_OF_EACH_SHAPE = {type(d.shape): d for d in reversed(list(definitions())) if d.may_be_set_in(Kind.PROVINCE)}


@pytest.mark.parametrize("definition", ONE_OF_EACH_SHAPE.values(), ids=lambda definition: definition.key)
def test_no_field_of_any_shape_gives_a_500(cast: Cast, sign_in: SignIn, definition: Definition):
    browser, address = sign_in("kien"), path(cast.province, definition.key)
    fields = form_fields(browser, address)
    good = dict.fromkeys(fields, "1") | typed()
    for text in BAD_TEXTS:
        everywhere = dict.fromkeys(fields, text) | days(timezone.localdate()) | {"source": "x"}
        for sent in (everywhere, everywhere | {"buoc": "dat"}, good | {"since_year": text}, good | {"buoc": text}):
            assert browser.post(address, sent).status_code in (200, 302, 400), text


@pytest.mark.parametrize("key", ["", KEY])
def test_pages_cost_the_same_queries_however_many_rows(cast: Cast, sign_in: SignIn, key: str):
    browser = sign_in("mai")

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(path(cast.phu_luong, key)).status_code == 200
        return len(queries)

    own(cast.phu_luong, 99, timezone.localdate() + timedelta(days=40))
    few = cost()
    for number in range(20):
        branch = place(9_100_000 + number, f"PL-X{number}", f"Chi bộ {number}", Kind.BRANCH, cast.phu_luong)
        own(branch, 100 + number, timezone.localdate())
        own(cast.phu_luong, 100 + number, timezone.localdate() + timedelta(days=number))
    assert cost() == few
