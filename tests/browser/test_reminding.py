"""A committee looks at its month and reminds who has not met; and who follows some branches begins with those."""

import re
from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from branches.models import Grant, Kind, Organisation
from meetings.models import Meeting, MeetingKind, SlotChange, SlotDecision
from members.models import Charge, Member
from portal.access.roles import Role
from portal.accounts.models import Account
from tests.browser.conftest import LAPTOP, PHONE
from tests.browser.measures import looks_right
from tests.cast import place

SIZES = {"phone": PHONE, "laptop": LAPTOP}


@pytest.fixture
def commune(portal: str) -> Organisation:
    """With two branches more that have not met: one has a secretary in the portal, the other nobody yet."""
    commune = Organisation.everything.get(pk=2)
    owe_nothing_more_this_month(list(Organisation.everything.filter(parent=commune, kind=Kind.BRANCH)))
    new = [place(9_200_000 + n, f"M-{n}", name, Kind.BRANCH, commune) for n, name in enumerate(NAMES)]
    Grant.everything.create(
        account=Account.objects.get(username="dangvien"),
        organisation=new[0],
        role=Role.SECRETARY,
        since=date(2026, 1, 1),
    )
    return commune


def owe_nothing_more_this_month(branches: list[Organisation]) -> None:
    """Early in a month many a branch of the demo has not met yet either."""
    month = timezone.localdate().replace(day=1)
    not_begun = Meeting.everything.filter(
        organisation__in=branches, kind=MeetingKind.REGULAR, period=month, started_at=None, closed_at=None
    )
    not_begun.update(called_off_at=timezone.now(), called_off_because="Lập lại")
    for branch in branches:
        SlotDecision.everything.create(
            organisation=branch, kind=MeetingKind.REGULAR, period=month, change=SlotChange.EXCUSED, because="Bão"
        )


NAMES = ("Chi bộ thôn Cầu Đá", "Chi bộ Hợp tác xã nông nghiệp")


@pytest.mark.parametrize("size", SIZES)
def test_who_has_not_met_is_reminded_once(open_page, commune: Organisation, size: str):
    page = open_page(SIZES[size], as_="vanphong")
    page.goto(f"/tong-quan/{commune.pk}/")
    looks_right(page, f"commune-to-remind.{size}")
    page.get_by_role("link", name="Nhắc 1 chi bộ chưa họp").click()
    expect(page.get_by_text("Sẽ nhắc")).to_have_count(1)
    expect(page.get_by_text("Không gửi được")).to_have_count(1)
    looks_right(page, f"remind.{size}")
    page.get_by_role("button", name="Nhắc 1 chi bộ chưa họp").click()
    told = page.get_by_role("link", name="Đã nhắc hôm nay lúc")
    expect(told).to_contain_text(re.compile(r"\d\d:\d\d"))
    looks_right(page, f"commune-reminded.{size}")
    told.click()
    expect(page.get_by_role("button", name="Nhắc 1 chi bộ")).to_have_count(0)
    looks_right(page, f"remind-done.{size}")


def test_the_same_without_javascript(open_page, commune: Organisation):
    page = open_page(PHONE, as_="vanphong", javascript=False)
    page.goto(f"/tong-quan/{commune.pk}/nhac-hop/")
    page.get_by_role("button", name="Nhắc 1 chi bộ chưa họp").click()
    expect(page.get_by_role("link", name="Đã nhắc hôm nay lúc")).to_be_visible()
    page.get_by_role("button", name="Đánh dấu đã xem").click()
    expect(page.get_by_text("Từ lần đồng chí xem trước")).to_be_visible()


def test_who_follows_some_branches_begins_with_those(open_page, commune: Organisation):
    account = Account.objects.get(username="danguyvien")
    member = Member.everything.filter(account=account).first() or Member.everything.filter(branch=4).first()
    Member.everything.filter(pk=member.pk).update(account=account)
    Charge.everything.create(member=member, organisation_id=5, since=date(2025, 1, 1))
    page = open_page(LAPTOP, as_="danguyvien")
    with page.expect_response("**/da-xem/", timeout=30_000) as seen:  # by itself, once it has stood a while
        page.goto(f"/tong-quan/{commune.pk}/")
    assert seen.value.status == 204
    expect(page.get_by_role("link", name="Chi bộ tôi phụ trách")).to_have_attribute("aria-current", "true")
    looks_right(page, "commune-followed.laptop")
    page.get_by_role("link", name="Toàn đảng bộ").click()
    expect(page.get_by_role("heading", name="14 chi bộ qua 12 tháng")).to_be_visible()
