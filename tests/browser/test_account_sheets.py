"""An office opens the accounts of its branches from a sheet and prints the slips; the province asks to see persons."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import LAPTOP, PHONE
from tests.browser.measures import looks_right, picture, wait_until_at_rest

SIZES = {"phone": PHONE, "laptop": LAPTOP}
NAMES = ["Nguyễn Thị Lan", "Lý A Páo", "Hà Thị Thu", "Triệu Văn Phúc", "Nông Thị Hạnh Dung", "Bàn Văn Sếnh", "Vi Thị Thảo",
         "Hoàng Văn Thái", "Sùng Seo Lử", "Đặng Thị Minh Nguyệt"]  # fmt: skip


def pasted() -> str:
    rows = [f"{name}\t09123456{number:02}\tĐảng viên\tTB001-01" for number, name in enumerate(NAMES)]
    wrong = ["Trần Văn Sai\t123\tTrưởng thôn\tthôn Không Có", "Lò Văn Thịnh\t\tBí thư\tTB001-01"]
    return "\n".join(["Họ và tên\tSĐT\tChức vụ\tMã chi bộ", *rows, *wrong])


@pytest.mark.parametrize("size", SIZES)
def test_from_the_organisation_page_to_printed_slips(open_page, size: str):
    page = open_page(SIZES[size], as_="vanphong")
    page.goto("/to-chuc/2/")
    page.get_by_role("link", name="Cấp tài khoản từ bảng").click()
    page.get_by_role("button", name="Kiểm tra bảng").click()
    expect(page.locator(".error-summary")).to_be_focused()
    looks_right(page, f"account-sheet.error.{size}")
    page.get_by_label("Hoặc dán từ Excel").fill(pasted())
    page.get_by_role("button", name="Kiểm tra bảng").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Xem trước khi cấp")
    looks_right(page, f"account-sheet.checked.{size}")
    page.get_by_text("Sửa ngay tại đây").click()
    expect(page.get_by_label("Bảng đã đọc")).to_have_value(pasted_again())
    looks_right(page, f"account-sheet.mending.{size}")
    page.get_by_role("button", name="Cấp cho 10 dòng đúng").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Phiếu tài khoản")
    expect(page.get_by_role("main")).to_contain_text("nguyetdtm")
    looks_right(page, f"slips.{size}")
    page.emulate_media(media="print")
    expect(page.locator(".slips-notes").first).to_be_hidden()
    picture(page, f"slips.print.{size}")


def pasted_again() -> str:
    """All columns there are, every line with its number."""
    _, *rows = [line.split("\t") for line in pasted().split("\n")]
    lines = [[name, phone, "", role, "", code] for name, phone, role, code in rows]
    titles = ["Họ và tên", "Số điện thoại", "Thư điện tử", "Vai trò", "Chi bộ", "Mã"]
    return "\n".join("\t".join(cells) for cells in [titles, *lines]) + "\n"


def test_eight_slips_lie_on_a_sheet_of_paper(open_page):
    page = open_page(LAPTOP, as_="vanphong")
    page.goto("/to-chuc/2/cap-tai-khoan/tu-bang/")
    page.get_by_label("Hoặc dán từ Excel").fill(pasted())
    page.get_by_role("button", name="Kiểm tra bảng").click()
    page.get_by_role("button", name="Cấp cho 10 dòng đúng").click()
    expect(page.locator(".slips__slip")).to_have_count(10)
    page.emulate_media(media="print")
    wait_until_at_rest(page)
    cut_off = page.evaluate(
        "[...document.querySelectorAll('.slips__slip')].filter(e => e.scrollHeight > e.clientHeight + 1).length"
    )
    assert cut_off == 0
    paper = page.pdf(prefer_css_page_size=True)
    assert paper.count(b"/Type /Page\n") == 2


def test_a_second_click_is_not_sent(open_page):
    page = open_page(LAPTOP, as_="vanphong")
    page.goto("/to-chuc/2/cap-tai-khoan/tu-bang/")
    page.get_by_label("Hoặc dán từ Excel").fill(pasted())
    page.get_by_role("button", name="Kiểm tra bảng").click()
    page.wait_for_load_state()  # the script that holds the second click back is there
    page.get_by_role("button", name="Cấp cho 10 dòng đúng").dblclick()
    expect(page.get_by_role("heading", level=1)).to_have_text("Phiếu tài khoản")
    expect(page.locator(".slips__slip")).to_have_count(10)


@pytest.mark.parametrize("size", SIZES)
def test_the_province_asks_and_the_branch_sees_it(open_page, size: str):
    page = open_page(SIZES[size], as_="bantochuc")
    page.goto("/to-chuc/3/")
    page.get_by_role("link", name="Xin xem hồ sơ").click()
    page.get_by_label("Lý do xem").fill("gấp")
    page.get_by_role("button", name="Ghi lý do và xem").click()
    expect(page.locator(".error-summary")).to_be_focused()
    expect(page.get_by_label("Lý do xem")).to_have_value("gấp")
    looks_right(page, f"ask.error.{size}")
    page.get_by_label("Lý do xem").fill("Kiểm tra hồ sơ kết nạp theo Kế hoạch 12-KH/TU")
    page.get_by_role("button", name="Ghi lý do và xem").click()
    expect(page.get_by_role("status")).to_contain_text("Đã ghi vào sổ truy cập")
    looks_right(page, f"ask.open.{size}")
    secretary = open_page(SIZES[size], as_="bithu")
    for name, path in [("onlookers", "ai-duoc-xem-gi"), ("traces", "so-truy-cap")]:
        secretary.goto(f"/to-chuc/3/{path}/")
        expect(secretary.get_by_role("main")).to_contain_text("Kiểm tra hồ sơ kết nạp theo Kế hoạch 12-KH/TU")
        looks_right(secretary, f"ask.{name}.{size}")
    page.get_by_role("button", name="Kết thúc sớm").click()
    expect(page.get_by_role("main")).to_contain_text("Kết thúc sớm ngày")
    looks_right(page, f"ask.ended.{size}")
