"""Dashboards on paper and in a hall: A4 lying with nothing cut off; slides turned by keys, without a script by links."""

import pypdfium2
import pytest
from playwright.sync_api import expect

from tests.browser.measures import too_wide, wait_until_at_rest

A4_LYING = {"width": 1032, "height": 700}  # between the margins, in CSS pixels
SCREENS = [{"width": 1366, "height": 768}, {"width": 1920, "height": 1080}]


def printed(page) -> list[str]:
    """The words of each sheet; every one lies."""
    page.emulate_media(media="print")
    with pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True)) as document:
        sheets = [document[number] for number in range(len(document))]
        assert all(sheet.get_width() > sheet.get_height() for sheet in sheets)
        return [sheet.get_textpage().get_text_bounded() for sheet in sheets]


@pytest.mark.parametrize(
    ("person", "path", "words", "most"),
    [
        ("vanphong", "/tong-quan/2/", ["Dự họp", "bình quân", "Kiến nghị chưa trả lời"], 4),
        ("bantochuc", "/tong-quan/1/", ["Quá hạn", "Cần chú ý"], 3),
        ("bithu", "/tong-quan/3/", ["Sinh hoạt năm", "Số liệu trong kỳ"], 3),
    ],
)
def test_it_fits_a4_lying(open_page, person: str, path: str, words: list[str], most: int):
    page = open_page(A4_LYING, as_=person)
    page.goto(path)
    sheets = printed(page)
    said = " ".join(sheets)
    assert 1 <= len(sheets) <= most
    for word in words:
        assert word in said
    for word in ("Tải về", "Bảng Excel", "Xem ngày khác"):
        assert word not in said
    assert too_wide(page) == []


@pytest.mark.parametrize("size", SCREENS)
@pytest.mark.parametrize(("person", "pk"), [("vanphong", 2), ("bantochuc", 1), ("bithu", 3)])
def test_every_slide_fills_the_screen_and_no_more(open_page, size: dict[str, int], person: str, pk: int):
    page = open_page(size, as_=person)
    page.goto(f"/tong-quan/{pk}/man-chieu/")
    while True:
        wait_until_at_rest(page)
        assert page.evaluate("document.documentElement.scrollHeight") <= size["height"]
        assert too_wide(page) == []
        least = page.evaluate(
            "Math.min(...[...document.querySelectorAll('.hall__head p, .hall__body :is(dt, li, p, h2)')]"
            ".map(e => parseFloat(getComputedStyle(e).fontSize)))"
        )
        assert least >= size["height"] * 0.029
        after = page.locator("[data-hall=after]")
        if not after.count():
            return
        after.click()
        page.wait_for_load_state()


def test_keys_turn_the_slides_and_leave(open_page):
    page = open_page(SCREENS[0], as_="vanphong")
    page.goto("/tong-quan/2/man-chieu/")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**/man-chieu/?trang=2")
    page.keyboard.press("PageDown")
    page.wait_for_url("**/man-chieu/?trang=3")
    page.keyboard.press("ArrowLeft")
    page.wait_for_url("**/man-chieu/?trang=2")
    page.keyboard.press("Escape")
    page.wait_for_url("**/tong-quan/2/")


def test_without_a_script_links_do_the_same(open_page):
    page = open_page(SCREENS[0], as_="vanphong", javascript=False)
    page.goto("/tong-quan/2/man-chieu/")
    page.get_by_role("link", name="Sau").click()
    expect(page.get_by_text("2/5")).to_be_visible()
    page.get_by_role("link", name="Đóng").click()
    page.wait_for_url("**/tong-quan/2/")


def test_parts_are_taken_from_the_page(open_page):
    page = open_page({"width": 1366, "height": 900}, as_="vanphong")
    page.goto("/tong-quan/2/?ky=quy")
    page.locator("#luoi-hop summary").first.click()
    with page.expect_download() as taken:
        page.locator("#luoi-hop").get_by_role("link", name="Bảng Excel").click()
    assert taken.value.suggested_filename.startswith("luoi-hop-xa-")
