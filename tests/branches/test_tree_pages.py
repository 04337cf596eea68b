"""The tree in the browser: of today, of a past day, searched; and reorganising it in three steps."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from branches.models import Grant, Kind, Organisation, Reorganisation
from branches.services.organisations import NewOrganisation
from branches.services.reorganisation import dissolve_organisation, merge_organisations, rename_organisation
from portal.access.roles import Role
from tests.branches.test_pages import in_boxes
from tests.cast import Cast, place

SignIn = Callable[[str], Client]
FIRST_OF_JULY = date(2025, 7, 1)


def words(answer) -> str:
    return answer.content.decode()


def merge_both(cast: Cast) -> Organisation:
    merge_organisations(
        merged=[cast.phu_luong, cast.tan_hoa], into=NewOrganisation("Đảng ủy xã Hợp Thành", "HT", Kind.COMMUNE),
        parent=cast.province, on=FIRST_OF_JULY, by=cast.actor("kien"),
    )  # fmt: skip
    return Organisation.everything.get(code="HT")


def test_the_tree_opens_one_step_at_a_time(cast: Cast, sign_in: SignIn):
    browser = sign_in("kien")
    page = words(browser.get("/to-chuc/"))
    assert "Đảng ủy xã Phú Lương" in page
    assert "Chi bộ thôn Đông" not in page
    assert "Chi bộ thôn Đông" in words(browser.get(f"/to-chuc/{cast.phu_luong.pk}/truc-thuoc/"))


def test_a_past_day_shows_the_names_and_places_of_then(cast: Cast, sign_in: SignIn):
    rename_organisation(
        cast.dong, name="Chi bộ thôn Đông Tiến", symbol="", rank="base", on=FIRST_OF_JULY, by=cast.actor("mai")
    )
    browser, path = sign_in("mai"), f"/to-chuc/{cast.phu_luong.pk}/truc-thuoc/"
    assert "Chi bộ thôn Đông<" in words(browser.get(path + "?ngay=2025-06-30"))
    assert "Chi bộ thôn Đông Tiến<" in words(browser.get(path + "?ngay=2025-07-01"))
    assert "Chi bộ thôn Đông Tiến<" in words(browser.get(path))


def test_before_it_was_founded_an_organisation_is_those_that_went_on_in_it(cast: Cast, sign_in: SignIn):
    new = merge_both(cast)
    Grant(account=cast["hau"], organisation=new, role=Role.COMMUNE_LEADER, since=FIRST_OF_JULY).save()
    browser = sign_in("hau")
    before, after = (words(browser.get(f"/to-chuc/?ngay={day}")) for day in ("2025-06-30", "2025-07-01"))
    assert "Đảng ủy xã Phú Lương" in before
    assert "Đảng ủy xã Tân Hòa" in before
    assert "Hợp Thành</b>" not in before
    assert "Hợp Thành</b>" in after
    assert "Đảng ủy xã Phú Lương</b>" not in after


@pytest.mark.parametrize("asked", ["", "2025-13-45", "hôm qua", "0000-00-00", "99999-01-01"])
def test_a_day_that_is_none_means_today(cast: Cast, sign_in: SignIn, asked: str):
    assert "Chi bộ thôn Đông" in words(sign_in("mai").get("/to-chuc/", {"ngay": asked}))


@pytest.mark.parametrize(
    ("sought", "found"),
    [("na pai", "Chi bộ thôn Nà Pài"), ("NÀ PÀI", "Chi bộ thôn Nà Pài"), ("pl-7", "Chi bộ thôn Nà Pài"), ("na paj", "gần giống")],
)  # fmt: skip
def test_a_search_forgives_tones_and_slips(cast: Cast, sign_in: SignIn, sought: str, found: str):
    place(9_000_070, "PL-7", "Chi bộ thôn Nà Pài", Kind.BRANCH, cast.phu_luong)
    page = words(sign_in("mai").get("/to-chuc/", {"tim": sought}))
    assert found in page
    assert "Nà Pài" in page


def test_what_has_ended_is_found_and_says_so(cast: Cast, sign_in: SignIn):
    dissolve_organisation(cast.dong, heir=cast.doai, on=FIRST_OF_JULY, by=cast.actor("mai"))
    browser = sign_in("mai")
    assert "kết thúc từ 01/07/2025" in words(browser.get("/to-chuc/?tim=thon dong"))
    page = words(browser.get(f"/to-chuc/{cast.dong.pk}/"))
    assert "hồ sơ do Chi bộ thôn Đoài giữ" in page
    assert "Sắp xếp tổ chức" not in page
    assert "Chi bộ thôn Đông" not in words(browser.get("/to-chuc/"))


def test_an_ended_organisation_is_only_read(cast: Cast, sign_in: SignIn):
    dissolve_organisation(cast.dong, heir=cast.doai, on=FIRST_OF_JULY, by=cast.actor("mai"))
    form = {"account": "hau", "role": Role.CLERK.value}
    answer = sign_in("mai").post(f"/to-chuc/{cast.dong.pk}/giao-vai-tro/", form)
    assert "đã kết thúc" in words(answer)


def test_the_office_is_offered_what_it_may_do(cast: Cast, sign_in: SignIn):
    own, below = (words(sign_in("mai").get(f"/to-chuc/{o.pk}/sap-xep/")) for o in (cast.phu_luong, cast.dong))
    assert "sap-nhap/" in own
    assert "giai-the/" not in own  # itself is reorganised by those above
    assert "giai-the/" in below
    assert sign_in("mai").get(f"/to-chuc/{cast.phu_luong.pk}/sap-xep/giai-the/").status_code == 404


def test_three_steps_type_read_confirm(cast: Cast, sign_in: SignIn):
    browser, path = sign_in("mai"), f"/to-chuc/{cast.dong.pk}/sap-xep/giai-the/"
    typed = {"heir": "chi bo thon doai", "decision": "QĐ 12", **in_boxes("on", FIRST_OF_JULY)}
    preview = words(browser.post(path, typed))
    assert "Chưa có gì thay đổi" in preview
    assert "hồ sơ do Chi bộ thôn Đoài giữ" in preview
    assert not Reorganisation.everything.exists()
    again = words(browser.post(path, typed | {"change": "1"}))
    assert 'value="chi bo thon doai"' in again
    receipt = browser.post(path, typed | {"confirmed": "1"}, follow=True)
    assert "Biên nhận" in words(receipt)
    record = Reorganisation.everything.get()
    assert (record.by, record.decision) == (cast["mai"], "QĐ 12")
    undone = browser.post(f"/sap-xep/{record.pk}/hoan-tac/", follow=True)
    assert "Đã hoàn tác" in words(undone)
    twice = browser.post(f"/sap-xep/{record.pk}/hoan-tac/", follow=True)
    assert "đã được hoàn tác" in words(twice)


@pytest.mark.parametrize(
    ("slug", "typed", "sentence"),
    [
        ("sap-nhap", {}, "Chọn ít nhất hai tổ chức"),
        ("sap-nhap", {"merged": ["dong", "doai"]}, "Tên tổ chức mới: hãy điền"),
        ("sap-nhap", {"merged": ["dong"], "name": "Chi bộ thôn Mới", "code": "M"}, "ít nhất hai"),
        ("sap-nhap", {"merged": ["dong"], "into": "PL-2", "name": "x"}, "Chọn một trong hai"),
        ("sap-nhap", {"merged": ["dong", "thuong"], "name": "x", "code": "M"}, "merged"),
        ("chuyen", {"moved": ["dong"], "parent": "Đảng ủy xã Tân Hòa"}, "Không có tổ chức này"),
        ("lap-moi", {"name": "x", "code": "PL-1", "kind": "branch"}, "đã dùng cho tổ chức khác"),
        ("lap-moi", {"name": "x", "code": "Y", "kind": "province"}, "kind"),
        ("lap-moi", {"name": "x", "code": "Y", "kind": "cell", "branch_type": "village"}, "mới có loại hình"),
    ],
)
def test_what_is_wrong_is_said_and_stays_typed(cast: Cast, sign_in: SignIn, slug: str, typed: dict, sentence: str):
    numbers = {
        name: [str(getattr(cast, one).pk) for one in typed[name]] for name in ("merged", "moved") if name in typed
    }
    answer = sign_in("mai").post(
        f"/to-chuc/{cast.phu_luong.pk}/sap-xep/{slug}/",
        typed | numbers | in_boxes("on", FIRST_OF_JULY) | {"decision": "QĐ 7"},
    )
    assert answer.status_code == 200
    assert "<title>Lỗi: " in words(answer)
    assert sentence in words(answer)
    assert "QĐ 7" in words(answer)


def test_what_an_organisation_is_can_be_described(cast: Cast, sign_in: SignIn):
    browser, path = sign_in("mai"), f"/to-chuc/{cast.dong.pk}/thong-tin/"
    typed = {"code": "PL-1", "branch_type": "village", "area": "mountain", "tags": ["remote", "ethnic"]}
    page = words(browser.post(path, typed | in_boxes("joined_on", FIRST_OF_JULY), follow=True))
    for shown in ("Thôn, ấp, khóm, bản", "Miền núi", "Vùng dân tộc thiểu số, Vùng sâu, vùng xa", "01/07/2025"):
        assert shown in page
    assert "đã dùng cho tổ chức khác" in words(browser.post(path, typed | {"code": "TH"}))


@pytest.mark.parametrize(
    "path", ["/to-chuc/", "/to-chuc/?ngay=2025-01-01", "/to-chuc/?tim=chi", "/to-chuc/{pl}/", "/to-chuc/{pl}/truc-thuoc/",
             "/to-chuc/{pl}/truc-thuoc/?ngay=2025-01-01", "/to-chuc/{pl}/sap-xep/", "/to-chuc/{pl}/sap-xep/sap-nhap/"],
)  # fmt: skip
def test_pages_cost_the_same_queries_however_large_the_tree(cast: Cast, sign_in: SignIn, path: str):
    browser = sign_in("mai")
    today = timezone.localdate()

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(path.format(pl=cast.phu_luong.pk)).status_code == 200
        return len(queries)

    def grow(numbers: range) -> None:
        for number in numbers:
            branch = place(9_200_000 + number, f"PL-G{number}", f"Chi bộ thôn {number}", Kind.BRANCH, cast.phu_luong)
            rename_organisation(
                branch,
                name=f"Chi bộ {number}",
                symbol="",
                rank="",
                on=today - timedelta(days=number + 1),
                by=cast.actor("mai"),
            )

    grow(range(2))
    few = cost()
    grow(range(2, 14))
    assert cost() == few
