"""Passkeys with a real browser and a device that exists only in it; and the pages where there is none."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from portal.access.actor import Actor
from portal.accounts.models import Account
from portal.accounts.services.second_factor import set_up_second_factor
from portal.seeding.demo import DEMO_PASSWORD
from tests.accounts.conftest import SECRET, code_now
from tests.browser.conftest import LAPTOP, PHONE
from tests.browser.measures import looks_right
from tests.browser.test_accounts import SIZES, sign_in

SETUP = "/tai-khoan/hai-lop/"


def give_device(page: Page) -> None:
    """As a telephone with a fingerprint: it says yes to every question."""
    browser = page.context.new_cdp_session(page)
    browser.send("WebAuthn.enable")
    about = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    browser.send("WebAuthn.addVirtualAuthenticator", {"options": about | {"isUserVerified": True}})


def add(page: Page, name: str = "") -> None:
    page.goto(SETUP)
    page.get_by_role("link", name="Thêm khóa truy cập").click()
    page.get_by_label("Tên khóa").fill(name)
    page.get_by_role("button", name="Thêm khóa truy cập").click()


@pytest.mark.parametrize("size", SIZES)
def test_a_passkey_is_added_used_and_removed(open_page, size: str):
    page = open_page(SIZES[size])
    give_device(page)
    sign_in(page, "bithu", DEMO_PASSWORD)
    page.goto(SETUP)
    expect(page.get_by_text("Cách nhanh: khóa truy cập")).to_be_visible()
    looks_right(page, f"accounts.setup-with-passkeys.{size}")
    page.get_by_role("link", name="Thêm khóa truy cập").click()
    looks_right(page, f"accounts.passkey-add.{size}")
    add(page, "Điện thoại của tôi")
    expect(page.get_by_role("heading", level=1)).to_have_text("Mã dự phòng")
    page.goto(SETUP)
    expect(page.get_by_role("heading", name="Khóa truy cập “Điện thoại của tôi”")).to_be_visible()
    looks_right(page, f"accounts.second-factor-passkey.{size}")
    page.goto("/tai-khoan/")
    looks_right(page, f"accounts.account-history.{size}")
    page.get_by_role("main").get_by_role("button", name="Đăng xuất").click()
    sign_in(page, "bithu", DEMO_PASSWORD)
    expect(page.get_by_role("heading", level=1)).to_have_text("Xác thực hai lớp")
    looks_right(page, f"accounts.step-passkey.{size}")
    page.get_by_role("button", name="Dùng khóa truy cập").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Việc của tôi")
    page.goto(SETUP)
    page.get_by_role("button", name="Bỏ khóa truy cập").click()
    expect(page.get_by_role("status")).to_contain_text("Xác thực hai lớp đã tắt")


def test_a_device_that_says_no_and_one_that_has_a_key_already_are_told_in_our_words(open_page):
    page = open_page(PHONE)
    give_device(page)
    sign_in(page, "bithu", DEMO_PASSWORD)
    add(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Mã dự phòng")
    add(page)
    expect(page.get_by_role("alert")).to_contain_text("Máy này đã có khóa rồi.")
    looks_right(page, "accounts.passkey-known.phone")
    other = open_page(PHONE)
    sign_in(other, "bithu", DEMO_PASSWORD)
    browser = other.context.new_cdp_session(other)
    browser.send("WebAuthn.enable")
    # another device, which does not know the key
    about = {"protocol": "ctap2", "transport": "internal", "hasUserVerification": True, "isUserVerified": False}
    browser.send("WebAuthn.addVirtualAuthenticator", {"options": about})
    other.get_by_role("button", name="Dùng khóa truy cập").click()
    expect(other.get_by_role("alert")).to_contain_text("Chưa dùng được khóa truy cập.")
    looks_right(other, "accounts.step-passkey-none.phone")


def test_a_stale_question_is_answered_in_words_and_the_next_try_works(open_page):
    page = open_page(LAPTOP)
    give_device(page)
    sign_in(page, "bithu", DEMO_PASSWORD)
    page.goto(f"{SETUP}khoa/")
    page.get_by_label("Tên khóa").fill("Máy bàn")
    page.context.request.get(f"{SETUP}khoa/")  # opened in a second tab: the question of the first no longer holds
    page.get_by_role("button", name="Thêm khóa truy cập").click()
    expect(page.locator(".error-summary")).to_contain_text("Cổng chưa nhận được khóa truy cập này")
    expect(page.get_by_label("Tên khóa")).to_have_value("Máy bàn")
    looks_right(page, "accounts.passkey-stale.laptop")
    page.get_by_role("button", name="Thêm khóa truy cập").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mã dự phòng")


@pytest.mark.parametrize("how", ["no script", "numeric address", "old browser"])
def test_where_there_are_none_nothing_is_offered_and_nothing_is_broken(open_page, portal: str, how: str):
    page = open_page(PHONE, javascript=how != "no script")
    if how == "old browser":
        page.add_init_script("delete window.PublicKeyCredential")
    if how == "numeric address":
        page.goto(f"{portal.replace('localhost', '127.0.0.1')}/dang-nhap/")
        page.get_by_label("Tên đăng nhập").fill("bithu")
        page.get_by_label("Mật khẩu").fill(DEMO_PASSWORD)
        page.get_by_role("button", name="Đăng nhập").click()
    else:
        sign_in(page, "bithu", DEMO_PASSWORD)
    here = page.url.split("/", 3)
    page.goto("/".join(here[:3]) + SETUP)
    expect(page.get_by_role("heading", name="1. Cài ứng dụng xác thực")).to_be_visible()
    expect(page.get_by_role("link", name="Thêm khóa truy cập")).to_be_hidden()
    page.goto("/".join(here[:3]) + f"{SETUP}khoa/")
    expect(page.get_by_text("Ở đây chưa dùng được khóa truy cập.")).to_be_visible()
    expect(page.get_by_role("button", name="Thêm khóa truy cập")).to_be_hidden()
    if how != "no script":
        looks_right(page, f"accounts.passkey-{how.replace(' ', '-')}.phone")


@pytest.mark.parametrize("size", SIZES)
def test_an_office_takes_a_lost_second_factor_away(open_page, size: str):
    page = open_page(SIZES[size], as_="vanphong")
    thinh = Account.objects.get(username="bithu")
    set_up_second_factor(thinh, secret=SECRET, code=code_now(SECRET), by=Actor(thinh))
    page.goto("/to-chuc/3/")
    looks_right(page, f"accounts.grants-with-factor.{size}")
    page.get_by_role("link", name="Gỡ xác thực hai lớp của Lò Văn Thịnh").click()
    looks_right(page, f"accounts.remove-lost.{size}")
    page.get_by_role("button", name="Gỡ xác thực hai lớp").click()
    expect(page.get_by_role("status")).to_contain_text("Đã gỡ xác thực hai lớp của đ/c Lò Văn Thịnh.")
    theirs = open_page(SIZES[size])
    sign_in(theirs, "bithu", DEMO_PASSWORD)
    expect(theirs.get_by_role("status")).to_contain_text("Văn phòng đã gỡ xác thực hai lớp của đồng chí")
    looks_right(theirs, f"accounts.told-at-sign-in.{size}")
    expect(theirs.get_by_role("status")).to_contain_text(f"{timezone.localdate():%d/%m/%Y}")
