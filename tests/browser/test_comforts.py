"""Keyboard, paper, weight, and the policy that no foreign script passes."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import HELD, LAPTOP, PHONE
from tests.browser.measures import picture

PAGES = ["/", "/tro-giup/", "/tro-giup/thuat-ngu/", "/tro-giup/thuat-ngu/them/", "/bo-thanh-phan/", "/them/"]

# What can be worked, one stop a group of radios; a control in a closed menu or dialog waits until it is opened.
STOPS = """() => {
  const seen = new Set();
  return [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')].filter(e => {
    if (!e.checkVisibility({visibilityProperty: true}) || e.disabled || e.tabIndex < 0) return false;
    if (e.type !== 'radio') return true;
    const key = (e.form ? [...document.forms].indexOf(e.form) : '') + e.name;
    if (seen.has(key)) return false; seen.add(key); return true;
  }).length;
}"""
FOCUSED = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const s = getComputedStyle(e), n = e.nextElementSibling ? getComputedStyle(e.nextElementSibling) : s;
  window.stops = window.stops || new Set(); window.stops.add(e);
  return {shown: s.outlineStyle !== 'none' || n.outlineStyle !== 'none' || s.boxShadow !== 'none', what: e.outerHTML.slice(0, 90)};
}"""


@pytest.fixture(scope="module")
def portal(portal_to_look_at: str) -> str:
    return portal_to_look_at


@pytest.mark.parametrize("path", PAGES)
def test_the_keyboard_alone_reaches_everything_and_shows_where_it_is(open_page, path: str):
    page = open_page(LAPTOP, as_="quantri")
    page.goto(path)
    wanted = page.evaluate(STOPS)
    unseen = []
    for _ in range(wanted * 2 + 10):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused is None:
            break
        if not focused["shown"]:
            unseen.append(focused["what"])
    assert unseen == []
    assert page.evaluate("window.stops.size") >= wanted


def test_the_first_stop_leads_past_the_navigation(open_page):
    page = open_page(LAPTOP, as_="bithu")
    page.goto("/tro-giup/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Đi tới nội dung chính")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#noi-dung")).to_be_focused()


def test_on_paper_there_is_no_navigation(open_page):
    page = open_page(LAPTOP, as_="bithu")
    page.goto("/tro-giup/bai/dang-nhap/")
    page.emulate_media(media="print")
    for hidden in (".topbar", ".tabbar", ".foot"):
        expect(page.locator(hidden)).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    picture(page, "print.article")


HEAVY = ["/to-chuc/", "/to-chuc/3/", "/to-chuc/3/quy-dinh/", "/to-chuc/3/quy-dinh/?nhom=ket-nap"]


@pytest.mark.parametrize("path", [*PAGES[:4], *HEAVY])
def test_a_page_weighs_less_than_30_kilobytes(open_page, path: str):
    """HTML, style and scripts as they go over the network; fonts and icons are kept for a year."""
    page = open_page(PHONE, as_="bithu" if "them" not in path else "quantri")
    weights: dict[str, int] = {}

    def weigh(response) -> None:
        if response.request.resource_type in ("document", "stylesheet", "script"):
            weights[response.url] = int(response.headers.get("content-length", len(response.body())))

    page.on("response", weigh)
    page.goto(path, wait_until="networkidle")
    own = {url: weight for url, weight in weights.items() if "sw.js" not in url and "service-worker" not in url}
    assert len(own) >= 3
    assert sum(own.values()) < 30 * 1024, own


@pytest.mark.parametrize(
    ("path", "label", "words", "found"),
    [
        ("/to-chuc/3/quy-dinh/", "Tìm quy định", "thoi luong toi thieu", "Thời lượng tối thiểu của buổi thường kỳ"),
        ("/van-ban/", "Tìm trong tên và toàn văn", "ke hoach 117", "117-KH/ĐU"),
    ],
)
def test_what_was_written_before_the_scripts_came_is_searched(open_page, path: str, label: str, words: str, found: str):
    page = open_page(LAPTOP, as_="bithu", **HELD)
    held: list[Route] = []
    page.route("**/htmx-2.min*.js", lambda route: held.append(route))  # noqa: PLW0108  a built-in has no place to note it
    page.goto(path, wait_until="commit")
    page.get_by_label(label).press_sequentially(words)
    assert "?" not in page.url
    wait_until(page, lambda: held)
    held[0].continue_()
    page.wait_for_url("**?*tim=*")
    expect(page.locator("#ket-qua").get_by_role("link", name=found).first).to_be_visible()


@pytest.mark.parametrize("inline", ["document.body.setAttribute('style', 'color:red')",
                                    "document.head.append(Object.assign(document.createElement('script'), {textContent: 'x=1'}))",
                                    "document.body.append(Object.assign(new Image(), {src: 'https://elsewhere.invalid/a.png'}))"])  # fmt: skip
def test_what_the_policy_refuses_is_heard(open_page, inline: str):
    """The net itself is tried: a violation reaches `complaints`, which would fail any other test."""
    page = open_page(LAPTOP, as_="bithu")
    page.goto("/")
    page.evaluate(inline)
    wait_until(page, lambda: any("Content Security Policy" in complaint for complaint in page.complaints))
    page.complaints.clear()


def wait_until(page: Page, happened: Callable[[], object]) -> None:
    """Five seconds at most."""
    for _ in range(250):
        if happened():
            return
        page.wait_for_timeout(20)
    raise AssertionError("it did not happen")
