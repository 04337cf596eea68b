"""An open dashboard moves by itself when a branch closes its meeting, and then shows what a reload shows."""

import re
from datetime import date, time
from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from branches.models import Organisation
from meetings.models import Meeting, Resolution
from meetings.services.roll import settle_roll
from tests.browser.conftest import LAPTOP, PHONE
from tests.browser.measures import wait_until_at_rest
from tests.browser.test_after_meeting import score

MARK = "data-live-mark"


@pytest.fixture
def meeting(portal: str) -> Meeting:
    """Held and marked, of a month that the demo has none of: it can be closed."""
    branch = Organisation.everything.get(pk=3)
    made = Meeting.everything.create(
        organisation=branch, kind="regular", period=date(2024, 3, 1), day=date(2024, 3, 4), begins=time(14),
        started_at=time(14), ended_at=time(15, 20),
    )  # fmt: skip
    settle_roll(made)
    made.attendances.filter(standing="expected").update(mark="present")
    Resolution.everything.create(meeting=made, contents="Thống nhất các việc của tháng.", state="adopted")
    score(made)
    return made


def close(page: Page, meeting: Meeting) -> None:
    page.goto(f"/hop/{meeting.pk}/dong/")
    page.get_by_role("main").get_by_role("button", name="Đóng sổ").click()
    expect(page.get_by_role("status")).to_contain_text("Đã đóng sổ")


def shown(page: Page) -> str:
    """But for the tokens of forms, which are masked anew on every answer."""
    html = "".join(page.locator(part).inner_html() for part in (".masthead", "#live"))
    return re.sub(r"\b[A-Za-z0-9]{64}\b", "", html)


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_it_asks_every_few_seconds_and_moves_when_a_branch_closes_its_meeting(
    open_page, meeting: Meeting, size: dict[str, int]
):
    watching, branch = open_page(size, as_="vanphong"), open_page(PHONE, as_="bithu")
    watching.goto("/tong-quan/2/")
    live, frame = watching.locator("#live"), watching.locator(".asked-days")
    with watching.expect_request("**/phien-ban/", timeout=10_000):  # every four and a half seconds; the machine is slow
        wait_until_at_rest(watching)
        high = frame.evaluate("(row) => row.offsetHeight")
    before = live.get_attribute(MARK)
    close(branch, meeting)
    expect(live).not_to_have_attribute(MARK, before, timeout=15_000)
    expect(watching.locator("[data-live-said]")).to_have_text("Vừa có số liệu mới.")
    assert frame.evaluate("(row) => row.offsetHeight") == high, "what is said moves nothing"
    after = shown(watching)
    watching.reload()
    assert shown(watching) == after


def test_it_asks_again_before_five_seconds_are_over(open_page):
    """Longer only where the portal takes its time: ten times as long as its answer took."""
    watching = open_page(LAPTOP, as_="vanphong")
    watching.goto("/tong-quan/2/")
    answers = """() => performance.getEntriesByType('resource').filter((one) => one.name.includes('/phien-ban/') && one.responseEnd)
        .map((one) => [one.startTime, one.responseEnd])"""
    for _ in range(3):
        with watching.expect_response("**/phien-ban/", timeout=60_000):
            pass
    asked = watching.evaluate(answers)
    late = [begins - ended - max(4_500, 10 * (ended - began)) for (began, ended), (begins, _) in pairwise(asked)]
    assert min(late) < 300, asked


def test_what_one_has_opened_and_stands_on_stays(open_page, meeting: Meeting):
    watching, branch = open_page(PHONE, as_="vanphong"), open_page(PHONE, as_="bithu")
    watching.goto("/tong-quan/2/")
    live = watching.locator("#live")
    before = live.get_attribute(MARK)
    watching.locator("#live a").last.focus()
    watching.evaluate("document.querySelectorAll('#noi-dung details').forEach((one) => { one.open = true; })")
    where = watching.evaluate("[scrollY, document.activeElement.href]")
    close(branch, meeting)
    watching.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(live).not_to_have_attribute(MARK, before, timeout=15_000)
    assert watching.evaluate("[scrollY, document.activeElement.href]") == where
    assert watching.locator("#noi-dung details:not([open])").count() == 0


def test_a_page_that_nothing_concerns_stands(open_page, meeting: Meeting):
    watching = open_page(LAPTOP, as_="vanphong")
    watching.goto("/tong-quan/2/")
    watching.evaluate("document.getElementById('live').dataset.mine = 'there'")
    with watching.expect_response("**/phien-ban/", timeout=15_000) as heard:
        pass
    assert heard.value.status == 304
    expect(watching.locator("#live")).to_have_attribute("data-mine", "there")


def test_without_a_network_it_says_so_and_goes_on_when_there_is_one(open_page):
    watching = open_page(LAPTOP, as_="vanphong")
    watching.goto("/tong-quan/2/")
    watching.context.set_offline(True)
    said = watching.locator("[data-live-said]")
    expect(said).to_contain_text("Mất mạng: số liệu đứng ở lúc", timeout=15_000)
    watching.complaints.clear()
    watching.context.set_offline(False)
    expect(said).to_have_text("", timeout=30_000)
    watching.complaints.clear()


def test_a_past_day_asks_nothing(open_page):
    watching = open_page(LAPTOP, as_="vanphong")
    asked: list[str] = []
    watching.on("request", lambda request: asked.append(request.url))
    watching.goto("/tong-quan/2/?den=2026-06-30")
    watching.wait_for_timeout(5_500)
    assert not [url for url in asked if "phien-ban" in url]
