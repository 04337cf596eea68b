"""An office brings a list: from the organisation's page to the receipt and back, on a laptop and on a telephone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import LAPTOP, PHONE
from tests.browser.measures import looks_right
from tests.members.imports.makers import HEADINGS, sheet

SIZES = {"phone": PHONE, "laptop": LAPTOP}
NAMES = [
    "Nguyễn Thị Lan",
    "Lý A Páo",
    "Hà Thị Thu",
    "Triệu Văn Phúc",
    "Nông Thị Hạnh Dung",
    "Bàn Văn Sếnh",
    "Vi Thị Thảo",
]


def a_list(job: str = "", headings: list[str] | None = None) -> dict:
    rows = [
        [
            name,
            f"{number + 1:02}/03/1975",
            "Nữ" if "Thị" in name else "Nam",
            f"77000{number}",
            "TB001-01",
            "03/02/2001",
            "03/02/2002",
            job,
        ]
        for number, name in enumerate(NAMES)
    ]
    wrong = [
        ["Trần Văn Sai", "31/02/1960", "Nam", "1", "TB001-01", "", "", ""],
        ["Lò Văn Lạc", "1960", "Nam", "2", "Chi bộ Không Có", "", "", ""],
    ]
    content = sheet(["DANH SÁCH ĐẢNG VIÊN"], headings or [*HEADINGS, "Nghề nghiệp"], *rows, *wrong)
    return {"name": "danh-sach.xlsx", "mimeType": "application/octet-stream", "buffer": content}


def bring(page: Page, file: dict) -> None:
    page.get_by_label("Tệp danh sách").set_input_files(file)
    page.get_by_role("button", name="Kiểm tra bảng").click()


@pytest.mark.parametrize("size", SIZES)
def test_a_list_is_brought_seen_written_and_taken_back(open_page, size: str):
    page = open_page(SIZES[size], as_="vanphong")
    page.goto("/to-chuc/2/")
    page.get_by_role("link", name="Nhập đảng viên từ bảng").click()
    looks_right(page, f"import.first.{size}")
    page.get_by_role("button", name="Kiểm tra bảng").click()
    expect(page.locator(".error-summary")).to_be_focused()
    bring(page, a_list())
    expect(page.get_by_role("heading", level=1)).to_have_text("Xem trước khi ghi")
    looks_right(page, f"import.new.{size}")
    page.get_by_label("Xem theo kết quả").get_by_role("link", name="Cần sửa").click()
    expect(page.get_by_role("main")).to_contain_text("Không có ngày “31/02/1960” trong lịch.")
    looks_right(page, f"import.wrong.{size}")
    page.get_by_role("button", name="Ghi 7 người mới").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Biên nhận nhập đảng viên")
    looks_right(page, f"import.receipt.{size}")
    number = page.get_by_role("main").get_by_text(re.compile(r"NĐV-\S+")).first.inner_text()
    number = re.search(r"NĐV-[\w-]+", number)[0]
    page.goto("/to-chuc/2/nhap-dang-vien/")
    bring(page, a_list(job="Giáo viên"))
    expect(page.get_by_role("main")).to_contain_text("Giáo viên")
    looks_right(page, f"import.changed.{size}")
    page.goto("/to-chuc/2/nhap-dang-vien/")
    looks_right(page, f"import.list.{size}")
    page.get_by_role("link", name=number).click()
    page.get_by_role("button", name="Hoàn tác cả lần nhập").click()
    expect(page.get_by_role("main")).to_contain_text("Đã hoàn tác")
    looks_right(page, f"import.undone.{size}")


@pytest.mark.parametrize("size", SIZES)
def test_strange_columns_are_matched_by_hand(open_page, size: str):
    page = open_page(SIZES[size], as_="vanphong")
    page.goto("/to-chuc/2/nhap-dang-vien/")
    bring(page, a_list(headings=["Đồng chí", "Chào đời", "G", "Thẻ", "Nơi", "KN", "CT", "Việc"]))
    expect(page.get_by_role("heading", level=1)).to_have_text("Ghép cột của bảng")
    page.get_by_role("button", name="Kiểm tra bảng").click()
    expect(page.locator(".error-summary")).to_be_focused()
    looks_right(page, f"import.match.{size}")
    page.get_by_label("Đồng chí").select_option("full_name")
    page.get_by_label("Chào đời").select_option("born_on")
    page.get_by_label("Nơi").select_option("branch")
    page.get_by_role("button", name="Kiểm tra bảng").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Xem trước khi ghi")


@pytest.mark.parametrize("size", SIZES)
def test_who_came_and_who_went(open_page, size: str):
    page = open_page(SIZES[size], as_="vanphong")
    page.goto("/to-chuc/2/tang-giam-dang-vien/")
    looks_right(page, f"changes.{size}")
