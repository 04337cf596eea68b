"""Long work on the screen: it moves by itself, nothing is lost without scripts, and the keyboard keeps its place."""

import re
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from playwright.sync_api import expect

from portal.access.actor import Actor
from portal.accounts.models import Account
from portal.files.kinds import Kind
from portal.files.services.storing import store_file
from portal.jobs.doors import DOOR
from portal.jobs.models import Job, State
from portal.jobs.services.asking import ask_for
from tests.browser.conftest import LAPTOP, PHONE
from tests.browser.measures import picture, too_small, too_wide, violations
from tests.jobs import kinds  # noqa: F401  registers the kinds of tests

LIST = "/tep-cua-toi/"


def ask(title: str, *, by: str = "vanphong", minutes_ago: int = 0, **facts: object) -> Job:
    job = ask_for("tests.write", by=Actor.today(Account.objects.get(username=by)), title=title)
    then = timezone.now() - timedelta(minutes=minutes_ago)
    claimed = {"token": 1, "attempts": 1, "started_at": then, "heartbeat_at": then} if facts else {}
    ended = (
        {"finished_at": then, "expires_at": then + timedelta(days=7)} if facts and facts["state"] != "running" else {}
    )
    Job.everything.filter(pk=job.pk).update(created_at=then, **claimed | ended | facts)
    return job


def every_state() -> Job:
    """Five rows, oldest first; gives the one that runs."""
    actor = Actor.today(Account.objects.get(username="vanphong"))
    sheet = ContentFile("Họ và tên;Chi bộ\n".encode() * 900, name="Danh sách đảng viên xã.csv")
    file = store_file(sheet, kinds={Kind.CSV}, by=actor, door=DOOR)
    error = "Dòng 14 thiếu tên chi bộ. Hãy sửa trong bảng rồi nhập lại."
    ask("Xuất bảng điểm danh quý III", minutes_ago=300, state=State.CANCELLED)
    ask("Nhập danh sách đảng viên của 12 chi bộ", minutes_ago=200, state=State.FAILED, error=error)
    done = {"told": "Có 412 đảng viên của 12 chi bộ", "result": file, "link": "/to-chuc/"}
    ask("Danh sách đảng viên toàn xã", minutes_ago=90, state=State.DONE, **done)
    sentence = "Đang lập 37/120 chi bộ"
    running = ask("Báo cáo năm của 120 chi bộ", minutes_ago=2, state="running", done=37, total=120, sentence=sentence)
    ask("Báo cáo quý của Đảng ủy xã")
    return running


def finish(job: Job) -> None:
    now = timezone.now()
    Job.everything.filter(pk=job.pk).update(
        state=State.DONE, told="Đã lập 120 chi bộ", finished_at=now, expires_at=now + timedelta(days=7)
    )


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_every_state_fits_reads_and_can_be_touched(open_page, size):
    page = open_page(size, as_="vanphong")
    name = "phone" if size is PHONE else "laptop"
    running = every_state()
    for path, shown in [
        (LIST, "jobs"),
        (f"{LIST}{running.pk}/", "job.running"),
        (f"{LIST}{running.pk - 1}/", "job.done"),
    ]:
        page.goto(path)
        picture(page, f"{shown}.{name}")
        assert (violations(page), too_wide(page)) == ([], [])
        if size is PHONE:
            assert too_small(page) == []


def test_the_row_moves_by_itself_and_the_page_is_then_as_after_a_reload(open_page):
    page = open_page(LAPTOP, as_="vanphong")
    running = every_state()
    page.goto(LIST)
    other = page.locator(".job", has_text="Danh sách đảng viên toàn xã")
    other.evaluate("row => row.dataset.untouched = 'yes'")
    Job.everything.filter(pk=running.pk).update(done=38, sentence="Đang lập 38/120 chi bộ")
    expect(page.get_by_text("Đang lập 38/120 chi bộ")).to_be_visible()
    finish(running)
    expect(page.get_by_text("Đã lập 120 chi bộ")).to_be_visible()
    assert other.get_attribute("data-untouched") == "yes"  # one row was fetched, not the list
    swapped = shape(page)
    page.reload()
    assert shape(page) == swapped


def test_the_page_of_one_job_says_when_it_is_over(open_page):
    page = open_page(PHONE, as_="vanphong")
    running = ask("Báo cáo năm", state="running", done=1, total=2, sentence="Đang lập 1/2 chi bộ")
    page.goto(f"{LIST}{running.pk}/")
    expect(page.get_by_text("Có thể rời trang này.")).to_be_visible()
    finish(running)
    expect(page.get_by_text("Có thể rời trang này.")).to_have_count(0)
    swapped = shape(page)
    page.reload()
    assert shape(page) == swapped


def test_the_keyboard_keeps_its_place_while_the_row_is_fetched_anew(open_page):
    page = open_page(LAPTOP, as_="vanphong")
    running = ask("Báo cáo năm", state="running", done=1, total=9, sentence="Đang lập 1/9 chi bộ")
    page.goto(LIST)
    stop = page.get_by_role("button", name="Dừng lại")
    stop.focus()
    Job.everything.filter(pk=running.pk).update(done=5, sentence="Đang lập 5/9 chi bộ")
    expect(page.get_by_text("Đang lập 5/9 chi bộ")).to_be_visible()
    expect(stop).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Đang dừng lại")).to_be_visible()


def test_without_scripts_a_reload_shows_how_far_it_is(open_page):
    page = open_page(PHONE, as_="vanphong", javascript=False)
    running = ask("Báo cáo năm", state="running", done=1, total=9, sentence="Đang lập 1/9 chi bộ")
    page.goto(f"{LIST}{running.pk}/")
    expect(page.get_by_text("không thấy đổi thì tải lại")).to_be_visible()
    Job.everything.filter(pk=running.pk).update(done=5, sentence="Đang lập 5/9 chi bộ")
    page.reload()
    expect(page.get_by_text("Đang lập 5/9 chi bộ")).to_be_visible()
    page.get_by_role("button", name="Dừng lại").click()
    expect(page.get_by_text("Đang dừng việc này.")).to_be_visible()


def shape(page) -> str:
    """What the page holds, without the token of its forms and the marks of htmx."""
    html = page.locator(".page").inner_html()
    html = re.sub(r'csrfmiddlewaretoken" value="[^"]+"| class="[^"]*"| data-untouched="yes"', "", html)
    return re.sub(r"\s+", " ", html)
