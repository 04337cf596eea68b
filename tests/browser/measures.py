"""What is asked of every page, measured inside the browser."""

import json
import time

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.browser.conftest import PHONE, PICTURES

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "resultTypes": ["violations"],  # what is right is not put into words: on a long page that takes longest
}
pictures_wanted = True
AXE = "rules => axe.run(rules).then(found => found.violations)"

# Everything that reaches past the right edge, and is not cut off or scrolled by a box of its own.
TOO_WIDE = """() => {
  const edge = document.documentElement.clientWidth + 1;
  if (document.documentElement.scrollWidth <= edge) return [];
  return [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > edge)
    .slice(0, 8).map(e => e.tagName + '.' + e.className + ' ' + Math.round(e.getBoundingClientRect().right));
}"""

# Controls smaller than a thumb. A link inside a sentence is exempt (WCAG 2.5.8), and what covers its row by ::after.
TOO_SMALL = """(least) => {
  const reach = e => {
    const after = getComputedStyle(e, '::after');
    if (after.content !== 'none' && after.position === 'absolute') {
      let box = e; while (box && getComputedStyle(box).position === 'static') box = box.parentElement;
      return (box || e).getBoundingClientRect();
    }
    const label = e.closest('label'); return (label || e).getBoundingClientRect();
  };
  const inSentence = e => e.tagName === 'A' && getComputedStyle(e).display === 'inline';
  return [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
    .filter(e => e.checkVisibility({visibilityProperty: true}) && !e.closest('.vh, .skip, .heat, [data-small-target]') && !inSentence(e))
    .map(e => [e, reach(e)]).filter(([e, r]) => r.width > 0 && (r.height < least - .5 || r.width < least - .5))
    .map(([e, r]) => `${e.tagName}.${e.className} “${(e.innerText || e.name || '').trim().slice(0, 30)}” ${Math.round(r.width)}×${Math.round(r.height)}`);
}"""

# It is all there, its fonts too, and whatever moves has come to its end. Asked again and again: a page without scripts keeps no promise.
AT_REST = """() => document.readyState === 'complete' && document.fonts.status === 'loaded' && document.getAnimations().every(
  a => a.playState !== 'running' || !a.effect || a.effect.getComputedTiming().endTime === Infinity)"""
PATIENCE = 15.0

# What taking a picture leaves in boxes (it hides their caret), so that the page is again as it was.
UNTOUCHED = "() => document.querySelectorAll('[style=\"\"]').forEach(e => e.removeAttribute('style'))"


def violations(page: Page) -> list[str]:
    """At the end of the page, where the bar that sticks to the foot of a phone covers nothing."""
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate(AXE, RULES)
    return [f"{rule['id']}: {json.dumps([node['target'] for node in rule['nodes']][:4])}" for rule in found]


def too_wide(page: Page) -> list[str]:
    wait_until_at_rest(page)
    return page.evaluate(TOO_WIDE)


def too_small(page: Page, least: int = 48) -> list[str]:
    return page.evaluate(TOO_SMALL, least)


def picture(page: Page, name: str, *, whole: bool = True) -> None:
    wait_until_at_rest(page)
    if not pictures_wanted:
        return
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png", full_page=whole)
    page.evaluate(UNTOUCHED)


def wait_until_at_rest(page: Page) -> None:
    give_up = time.monotonic() + PATIENCE
    while not page.evaluate(AT_REST) and time.monotonic() < give_up:
        page.wait_for_timeout(20)


def looks_right(page: Page, name: str) -> None:
    """A picture of it for people; nothing too wide, nothing that axe finds, on a phone nothing smaller than a thumb."""
    picture(page, name)
    assert too_wide(page) == []
    assert violations(page) == []
    if page.viewport_size == PHONE:
        assert too_small(page) == []
