"""Signing in and what protects it, as people meet it."""

import re

import pytest
from playwright.sync_api import Page, expect

from portal.accounts.services.accounts import open_account
from portal.seeding.demo import DEMO_PASSWORD
from tests.accounts.conftest import code_now
from tests.browser.conftest import LAPTOP, PHONE
from tests.browser.measures import looks_right, picture

NEW = "bưởi đỏ ba cây cau"
SIZES = {"phone": PHONE, "laptop": LAPTOP}


def sign_in(page: Page, username: str, password: str) -> None:
    page.goto("/dang-nhap/")
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label("Mật khẩu").fill(password)
    page.get_by_role("button", name="Đăng nhập").click()


def test_the_first_sign_in_from_a_slip_on_a_phone(open_page):
    page = open_page(PHONE)
    page.goto("/dang-nhap/")
    slip = open_account(username="loan.bt", full_name="Bùi Thị Loan", phone="0987654321")
    looks_right(page, "accounts.sign-in.phone")
    page.get_by_label("Tên đăng nhập").fill("0987 654 321")
    page.get_by_label("Mật khẩu").fill(slip.password)
    page.get_by_label("Đây là máy riêng của tôi").check()
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đặt mật khẩu mới")
    looks_right(page, "accounts.new-password.phone")
    page.goto("/tro-giup/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Đặt mật khẩu mới")
    page.get_by_label("Mật khẩu mới", exact=True).fill("ngắn")
    page.get_by_label("Gõ lại mật khẩu mới").fill("ngắn hơn")
    page.get_by_role("button", name="Lưu mật khẩu").click()
    expect(page.locator(".error-summary")).to_be_focused()
    looks_right(page, "accounts.new-password.error.phone")
    page.get_by_label("Mật khẩu mới", exact=True).fill(NEW)
    page.get_by_label("Gõ lại mật khẩu mới").fill(NEW)
    page.get_by_role("button", name="Lưu mật khẩu").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Việc của tôi")
    expect(page.get_by_role("status")).to_contain_text("Đã đặt mật khẩu mới")


def test_a_second_factor_is_set_up_on_a_laptop_and_asked_for_at_the_next_sign_in(open_page):
    page = open_page(LAPTOP)
    sign_in(page, "quantri", DEMO_PASSWORD)
    expect(page.get_by_role("status")).to_contain_text("Hãy bật xác thực hai lớp")
    picture(page, "accounts.asked-for.laptop")
    page.goto("/tai-khoan/")
    looks_right(page, "accounts.account.laptop")
    page.get_by_role("link", name="Xác thực hai lớp").click()
    looks_right(page, "accounts.setup.laptop")
    secret = page.locator("main code").inner_text()
    page.get_by_label("Mã xác thực").fill(code_now(secret))
    page.get_by_role("button", name="Bật xác thực hai lớp").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mã dự phòng")
    looks_right(page, "accounts.recovery-codes.laptop")
    page.emulate_media(media="print")
    picture(page, "accounts.recovery-codes.paper")
    page.emulate_media(media="screen")
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải về").click()
    assert download.value.suggested_filename == "ma-du-phong.txt"
    page.get_by_role("link", name="Tôi đã cất mã").click()
    page.get_by_role("main").get_by_role("button", name="Đăng xuất").click()
    sign_in(page, "quantri", DEMO_PASSWORD)
    expect(page.get_by_role("heading", level=1)).to_have_text("Nhập mã xác thực")
    looks_right(page, "accounts.code.laptop")
    page.get_by_label("Mã xác thực").fill(code_now(secret, ahead=1))
    page.get_by_role("button", name="Vào cổng").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Việc của tôi")


def test_the_door_closes_in_clear_words(open_page):
    page = open_page(PHONE)
    for _ in range(5):
        sign_in(page, "thuky", "nhầm")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tạm dừng đăng nhập")
    expect(page.locator("main")).to_contain_text(re.compile(r"khoảng 15 phút nữa, đến \d\d:\d\d"))
    expect(page.locator("main")).to_contain_text("Gọi văn phòng Đảng ủy xã, phường")
    page.complaints.clear()  # the browser notes the status 429
    looks_right(page, "accounts.locked.phone")
    neighbour = open_page(PHONE)
    sign_in(neighbour, "dangvien", DEMO_PASSWORD)
    expect(neighbour.get_by_role("heading", level=1)).to_have_text("Việc của tôi")


def test_a_strange_machine_is_seen_and_put_out(open_page):
    agent = "Mozilla/5.0 (Linux; Android 15; SM-A155F) AppleWebKit/537.36 Chrome/140.0.0.0 Mobile Safari/537.36"
    mine, strange = open_page(PHONE, user_agent=agent), open_page(LAPTOP)
    sign_in(mine, "bithu", DEMO_PASSWORD)
    sign_in(strange, "bithu", DEMO_PASSWORD)
    mine.get_by_role("navigation", name="Các mục chính").get_by_role("link", name="Thêm").click()
    looks_right(mine, "accounts.more.phone")
    mine.get_by_role("main").get_by_role("link", name="Tài khoản").click()
    looks_right(mine, "accounts.account.phone")
    mine.get_by_role("link", name="Các phiên đang mở").click()
    looks_right(mine, "accounts.sessions.phone")
    expect(mine.get_by_role("heading", level=2).first).to_have_text("Chrome trên điện thoại Android")
    mine.get_by_role("button", name="Đăng xuất máy này").click()
    expect(mine.get_by_role("status")).to_contain_text("Đã đăng xuất khỏi máy đó")
    strange.goto("/them/")
    expect(strange.get_by_role("heading", level=1)).to_have_text("Đăng nhập")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("name", "person", "path"),
    [
        ("forgotten", "", "/quen-mat-khau/"),
        ("link-expired", "", "/quen-mat-khau/1/a-b/"),
        ("confirm", "bithu", "/tai-khoan/xac-nhan/"),
        ("change-password", "bithu", "/tai-khoan/mat-khau/"),
        ("sessions-none", "bithu", "/tai-khoan/phien/"),
    ],
)
def test_the_other_pages(open_page, name: str, person: str, path: str, size: str):
    page = open_page(SIZES[size], as_=person)
    page.goto(path)
    page.complaints.clear()  # the expired link answers 410, which the browser notes
    looks_right(page, f"accounts.{name}.{size}")
