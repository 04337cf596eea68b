"""Short stories, told by role and label, as people use the portal."""

import re

from playwright.sync_api import expect

from portal.seeding.demo import DEMO_PASSWORD
from tests.browser.conftest import LAPTOP, PHONE
from tests.browser.measures import picture


def test_a_secretary_signs_in_on_a_phone_after_one_mistake(open_page):
    page = open_page(PHONE)
    page.goto("/")
    page.get_by_label("Tên đăng nhập").fill("BiThu")
    page.get_by_label("Mật khẩu").fill("nhầm")
    page.get_by_role("button", name="Đăng nhập").click()
    summary = page.locator(".error-summary")
    expect(summary).to_be_focused()
    expect(page).to_have_title("Lỗi: Đăng nhập – Cổng sinh hoạt chi bộ")
    expect(page.get_by_label("Tên đăng nhập")).to_have_value("BiThu")
    picture(page, "sign-in.error.phone")
    page.get_by_label("Mật khẩu").fill(DEMO_PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Việc của tôi")
    page.get_by_role("navigation", name="Các mục chính").get_by_role("link", name="Thêm").click()
    page.get_by_role("main").get_by_role("button", name="Đăng xuất").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đăng nhập")


def test_the_glossary_answers_while_one_types(open_page):
    page = open_page(PHONE, as_="bithu")
    page.goto("/tro-giup/thuat-ngu/")
    page.get_by_label("Tìm thuật ngữ").press_sequentially("huy hieu")
    expect(page.locator("dt")).to_have_text(["Huy hiệu Đảng"])
    expect(page).to_have_url(re.compile(r"/tro-giup/thuat-ngu/\?tim=huy(%20|\+)hieu$"))
    expect(page.locator(".htmx-settling, .htmx-added")).to_have_count(0)
    after_swap = page.locator("#ket-qua").inner_html()
    page.reload()
    assert page.locator("#ket-qua").inner_html() == after_swap


def test_the_glossary_works_without_javascript(open_page):
    page = open_page(PHONE, as_="bithu", javascript=False)
    page.goto("/tro-giup/thuat-ngu/")
    page.get_by_label("Tìm thuật ngữ").fill("huy hieu")
    page.get_by_role("button", name="Tìm").click()
    expect(page.locator("dt")).to_have_text(["Huy hiệu Đảng"])


def test_an_administrator_writes_mends_removes_and_puts_back_a_word(open_page):
    page = open_page(LAPTOP, as_="quantri")
    page.goto("/tro-giup/thuat-ngu/")
    page.get_by_role("link", name="Thêm thuật ngữ").click()
    page.get_by_role("button", name="Lưu thuật ngữ").click()
    expect(page.locator(".error-summary")).to_be_focused()
    page.locator(".error-summary a").first.click()
    expect(page.get_by_label("Thuật ngữ")).to_be_focused()
    page.get_by_label("Thuật ngữ").fill("Ban công tác mặt trận")
    page.get_by_label("Nghĩa là").fill("Tổ chức của Mặt trận ở thôn.")
    page.get_by_role("button", name="Lưu thuật ngữ").click()
    expect(page.get_by_role("status")).to_contain_text("Đã thêm thuật ngữ “Ban công tác mặt trận”.")
    page.get_by_role("link", name="Sửa thuật ngữ Ban công tác mặt trận").click()
    page.get_by_label("Nghĩa là").fill("Tổ chức của Mặt trận ở thôn, tổ dân phố.")
    page.get_by_role("button", name="Lưu thuật ngữ").click()
    expect(page.locator("main")).to_contain_text("tổ dân phố.")
    page.get_by_role("link", name="Sửa thuật ngữ Ban công tác mặt trận").click()
    page.get_by_role("button", name="Bỏ thuật ngữ này").click()
    page.get_by_role("button", name="Đưa trở lại").click()
    expect(page.locator("dt", has_text="Ban công tác mặt trận")).to_have_count(1)


def test_larger_letters_before_and_after_sign_in(open_page):
    page = open_page(PHONE)
    page.goto("/dang-nhap/")
    page.get_by_role("button", name="Cỡ chữ lớn", exact=True).last.click()
    expect(page.locator("html")).to_have_attribute("data-text", "125")
    expect(page).to_have_url(page.url.split("/dang-nhap/")[0] + "/dang-nhap/")


def test_without_a_network_there_is_a_page_that_says_so(open_page):
    page = open_page(PHONE, as_="bithu")
    page.goto("/")
    page.evaluate(
        "navigator.serviceWorker.ready.then(r => new Promise(done => {"
        "const w = r.active; if (w.state === 'activated') done(); else w.addEventListener('statechange', () => done())}))"
    )
    page.context.set_offline(True)
    page.goto("/tro-giup/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("mất mạng")
    picture(page, "offline.really.phone")
    page.context.set_offline(False)
    page.get_by_role("link", name="Thử lại").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Trợ giúp")
    page.complaints.clear()  # of having had no network


def test_an_office_opens_an_account_and_prints_its_slip(open_page):
    page = open_page(LAPTOP, as_="vanphong")
    page.goto("/to-chuc/3/")
    page.get_by_role("link", name="Cấp tài khoản", exact=True).click()
    page.get_by_label("Họ và tên").fill("Nguyễn Thị Lan")
    page.get_by_label("Thư ký chi bộ").check()
    page.get_by_role("main").get_by_role("button", name="Cấp tài khoản").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Phiếu tài khoản")
    expect(page.get_by_role("main")).to_contain_text("lannt")
    expect(page.get_by_role("button", name="In phiếu")).to_be_visible()
    picture(page, "slip.laptop")
    page.emulate_media(media="print")
    picture(page, "slip.print")
    page.emulate_media(media="screen")
    page.get_by_role("link", name="Về trang tổ chức").click()
    expect(page.get_by_role("main")).to_contain_text("Nguyễn Thị Lan")


def test_one_switches_between_capacities(open_page):
    page = open_page(PHONE, as_="vanphong")
    page.goto("/to-chuc/3/giao-vai-tro/")
    page.get_by_label("Tên đăng nhập của người nhận vai trò").fill("danguyvien")
    page.get_by_label("Bí thư, phó bí thư chi bộ").check()
    page.get_by_role("main").get_by_role("button", name="Giao vai trò").click()
    expect(page.get_by_role("status")).to_contain_text("Đã giao vai trò")
    other = open_page(PHONE, as_="danguyvien")
    other.goto("/")
    other.locator(".account summary").click()
    other.locator(".account").get_by_role("button", name="Bí thư, phó bí thư chi bộ").click()
    other.wait_for_load_state()
    other.locator(".account summary").click()
    expect(other.locator(".account").get_by_role("button", name="Bí thư, phó bí thư chi bộ")).to_have_attribute(
        "aria-pressed", "true"
    )
    picture(other, "capacity.phone", whole=False)
