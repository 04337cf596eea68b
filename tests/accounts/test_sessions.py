"""Sessions last while they are used, are listed in words, and can be ended from elsewhere."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client

from portal.accounts.devices import device_in_words
from portal.accounts.models import Account
from tests.accounts.conftest import PASSWORD, is_in, sign_in

IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1"
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0"
START = datetime(2026, 3, 2, 7, 0).astimezone()
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def phone(hoa: Account) -> Client:
    phone = Client(headers={"User-Agent": IPHONE})
    sign_in(phone, own_device="on")
    return phone


@pytest.fixture
def laptop(hoa: Account) -> Client:
    laptop = Client(headers={"User-Agent": WINDOWS}, REMOTE_ADDR="10.0.0.7")
    sign_in(laptop)
    return laptop


@pytest.mark.parametrize(
    ("own_device", "idle", "still_in"),
    [
        ("", 11 * HOUR, True),
        ("", 13 * HOUR, False),
        ("on", 29 * DAY, True),
        ("on", 31 * DAY, False),
    ],
)
def test_a_working_day_or_thirty_days_from_the_last_visit(
    client: Client, hoa: Account, own_device: str, idle: timedelta, still_in: bool
):
    with time_machine.travel(START, tick=False) as clock:
        sign_in(client, own_device=own_device)
        clock.shift(idle)
        assert is_in(client) == still_in


def test_a_session_that_is_used_goes_on(client: Client, hoa: Account):
    with time_machine.travel(START, tick=False) as clock:
        sign_in(client)
        for _ in range(5):
            clock.shift(11 * HOUR)
            assert is_in(client)


def test_it_is_written_once_an_hour_and_not_on_every_request(client: Client, hoa: Account, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def written() -> bool:
        with CaptureQueriesContext(connection) as queries:
            assert is_in(client)
        return any("UPDATE" in query["sql"] for query in queries)

    with time_machine.travel(START, tick=False) as clock:
        sign_in(client)
        assert not written()
        clock.shift(59 * timedelta(minutes=1))
        assert not written()
        clock.shift(timedelta(minutes=1))
        assert written()
        assert not written()


def test_the_list_says_which_machine_from_where_and_which_is_this(phone: Client, laptop: Client):
    page = phone.get("/tai-khoan/phien/").content.decode()
    assert page.index("Safari trên điện thoại iPhone") < page.index("Edge trên máy tính Windows")
    assert page.count("Máy đang dùng") == 1
    assert "10.0.0.7" in page
    assert "Edge" in laptop.get("/tai-khoan/phien/").content.decode().split("Máy đang dùng")[0]


def test_one_session_is_ended_from_elsewhere(phone: Client, laptop: Client):
    from allauth.usersessions.models import UserSession

    other = UserSession.objects.get(ip="10.0.0.7")
    assert phone.post(f"/tai-khoan/phien/{other.pk}/dang-xuat/").status_code == 302
    assert (is_in(phone), is_in(laptop)) == (True, False)
    assert phone.post(f"/tai-khoan/phien/{other.pk}/dang-xuat/").status_code == 404


def test_all_others_are_ended_at_once(phone: Client, laptop: Client):
    answer = phone.post("/tai-khoan/phien/dang-xuat-may-khac/", follow=True)
    assert "Đã đăng xuất khỏi 1 máy khác" in answer.content.decode()
    assert (is_in(phone), is_in(laptop)) == (True, False)


def test_nobody_ends_the_session_of_another(phone: Client, as_thinh: Client):
    from allauth.usersessions.models import UserSession

    assert as_thinh.post(f"/tai-khoan/phien/{UserSession.objects.get().pk}/dang-xuat/").status_code == 404
    assert is_in(phone)


def test_a_change_of_password_ends_all_others_and_keeps_this_one(phone: Client, laptop: Client):
    new = "bưởi đỏ ba cây cau"
    answer = phone.post("/tai-khoan/mat-khau/", {"current": PASSWORD, "password": new, "again": new})
    assert answer.headers["Location"] == "/tai-khoan/"
    assert (is_in(phone), is_in(laptop)) == (True, False)
    page = phone.get("/tai-khoan/phien/").content.decode()
    assert "Máy đang dùng" in page
    assert "Edge" not in page


def test_a_wrong_old_password_changes_nothing(phone: Client, hoa: Account):
    new = "bưởi đỏ ba cây cau"
    page = phone.post("/tai-khoan/mat-khau/", {"current": "sai", "password": new, "again": new}).content.decode()
    assert "Mật khẩu đang dùng chưa đúng" in page
    assert Account.objects.get().check_password(PASSWORD)


def test_a_session_that_ran_out_is_not_listed(client: Client, hoa: Account):
    with time_machine.travel(START, tick=False) as clock:
        sign_in(Client(headers={"User-Agent": WINDOWS}))
        clock.shift(13 * HOUR)
        sign_in(client)
        assert "Edge" not in client.get("/tai-khoan/phien/").content.decode()


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (
            "Mozilla/5.0 (Linux; Android 15; SM-A155F) Chrome/140.0 Mobile Safari/537.36",
            "Chrome trên điện thoại Android",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0) coc_coc_browser/120.0 Chrome/114.0 Safari/537.36",
            "Cốc Cốc trên máy tính Windows",
        ),
        ("", "Trình duyệt trên máy không rõ loại"),
        ("<script>" * 100, "Trình duyệt trên máy không rõ loại"),
    ],
)
def test_machines_in_words(user_agent: str, words: str):
    assert device_in_words(user_agent) == words
