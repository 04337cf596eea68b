"""Five wrong passwords close the door for a quarter of an hour: under that name, from that address."""

from datetime import datetime, timedelta

import pytest
import time_machine
from axes.models import AccessAttempt
from django.test import Client, RequestFactory, override_settings

from portal.accounts.addresses import client_address
from portal.accounts.models import Account
from portal.accounts.services.accounts import reissue
from tests.accounts.conftest import PASSWORD, is_in, sign_in
from tests.conftest import make_account

NOON = datetime(2026, 3, 2, 12, 0).astimezone()


def fail(client: Client, times: int, username: str = "hoa.nt", **where: str):
    for _ in range(times):
        answer = sign_in(client, username, "sai", **where)
    return answer


def test_the_page_says_how_long_to_wait_and_whom_to_call(client: Client, hoa: Account):
    with time_machine.travel(NOON, tick=False):
        assert fail(client, 4).status_code == 200
        answer = fail(client, 1)
    page = answer.content.decode()
    assert answer.status_code == 429
    assert "khoảng 15 phút nữa" in page
    assert "Gọi văn phòng Đảng ủy xã, phường" in page
    assert answer.headers["Retry-After"] == "900"


def test_then_the_right_password_waits_too(client: Client, hoa: Account):
    fail(client, 5)
    assert sign_in(client).status_code == 429
    assert not is_in(client)


@pytest.mark.parametrize(("minutes", "open_again"), [(14, False), (15, True), (16, True)])
def test_after_a_quarter_of_an_hour_the_door_opens(client: Client, hoa: Account, minutes: int, open_again: bool):
    with time_machine.travel(NOON, tick=False) as clock:
        fail(client, 5)
        clock.shift(timedelta(minutes=10))
        assert "khoảng 5 phút nữa" in fail(client, 1).content.decode()  # trying does not make it longer
        clock.shift(timedelta(minutes=minutes - 10, seconds=1))
        sign_in(client)
        assert is_in(client) == open_again


def test_another_person_at_the_same_address_is_not_locked_out(client: Client, hoa: Account):
    make_account(username="lan", full_name="Bùi Thị Loan", password=PASSWORD)
    fail(client, 6)
    sign_in(client, "lan")
    assert is_in(client)


def test_the_same_person_elsewhere_is_not_locked_out(client: Client, hoa: Account):
    fail(client, 6)
    sign_in(client, REMOTE_ADDR="10.0.0.9")
    assert is_in(client)


def test_other_ways_to_write_the_name_give_no_further_tries(client: Client, hoa: Account):
    for typed in ["hoa.nt", "HOA.NT", " Hoa.nt", "0912345678"]:
        assert fail(client, 1, typed).status_code == 200
    assert fail(client, 1, "+84 912 345 678").status_code == 429


def test_a_name_that_does_not_exist_is_closed_in_the_same_way(client: Client, hoa: Account):
    assert fail(client, 4, "khong-co").status_code == 200
    assert fail(client, 1, "khong-co").status_code == 429


def test_the_right_password_forgets_the_wrong_ones(client: Client, hoa: Account):
    fail(client, 4)
    sign_in(client)
    client.post("/dang-xuat/")
    assert fail(client, 4).status_code == 200


def test_wrong_passwords_inside_count_as_well(client: Client, hoa: Account):
    sign_in(client)
    for _ in range(4):
        assert client.post("/tai-khoan/xac-nhan/", {"password": "sai"}).status_code == 200
    assert client.post("/tai-khoan/xac-nhan/", {"password": "sai"}).status_code == 429


def test_a_new_slip_opens_the_door_at_once(client: Client, hoa: Account):
    fail(client, 5)
    assert sign_in(client, password=reissue(hoa).password).status_code == 302


def test_no_password_is_written_down_with_the_failures(client: Client, hoa: Account):
    sign_in(client, password="bí mật một")
    client.force_login(hoa)
    form = {"current": "bí mật hai", "password": "bí mật ba bốn năm", "again": "bí mật ba bốn năm"}
    client.post("/tai-khoan/mat-khau/", form)
    rows = AccessAttempt.objects.values()
    assert rows
    assert "mật" not in str(list(rows))


@pytest.mark.parametrize(
    ("secure", "forwarded", "address"),
    [
        (False, "6.6.6.6", "127.0.0.1"),
        (True, "6.6.6.6, 10.1.2.3", "10.1.2.3"),
        (True, "10.1.2.3", "10.1.2.3"),
        (True, "", "127.0.0.1"),
        (True, "6.6.6.6, nonsense", "0.0.0.0"),  # noqa: S104
        (True, "2001:db8::1", "2001:db8::1"),
    ],
)
def test_behind_the_proxy_only_its_own_word_counts(secure: bool, forwarded: str, address: str):
    """Everything before the last hop was written by the stranger."""
    with override_settings(SECURE=secure):
        assert client_address(RequestFactory().get("/", headers={"X-Forwarded-For": forwarded})) == address
