"""From the slip to the first page: one password, one page, two weeks."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client

from portal.accounts.services.accounts import Slip, open_account
from tests.accounts.conftest import is_in, sign_in

NEW = "bưởi đỏ ba cây cau"
ISSUED = datetime(2026, 3, 2, 23, 30).astimezone()


@pytest.fixture
def slip(db: None) -> Slip:
    return open_account(username="lan", full_name="Bùi Thị Loan", phone="0987654321")


@pytest.fixture
def with_slip(client: Client, slip: Slip) -> Client:
    sign_in(client, "lan", slip.password)
    return client


@pytest.mark.parametrize(
    "path", ["/", "/them/", "/tro-giup/", "/tai-khoan/", "/tai-khoan/hai-lop/", "/tai-khoan/phien/"]
)
def test_it_leads_to_one_page_and_nowhere_else(with_slip: Client, path: str):
    for answer in (with_slip.get(path), with_slip.post(path)):
        assert (answer.status_code, answer.headers["Location"]) == (302, "/tai-khoan/mat-khau/moi/")


def test_a_part_of_a_page_is_not_swapped_for_it(with_slip: Client):
    answer = with_slip.get("/tro-giup/thuat-ngu/", headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"] == "/tai-khoan/mat-khau/moi/"


def test_size_of_text_and_the_way_out_stay_open(with_slip: Client):
    assert with_slip.post("/co-chu/", {"size": "125", "next": "/tai-khoan/mat-khau/moi/"}).status_code == 302
    assert with_slip.post("/dang-xuat/").headers["Location"] == "/dang-nhap/"


def test_after_the_change_everything_is_open_and_the_slip_is_waste_paper(with_slip: Client, slip: Slip):
    answer = with_slip.post("/tai-khoan/mat-khau/moi/", {"password": NEW, "again": NEW})
    assert answer.headers["Location"] == "/"
    assert is_in(with_slip)
    elsewhere = Client()
    sign_in(elsewhere, "lan", slip.password)
    assert not is_in(elsewhere)
    sign_in(elsewhere, "lan", NEW)
    assert is_in(elsewhere)


@pytest.mark.parametrize(
    ("password", "again", "said"),
    [
        ("ngắn", "ngắn", "ít nhất 10 ký tự"),
        ("qwertyuiop", "qwertyuiop", "nhiều người dùng"),
        ("bùi thị loan", "bùi thị loan", "giống tên"),
        ("0987654321", "0987654321", "giống tên hoặc số điện thoại"),
        (NEW, "khác hẳn", "chưa giống nhau"),
        ("", "", "Chưa nhập mật khẩu mới"),
    ],
)
def test_a_password_that_is_no_good_is_refused_in_words(with_slip: Client, password: str, again: str, said: str):
    page = with_slip.post("/tai-khoan/mat-khau/moi/", {"password": password, "again": again}).content.decode()
    assert said in page
    assert not is_in(with_slip)


def test_the_slips_own_password_cannot_be_kept(with_slip: Client, slip: Slip):
    page = with_slip.post("/tai-khoan/mat-khau/moi/", {"password": slip.password, "again": slip.password})
    assert "vẫn là mật khẩu đang dùng" in page.content.decode()


@pytest.mark.parametrize(("days", "good"), [(13, True), (14, True), (15, False)])
def test_a_slip_is_good_for_two_weeks(client: Client, db: None, days: int, good: bool):
    with time_machine.travel(ISSUED, tick=False) as clock:
        slip = open_account(username="lan", full_name="Bùi Thị Loan")
        clock.shift(timedelta(days=days))
        answer = sign_in(client, "lan", slip.password)
    assert (answer.status_code == 302) == good
    assert good or "đã hết hạn" in answer.content.decode()


def test_that_it_expired_is_said_only_to_who_holds_the_slip(client: Client, slip: Slip):
    with time_machine.travel(datetime.now().astimezone() + timedelta(days=60)):
        assert "đã hết hạn" not in sign_in(client, "lan", "sai").content.decode()
