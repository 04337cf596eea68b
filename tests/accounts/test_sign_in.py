import pytest
from django.test import Client

from portal.accounts.models import Account
from tests.conftest import make_account

PASSWORD = "một mật khẩu đủ dài"


@pytest.fixture
def hoa(db: None) -> Account:
    return make_account(username="hoa.nt", full_name="Nguyễn Thị Hoà", password=PASSWORD)


@pytest.mark.parametrize("typed", ["hoa.nt", "HOA.NT", "  hoa.nt "])
def test_capitals_and_spaces_do_not_matter(client: Client, hoa: Account, typed: str):
    answer = client.post("/dang-nhap/", {"username": typed, "password": PASSWORD})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")


@pytest.mark.parametrize(
    ("username", "password"), [("hoa.nt", "sai"), ("khong-co", PASSWORD), ("", ""), ("hoa.nt", "")]
)
def test_what_is_wrong_is_said_in_words_and_the_name_stays(client: Client, hoa: Account, username: str, password: str):
    page = client.post("/dang-nhap/", {"username": username, "password": password}).content.decode()
    assert "<title>Lỗi: " in page
    assert username == "" or f'value="{username}"' in page


def test_a_wrong_name_and_a_wrong_password_sound_the_same(client: Client, hoa: Account):
    sentence = "Tên đăng nhập hoặc mật khẩu chưa đúng"
    for username in ("hoa.nt", "khong-co"):
        assert sentence in client.post("/dang-nhap/", {"username": username, "password": "sai"}).content.decode()


def test_an_account_out_of_use_stays_outside(client: Client, hoa: Account):
    Account.objects.update(is_active=False)
    assert client.post("/dang-nhap/", {"username": "hoa.nt", "password": PASSWORD}).status_code == 200


@pytest.mark.parametrize("target", ["//evil.example/", "https://evil.example/", "javascript:alert(1)"])
def test_sign_in_leads_to_own_pages_only(client: Client, hoa: Account, target: str):
    answer = client.post(f"/dang-nhap/?next={target}", {"username": "hoa.nt", "password": PASSWORD, "next": target})
    assert answer.headers["Location"] == "/"


def test_sign_out_is_a_post_and_ends_the_session(client: Client, hoa: Account):
    client.force_login(hoa)
    assert client.post("/dang-xuat/").status_code == 302
    assert client.get("/").headers["Location"] == "/dang-nhap/?next=/"


def test_the_database_refuses_names_with_capitals(db: None):
    from django.db import IntegrityError

    with pytest.raises(IntegrityError):
        Account.objects.bulk_create([Account(username="Hoa", full_name="x")])


def test_initials():
    assert Account(full_name="Hồ Trung Kiên").initials == "HK"
    assert Account(full_name="Đạt").initials == "Đ"
