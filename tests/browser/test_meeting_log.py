"""The log in the hall: by thumb, by two devices at once, without network, on a slow one."""

import pytest

from tests.browser.conftest import LAPTOP, PHONE
from tests.browser.hall import a_meeting
from tests.browser.measures import picture, too_small, too_wide, violations

SIZES = {"phone": PHONE, "laptop": LAPTOP}
PARTS = ["diem-danh", "dang-phi", "khach", "noi-dung", "viec-thang-truoc", "y-kien", "bieu-quyet", "bieu-duong",
         "kien-nghi", "ket-luan", "quyet-nghi", "gio"]  # fmt: skip


@pytest.mark.parametrize("size", SIZES)
def test_every_part_fits_reads_and_can_be_touched(open_page, size: str):
    meeting = a_meeting(16)
    page = open_page(SIZES[size], as_="bithu")
    page.goto(f"/hop/{meeting.pk}/so/")
    page.locator("form[data-log-ready]").wait_for()
    for part in PARTS:
        page.goto(f"/hop/{meeting.pk}/so/?phan={part}")
        page.locator("form[data-log-ready]").wait_for()
        adds = page.locator(f'[data-log-part="{part}"] [data-log-add]')
        for place in range(adds.count()):
            adds.nth(place).click()
        picture(page, f"log.{part}.{size}")
        assert too_wide(page) == []
        assert violations(page) == []
        if size == "phone":
            assert too_small(page) == []
