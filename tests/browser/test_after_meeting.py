"""After a meeting, on both sizes: closing with what is missing, opening again, things that were given, dues, old months."""

from datetime import date, time, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from branches.models import Organisation
from meetings.models import (
    ActionItem,
    AgendaItem,
    CriteriaSet,
    Criterion,
    Decision,
    Dues,
    Meeting,
    Proposal,
    QualityScore,
    Resolution,
    ScoreRow,
)
from meetings.services.roll import settle_roll
from members.models import Member
from tests.browser.conftest import LAPTOP, PHONE
from tests.browser.measures import looks_right

SIZES = {"phone": PHONE, "laptop": LAPTOP}
DAY = date(2024, 5, 6)  # a month that the demo has no meetings of


@pytest.fixture
def branch(portal: str) -> Organisation:
    return Organisation.everything.get(pk=3)


@pytest.fixture
def meeting(branch: Organisation) -> Meeting:
    """Held; all marked but one, a decision, something of the month before that nobody has looked at."""
    earlier = a_meeting(branch, date(2024, 4, 2))
    ActionItem.everything.create(meeting=earlier, organisation=branch, words="Sửa loa truyền thanh thôn", due_on=DAY)
    found = a_meeting(branch, DAY)
    found.attendances.filter(standing="expected").update(mark="present")
    AgendaItem.everything.create(meeting=found, words="Thu đảng phí của tháng", step="dues", position=1)
    Resolution.everything.create(meeting=found, contents="Thống nhất các việc của tháng.", state="adopted")
    member = Member.everything.filter(branch=branch).order_by("pk")[1]
    Decision.everything.create(meeting=found, kind="officer", member=member, post="deputy", words="20/20 phiếu")
    return found


def a_meeting(branch: Organisation, day: date) -> Meeting:
    made = Meeting.everything.create(
        organisation=branch, kind="regular", period=day.replace(day=1), day=day, begins=time(14), started_at=time(14),
        ended_at=time(15, 20),
    )  # fmt: skip
    settle_roll(made)
    return made


def score(meeting: Meeting) -> None:
    """What is asked, and that the branch agrees."""
    criteria = CriteriaSet.everything.get(kind="regular", organisation=None)
    given = QualityScore.everything.create(meeting=meeting, criteria=criteria, agreed=True, agreed_at=timezone.now())
    for line in Criterion.everything.filter(block__criteria=criteria, fills="asked"):
        ScoreRow.everything.create(meeting=meeting, score=given, criterion=line, points=line.most, by_hand=True)


@pytest.mark.parametrize("size", SIZES)
def test_closing_and_opening_again(open_page, meeting: Meeting, size: str):
    one = meeting.attendances.filter(standing="expected").first()
    meeting.attendances.filter(pk=one.pk).update(mark="")
    page = open_page(SIZES[size], as_="bithu")
    page.goto(f"/hop/{meeting.pk}/dong/")
    expect(page.get_by_text("Còn 1 người chưa điểm danh")).to_be_visible()
    expect(page.get_by_role("button", name="Đóng sổ")).to_have_count(0)
    looks_right(page, f"meeting.close-refused.{size}")
    expect(page.get_by_text("Chi bộ chưa thống nhất điểm")).to_be_visible()
    meeting.attendances.filter(pk=one.pk).update(mark="excused", reason="Đi viện")
    score(meeting)
    page.reload()
    looks_right(page, f"meeting.close.{size}")
    page.get_by_role("button", name="Đóng sổ").click()
    expect(page.get_by_text("Đã đóng sổ buổi họp")).to_be_visible()
    looks_right(page, f"meeting.signed.{size}")
    page.goto(f"/hop/{meeting.pk}/mo-lai/")
    looks_right(page, f"meeting.reopen.{size}")
    page.get_by_label("Vì sao mở lại").fill("Ghi nhầm giờ kết thúc")
    page.get_by_role("button", name="Mở lại sổ").click()
    expect(page.get_by_text("Đã mở lại sổ")).to_be_visible()


