"""Every component in every state: five widths, both zooms, axe. The pictures are left in var/pictures to be looked at."""

import pytest

from tests.browser.measures import picture, too_small, too_wide, violations

WIDTHS = [320, 390, 768, 1366, 1920]


@pytest.mark.parametrize("width", WIDTHS)
def test_at_every_width(open_page, width: int):
    page = open_page({"width": width, "height": 900}, as_="quantri")
    page.goto("/bo-thanh-phan/")
    picture(page, f"style-guide.{width}")
    assert too_wide(page) == []
    assert violations(page) == []
    if width < 600:
        assert too_small(page) == []


@pytest.mark.parametrize(("width", "height"), [(683, 450), (195, 422)])
def test_at_200_percent(open_page, width: int, height: int):
    """Zoomed to 200 % a window has half as many CSS pixels each way (WCAG 1.4.4; 320 px is the floor of 1.4.10)."""
    page = open_page({"width": max(width, 320), "height": height}, as_="quantri", device_scale_factor=2)
    page.goto("/bo-thanh-phan/")
    assert too_wide(page) == []


@pytest.mark.parametrize("width", [320, 390, 1366])
def test_with_the_largest_letters(open_page, width: int):
    page = open_page({"width": width, "height": 900}, as_="quantri")
    page.goto("/bo-thanh-phan/")
    page.get_by_role("button", name="Cỡ chữ rất lớn").last.click()
    page.wait_for_selector("html[data-text='150']")
    picture(page, f"style-guide.150.{width}")
    assert too_wide(page) == []
    assert violations(page) == []


def test_with_errors(open_page):
    page = open_page({"width": 390, "height": 844}, as_="quantri")
    page.goto("/bo-thanh-phan/")
    page.locator("main form[method=post] button[type=submit]").first.click()
    page.wait_for_selector(".error-summary")
    assert page.title().startswith("Lỗi: ")
    picture(page, "style-guide.errors.390")
    assert violations(page) == []
