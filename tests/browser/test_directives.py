"""Stories of the library: a newcomer enters a plan and takes it apart; branches study it; someone looks something up."""

from playwright.sync_api import Page, expect

from directives.library import entries
from tests.browser.conftest import LAPTOP, PHONE
from tests.browser.test_books import fits, go, press, said

SEVEN = [
    "Hằng năm, ít nhất 2 lần/năm", "Một lần, trước ngày 30/11/2020", "Một lần, trước ngày 15/12/2020", "Từ ngày 01/01/2021",
    "Hằng năm, trước ngày 05/12", "Chậm nhất 10 ngày trước: sinh hoạt", "Hằng năm, trước ngày 15/12",
]  # fmt: skip


def enter_the_plan(page: Page) -> None:
    text = next(entry.text for entry in entries() if entry.facts.get("source") == "S002")
    page.goto("/van-ban/")
    go(page, "Ghi văn bản")
    page.get_by_label("Loại văn bản").select_option("Kế hoạch")
    page.get_by_label("Số, ký hiệu").fill("12-KH/ĐU")
    page.get_by_label("Trích yếu").fill("phân công Tỉnh ủy viên dự sinh hoạt chi bộ")
    page.get_by_label("Toàn văn", exact=False).first.fill(text)
    press(page, "Ghi và bóc tách")
    said(page, "Đã ghi Kế hoạch số 12-KH/ĐU vào kho văn bản.")
    page.wait_for_load_state()  # its scripts have come as well


def select_words(page: Page, words: str) -> None:
    page.evaluate(
        """words => {
          const walker = document.createTreeWalker(document.querySelector('.doc-text'), NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const at = walker.currentNode.data.indexOf(words);
            if (at < 0) continue;
            const range = document.createRange();
            range.setStart(walker.currentNode, at);
            range.setEnd(walker.currentNode, at + words.length);
            getSelection().removeAllRanges();
            getSelection().addRange(range);
            return;
          }
        }""",
        words,
    )


def test_a_newcomer_enters_a_plan_sees_its_seven_days_and_takes_it_apart(open_page):
    page = open_page(LAPTOP, as_="vanphong")
    enter_the_plan(page)
    proposed = page.locator("#de-nghi .duty__over b")
    assert [words for words in proposed.all_inner_texts() if words != "Hằng năm"] == SEVEN
    fits(page, "take-apart-proposals.laptop")
    page.locator("#de-nghi .duty", has_text="trước ngày 15/12 hằng năm").get_by_role("link").click()
    expect(page.get_by_label("Nhịp")).to_have_value("year")
    assert [page.locator(f"#id_{name}").input_value() for name in ("due_day", "due_month")] == ["15", "12"]
    press(page, "Ghi việc này")
    said(page, "Đã ghi nhiệm vụ")
    expect(proposed).to_have_count(8)
    page.wait_for_load_state()
    select_words(page, "tránh hình thức")
    page.keyboard.press("n")
    page.wait_for_url("**&la=task#viec")
    expect(page.locator(".excerpt")).to_contain_text("tránh hình thức")
    press(page, "Ghi việc này")
    said(page, "Đã ghi nhiệm vụ")
    go(page, "Xong")
    expect(page.locator(".duty")).to_have_count(2)
    page.get_by_role("link", name="Xem trong bài").first.click()
    fits(page, "document-taken-apart.laptop")


def test_an_office_asks_for_a_study_and_a_branch_records_it(open_page):
    office, branch = open_page(LAPTOP, as_="vanphong"), open_page(PHONE, as_="bithu")
    enter_the_plan(office)
    go(office, "Xong")
    address = office.url.split("#")[0]
    office.get_by_role("link", name="Quán triệt: nơi nào đã học").click()
    go(office, "Giao quán triệt")
    office.get_by_label("Hạn, đến hết ngày").fill("2099-12-31")
    press(office, "Giao cho các chi bộ")
    said(office, "Đã giao các chi bộ")
    branch.goto(address + "quan-triet/")
    branch.get_by_role("link", name="Ghi buổi học").click()
    branch.get_by_label("Ngày tổ chức").fill("2026-01-05")
    branch.get_by_label("Tất cả đều có mặt").check()
    fits(branch, "study-record.phone")
    press(branch, "Ghi buổi học")
    said(branch, "Đã ghi buổi quán triệt")
    fits(branch, "study-coverage.phone")
    office.reload()
    expect(office.locator(".badge").first).to_have_text("Đang làm")
    fits(office, "study-coverage.laptop")


def test_a_member_looks_up_a_directive_on_a_phone(open_page):
    phone = open_page(PHONE, as_="dangvien")
    phone.goto("/van-ban/")
    phone.get_by_label("Tìm trong tên và toàn văn").type("quan triet chi thi 35")
    phone.wait_for_url("**tim=quan*35*")
    phone.locator(".found__name a").first.click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Kế hoạch")
    press(phone, "Đánh dấu")
    said(phone, "Đã đánh dấu văn bản.")


def test_a_plan_is_entered_and_taken_apart_without_javascript(open_page):
    page = open_page(LAPTOP, as_="vanphong", javascript=False)
    enter_the_plan(page)
    page.locator("#toan-van").get_by_role("link", name="Lấy đoạn này").first.click()
    press(page, "Ghi việc này")
    said(page, "Đã ghi nhiệm vụ")
