"""By mail where there is an address; the page answers the same for every name."""

import re
from datetime import datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client

from portal.accounts import tasks
from portal.accounts.models import Account
from tests.accounts.conftest import PASSWORD, is_in, sign_in

NEW = "bưởi đỏ ba cây cau"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """What is handed to the worker."""
    handed: list[tuple[str, str]] = []
    monkeypatch.setattr(tasks.send_reset_link, "delay", lambda *args: handed.append(args))
    return handed


@pytest.fixture
def elsewhere(hoa: Account) -> Client:
    """Signed in before the link was asked for: signing in afterwards would make it worthless."""
    elsewhere = Client()
    sign_in(elsewhere)
    return elsewhere


@pytest.fixture
def link(client: Client, hoa: Account, asked: list) -> str:
    client.post("/quen-mat-khau/", {"username": "0912 345 678"})
    tasks.send_reset_link(*asked[0])
    return re.search(r"http://testserver(/\S+)", mail.outbox[0].body)[1]


@pytest.mark.parametrize("typed", ["hoa.nt", "khong-co", "0912345678"])
def test_the_answer_is_the_same_for_every_name(client: Client, hoa: Account, asked: list, typed: str):
    answer = client.post("/quen-mat-khau/", {"username": typed})
    assert (answer.status_code, len(asked)) == (200, 1)
    assert "Hãy mở hộp thư" in answer.content.decode()


def test_the_page_looks_up_nothing(client: Client, hoa: Account, asked: list, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.post("/quen-mat-khau/", {"username": "hoa.nt"})


@pytest.mark.parametrize("change", [{"email": ""}, {"is_active": False}])
def test_no_mail_without_an_address_or_for_a_closed_account(hoa: Account, change: dict):
    Account.objects.update(**change)
    tasks.send_reset_link("hoa.nt", "http://testserver")
    tasks.send_reset_link("khong-co", "http://testserver")
    assert mail.outbox == []


def test_the_link_opens_once_and_ends_every_session(client: Client, elsewhere: Client, link: str):
    assert client.get(link).status_code == 200
    assert client.post(link, {"password": NEW, "again": NEW}).headers["Location"] == "/dang-nhap/"
    assert not is_in(elsewhere)
    assert client.get(link).status_code == 410
    sign_in(client, password=NEW)
    assert is_in(client)


def test_a_bad_password_leaves_the_link_good(client: Client, link: str):
    assert "ít nhất 10 ký tự" in client.post(link, {"password": "ngắn", "again": "ngắn"}).content.decode()
    assert client.get(link).status_code == 200
    assert Account.objects.get().check_password(PASSWORD)


@pytest.mark.parametrize(("hours", "status"), [(23, 200), (25, 410)])
def test_the_link_is_good_for_a_day(client: Client, link: str, hours: int, status: int):
    with time_machine.travel(datetime.now().astimezone() + timedelta(hours=hours)):
        assert client.get(link).status_code == status


def test_the_link_of_one_account_does_not_open_another(client: Client, link: str, thinh: Account):
    token = link.rstrip("/").rsplit("/", 1)[1]
    assert client.get(f"/quen-mat-khau/{thinh.pk}/{token}/").status_code == 410


def test_a_mailbox_is_not_flooded(client: Client, hoa: Account, asked: list):
    for _ in range(6):
        assert client.post("/quen-mat-khau/", {"username": "hoa.nt"}).status_code == 200
    assert len(asked) == 3
