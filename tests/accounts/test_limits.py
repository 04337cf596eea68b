import pytest
from django.test import Client

from portal.accounts.limits import Limit
from portal.accounts.models import Account
from portal.accounts.views import passwords, signing
from tests.accounts.conftest import PASSWORD, is_in, sign_in

FEW = Limit("few", most=3, minutes=60)


def test_from_one_address_so_many_tries_whatever_the_names(client: Client, db: None):
    for number in range(signing.FROM_ONE_ADDRESS.most):
        assert client.post("/dang-nhap/", {"username": f"ai{number}"}).status_code == 200
    answer = client.post("/dang-nhap/", {"username": "ai"})
    assert answer.status_code == 429
    assert "phút rồi thử lại" in answer.content.decode()
    assert client.post("/dang-nhap/", {"username": "ai"}, REMOTE_ADDR="10.0.0.9").status_code == 200
    assert client.get("/dang-nhap/").status_code == 200


def test_under_one_name_so_many_tries_from_whatever_addresses(hoa: Account, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(signing, "UNDER_ONE_NAME", FEW)
    for number, typed in enumerate(["hoa.nt", "HOA.nt", " hoa.nt"]):
        assert sign_in(Client(), typed, "sai", REMOTE_ADDR=f"10.0.0.{number}").status_code == 200
    answer = sign_in(Client(), REMOTE_ADDR="10.0.0.9")
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0


def test_changes_of_password(client: Client, hoa: Account, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(passwords, "CHANGES", FEW)
    client.force_login(hoa)
    form = {"current": PASSWORD, "password": "ngắn", "again": "ngắn"}
    assert [client.post("/tai-khoan/mat-khau/", form).status_code for _ in range(4)] == [200, 200, 200, 429]
    assert is_in(client)
