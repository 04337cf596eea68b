"""The branch scores its meeting on a phone: what fills itself follows the log, what is asked is tapped, without network too."""

from playwright.sync_api import Page, expect

from meetings.models import QualityScore, ScoreRow
from tests.browser.conftest import PHONE
from tests.browser.hall import a_meeting


def saved(page: Page) -> None:
    expect(page.locator('[data-log-state="saved"]')).to_be_visible()


def test_a_meeting_is_scored_in_three_touches(open_page):
    meeting = a_meeting(16)
    page = open_page(PHONE, as_="bithu")
    page.goto(f"/hop/{meeting.pk}/so/?phan=cham-diem")
    page.locator("form[data-log-ready]").wait_for()
    row = page.locator(".score__line", has_text="Tỷ lệ đảng viên dự họp")
    expect(row).to_contain_text("chưa điểm danh")
    page.locator('[data-log-part="diem-danh"] > summary').tap()
    page.get_by_role("button", name="Còn lại đều có mặt").tap()
    saved(page)
    page.locator('[data-log-part="cham-diem"] > summary').tap()
    expect(row).to_contain_text("= 100")  # as the portal says it now
    expect(row.locator("[data-score-points]")).to_have_text("10")
    before = int(page.locator("[data-score-total]").inner_text())
    page.context.set_offline(True)
    page.locator(".score__line", has_text="dự thảo kết luận").locator(".points__one").last.tap()
    expect(page.locator("[data-score-total]")).to_have_text(str(before + 5))
    page.get_by_text("Chi bộ đã thống nhất điểm").tap()
    expect(page.locator('[name^="quality:"][name$=":agreed"]')).to_be_checked()
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    saved(page)
    expect(page.locator('[data-log-hint="cham-diem"]').last).to_contain_text(f"{before + 5}/100 điểm")
    assert ScoreRow.everything.get(score__meeting=meeting).points == 5
    assert QualityScore.everything.get(meeting=meeting).agreed
    page.complaints.clear()  # of having had no network


def test_the_branch_scores_otherwise_than_the_log(open_page):
    meeting = a_meeting(4)
    page = open_page(PHONE, as_="bithu")
    page.goto(f"/hop/{meeting.pk}/so/?phan=cham-diem")
    page.locator("form[data-log-ready]").wait_for()
    row = page.locator(".score__line", has_text="Biên bản đọc lại")
    before = int(page.locator("[data-score-total]").inner_text())
    row.locator("summary").tap()
    row.get_by_label("Điểm").select_option("5")
    row.get_by_label("Vì sao").fill("Đã đọc lại, ghi trong sổ giấy")
    page.locator("h1").click()
    saved(page)
    expect(page.locator("[data-score-total]")).to_have_text(str(before + 5))
    page.reload()
    expect(page.locator("[data-score-total]")).to_have_text(str(before + 5))
    kept = ScoreRow.everything.get(score__meeting=meeting)
    assert (kept.points, kept.by_hand, kept.reason) == (5, True, "Đã đọc lại, ghi trong sổ giấy")
