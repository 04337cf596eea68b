import time
from collections.abc import Iterator

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from portal.access.actor import Actor
from portal.accounts.models import Account
from portal.accounts.services.second_factor import set_up_second_factor
from tests.conftest import make_account

PASSWORD = "một mật khẩu đủ dài"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def nothing_counted_yet() -> None:
    """Tries are counted in the cache, which does not forget at the end of a test."""
    cache.clear()


@pytest.fixture(autouse=True)
def in_the_middle_of_every_window() -> Iterator[None]:
    """Tries are counted in windows of fixed length (portal/accounts/limits.py): the end of one forgets what a test tried."""
    with time_machine.travel(timezone.localtime().replace(hour=12, minute=7, second=0, microsecond=0)):
        yield


@pytest.fixture
def hoa(db: None) -> Account:
    hoa = make_account(username="hoa.nt", full_name="Nguyễn Thị Hoà", password=PASSWORD)
    hoa.phone, hoa.email = "0912345678", "hoa@vidu.vn"
    hoa.save()
    return hoa


@pytest.fixture
def hoa_with_a_second_factor(hoa: Account) -> Account:
    set_up_second_factor(hoa, secret=SECRET, code=code_now(SECRET), by=Actor(hoa))
    return hoa


def code_now(secret: str, *, ahead: int = 0) -> str:
    """What the app on the telephone shows."""
    return format_hotp_value(hotp_value(secret.replace(" ", ""), int(time.time()) // 30 + ahead))


def sign_in(client: Client, username: str = "hoa.nt", password: str = PASSWORD, **more: str) -> HttpResponse:
    options = {key: more.pop(key) for key in list(more) if key.isupper()}
    return client.post("/dang-nhap/", {"username": username, "password": password, **more}, **options)


def is_in(client: Client) -> bool:
    return client.get("/them/").status_code == 200
