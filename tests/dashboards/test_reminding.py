"""Nhắc chi bộ chưa họp: those who keep the meetings of these branches, once a day, by whomever and however often it is pressed."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.core import mail
from django.test import Client

from branches.models import Grant, Organisation
from meetings.services.nudging import remind_to_meet
from portal.accounts.models import Account
from portal.notifications.models import Notice
from portal.notifications.services.reminding import remind
from portal.words.errors import NotAllowed
from tests.cast import Cast, assemble
from tests.dashboards.test_commune import page_of, read
from tests.meetings.meetings import meeting_of, people_of
from tests.meetings.test_slots import close

NOW = "2026-11-04 14:05+07:00"


@pytest.fixture
def cast(db: None) -> Iterator[Cast]:
    with time_machine.travel(NOW):
        yield assemble(date(2026, 11, 4))


@pytest.fixture
def as_mai(cast: Cast) -> Client:
    return signed_in(cast, "mai")


def signed_in(cast: Cast, name: str) -> Client:
    client = Client()
    client.force_login(cast[name])
    return client


def address(place: Organisation) -> str:
    return f"/tong-quan/{place.pk}/nhac-hop/"


def told(cast: Cast) -> list[tuple[str, str]]:
    """Whom, and what they read."""
    rows = Notice.everything.filter(rule="hop-thuong-ky").order_by("account__username", "told_at")
    return [(row.account.username, row.words) for row in rows.select_related("account")]


WORDS = "Đảng ủy xã Phú Lương nhắc: họp chi bộ thường kỳ tháng 11/2026"


def test_the_page_says_who_will_be_told_what_and_tells_nobody(cast: Cast, as_mai: Client):
    said = read(as_mai.get(address(cast.phu_luong)).content.decode())
    assert WORDS in said
    assert "đ/c Lò Văn Thịnh, đ/c Đặng Thị Thơm" in said
    assert "Nguyễn Thị Hoà" in said
    assert "Nhắc 2 chi bộ chưa họp" in said
    assert told(cast) == []


def test_those_who_keep_the_meetings_are_told_and_nobody_else(cast: Cast, as_mai: Client):
    answer = as_mai.post(address(cast.phu_luong))
    assert answer.status_code == 302
    assert told(cast) == [("hoa", WORDS), ("thinh", WORDS), ("thom", WORDS)]  # not a member, not another commune


def test_pressed_twice_and_by_two_nobody_is_told_twice(cast: Cast, as_mai: Client):
    as_mai.post(address(cast.phu_luong))
    as_mai.post(address(cast.phu_luong))
    signed_in(cast, "vinh").post(address(cast.phu_luong))
    assert len(told(cast)) == 3
    said = read(page_of(as_mai, cast.phu_luong))
    assert "Đã nhắc hôm nay lúc 14:05, 2 chi bộ" in said
    assert "Nhắc 2 chi bộ" not in said


def test_the_morning_after_it_may_be_said_again(cast: Cast):
    remind_to_meet(cast.phu_luong, by=cast.actor("mai"))
    with time_machine.travel("2026-11-05 08:00+07:00"):
        assert remind_to_meet(cast.phu_luong, by=cast.actor("mai")) == 4  # Mới has begun too
    assert len(told(cast)) == 7


def test_whom_the_clock_has_told_this_morning_is_not_told_again(cast: Cast, as_mai: Client):
    with time_machine.travel("2026-11-08 07:00+07:00"):  # a day late: the clock tells
        remind(today=date(2026, 11, 8))
        before = len(told(cast))
        assert before
        assert remind_to_meet(cast.phu_luong, by=cast.actor("mai")) == 0
        assert len(told(cast)) == before


def test_a_branch_that_has_met_or_meets_today_is_left_alone(cast: Cast, as_mai: Client):
    people_of(cast.dong, 1)
    close(meeting_of(cast.dong, date(2026, 11, 3)))
    people_of(cast.doai, 1)
    meeting_of(cast.doai, date(2026, 11, 4))
    assert "Nhắc" not in read(page_of(as_mai, cast.phu_luong))
    as_mai.post(address(cast.phu_luong))
    assert told(cast) == []
    assert "Không còn chi bộ nào phải nhắc" in as_mai.get(address(cast.phu_luong)).content.decode()


def test_one_that_has_planned_it_for_later_is_reminded_of_it(cast: Cast, as_mai: Client):
    people_of(cast.dong, 1)
    meeting_of(cast.dong, date(2026, 11, 6))
    assert "Đã lập cho ngày 06/11/2026" in read(as_mai.get(address(cast.phu_luong)).content.decode())


def test_a_letter_goes_at_once(cast: Cast, as_mai: Client, settings):
    Account.objects.filter(pk=cast["thinh"].pk).update(email="thinh@example.org")
    as_mai.post(address(cast.phu_luong))
    assert Notice.everything.filter(account=cast["thinh"], carried__channel="mail").exists()
    assert mail.outbox == []  # the sender takes it: nothing is sent in the request


@pytest.mark.parametrize("name", ["son", "kien", "thinh", "quyet"])
def test_only_who_directs_meetings_there_reminds(cast: Cast, name: str):
    with pytest.raises(NotAllowed):
        remind_to_meet(cast.phu_luong, by=cast.actor(name))
    assert signed_in(cast, name).post(address(cast.phu_luong)).status_code in (403, 404)
    assert told(cast) == []


def test_where_nobody_has_an_account_the_page_says_so_and_offers_nothing(cast: Cast, as_mai: Client):
    Grant.everything.filter(organisation__in=[cast.dong, cast.doai]).delete()
    said = read(page_of(as_mai, cast.phu_luong))
    assert "Chưa nhắc được 2 chi bộ: chưa ai có tài khoản" in said
    assert "Không gửi được" in read(as_mai.get(address(cast.phu_luong)).content.decode())
