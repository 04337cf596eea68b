import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from portal.accounts.models import Account
from portal.accounts.phones import normal_phone
from tests.accounts.conftest import PASSWORD, is_in, sign_in

WRONG = "Tên đăng nhập hoặc mật khẩu chưa đúng"


@pytest.mark.parametrize("typed", ["hoa.nt", "HOA.NT", "  hoa.nt "])
def test_capitals_and_spaces_do_not_matter(client: Client, hoa: Account, typed: str):
    answer = sign_in(client, typed)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert is_in(client)


@pytest.mark.parametrize("typed", ["0912345678", "0912 345 678", "0912.345.678", "+84912345678", "+84 912-345-678"])
def test_a_phone_is_a_name_too(client: Client, hoa: Account, typed: str):
    sign_in(client, typed)
    assert is_in(client)


@pytest.mark.parametrize(
    ("username", "password"), [("hoa.nt", "sai"), ("khong-co", PASSWORD), ("", ""), ("hoa.nt", "")]
)
def test_what_is_wrong_is_said_in_words_and_the_name_stays(client: Client, hoa: Account, username: str, password: str):
    page = sign_in(client, username, password).content.decode()
    assert "<title>Lỗi: " in page
    assert username == "" or f'value="{username}"' in page


@pytest.mark.parametrize("username", ["hoa.nt", "khong-co", "0912345678", "0999999999"])
def test_a_wrong_name_and_a_wrong_password_sound_the_same(client: Client, hoa: Account, username: str):
    assert WRONG in sign_in(client, username, "sai").content.decode()


@pytest.mark.parametrize("username", ["hoa.nt", "khong-co"])
def test_a_wrong_name_takes_as_long_as_a_wrong_password(
    client: Client, hoa: Account, username: str, monkeypatch: pytest.MonkeyPatch
):
    """One hash is computed either way."""
    from django.contrib.auth.hashers import MD5PasswordHasher

    hashed, encode = [], MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *args: hashed.append(args) or encode(*args))
    sign_in(client, username, "sai")
    assert len(hashed) == 1


def test_an_account_out_of_use_stays_outside_and_sounds_the_same(client: Client, hoa: Account):
    Account.objects.update(is_active=False)
    assert WRONG in sign_in(client).content.decode()
    assert not is_in(client)


@pytest.mark.parametrize(
    "target", ["//evil.example/", "https://evil.example/", "javascript:alert(1)", "/\\evil.example"]
)
def test_sign_in_leads_to_own_pages_only(client: Client, hoa: Account, target: str):
    answer = client.post(f"/dang-nhap/?next={target}", {"username": "hoa.nt", "password": PASSWORD, "next": target})
    assert answer.headers["Location"] == "/"
    assert client.get("/dang-nhap/", {"next": target}).headers["Location"] == "/"


def test_sign_in_leads_back_to_the_page_one_wanted(client: Client, hoa: Account):
    assert sign_in(client, next="/tro-giup/").headers["Location"] == "/tro-giup/"


def test_sign_out_is_a_post_and_ends_the_session(client: Client, hoa: Account):
    client.force_login(hoa)
    assert client.get("/dang-xuat/").status_code == 405
    assert client.post("/dang-xuat/").headers["Location"] == "/dang-nhap/"
    assert client.get("/").headers["Location"] == "/dang-nhap/?next=/"


def test_nobody_signs_up_by_themselves():
    from django.urls import get_resolver

    names = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    assert not {name for name in names if "signup" in name or name.startswith(("account_", "socialaccount"))}


ODD = [
    "\U0001f680",
    "\u202e",
    "' OR 1=1 --",
    "a\u0301" * 20,
    "{{ 7*7 }}",
    "<script>",
    "+84",
    "0" * 60,
    "x" * 61,
    "\ud7ff",
    "%",
]


@pytest.mark.parametrize("odd", ODD)
def test_whatever_is_typed_is_answered_in_words(client: Client, hoa: Account, odd: str):
    assert sign_in(client, odd, odd).status_code == 200
    assert sign_in(client, "hoa.nt", odd).status_code == 200
    assert not is_in(client)


@given(st.text(max_size=40))
def test_a_phone_is_digits_or_nothing(typed: str):
    phone = normal_phone(typed)
    assert phone is None or (phone.isascii() and phone.isdigit() and phone[0] == "0" and normal_phone(phone) == phone)


@pytest.mark.parametrize(
    "typed", ["", "912345678", "84912345678", "0912", "+1 202 555 0100", "09123456789012", "०९१२३४५६७८"]
)
def test_what_is_no_vietnamese_number(typed: str):
    assert normal_phone(typed) is None


@pytest.mark.parametrize(
    "values", [{"username": "Hoa"}, {"username": "x", "phone": "+84912"}, {"username": "x", "phone": ""}]
)
def test_the_database_refuses_names_with_capitals_and_phones_with_other_signs(db: None, values: dict[str, str]):
    from django.db import IntegrityError

    with pytest.raises(IntegrityError):
        Account.objects.bulk_create([Account(full_name="x", **values)])


def test_initials():
    assert Account(full_name="Hồ Trung Kiên").initials == "HK"
    assert Account(full_name="Đạt").initials == "Đ"
