"""A meeting from its planning to the answer of a member, on a phone and on a laptop; every screen looked at."""

from datetime import date, time, timedelta

import pytest
from django.utils import timezone

from branches.models import Organisation
from directives.models import Document
from meetings.models import ActionItem, Invitation, Meeting, MeetingKind, Orientation
from meetings.services.invitations import ask_opinion
from meetings.services.orientation import add_line, publish_orientation, write_orientation
from meetings.services.papers import attach_paper
from meetings.services.planning import plan_meeting
from meetings.services.thematic import approve_plan, choose_topic, return_plan, send_plan, suggest_topic
from members.models import Member
from portal.access.actor import Actor
from portal.accounts.models import Account
from tests.browser.conftest import LAPTOP, PHONE
from tests.browser.measures import picture, too_small, too_wide, violations


def today() -> date:
    return timezone.localdate()


def soon() -> date:
    return today() + timedelta(days=9)


def next_year() -> int:
    return today().year + 1


def actor(name: str) -> Actor:
    return Actor.today(Account.objects.get(username=name))


def a_prepared_meeting() -> Meeting:
    """Of the demo's chi bộ, with something in every part of the page."""
    branch, commune = Organisation.everything.get(code="TB001-01"), Organisation.everything.get(code="TB001")
    document = Document.everything.filter(secrecy="").exclude(symbol="").order_by("pk").first()
    month = soon().replace(day=1)
    Meeting.everything.filter(organisation=branch, kind="regular", period=month).update(
        called_off_at=timezone.now(), called_off_because="Lập lại"
    )
    earlier = plan_meeting(
        branch, kind=MeetingKind.EXTRAORDINARY, day=today() - timedelta(days=20), begins=time(14),
        place="Nhà văn hóa thôn Đông", by=actor("bithu"),
    )  # fmt: skip
    people = list(Member.everything.filter(attendances__meeting=earlier).order_by("sort_key")[:6])
    for words, assignee, days in [
        ("Vận động 3 hộ còn lại hiến đất mở rộng đường nội thôn", people[0], 4),
        ("Rà soát danh sách hộ nghèo, hộ cận nghèo cuối năm", people[1], 15),
    ]:
        ActionItem.everything.create(
            meeting=earlier, organisation=branch, words=words, assignee=assignee, due_on=today() + timedelta(days=days)
        )
    row = Orientation.everything.filter(organisation=commune, month=month).first()
    row = row or write_orientation(
        commune, month=month, by=actor("vanphong"), calendar="05/12: giao ban bí thư chi bộ\n20/12: tổng kết năm",
        contents="Tập trung hoàn thành chỉ tiêu năm, chuẩn bị kiểm điểm, đánh giá, xếp loại đảng viên.",
    )  # fmt: skip
    add_line(
        row, words="Quán triệt kế hoạch nâng cao chất lượng sinh hoạt chi bộ", document=document, by=actor("vanphong")
    )
    add_line(row, words="Chuẩn bị kiểm điểm, xếp loại đảng viên cuối năm", by=actor("vanphong"))
    if not row.published_at:
        publish_orientation(row, by=actor("vanphong"))
    meeting = plan_meeting(branch, kind=MeetingKind.REGULAR, day=soon(), by=actor("bithu"))
    attach_paper(meeting, document=document, title="Dự thảo nghị quyết tháng 12", by=actor("bithu"))
    ask_opinion(meeting, member=people[2], about="Mức đóng góp làm đường nội thôn", by=actor("bithu"))
    hau = Member.everything.get(account__username="dangvien")
    ask_opinion(meeting, member=hau, about="Việc hiến đất của các hộ xóm Trong", by=actor("bithu"))
    return meeting


