"""Hands are quicker than the network: what is marked before the scripts came, or written a moment before one leaves, arrives."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import time

import pytest
from playwright.sync_api import Page, Route, expect

from portal.reports.models import Words
from tests.browser.conftest import HELD, LAPTOP, PHONE
from tests.browser.hall import a_meeting
from tests.browser.test_comforts import wait_until
from tests.browser.test_jobs import LIST, ask
from tests.browser.test_reports import a_draft, part_of
from tests.browser.test_tree import communes


@contextmanager
def without(page: Page, script: str) -> Iterator[list[Route]]:
    """What happens within happens before this is there; the list says when it was asked for."""
    held: list[Route] = []
    page.route(script, lambda route: held.append(route))  # noqa: PLW0108  a built-in has no place to note it
    yield held
    wait_until(page, lambda: held)
    for route in held:
        route.continue_()
    page.unroute(script)


def test_who_is_marked_before_the_script_came_is_saved(open_page):
    meeting = a_meeting(16)
    page = open_page(PHONE, as_="bithu", **HELD)
    with without(page, "**/js/log*.js"):
        page.goto(f"/hop/{meeting.pk}/so/?phan=thoi-gian", wait_until="commit")
        page.get_by_label("Bắt đầu").first.fill("14:05")
        page.locator('[data-log-part="diem-danh"] > summary').tap()
        page.locator('[data-log-item^="attendance:"]').first.locator(".seg__opt").first.tap()
    expect(page.locator('[data-log-state="saved"]')).to_contain_text("Đã lưu")
    expect(page.locator("[data-log-tally] [data-count=came]").first).to_have_text("1")
    assert meeting.attendances.counts()["present"] == 1
    meeting.refresh_from_db()
    assert meeting.started_at == time(14, 5)


def test_a_part_of_a_report_that_was_written_before_the_script_came_is_saved(open_page):
    report = a_draft("chi-bo-thang", "bithu")
    page = open_page(LAPTOP, as_="bithu", **HELD)
    with without(page, "**/js/report*.js"):
        page.goto(f"/bao-cao/{report.pk}/", wait_until="commit")
        part_of(page, "proposals").get_by_role("textbox").type("Đề nghị sửa nhà văn hóa thôn.")
    expect(part_of(page, "proposals").get_by_text("Đã lưu")).to_be_visible()
    assert Words.everything.get(report=report, part="proposals").words == "Đề nghị sửa nhà văn hóa thôn."


def test_what_was_kept_of_last_time_is_not_lost_by_a_letter_typed_early(open_page):
    report = a_draft("chi-bo-thang", "bithu")
    page = open_page(LAPTOP, as_="bithu", **HELD)
    page.goto(f"/bao-cao/{report.pk}/")
    page.locator("form[data-report-ready]").wait_for()
    text = part_of(page, "proposals").get_by_role("textbox")
    page.context.set_offline(True)
    text.fill("Đề nghị sửa nhà văn hóa thôn.")
    expect(part_of(page, "proposals").get_by_text("Mất mạng")).to_be_visible()
    page.route("**/viet/", lambda route: route.abort())
    page.context.set_offline(False)
    with without(page, "**/js/report*.js"):
        page.reload(wait_until="commit")
        text.type("Và sửa đường.")
    page.unroute("**/viet/")
    expect(part_of(page, "proposals").get_by_text("Đã lưu")).to_be_visible(timeout=30_000)
    words = Words.everything.get(report=report, part="proposals").words
    assert words.startswith("Đề nghị sửa nhà văn hóa thôn.")
    assert words.endswith("Và sửa đường.")
    page.complaints.clear()  # of having had no network


def test_who_hands_a_report_over_hands_over_its_last_word(open_page):
    report = a_draft("chi-bo-thang", "bithu")
    page = open_page(LAPTOP, as_="bithu")
    page.goto(f"/bao-cao/{report.pk}/")
    page.locator("form[data-report-ready]").wait_for()
    part_of(page, "proposals").get_by_role("textbox").fill("Đề nghị sửa nhà văn hóa thôn.")
    page.locator("#trinh-duyet").get_by_role("button").click()
    expect(page.get_by_text("Đã trình duyệt.")).to_be_visible()
    assert Words.everything.get(report=report, part="proposals").words == "Đề nghị sửa nhà văn hóa thôn."


@pytest.mark.parametrize("leaves", [False, True])
def test_what_is_written_while_the_next_task_is_kept_stays(open_page, leaves: bool):
    page = open_page(LAPTOP, as_="bithu", **HELD)
    page.goto("/to-chuc/3/nhiem-vu/?nam=2027")
    page.get_by_role("button", name="Lập dự kiến theo mẫu").click()
    expect(page.get_by_text("Đã lập dự kiến")).to_be_visible()
    page.wait_for_load_state()
    person, held = page.locator("section.tasks").nth(1), []
    page.route(
        "**/nhiem-vu/**", lambda route: held.append(route) if route.request.method == "POST" else route.continue_()
    )
    person.get_by_label("Thêm nhiệm vụ").fill("Phụ trách loa truyền thanh thôn")
    first = person.get_by_label("Nhiệm vụ 1")
    first.focus()
    first.press("End")
    page.keyboard.type(", sổ sách")
    words = first.input_value()
    assert words.endswith(", sổ sách")
    if leaves:
        first.press("Tab")
    held[0].continue_()
    page.unroute("**/nhiem-vu/**")
    expect(person.get_by_label("Nhiệm vụ 5")).to_have_value("Phụ trách loa truyền thanh thôn")
    expect(first).to_have_value(words)
    if not leaves:
        expect(first).to_be_focused()
        first.press("Tab")
    page.wait_for_load_state("networkidle")
    expect(person.get_by_role("status")).to_have_text("Đã lưu.")
    page.reload()
    expect(first).to_have_value(words)


def test_a_branch_of_the_tree_that_did_not_come_is_asked_for_again(open_page):
    page = open_page(LAPTOP, as_="bantochuc")
    page.goto("/to-chuc/")
    below = page.get_by_role("button", name=f"Trực thuộc {communes()[0]}")
    list_of = page.locator(f"#{below.get_attribute('aria-controls')}")
    page.context.set_offline(True)
    below.click()
    expect(page.locator("#thong-bao")).to_contain_text("mạng")
    page.context.set_offline(False)
    below.click()
    expect(list_of.locator("li").first).to_be_attached()
    below.click()
    expect(list_of.locator("li").first).to_be_visible()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    below.click()
    expect(list_of).to_be_hidden()
    assert asked == []  # what is there is not fetched again
    page.complaints.clear()


def test_a_button_that_is_pressed_is_there_when_the_finger_is_lifted(open_page):
    page = open_page(LAPTOP, as_="vanphong")
    ask("Báo cáo năm", state="running", done=1, total=9, sentence="Đang lập 1/9 chi bộ")
    page.goto(LIST)
    with page.expect_response(lambda answer: re.search(rf"{LIST}\d+/", answer.url)):
        page.get_by_role("button", name="Dừng lại").hover()
    page.mouse.down()
    with page.expect_response(lambda answer: re.search(rf"{LIST}\d+/", answer.url)):
        pass
    page.wait_for_timeout(100)
    page.mouse.up()
    expect(page.get_by_text("Đang dừng lại")).to_be_visible()


def test_nor_are_new_figures_put_under_it(open_page):
    page = open_page(LAPTOP, as_="vanphong", **HELD)
    page.goto("/tong-quan/2/")
    live, look = page.locator("#live"), "document.dispatchEvent(new Event('visibilitychange'))"
    live.evaluate("(part) => { part.dataset.mine = 'there'; part.dataset.liveMark = 'an older one'; }")
    with without(page, "**/tong-quan/2/") as asked:
        page.evaluate(look)
        wait_until(page, lambda: asked)
        live.get_by_role("heading").first.hover()
        page.mouse.down()
    expect(page.locator("[data-live-said]")).to_have_text("Có số liệu mới, đang chờ đồng chí xong việc.")
    expect(live).to_have_attribute("data-mine", "there")
    page.mouse.up()
    page.evaluate(look)
    expect(live).not_to_have_attribute("data-mine", "there")
