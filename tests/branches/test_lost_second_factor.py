"""A lost phone: the office in care of an account takes the second factor away, and the person hears of it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.utils import timezone

from branches.services.accounts import remove_lost_second_factor
from portal.access.actor import Actor
from portal.accounts.models import Account
from portal.accounts.services.second_factor import set_up_second_factor
from portal.history.sentences import history_of
from portal.words.errors import DomainError, NotAllowed
from tests.accounts.conftest import PASSWORD, SECRET, code_now, is_in, sign_in
from tests.cast import Cast

SignIn = Callable[[str], Client]


@pytest.fixture
def guarded(cast: Cast) -> Cast:
    """Thịnh, Mai and Yến have a second factor."""
    for name in ("thinh", "mai", "yen"):
        set_up_second_factor(cast[name], secret=SECRET, code=code_now(SECRET), by=Actor(cast[name]))
    return cast


def path(cast: Cast, name: str) -> str:
    return f"/vai-tro/{cast[name].grants.get().pk}/go-xac-thuc-hai-lop/"


def test_the_office_takes_it_away_whole_and_the_history_says_who(guarded: Cast):
    remove_lost_second_factor(guarded["thinh"], by=guarded.actor("mai"))
    thinh = Account.objects.get(username="thinh")
    assert not Authenticator.objects.filter(user=thinh).exists()
    assert thinh.second_factor_since is None
    newest = history_of(thinh)[0]
    assert (newest.who, newest.action) == ("Đinh Thị Mai", "gỡ xác thực hai lớp")


@pytest.mark.parametrize(("whose", "by"), [("yen", "mai"), ("thinh", "thom"), ("mai", "mai"), ("mai", "quyet")])
def test_nobody_does_so_beyond_their_reach_or_for_themselves(guarded: Cast, whose: str, by: str):
    with pytest.raises(NotAllowed):
        remove_lost_second_factor(guarded[whose], by=guarded.actor(by))
    assert Authenticator.objects.filter(user=guarded[whose]).exists()


def test_where_there_is_none_nothing_is_taken(cast: Cast, sign_in: SignIn):
    with pytest.raises(DomainError, match="không có gì để gỡ"):
        remove_lost_second_factor(cast["hau"], by=cast.actor("mai"))
    browser = sign_in("mai")
    assert "Không có gì để gỡ" in browser.get(path(cast, "hau")).content.decode()
    answer = browser.post(path(cast, "hau"), {"x": "y"})
    assert "không có gì để gỡ" in answer.content.decode()


def test_in_the_browser_get_says_what_will_happen_and_post_does_it(guarded: Cast, sign_in: SignIn):
    office = sign_in("mai")
    panel = office.get(f"/to-chuc/{guarded.dong.pk}/").content.decode()
    assert path(guarded, "thinh") in panel
    assert path(guarded, "hau") not in panel  # has none
    page = office.get(path(guarded, "thinh")).content.decode()
    assert "bị đăng xuất khỏi mọi máy" in page
    assert "bật ứng dụng xác thực" in page  # the history of the account
    answer = office.post(path(guarded, "thinh"), {"csrfmiddlewaretoken": "x"}, follow=True)
    assert "Đã gỡ xác thực hai lớp của đ/c Lò Văn Thịnh." in answer.content.decode()


def test_for_oneself_the_page_refuses_with_the_reason(guarded: Cast, sign_in: SignIn):
    answer = sign_in("mai").get(path(guarded, "mai"))
    assert answer.status_code == 403
    assert "của chính mình thì đổi ở trang Tài khoản" in answer.content.decode()


def test_the_person_is_signed_out_everywhere_and_told_by_mail_and_once_at_the_next_sign_in(
    guarded: Cast, django_capture_on_commit_callbacks
):
    thinh = guarded["thinh"]
    thinh.email = "thinh@vidu.vn"
    thinh.set_password(PASSWORD)
    thinh.save()
    lost = Client()
    sign_in(lost, "thinh")
    lost.post("/dang-nhap/ma/", {"code": code_now(SECRET, ahead=1)})
    assert is_in(lost)
    with django_capture_on_commit_callbacks(execute=True):
        remove_lost_second_factor(Account.objects.get(username="thinh"), by=guarded.actor("mai"))
    assert not is_in(lost)
    assert "vừa gỡ xác thực hai lớp" in mail.outbox[-1].body
    first, second = Client(), Client()
    told = "Văn phòng đã gỡ xác thực hai lớp của đồng chí"
    assert told in first.post("/dang-nhap/", {"username": "thinh", "password": PASSWORD}, follow=True).content.decode()
    page = second.post("/dang-nhap/", {"username": "thinh", "password": PASSWORD}, follow=True).content.decode()
    assert told not in page


def test_who_is_obliged_sets_it_up_anew_under_the_usual_rule(guarded: Cast):
    """The period counts from the first time it was asked for: after it, every page leads to the setup."""
    mai = guarded["mai"]
    mai.set_password(PASSWORD)
    mai.second_factor_asked_on = timezone.localdate() - timedelta(days=20)
    mai.save()
    remove_lost_second_factor(mai, by=guarded.actor("kien"))
    client = Client()
    sign_in(client, "mai")
    assert client.get("/them/").headers["Location"] == "/tai-khoan/hai-lop/"
    assert client.get("/tai-khoan/hai-lop/khoa/").status_code == 200  # by passkey as well
