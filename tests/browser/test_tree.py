"""The tree and its reorganisation, by mouse, by keyboard and by thumb."""

import pytest
from playwright.sync_api import Page, expect

from branches.models import Organisation, Reorganisation
from tests.browser.conftest import LAPTOP, PHONE
from tests.browser.measures import picture, too_small, too_wide, violations


def communes() -> list[str]:
    return list(Organisation.everything.filter(kind="commune").order_by("sort_key").values_list("name", flat=True))


def test_a_step_of_the_tree_opens_where_it_is_and_arrows_walk_it(open_page):
    page = open_page(LAPTOP, as_="bantochuc")
    page.goto("/to-chuc/")
    first = communes()[0]
    tree = page.locator(".tree")
    before = tree.get_by_role("link").count()
    page.get_by_role("button", name=f"Trực thuộc {first}").click()
    expect(tree.get_by_role("link")).to_have_count(before + 12)
    assert violations(page) == []
    picture(page, "tree.open.laptop")
    tree.get_by_role("link", name=first).first.focus()
    page.keyboard.press("ArrowLeft")
    expect(tree.get_by_role("link")).to_have_count(before)  # those hidden are out of reach of Tab as well
    page.keyboard.press("ArrowDown")
    expect(tree.get_by_role("link", name=communes()[1]).first).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(tree.get_by_role("link")).to_have_count(before + 12)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Chi bộ")


@pytest.mark.parametrize("javascript", [True, False])
def test_on_a_phone_one_goes_down_page_by_page(open_page, javascript: bool):
    page = open_page(PHONE, as_="bantochuc", javascript=javascript)
    page.goto("/to-chuc/")
    page.get_by_role("link", name=communes()[0]).click()
    page.locator(".links").get_by_role("link", name="Chi bộ").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Chi bộ")
    page.get_by_role("link", name=f"Trực thuộc {communes()[0]}").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(communes()[0])


def test_the_tree_of_a_past_day(open_page):
    page = open_page(LAPTOP, as_="bantochuc")
    page.goto("/to-chuc/")
    page.get_by_label("Ngày").fill("2024-12-31")
    page.get_by_role("button", name="Xem").click()
    expect(page.locator(".tree")).to_contain_text(communes()[0])
    expect(page.get_by_role("link", name="Về hôm nay")).to_be_visible()


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_two_communes_are_merged_from_preview_to_receipt_and_undone(open_page, size):
    page: Page = open_page(size, as_="bantochuc")
    name = "phone" if size is PHONE else "laptop"
    one, two, three = communes()
    page.goto("/to-chuc/1/")
    page.get_by_role("link", name="Sắp xếp tổ chức").click()
    page.get_by_role("link", name="Sáp nhập").click()
    page.get_by_role("button", name="Xem trước").click()
    expect(page.locator(".error-summary")).to_be_focused()
    page.get_by_label(one).check()
    page.get_by_label(two).check()
    page.get_by_label("Tên tổ chức mới").fill("Đảng ủy xã Hợp Thành")
    page.get_by_label("Mã của tổ chức mới").fill("TB900")
    page.get_by_label("Căn cứ").fill("Quyết định 321-QĐ/TU")
    page.get_by_role("button", name="Xem trước").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Xem trước khi ghi")
    expect(page.get_by_role("main")).to_contain_text(f"12 tổ chức trực thuộc {one} chuyển về Đảng ủy xã Hợp Thành.")
    assert (violations(page), too_wide(page)) == ([], [])
    picture(page, f"reorganise.preview.{name}")
    assert not Organisation.everything.filter(code="TB900").exists()
    page.get_by_role("button", name="Sửa lại").click()
    expect(page.get_by_label("Mã của tổ chức mới")).to_have_value("TB900")
    page.get_by_role("button", name="Xem trước").click()
    page.get_by_role("button", name="Xác nhận và ghi").click()
    expect(page.get_by_role("heading", level=2, name="Biên nhận")).to_be_visible()
    assert Organisation.everything.get(code="TB900").children.filter(dissolved_on=None).count() == 24
    assert (violations(page), too_wide(page)) == ([], [])
    if size is PHONE:
        assert too_small(page) == []
    picture(page, f"reorganise.receipt.{name}")
    page.goto("/to-chuc/")
    expect(page.locator(".tree")).not_to_contain_text(one)
    page.go_back()
    page.get_by_role("button", name="Hoàn tác").click()
    expect(page.get_by_role("main")).to_contain_text("Đã hoàn tác")
    picture(page, f"reorganise.undone.{name}")
    page.goto("/to-chuc/")
    for commune in (one, two, three):
        expect(page.locator(".tree")).to_contain_text(commune)
    assert Reorganisation.everything.get().undone_at


def test_a_step_that_does_not_load_says_so(open_page):
    """Lost network: the tree stays, and the sentence says what to do."""
    page = open_page(LAPTOP, as_="bantochuc")
    page.goto("/to-chuc/")
    page.context.set_offline(True)
    page.get_by_role("button", name=f"Trực thuộc {communes()[0]}").click()
    expect(page.locator("#thong-bao")).to_contain_text("mạng")
    page.complaints.clear()
