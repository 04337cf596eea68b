"""An office sets a rule of its own, and what it covers sees it."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.conftest import LAPTOP, PHONE
from tests.browser.measures import picture, too_small, too_wide, violations

MINUTES = "Thời lượng tối thiểu của buổi thường kỳ"


def fill_in(page: Page, minutes: str, days: int) -> None:
    day = timezone.localdate() + timedelta(days=days)
    page.get_by_label("Mức mới (phút)").fill(minutes)
    for box, part in (("Ngày", day.day), ("Tháng", day.month), ("Năm", day.year)):
        page.get_by_role("textbox", name=box, exact=True).fill(str(part))
    page.get_by_label("Căn cứ").fill("Quy chế làm việc của Đảng ủy xã")
    page.get_by_role("button", name="Xem trước thay đổi").click()


def test_an_office_asks_for_more_and_the_branch_sees_it(open_page):
    page = open_page(LAPTOP, as_="vanphong")
    page.goto("/to-chuc/2/")
    page.get_by_role("link", name="Quy định áp dụng").click()
    page.get_by_label("Tìm quy định").press_sequentially("thoi luong toi thieu")
    page.wait_for_url("**tim=thoi*luong*toi*thieu")
    page.get_by_role("link", name=MINUTES, exact=True).click()
    fill_in(page, "80", 0)
    expect(page.locator(".error-summary")).to_contain_text("không được thấp hơn mức của cấp trên")
    expect(page.get_by_label("Căn cứ")).to_have_value("Quy chế làm việc của Đảng ủy xã")
    picture(page, "rule.refused.laptop")
    fill_in(page, "100", 0)
    expect(page.get_by_role("main")).to_contain_text("thay 90 phút bằng 100 phút, áp dụng cho 12 chi bộ")
    picture(page, "rule.preview.laptop")
    assert violations(page) == []
    page.get_by_role("button", name="Sửa lại").click()
    expect(page.get_by_label("Mức mới (phút)")).to_have_value("100")
    page.get_by_role("button", name="Xem trước thay đổi").click()
    page.get_by_role("button", name="Đặt quy định này").click()
    expect(page.get_by_role("status")).to_contain_text("Đã đặt.")
    picture(page, "rule.set.laptop")

    member = open_page(PHONE, as_="dangvien")
    member.goto("/to-chuc/3/quy-dinh/?tim=thoi+luong")
    expect(member.get_by_role("main")).to_contain_text("100 phút")
    member.get_by_role("link", name=MINUTES, exact=True).click()
    expect(member.get_by_role("button", name="Xem trước thay đổi")).to_have_count(0)
    picture(member, "rule.inherited.phone")


def test_what_has_not_begun_is_taken_back_on_a_phone(open_page):
    page = open_page(PHONE, as_="vanphong")
    page.goto("/to-chuc/2/quy-dinh/meeting.minutes.least/")
    fill_in(page, "110", 30)
    picture(page, "rule.preview.phone")
    assert (too_wide(page), too_small(page), violations(page)) == ([], [], [])
    page.get_by_role("button", name="Đặt quy định này").click()
    expect(page.locator(".timeline")).to_contain_text("Sắp áp dụng")
    picture(page, "rule.coming.phone")
    assert (too_wide(page), too_small(page), violations(page)) == ([], [], [])
    page.get_by_role("button", name="Rút lại").click()
    expect(page.get_by_role("status")).to_contain_text("Đã rút")
    expect(page.locator(".timeline")).not_to_contain_text("110 phút")


def test_a_table_gets_one_more_row_without_javascript(open_page):
    page = open_page(LAPTOP, as_="bantochuc", javascript=False)
    page.goto("/to-chuc/1/quy-dinh/quality.bands/")
    row = page.get_by_role("group", name="Dòng 1", exact=True)
    row.get_by_label("Mức").fill("Xuất sắc")
    row.get_by_label("Từ bao nhiêu điểm").fill("60")
    today = timezone.localdate()
    for box, part in (("Ngày", today.day), ("Tháng", today.month), ("Năm", today.year)):
        page.get_by_role("textbox", name=box, exact=True).fill(str(part))
    page.get_by_label("Căn cứ").fill("Quy định của Tỉnh ủy")
    page.get_by_role("button", name="Xem trước thay đổi").click()
    expect(page.locator(".error-summary")).to_contain_text("từ cao xuống thấp")
    expect(row.get_by_label("Mức")).to_have_value("Xuất sắc")
    row.get_by_label("Từ bao nhiêu điểm").fill("95")
    page.get_by_role("button", name="Xem trước thay đổi").click()
    expect(page.get_by_role("main")).to_contain_text("Xuất sắc: từ 95 điểm")
    picture(page, "rule.table.preview.laptop")
