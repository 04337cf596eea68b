"""The roll as its people use it: a correction from asking to answer, filters kept under a name, mending a sheet."""

import re

import pytest
from playwright.sync_api import expect
from python_calamine import CalamineWorkbook

from tests.browser.conftest import LAPTOP, PHONE
from tests.browser.measures import looks_right
from tests.browser.test_member_imports import a_list, bring
from tests.members.imports.makers import sheet

SIZES = {"phone": PHONE, "laptop": LAPTOP}


@pytest.mark.parametrize("size", SIZES)
def test_a_member_asks_and_the_secretary_answers(open_page, size: str):
    own = open_page(SIZES[size], as_="dangvien")
    own.goto("/ho-so-cua-toi/")
    own.get_by_role("link", name="Nghề nghiệp").click()
    own.get_by_label("Xin sửa thành").fill("Cán bộ khuyến nông")
    own.get_by_label("Căn cứ").fill("Quyết định tuyển dụng")
    looks_right(own, f"roll.ask.{size}")
    own.get_by_role("button", name="Gửi đề nghị").click()
    expect(own.get_by_role("main")).to_contain_text("Cán bộ khuyến nông")
    looks_right(own, f"roll.asked.{size}")

    secretary = open_page(SIZES[size], as_="bithu")
    secretary.goto("/to-chuc/3/dang-vien/")
    looks_right(secretary, f"roll.waiting.{size}")
    secretary.get_by_role("link", name="Cán bộ khuyến nông").click()
    secretary.get_by_role("button", name="Trả lời").click()
    expect(secretary.locator(".error-summary")).to_be_focused()
    secretary.get_by_text("Không sửa", exact=True).click()
    secretary.get_by_role("button", name="Trả lời").click()
    expect(secretary.get_by_role("main")).to_contain_text("Ghi vì sao không sửa.")
    looks_right(secretary, f"roll.answer-refused.{size}")
    secretary.get_by_text("Đúng, sửa hồ sơ theo đề nghị").click()
    secretary.get_by_role("button", name="Trả lời").click()
    expect(secretary.get_by_role("main")).to_contain_text("Cán bộ khuyến nông")

    own.goto("/ho-so-cua-toi/")
    expect(own.get_by_role("main")).to_contain_text("Đã sửa")


def test_a_filtered_roll_stands_in_the_address_and_is_kept_under_a_name(open_page):
    page = open_page(LAPTOP, as_="vanphong")
    page.goto("/to-chuc/2/dang-vien/")
    page.get_by_text("Lọc thêm").click()
    page.get_by_label("Giới tính").select_option("female")
    expect(page.locator("#ket-qua")).to_contain_text("Tìm thấy")
    expect(page).to_have_url(re.compile("gioi_tinh=female"))
    page.get_by_label("Lưu bộ lọc này với tên").fill("Đảng viên nữ")
    page.get_by_role("button", name="Lưu bộ lọc").click()
    page.goto("/to-chuc/2/dang-vien/")
    page.get_by_role("link", name="Đảng viên nữ").click()
    expect(page.get_by_label("Giới tính")).to_have_value("female")
    with page.expect_download() as download:
        page.get_by_role("link", name="Xuất danh sách này ra Excel").click()
    rows = CalamineWorkbook.from_path(download.value.path()).get_sheet_by_index(0).to_python()
    found = int(page.locator("#ket-qua p b").first.inner_text().split()[0])
    assert len(rows) - 2 == found
    looks_right(page, "roll.kept.laptop")


@pytest.mark.parametrize("size", SIZES)
def test_wrong_rows_come_back_are_mended_and_taken(open_page, size: str):
    page = open_page(SIZES[size], as_="vanphong")
    page.goto("/to-chuc/2/nhap-dang-vien/")
    bring(page, a_list())
    page.get_by_label("Xem theo kết quả").get_by_role("link", name="Cần sửa").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="dòng cần sửa").click()
    explained, headings, *rows = CalamineWorkbook.from_path(download.value.path()).get_sheet_by_index(0).to_python()
    right = {"31/02/1960": "28/02/1960", "Chi bộ Không Có": "TB001-01"}
    mended = sheet(explained, headings, *([right.get(cell, cell) for cell in row] for row in rows))
    page.goto("/to-chuc/2/nhap-dang-vien/")
    bring(page, {"name": "da-sua.xlsx", "mimeType": "application/octet-stream", "buffer": mended})
    page.get_by_role("button", name="Ghi 2 người mới").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Biên nhận nhập đảng viên")
