"""A copy is compared in the browser: nothing leaves it. Without script the mark stands there to be compared by eye."""

from pathlib import Path

from playwright.sync_api import Page, expect

from portal.files import shelf
from portal.reports.models import Report
from portal.seeding.reports import KNOWN_CODE
from tests.browser.conftest import LAPTOP, PHONE
from tests.browser.measures import looks_right


def a_copy(folder: Path, *, changed: bool = False) -> Path:
    with shelf.open_file(Report.everything.get(code=KNOWN_CODE).pdf.path) as file:
        content = file.read()
    copy = folder / f"{'changed' if changed else 'same'}.pdf"
    copy.write_bytes(content + b"\n" if changed else content)
    return copy


def choose(page: Page, copy: Path) -> None:
    page.get_by_label("Chọn bản PDF đang có").set_input_files(copy)


def test_true_and_changed_are_told_apart_and_nothing_is_sent(open_page, tmp_path: Path):
    page = open_page(PHONE)
    page.goto("/doi-chieu/")
    page.get_by_label("Mã đối chiếu").fill("dema 2345")
    page.get_by_role("button", name="Tìm báo cáo").click()
    page.get_by_role("heading", name="Bản đã ban hành").wait_for()
    expect(page.get_by_label("Chọn bản PDF đang có")).to_be_visible()  # the script has come
    sent: list[str] = []
    page.on("request", lambda request: sent.append(f"{request.method} {request.url}"))
    choose(page, a_copy(tmp_path))
    expect(page.get_by_role("status")).to_contain_text("Đúng bản đã ban hành.")
    looks_right(page, "report-check-same.phone")
    choose(page, a_copy(tmp_path, changed=True))
    expect(page.get_by_role("status")).to_contain_text("Không phải bản đã ban hành.")
    expect(page.get_by_text("Đúng bản đã ban hành.")).to_be_hidden()
    looks_right(page, "report-check-other.phone")
    assert [one for one in sent if not one.startswith("GET ") or "/static/" not in one] == []


def test_without_script_the_mark_stands_there(open_page):
    page = open_page(LAPTOP, javascript=False)
    page.goto(f"/doi-chieu/?ma={KNOWN_CODE}")
    expect(page.get_by_label("Chọn bản PDF đang có")).to_be_hidden()
    mark = page.locator(".checked__mark").inner_text()
    assert "".join(mark.split()) == Report.everything.get(code=KNOWN_CODE).pdf.sha256
