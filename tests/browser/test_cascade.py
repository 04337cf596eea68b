"""Stories of the cascade: a commune gives what a plan asks for; a branch answers by holding its meeting, and nothing else."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from branches.models import Organisation
from branches.summary.months import last_day_of
from directives.models import Order, TaskAssignment
from meetings.models import AgendaItem, Meeting, MeetingKind
from meetings.services.planning import plan_meeting
from meetings.services.reopening import reopen_meeting
from portal.seeding.meetings import demo_meeting
from tests.browser.conftest import LAPTOP, PHONE
from tests.browser.test_books import fits, go, press, said
from tests.browser.test_meeting_planning import actor, today
from tests.meetings.meetings import held

WORDS = "Đưa vào sinh hoạt hằng tháng để kiểm điểm kết quả"


def test_a_commune_gives_and_a_branch_answers_by_holding_a_meeting(open_page):
    office = open_page(LAPTOP, as_="vanphong")
    office.goto("/van-ban/3/")
    go(office, "Giao việc")
    office.get_by_label("Tên đợt giao việc").fill("Kế hoạch kiểm điểm hằng tháng")
    office.locator(".pick__one", has_text="Hàng tháng, thông qua sinh hoạt, chi bộ kiểm điểm").get_by_role(
        "checkbox"
    ).check()
    press(office, "Tiếp: nơi nhận và hạn")
    expect(office.locator("h1")).to_have_text("Kế hoạch kiểm điểm hằng tháng")
    office.get_by_role("link", name="Đặt lại").click()
    office.get_by_label("Việc phải làm").fill(WORDS)
    press(office, "Lưu")
    expect(office.get_by_text("12 nơi", exact=True)).to_be_visible()
    fits(office, "cascade-draft.laptop")
    press(office, "Giao việc")
    said(office, "Đã giao 12 việc.")
    expect(office.get_by_text("0/12 xong")).to_be_visible()

    branch, order = Organisation.everything.get(code="TB001-01"), Order.everything.latest("pk")
    secretary = open_page(PHONE, as_="bithu")
    secretary.goto("/")
    expect(secretary.get_by_text("Kế hoạch kiểm điểm hằng tháng").first).to_be_visible()
    secretary.goto(f"/giao-viec/{order.pk}/")
    press(secretary, "Xác nhận đã nhận")
    said(secretary, "Đã xác nhận nhận việc.")

    Meeting.everything.filter(organisation=branch, day=today()).update(
        called_off_at="2026-01-01T00:00Z", called_off_because="x"
    )
    meeting = plan_meeting(branch, kind=MeetingKind.EXTRAORDINARY, day=today(), by=actor("bithu"))
    secretary.goto(f"/hop/{meeting.pk}/chuan-bi/")
    row = secretary.locator("#viec-duoc-giao li", has_text=WORDS)
    row.get_by_role("button", name="Đưa vào chương trình").click()
    secretary.wait_for_url("**#chuong-trinh")
    expect(secretary.locator("#chuong-trinh").get_by_text(WORDS)).to_be_visible()
    fits(secretary, "cascade-prepare.phone")

    held(meeting, started_at="00:00", ended_at="00:01")
    AgendaItem.everything.filter(meeting=meeting).update(done=True)
    secretary.goto(f"/hop/{meeting.pk}/dong/")
    press(secretary, "Đóng sổ")
    assigned = TaskAssignment.everything.get(ordered__order=order, organisation=branch)
    secretary.goto(f"/viec-duoc-giao/{assigned.pk}/")
    expect(secretary.get_by_text("theo minh chứng cổng tự ghi")).to_be_visible()
    fits(secretary, "cascade-proved.phone")

    office.reload()
    expect(office.get_by_text("1/12 xong")).to_be_visible()
    office.goto("/van-ban/3/#nhiem-vu")
    expect(office.locator("#nhiem-vu tr", has_text=WORDS)).to_contain_text("1/12")


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_more_time_is_asked_for_and_granted(open_page, size: dict[str, int]):
    row = TaskAssignment.everything.filter(
        organisation__code="TB001-01", ordered__words__startswith="Hằng năm, chi bộ"
    ).get()
    secretary = open_page(size, as_="bithu")
    secretary.goto(f"/viec-duoc-giao/{row.pk}/")
    secretary.get_by_text("Xin gia hạn", exact=True).click()
    secretary.get_by_label("Xin làm đến hết ngày").fill("2020-01-01")
    secretary.get_by_label("Lý do").fill("Trùng đợt thu hoạch")
    press(secretary, "Gửi đề nghị")
    expect(secretary.locator(".error-summary")).to_contain_text("phải sau hạn đang có")
    expect(secretary.get_by_label("Lý do")).to_have_value("Trùng đợt thu hoạch")
    longer = today() + timedelta(days=400)
    secretary.get_by_label("Xin làm đến hết ngày").fill(longer.isoformat())
    press(secretary, "Gửi đề nghị")
    said(secretary, "Đã gửi đề nghị gia hạn.")
    office = open_page(LAPTOP, as_="vanphong")
    office.goto(f"/viec-duoc-giao/{row.pk}/")
    press(office, "Cho gia hạn")
    said(office, "Đã trả lời.")
    row.refresh_from_db()
    assert row.due_on == longer


def test_the_commune_sees_its_target_move_when_a_branch_closes_its_log(open_page):
    """The log of last month is open again, and its people were counted in nothing; closed, they count."""
    meeting = Meeting.everything.get(pk=demo_meeting("held"))
    reopen_meeting(meeting, because="Ghi thiếu người dự", by=actor("bithu"))
    office = open_page(LAPTOP, as_="vanphong")
    office.goto(f"/to-chuc/2/chi-tieu/?den={last_day_of(meeting.period)}")  # in January a new year has begun
    row = office.locator("tr", has_text="Tỷ lệ đảng viên tham gia sinh hoạt chi bộ hàng tháng đạt từ 90% trở lên")
    before = row.inner_text()
    secretary = open_page(PHONE, as_="bithu")
    secretary.goto(f"/hop/{meeting.pk}/dong/")
    press(secretary, "Đóng sổ")
    secretary.wait_for_url(f"**/hop/{meeting.pk}/**")
    office.reload()
    expect(row).not_to_have_text(before)
    assert figures_in(row.inner_text())[1] > figures_in(before)[1]  # more of whom attendance is asked


def figures_in(text: str) -> tuple[int, int]:
    """118/124 of a row."""
    found = re.search(r"([\d.]+)/([\d.]+)", text)
    assert found, text
    return int(found[1].replace(".", "")), int(found[2].replace(".", ""))