def looked_at(page, name: str, size: dict[str, int]) -> None:
    picture(page, f"{name}.{'phone' if size is PHONE else 'laptop'}")
    assert too_wide(page) == []
    assert violations(page) == []
    if size is PHONE:
        assert too_small(page) == []


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_prepared_sent_and_answered(open_page, size: dict[str, int]):
    meeting = a_prepared_meeting()
    page = open_page(size, as_="bithu")
    page.goto(f"/hop/{meeting.pk}/chuan-bi/")
    looked_at(page, "meeting-prepare", size)
    page.goto(f"/hop/{meeting.pk}/chuan-bi/?sua=1")
    looked_at(page, "meeting-prepare-agenda", size)
    page.goto(f"/hop/{meeting.pk}/moi/")
    looked_at(page, "meeting-notice", size)
    page.get_by_role("button", name="Gửi giấy mời").click()
    page.wait_for_url("**/chuan-bi/")
    page.goto(f"/hop/{meeting.pk}/huy/")
    looked_at(page, "meeting-call-off", size)
    page.close()
    member = open_page(size, as_="dangvien")
    member.goto("/")
    looked_at(member, "home-invited", size)
    member.goto("/hop/cua-toi/")
    looked_at(member, "my-meetings", size)
    member.goto(f"/hop/{meeting.pk}/tra-loi/")
    looked_at(member, "meeting-answer", size)
    member.get_by_label("Sẽ dự").check()
    member.get_by_role("button", name="Gửi trả lời").click()
    member.wait_for_load_state()
    member.get_by_role("button", name="Mở tài liệu").click()
    member.wait_for_load_state()
    member.get_by_label("Ý kiến của đồng chí").fill("Nên làm trước mùa mưa, bắt đầu từ đoạn qua trường học.")
    member.get_by_role("button", name="Gửi ý kiến").click()
    member.wait_for_load_state()
    looked_at(member, "meeting-answered", size)
    member.close()
    for row in Invitation.everything.filter(meeting=meeting, member__account=None)[:3]:
        Invitation.everything.filter(pk=row.pk).update(answer="coming")
    back = open_page(size, as_="bithu")
    back.goto(f"/hop/{meeting.pk}/chuan-bi/")
    looked_at(back, "meeting-prepared", size)
    assert Invitation.everything.get(meeting=meeting, member__account__username="dangvien").opened_at


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_themes_and_orientation(open_page, size: dict[str, int]):
    a_prepared_meeting()
    branch, commune = Organisation.everything.get(code="TB001-01"), Organisation.everything.get(code="TB001")
    for words in ("Chuyển đổi số trong sinh hoạt chi bộ", "Giảm nghèo bền vững ở thôn, bản vùng cao"):
        suggest_topic(commune, year=next_year(), words=words, by=actor("vanphong"))
    topic = choose_topic(branch, year=next_year(), quarter=1, words="Giữ rừng đầu nguồn", by=actor("bithu"))
    office, secretary = open_page(size, as_="vanphong"), open_page(size, as_="bithu")
    office.goto(f"/to-chuc/{commune.pk}/dinh-huong/{soon():%Y-%m}/")
    looked_at(office, "orientation", size)
    secretary.goto(f"/to-chuc/{branch.pk}/dinh-huong/{soon():%Y-%m}/")
    looked_at(secretary, "orientation-read", size)
    secretary.goto(f"/chi-bo/{branch.pk}/chuyen-de/{next_year()}/")
    looked_at(secretary, "thematic", size)
    plan = send_plan(topic.plan, by=actor("bithu"))
    office.goto(f"/chi-bo/{branch.pk}/chuyen-de/{next_year()}/")
    looked_at(office, "thematic-decide", size)
    return_plan(plan, remark="Thêm chuyên đề chuyển đổi số vào quý 2", by=actor("vanphong"))
    secretary.reload()
    looked_at(secretary, "thematic-returned", size)
    approve_plan(send_plan(plan, by=actor("bithu")), by=actor("vanphong"))
    secretary.reload()
    looked_at(secretary, "thematic-approved", size)
    office.goto(f"/to-chuc/{commune.pk}/chuyen-de/{next_year()}/")
    looked_at(office, "thematic-plans", size)
    secretary.get_by_role("button", name="Lập buổi họp").first.click()
    secretary.wait_for_url("**/chuan-bi/")
    assert Meeting.everything.get(topic=topic).title == "Giữ rừng đầu nguồn"