@pytest.mark.parametrize("size", SIZES)
def test_things_given_and_proposals(open_page, branch: Organisation, meeting: Meeting, size: str):
    today, member = timezone.localdate(), meeting.attendances.first().member
    for words, due_on, stand in (
        ("Lập danh sách hộ nghèo, hộ cận nghèo của thôn để đề nghị hỗ trợ dịp Tết", today - timedelta(days=6), "open"),
        ("Vận động 12 hộ hiến đất mở đường nội đồng", today + timedelta(days=9), "partly"),
        ("Dọn vệ sinh nhà văn hóa", today - timedelta(days=20), "done"),
    ):
        item = ActionItem.everything.create(
            meeting=meeting, organisation=branch, assignee=member, words=words, due_on=due_on, stand=stand
        )
    words = "Đề nghị Đảng ủy xã chỉ đạo sửa đoạn kênh bản Pó bị sạt, dài khoảng 40 m, để kịp lấy nước vụ xuân."
    row = Proposal.everything.create(meeting=meeting, to=branch.parent, member=member, words=words)
    Meeting.everything.filter(organisation=branch, day__year=DAY.year).update(closed_at=timezone.now())
    page = open_page(SIZES[size], as_="bithu")
    page.goto("/to-chuc/3/viec/")
    looks_right(page, f"actions.{size}")
    page.get_by_role("link", name="Quá hạn").click()
    page.get_by_role("link", name="Lập danh sách hộ nghèo").click()
    looks_right(page, f"action.{size}")
    page.get_by_label("Xong một phần").check()
    page.get_by_role("button", name="Ghi", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Ghi vài chữ")
    page.get_by_label("Kết quả, lý do").fill("Còn 3 hộ đi làm xa chưa gặp")
    page.get_by_role("button", name="Ghi", exact=True).click()
    expect(page.get_by_text("Đã ghi tình trạng")).to_be_visible()
    office = open_page(SIZES[size], as_="vanphong")
    office.goto(f"/to-chuc/{branch.parent_id}/kien-nghi/")
    looks_right(office, f"proposals.{size}")
    office.goto(f"/kien-nghi/{row.pk}/")
    looks_right(office, f"proposal.{size}")
    office.get_by_label("Tiếp thu", exact=True).check()
    office.get_by_label("Nội dung trả lời").fill("Đã đưa vào kế hoạch sửa chữa kênh mương tháng tới.")
    office.get_by_role("button", name="Gửi trả lời").click()
    looks_right(office, f"proposal-answered.{size}")
    assert item.pk


@pytest.mark.parametrize("size", SIZES)
def test_dues_of_a_year(open_page, branch: Organisation, size: str):
    today = timezone.localdate()
    Dues.everything.filter(organisation=branch).delete()
    for place, member in enumerate(Member.everything.filter(branch=branch).order_by("pk")[:12]):
        for month in range(1, today.month + 1):
            owes, excused = place % 5 == 1 and month > today.month - 3, place == 4
            paid = {} if owes or excused else {"paid": 30_000, "paid_on": today}
            on = date(today.year, month, 1)
            Dues.everything.create(organisation=branch, member=member, month=on, owed=30_000, excused=excused, **paid)
    page = open_page(SIZES[size], as_="bithu")
    page.goto("/chi-bo/3/dang-phi/")
    looks_right(page, f"dues.{size}")
    member = Member.everything.filter(branch=branch).order_by("pk")[1]
    page.get_by_role("link", name=member.full_name).first.click()
    looks_right(page, f"dues-pay.{size}")
    page.get_by_role("button", name="Ghi", exact=True).click()
    expect(page.get_by_text("Đã ghi đảng phí tháng")).to_be_visible()


@pytest.mark.parametrize("size", SIZES)
def test_old_months(open_page, branch: Organisation, size: str):
    page = open_page(SIZES[size], as_="bithu")
    page.goto("/chi-bo/3/hop/nhap-cu/")
    looks_right(page, f"past.{size}")
    for part, text in (("Ngày", "6"), ("Tháng", "5"), ("Năm", "2024")):
        page.get_by_label(part, exact=True).fill(text)
    page.get_by_role("button", name="Tiếp").click()
    looks_right(page, f"past-one.{size}")
    page.get_by_label("Bắt đầu").fill("14h")
    page.get_by_label("Kết thúc").fill("15h40")
    page.get_by_label("Kết luận, nghị quyết").fill("Thống nhất thu quỹ làm đường nội đồng.")
    page.get_by_role("button", name="Nhập buổi họp").click()
    expect(page.get_by_text("Đã nhập buổi họp ngày 06/05/2024")).to_be_visible()
    page.get_by_role("link", name="Nhập từ bảng").click()
    looks_right(page, f"past-sheet.{size}")
    rows = ["Tháng\tNgày\tBắt đầu\tKết thúc\tVắng có lý do\tVắng không lý do\tNội dung"]
    rows += ["\t04/06/2024\t14:00\t15:45\t\t\tThống nhất lịch gặt", "\t06/05/2024\tchiều\t15:45\tHà Văn Lạ\t\tSơ kết"]
    page.get_by_label("Hoặc dán từ Excel").fill("\n".join(rows))
    page.get_by_role("button", name="Kiểm tra bảng").click()
    looks_right(page, f"past-checked.{size}")
    page.get_by_role("button", name="Nhập 1 buổi họp đúng").click()
    expect(page.get_by_text("Đã nhập 1 buổi họp")).to_be_visible()
