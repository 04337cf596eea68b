"""Stories of the two books of an organisation: its document numbers, and its villages."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import LAPTOP, PHONE
from tests.browser.measures import picture, too_small, too_wide, violations


def fits(page: Page, name: str) -> None:
    picture(page, name)
    assert too_wide(page) == []
    assert violations(page) == []
    if name.endswith("phone"):
        assert too_small(page) == []


def press(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def go(page: Page, name: str) -> None:
    with page.expect_navigation():  # or what follows may still look at the page before
        page.get_by_role("main").get_by_role("link", name=name, exact=True).first.click()


def said(page: Page, text: str) -> None:
    expect(page.get_by_role("status").first).to_contain_text(text)


def take(page: Page, type: str, subject: str) -> None:
    go(page, "Lấy số")
    page.get_by_label("Loại văn bản").select_option(type)
    page.get_by_label("Trích yếu").fill(subject)
    press(page, "Lấy số")


def test_a_secretary_begins_a_register_and_an_office_looks_after_it(open_page):
    phone = open_page(PHONE, as_="bithu")
    phone.goto("/to-chuc/3/")
    go(phone, "Sổ số văn bản")
    go(phone, "Mở nhiệm kỳ")
    press(phone, "Mở nhiệm kỳ")
    said(phone, "Mỗi loại văn bản bắt đầu từ số 01.")
    fits(phone, "numbers.blank.phone")
    take(phone, "BB", "Sinh hoạt chi bộ thường kỳ tháng 11 năm 2026")
    said(phone, "Đã cấp số 01-BB/CB.")
    take(phone, "NQ", "Lãnh đạo thực hiện nhiệm vụ tháng 12, chuẩn bị tổng kết năm và đánh giá, xếp loại đảng viên")
    go(phone, "Giữ số")
    phone.get_by_label("Loại văn bản").select_option("TB")
    phone.get_by_label("Giữ mấy số").fill("3")
    phone.get_by_label("Để làm gì").fill("ký tay ở nhà văn hóa, mạng đang mất")
    press(phone, "Giữ số")
    said(phone, "Đã giữ 01-TB/CB, 02-TB/CB, 03-TB/CB.")
    go(phone, "Dùng số 01-TB/CB")
    fits(phone, "number-use.phone")
    phone.get_by_label("Trích yếu").fill("Lịch sinh hoạt chuyên đề quý IV")
    press(phone, "Dùng số này")
    go(phone, "Hủy số 02-TB/CB")
    fits(phone, "number-void.phone")
    phone.get_by_label("Vì sao hủy").fill("viết hỏng, không dùng")
    press(phone, "Hủy số này")
    said(phone, "Đã hủy số 02-TB/CB.")
    go(phone, "Ghi số trên giấy")
    phone.get_by_label("Loại văn bản").select_option("TB")
    phone.get_by_label("Số trên giấy").fill("7a")
    today = phone.evaluate("new Date().toLocaleDateString('en-CA')").split("-")
    for part, value in zip(("Ngày", "Tháng", "Năm"), reversed(today), strict=True):
        phone.get_by_role("main").get_by_label(part, exact=True).fill(value)
    phone.get_by_label("Trích yếu").fill("Thu đảng phí tháng 10")
    press(phone, "Ghi vào sổ")
    said(phone, "Đã ghi số 07a-TB/CB vào sổ.")
    phone.goto("/to-chuc/3/so-van-ban/")
    fits(phone, "numbers.phone")

    laptop = open_page(LAPTOP, as_="vanphong")
    laptop.goto("/to-chuc/3/so-van-ban/")
    fits(laptop, "numbers.laptop")
    laptop.get_by_label("Loại văn bản").select_option("TB")
    expect(laptop.locator("#ket-qua tbody th[scope=row]")).to_have_text(
        ["07a-TB/CB", "03-TB/CB", "02-TB/CB", "01-TB/CB"]
    )
    expect(laptop.locator("#ket-qua")).to_contain_text("Còn trống 04–06")
    expect(laptop.locator(".htmx-settling, .htmx-added")).to_have_count(0)
    after_swap = laptop.locator("#ket-qua").inner_html()
    laptop.reload()
    assert laptop.locator("#ket-qua").inner_html() == after_swap
    laptop.get_by_label("Trạng thái").select_option("issued")
    expect(laptop.locator("#ket-qua tbody th[scope=row]")).to_have_text(["01-TB/CB"])
    laptop.get_by_label("Loại văn bản").select_option("KL")
    expect(laptop.locator("#ket-qua")).to_contain_text("Không có số nào khớp")
    fits(laptop, "numbers.nothing.laptop")
    laptop.goto("/to-chuc/3/so-van-ban/")
    go(laptop, "In sổ")
    fits(laptop, "numbers-printed.laptop")
    laptop.emulate_media(media="print")
    picture(laptop, "numbers-printed.print")


def test_an_office_pastes_villages_and_finds_who_covers_none(open_page):
    page = open_page(LAPTOP, as_="vanphong")
    page.goto("/to-chuc/2/")
    go(page, "Xem các thôn, tổ")
    go(page, "Thêm nhiều")
    page.get_by_label("Danh sách", exact=True).fill("thôn Nà Pài\nbản Mòn\nthôn nà pài")
    press(page, "Thêm cả danh sách")
    said(page, "Đã thêm 2 nơi.")
    expect(page.get_by_role("main")).to_contain_text("Bỏ qua 1 dòng đã có: thôn nà pài.")
    page.get_by_label("Tìm theo tên").press_sequentially("na pai")
    expect(page.locator("#ket-qua tbody th")).to_have_text(["Thôn Nà Pài"])
    go(page, "Phân chi bộ cho thôn Nà Pài")
    fits(page, "settlement-assign.laptop")
    page.get_by_label("Chi bộ phụ trách").select_option(index=1)
    press(page, "Lưu")
    said(page, "thôn Nà Pài: Chi bộ")
    go(page, "Kết thúc bản Mòn")
    fits(page, "settlement-end.laptop")
    press(page, "Kết thúc")
    page.goto("/to-chuc/2/thon/?loc=da-ket-thuc")
    fits(page, "settlements.ended.laptop")
    phone = open_page(PHONE, as_="vanphong")
    phone.goto("/to-chuc/2/thon/?loc=da-ket-thuc")
    fits(phone, "settlements.ended.phone")
