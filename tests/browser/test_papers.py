"""Papers in a browser: from the page of a meeting to its minutes, and the text that is copied."""

from playwright.sync_api import expect

from portal.seeding.meetings import demo_meeting
from tests.browser.conftest import PHONE
from tests.papers.reading import flat


def test_minutes_are_printed_and_copied_from_the_page_of_a_meeting(open_page):
    page = open_page(PHONE, as_="bithu", permissions=["clipboard-read", "clipboard-write"])
    page.goto(f"/hop/{demo_meeting('held')}/")
    address = page.locator("a[href$='/bien-ban/']").get_attribute("href")
    answer = page.request.get(address)
    assert answer.headers["content-type"] == "application/pdf"
    assert "BIÊN BẢN" in flat(answer.body())
    page.locator("a[href$='/bien-ban/chu/']").click()
    page.get_by_role("button", name="Chép").click()
    expect(page.get_by_role("button", name="Đã chép")).to_be_visible()
    assert "BIÊN BẢN" in page.evaluate("navigator.clipboard.readText()")
