"""January in a branch of thirty: the tasks of everybody proposed, changed on one screen that saves as one goes, agreed."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import LAPTOP, PHONE
from tests.browser.measures import looks_right

SIZES = {"phone": PHONE, "laptop": LAPTOP}
NEXT = "/to-chuc/3/nhiem-vu/?nam=2027"


@pytest.mark.parametrize("size", SIZES)
def test_january_of_a_branch_of_thirty(open_page, size: str):
    page = open_page(SIZES[size], as_="bithu")
    page.goto(NEXT)
    page.get_by_role("button", name="Lập dự kiến theo mẫu").click()
    expect(page.get_by_text("Đã lập dự kiến cho 29 đồng chí")).to_be_visible()
    looks_right(page, f"january.proposed.{size}")

    first, second = page.locator("section.tasks").nth(0), page.locator("section.tasks").nth(1)
    first.get_by_label("Nhiệm vụ 1").fill("Giữ sổ sách và quỹ của chi bộ")
    first.get_by_label("Nhiệm vụ 2").press("End")  # leaving the box saves it, and takes nothing from under the fingers
    expect(first.get_by_role("status")).to_have_text("Đã lưu.")
    expect(first.get_by_label("Nhiệm vụ 2")).to_be_focused()
    first.get_by_label("Nhiệm vụ 1").fill("Giữ sổ sách của chi bộ")
    with page.expect_response(lambda answer: "giu=1" in answer.url):
        first.get_by_label("Nhiệm vụ 2").press("End")
    second.get_by_label("Thêm nhiệm vụ").fill("Phụ trách loa truyền thanh thôn")
    second.get_by_label("Thêm nhiệm vụ").press("Enter")
    expect(second.get_by_label("Nhiệm vụ 5")).to_have_value("Phụ trách loa truyền thanh thôn")
    second.get_by_label("Nhiệm vụ 4").fill("")
    second.get_by_role("button", name="Lưu").click()
    expect(second.get_by_label("Nhiệm vụ 5")).to_have_count(0)

    expect(second.get_by_role("status")).to_have_text("Đã lưu.")
    page.reload()
    expect(first.get_by_label("Nhiệm vụ 1")).to_have_value("Giữ sổ sách của chi bộ")
    page.get_by_role("link", name="Chi bộ đã thông qua").click()
    looks_right(page, f"january.agree.{size}")
    page.get_by_label("Năm", exact=True).fill("2026")
    page.get_by_role("button", name="Ghi đã thông qua").click()
    expect(page.get_by_role("main")).to_contain_text("29/29 đồng chí")
    looks_right(page, f"january.agreed.{size}")


def test_without_network_nothing_typed_is_lost(open_page):
    page = open_page(PHONE, as_="bithu")
    page.goto(NEXT)
    page.get_by_role("button", name="Lập dự kiến theo mẫu").click()
    expect(page.get_by_text("Đã lập dự kiến")).to_be_visible()
    page.wait_for_load_state()  # its scripts have come as well
    first = page.locator("section.tasks").first
    page.context.set_offline(True)
    first.get_by_label("Nhiệm vụ 1").fill("Giữ sổ sách và quỹ của chi bộ")
    first.get_by_label("Nhiệm vụ 2").press("End")
    expect(page.get_by_text(re.compile("có mạng thì thử lại"))).to_be_visible()
    expect(first.get_by_label("Nhiệm vụ 1")).to_have_value("Giữ sổ sách và quỹ của chi bộ")
    page.context.set_offline(False)
    first.get_by_role("button", name="Lưu").click()
    expect(first.get_by_role("status")).to_have_text("Đã lưu.")
    page.complaints[:] = [said for said in page.complaints if "DISCONNECTED" not in said and "htmx:" not in said]
    page.reload()
    expect(first.get_by_label("Nhiệm vụ 1")).to_have_value("Giữ sổ sách và quỹ của chi bộ")


def test_without_javascript_the_button_saves(open_page):
    page = open_page(PHONE, as_="bithu", javascript=False)
    page.goto(NEXT)
    page.get_by_role("button", name="Lập dự kiến theo mẫu").click()
    first = page.locator("section.tasks").first
    first.get_by_label("Nhiệm vụ 1").fill("Giữ sổ sách và quỹ của chi bộ")
    first.get_by_role("button", name="Lưu").click()
    expect(page.locator("section.tasks").first.get_by_label("Nhiệm vụ 1")).to_have_value(
        "Giữ sổ sách và quỹ của chi bộ"
    )
