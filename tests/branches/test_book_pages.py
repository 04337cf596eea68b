"""The register of numbers and the list of villages in the browser."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import html

from branches.models import DocumentNumber, NumberState, Settlement, SettlementKind, Term
from branches.services.numbers import void_number
from branches.services.settlements import add_settlements
from branches.services.terms import open_term
from tests.branches.registers import DAY, D, record, reserve, take
from tests.cast import Cast

SignIn = Callable[[str], Client]


def days() -> dict[str, int]:
    today = timezone.localdate()
    return {"on_day": today.day, "on_month": today.month, "on_year": today.year}


def words(answer) -> str:
    return re.sub(r"\s+", " ", html.fromstring(answer.content.decode()).text_content())


def symbols(answer) -> list[str]:
    page = html.fromstring(answer.content.decode())
    return [found.text_content().strip() for found in page.xpath("//tbody//th[@scope='row']")]


@pytest.fixture
def path(book: Cast) -> str:
    return f"/to-chuc/{book.phu_luong.pk}/so-van-ban/"


def test_a_number_is_taken_and_shown(book: Cast, sign_in: SignIn, path: str):
    office = sign_in("mai")
    assert "Báo cáo (BC), số tiếp theo 01" in words(office.get(path + "lay-so/"))
    form = {"type": "BC", "subject": "Công tác tháng 11", **days()}
    answer = office.post(path + "lay-so/", form, follow=True)
    assert "Đã cấp số 01-BC/ĐU." in words(answer)
    assert symbols(answer) == ["01-BC/ĐU"]
    assert "Báo cáo (BC), số tiếp theo 02" in words(office.get(path + "lay-so/"))


def test_numbers_are_reserved_used_and_voided(book: Cast, sign_in: SignIn, path: str):
    office = sign_in("mai")
    answer = office.post(path + "giu-so/", {"type": "TB", "count": "2", "reason": "ký tay sáng nay"}, follow=True)
    assert "Đã giữ 01-TB/ĐU, 02-TB/ĐU." in words(answer)
    first, second = DocumentNumber.everything.order_by("number")
    office.post(f"/so-van-ban/{first.pk}/dung/", {"subject": "Giấy mời", **days()})
    office.post(f"/so-van-ban/{second.pk}/huy/", {"reason": "không dùng đến"})
    page = words(office.get(path))
    assert "Giấy mời" in page
    assert "Hủy vì: không dùng đến" in page


def test_a_number_given_on_paper_is_recorded_where_the_gap_is(book: Cast, sign_in: SignIn, path: str):
    record(book, 3)
    office = sign_in("mai")
    assert "Còn trống 01–02" in words(office.get(path))
    (link,) = html.fromstring(office.get(path).content.decode()).xpath("//a[contains(., 'vào chỗ trống')]/@href")
    page = office.get(link).content.decode()
    assert 'value="1"' in page
    assert '<option value="BC" selected>' in page
    answer = office.post(path + "ghi-so/", {"type": "BC", "number": " 2A ", "subject": "x", **days()}, follow=True)
    assert symbols(answer) == ["03-BC/ĐU", "02a-BC/ĐU"]
    assert "Còn trống 01" in words(answer)


@pytest.mark.parametrize("number", ["", "0", "x", "12ab", "-1", "999999", "1.5", "１２"])
def test_what_is_no_number_is_said_in_words_and_stays_typed(book: Cast, sign_in: SignIn, path: str, number: str):
    form = {"type": "BC", "number": number, "subject": "Một câu đã gõ", **days()}
    answer = sign_in("mai").post(path + "ghi-so/", form)
    assert answer.status_code == 200
    assert "<title>Lỗi: " in answer.content.decode()
    assert "Một câu đã gõ" in answer.content.decode()
    assert not DocumentNumber.everything.exists()


def test_the_filter_stands_in_the_address(book: Cast, sign_in: SignIn, path: str):
    take(book, "BC")
    take(book, "NQ")
    reserve(book, 1)
    take(book, "BC", on=D - DAY)
    old = Term.everything.get(since__lt=D)
    office = sign_in("mai")
    assert symbols(office.get(path)) == ["02-BC/ĐU", "01-BC/ĐU", "01-NQ/ĐU"]
    assert symbols(office.get(path + "?loai=NQ")) == ["01-NQ/ĐU"]
    assert symbols(office.get(path + f"?trang_thai={NumberState.RESERVED}")) == ["02-BC/ĐU"]
    assert symbols(office.get(path + f"?nhiem_ky={old.pk}")) == ["01-BC/ĐU"]
    assert "Không có số nào khớp" in words(office.get(path + "?loai=KL"))
    assert symbols(office.get(path + "?loai=xyz&nhiem_ky=abc&trang_thai=%20")) == ["02-BC/ĐU", "01-BC/ĐU", "01-NQ/ĐU"]


def test_the_swapped_part_equals_the_reloaded_page(book: Cast, sign_in: SignIn, path: str):
    take(book, "BC")
    take(book, "NQ")
    office = sign_in("mai")
    part = html.fromstring(office.get(path + "?loai=NQ", headers={"HX-Request": "true"}).content.decode())
    whole = html.fromstring(office.get(path + "?loai=NQ").content.decode()).xpath("//*[@id='ket-qua']")[0]
    assert html.tostring(part).split() == html.tostring(whole, with_tail=False).split()


def test_the_printed_register_holds_every_row_from_01_on(book: Cast, sign_in: SignIn, path: str):
    reserve(book, 40)
    record(book, 44)
    void_number(DocumentNumber.everything.get(number=40), reason="thừa", by=book.actor("mai"))
    page = sign_in("hau").get(path + "in/")
    assert page.status_code == 404
    page = sign_in("vinh").get(path + "in/")
    assert symbols(page) == [f"{n:02}-BC/ĐU" for n in [*range(1, 41), 44]]
    assert "Còn trống: 41–43" in words(page)
    assert "Đinh Thị Mai" in words(page)


def test_a_branch_without_a_term_is_offered_one(book: Cast, sign_in: SignIn):
    browser, path = sign_in("thinh"), f"/to-chuc/{book.dong.pk}/so-van-ban/"
    assert "Gợi ý: nhiệm kỳ 2025–2030, từ 16/07/2025" in words(browser.get(path))
    page = browser.get(path + "mo-nhiem-ky/").content.decode()
    assert 'value="nhiệm kỳ 2025–2030"' in page
    form = {"name": "nhiệm kỳ 2025–2030", "since_day": 16, "since_month": 7, "since_year": 2025}
    answer = browser.post(path + "mo-nhiem-ky/", form, follow=True)
    assert "Đã mở nhiệm kỳ 2025–2030." in words(answer)
    assert "Sổ còn trắng" in words(answer)


def test_without_a_term_the_form_says_where_to_open_one(cast: Cast, sign_in: SignIn):
    path = f"/to-chuc/{cast.phu_luong.pk}/so-van-ban/"
    answer = sign_in("mai").post(path + "lay-so/", {"type": "BC", "subject": "x", **days()})
    assert "Chưa mở nhiệm kỳ nào. Mở nhiệm kỳ ở trang Sổ số văn bản của Đảng ủy xã Phú Lương" in words(answer)
    assert sign_in("mai").get(path + "in/").status_code == 302


def test_a_reader_sees_no_way_to_write(book: Cast, sign_in: SignIn, path: str):
    reserve(book, 1)
    page = sign_in("vinh").get(path).content.decode()
    assert "01-BC/ĐU" in page
    assert "lay-so" not in page
    assert "/huy/" not in page


def test_villages_are_pasted_found_and_given_a_branch(cast: Cast, sign_in: SignIn):
    office, path = sign_in("mai"), f"/to-chuc/{cast.phu_luong.pk}/thon/"
    assert "Chưa ghi thôn, tổ dân phố nào" in words(office.get(path))
    form = {"lines": "thôn Đông\nthôn Đoài\nthôn Nà Pài\nthôn Đông", "otherwise": "village"}
    answer = words(office.post(path + "them-nhieu/", form, follow=True))
    assert "Đã thêm 3 nơi." in answer
    assert "Bỏ qua 1 dòng đã có: thôn Đông." in answer
    dong = Settlement.everything.get(name="Đông")
    office.post(f"/thon/{dong.pk}/chi-bo/", {"branch": cast.dong.pk})
    assert "2/3 thôn chưa có chi bộ" in words(office.get(path))
    assert symbols(office.get(path + "?tim=thon na pai")) == ["Thôn Nà Pài"]
    assert symbols(office.get(path + "?loc=chua-co-chi-bo")) == ["Thôn Đoài", "Thôn Nà Pài"]
    assert "2/3 thôn chưa có chi bộ" in words(office.get(f"/to-chuc/{cast.phu_luong.pk}/"))
    assert "thôn Đông" in words(sign_in("thinh").get(f"/to-chuc/{cast.dong.pk}/"))


def test_a_village_is_added_changed_and_ended(cast: Cast, sign_in: SignIn):
    office, path = sign_in("mai"), f"/to-chuc/{cast.phu_luong.pk}/thon/"
    form = {"kind": "village", "name": "Nà Pài", "households": "120", "households_year": ""}
    assert "Số hộ là của năm nào?" in words(office.post(path + "them/", form))
    office.post(path + "them/", form | {"households_year": "2025"})
    village = Settlement.everything.get()
    office.post(f"/thon/{village.pk}/sua/", form | {"name": "Nà Pài Hạ", "households_year": "2026"})
    assert "120 (2026)" in words(office.get(path))
    office.post(f"/thon/{village.pk}/ket-thuc/", days())
    assert symbols(office.get(path)) == []
    assert symbols(office.get(path + "?loc=da-ket-thuc")) == ["Thôn Nà Pài Hạ"]


def test_a_branch_of_another_commune_is_not_offered_and_not_taken(cast: Cast, sign_in: SignIn):
    add_settlements(commune=cast.phu_luong, lines="Đông", otherwise=SettlementKind.VILLAGE, by=cast.actor("mai"))
    village = Settlement.everything.get()
    page = sign_in("kien").get(f"/thon/{village.pk}/chi-bo/").content.decode()
    assert "Chi bộ thôn Đoài" in page
    assert "Chi bộ thôn Thượng" not in page
    sign_in("kien").post(f"/thon/{village.pk}/chi-bo/", {"branch": cast.thuong.pk})
    village.refresh_from_db()
    assert village.branch is None


def test_only_a_commune_has_the_page(cast: Cast, sign_in: SignIn):
    assert [sign_in("kien").get(f"/to-chuc/{o.pk}/thon/").status_code for o in (cast.dong, cast.province)] == [404, 404]


PAGES = ["so-van-ban/", "so-van-ban/in/", "so-van-ban/lay-so/", "so-van-ban/giu-so/", "so-van-ban/ghi-so/", "thon/", ""]


@pytest.mark.parametrize("page", PAGES)
def test_pages_cost_the_same_queries_however_many_rows(book: Cast, sign_in: SignIn, page: str):
    browser, path = sign_in("mai"), f"/to-chuc/{book.phu_luong.pk}/{page}"

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(path).status_code == 200
        return len(queries)

    def more(many: int) -> None:
        for type in ("BC", "NQ"):
            for _ in range(many):
                take(book, type)
        lines = "\n".join(f"thôn {many}{n}" for n in range(many))
        add_settlements(commune=book.phu_luong, lines=lines, otherwise=SettlementKind.VILLAGE, by=book.actor("mai"))
        Settlement.everything.filter(name__startswith=f"{many}").update(branch=book.dong)

    more(2)
    few = cost()
    more(14)
    open_term(organisation=book.dong, name="nhiệm kỳ", since=D, by=book.actor("thinh"))
    assert cost() == few
