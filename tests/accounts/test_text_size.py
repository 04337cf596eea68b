import pytest
from django.test import Client

from portal.accounts.models import Account


def test_before_sign_in_the_device_remembers(client: Client, db: None):
    answer = client.post("/co-chu/", {"size": "150", "next": "/dang-nhap/"})
    assert answer.headers["Location"] == "/dang-nhap/"
    assert 'data-text="150"' in client.get("/dang-nhap/").content.decode()


def test_after_sign_in_the_account_remembers(as_thinh: Client, thinh: Account):
    as_thinh.post("/co-chu/", {"size": "125", "next": "/"})
    elsewhere = Client()
    elsewhere.force_login(thinh)
    assert 'data-text="125"' in elsewhere.get("/").content.decode()


@pytest.mark.parametrize("size", ["99", "", "1e9", "150%", "-100"])
def test_other_sizes_change_nothing(as_thinh: Client, thinh: Account, size: str):
    assert as_thinh.post("/co-chu/", {"size": size, "next": "/"}).status_code == 302
    thinh.refresh_from_db()
    assert thinh.text_size == 100


@pytest.mark.parametrize("target", ["//evil.example", "https://evil.example/x", "javascript:alert(1)", "", "tro-giup"])
def test_back_to_own_pages_only(client: Client, db: None, target: str):
    assert client.post("/co-chu/", {"size": "125", "next": target}).headers["Location"] == "/"


def test_the_database_refuses_a_size_that_is_not_offered(thinh: Account):
    from django.db import IntegrityError

    with pytest.raises(IntegrityError):
        Account.objects.update(text_size=110)
