"""A long sheet on the screen: its bar moves by itself and ends on the preview, on the receipt, or on why not."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from members.imports import bringing
from members.models import Import
from portal.jobs.models import Job, State
from portal.jobs.services.running import run
from tests.browser.test_member_imports import SIZES, a_list, bring, looks_right

BRING = "/to-chuc/2/nhap-dang-vien/"


@pytest.fixture(autouse=True)
def long_is_more_than_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bringing, "MOST_AT_ONCE", 1)


def set_job(**facts: object) -> None:
    Job.everything.filter(pk=Import.everything.latest("pk").job_id).update(**facts)


def begun(**facts: object) -> None:
    now = timezone.now()
    set_job(state="running", token=1, attempts=1, started_at=now, heartbeat_at=now, **facts)


def worked() -> None:
    """What a worker does with it; the rows of another attempt are gone with it."""
    set_job(state="waiting", done=0, total=0)
    run(Import.everything.latest("pk").job_id)


def heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


@pytest.mark.parametrize("size", SIZES)
def test_from_the_upload_to_the_receipt_and_back(open_page, size: str):
    page = open_page(SIZES[size], as_="vanphong")
    page.goto(BRING)
    bring(page, a_list())
    heading(page, "Kiểm tra bảng đảng viên")
    looks_right(page, f"import.long.queued.{size}")
    begun(done=37_000, total=100_000, sentence="Đang kiểm tra 37.000/100.000 dòng")
    expect(page.get_by_text("Đang kiểm tra 37.000/100.000 dòng")).to_be_visible()
    looks_right(page, f"import.long.checking.{size}")
    worked()
    heading(page, "Xem trước khi ghi")
    page.get_by_role("button", name="Ghi 7 người mới").click()
    heading(page, "Nhập đảng viên từ bảng")
    begun(done=3, total=9, sentence="Đang ghi tình trạng")
    expect(page.get_by_text("Đang ghi tình trạng")).to_be_visible()
    looks_right(page, f"import.long.writing.{size}")
    set_job(state="waiting")
    expect(page.get_by_text("việc sẽ được làm lại từ đầu")).to_be_visible()
    looks_right(page, f"import.long.lost.{size}")
    worked()
    heading(page, "Biên nhận nhập đảng viên")
    page.get_by_role("button", name="Hoàn tác cả lần nhập").click()
    heading(page, "Hoàn tác một lần nhập đảng viên")
    worked()
    expect(page.get_by_role("main")).to_contain_text("Đã hoàn tác")


@pytest.mark.parametrize("size", SIZES)
def test_stopped_failed_and_what_moved_are_told(open_page, size: str):
    page = open_page(SIZES[size], as_="vanphong")
    page.goto(BRING)
    bring(page, a_list())
    page.get_by_role("button", name="Dừng lại").click()
    heading(page, "Ghép cột của bảng")
    expect(page.get_by_role("main")).to_contain_text("Kiểm tra bảng đảng viên: đã dừng theo yêu cầu.")
    looks_right(page, f"import.long.stopped.{size}")
    page.get_by_role("button", name="Kiểm tra bảng").click()
    heading(page, "Kiểm tra bảng đảng viên")
    worked()
    heading(page, "Xem trước khi ghi")
    page.get_by_role("button", name="Ghi 7 người mới").click()
    now = timezone.now()
    set_job(state=State.FAILED, error="Máy chủ dừng giữa chừng 3 lần khi làm việc này. Gọi văn phòng Đảng ủy xã, đọc mã ABCD-1234",
            finished_at=now, expires_at=now + timedelta(days=7))  # fmt: skip
    expect(page.get_by_role("main")).to_contain_text("Nhập đảng viên từ bảng: không xong.")
    looks_right(page, f"import.long.failed.{size}")


def test_without_scripts_the_page_is_loaded_again_by_hand(open_page):
    page = open_page(SIZES["phone"], as_="vanphong", javascript=False)
    page.goto(BRING)
    bring(page, a_list())
    heading(page, "Kiểm tra bảng đảng viên")
    worked()
    page.get_by_role("link", name="tải lại").click()
    heading(page, "Xem trước khi ghi")
