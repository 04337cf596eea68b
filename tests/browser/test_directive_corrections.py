"""An office corrects what it marked, and strikes a secret paper off the register."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import LAPTOP, PHONE
from tests.browser.test_books import fits, go, press, said
from tests.browser.test_directives import enter_the_plan


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_an_office_corrects_what_it_marked(open_page, size: dict[str, int]):
    name = "phone" if size is PHONE else "laptop"
    page = open_page(size, as_="vanphong")
    enter_the_plan(page)
    page.locator("#toan-van").get_by_role("link", name="Lấy đoạn này").first.click()
    press(page, "Ghi việc này")
    fits(page, f"take-apart-one.{name}")
    with page.expect_navigation():
        page.locator("#viec .duty").get_by_role("link", name="Sửa").click()
    page.get_by_label("Nguyên văn").fill("không đúng nguyên văn")
    press(page, "Lưu")
    expect(page.get_by_text("Lời văn phải đúng từng chữ").first).to_be_visible()
    fits(page, f"obligation-correct-refused.{name}")
    page.get_by_label("Nguyên văn").fill("tránh hình thức")
    page.get_by_label("Quy định, mức").check()
    press(page, "Lưu")
    said(page, "Đã sửa VB")
    expect(page.locator(".duty__words")).to_have_text("tránh hình thức")
    fits(page, f"document-corrected.{name}")
    with page.expect_navigation():
        page.locator("#viec .duty").get_by_role("link", name="Sửa").click()
    fits(page, f"obligation-correct.{name}")
    press(page, "Bỏ việc này")
    said(page, "Đã bỏ VB")


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_an_office_strikes_a_secret_paper_off_the_register(open_page, size: dict[str, int]):
    name = "phone" if size is PHONE else "laptop"
    page = open_page(size, as_="vanphong")
    page.goto("/van-ban/mat/")
    page.get_by_label("Số, ký hiệu").fill("05-BC/ĐU")
    page.get_by_label("Tối mật").check()
    press(page, "Đăng ký")
    fits(page, f"secret.{name}")
    go(page, "Gạch khỏi sổ")
    page.get_by_label("Đăng ký hai lần").check()
    fits(page, f"secret-strike.{name}")
    press(page, "Gạch khỏi sổ")
    said(page, "Đã gạch văn bản mật số 05-BC/ĐU khỏi sổ.")
    fits(page, f"secret-struck.{name}")
    page.goto("/van-ban/?tim=05-BC")
    expect(page.get_by_text("05-BC/ĐU")).to_have_count(0)
