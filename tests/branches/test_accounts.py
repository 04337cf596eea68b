"""An office opens accounts for its subtree and prints slips; nobody signs up, nobody resets what lies beyond their reach."""

from collections.abc import Callable

import pytest
from django.test import Client

from branches.services.accounts import open_account_for, reissue_slip
from branches.services.grants import give_grant
from portal.access.roles import Role
from portal.accounts.models import Account
from portal.words.errors import DomainError, NotAllowed
from tests.cast import Cast


def open_for(cast: Cast, by: str, **changed: object):
    facts = {"full_name": "Nguyễn Thị Lan", "phone": "", "email": "", "organisation": cast.doai, "role": Role.CLERK}
    return open_account_for(**facts | changed, by=cast.actor(by))


def test_an_account_comes_with_its_role_and_a_slip(cast: Cast):
    slip = open_for(cast, "mai")
    assert slip.account.username == "lannt"
    assert slip.account.check_password(slip.password)
    assert slip.account.must_change_password
    assert [grant.role for grant in slip.account.grants.all()] == [Role.CLERK]


def test_two_of_one_name_get_two_user_names(cast: Cast):
    assert [open_for(cast, "mai").account.username for _ in range(3)] == ["lannt", "lannt2", "lannt3"]


@pytest.mark.parametrize("by", ["thinh", "son", "vinh", "quyet", "hau", "xua", "moi"])
def test_nobody_but_the_office_opens_accounts_there(cast: Cast, by: str):
    with pytest.raises(NotAllowed):
        open_for(cast, by)
    assert not Account.objects.filter(full_name="Nguyễn Thị Lan").exists()


def test_all_or_nothing(cast: Cast):
    with pytest.raises((DomainError, NotAllowed)):
        open_for(cast, "mai", role=Role.PROVINCE_OFFICE)
    assert not Account.objects.filter(full_name="Nguyễn Thị Lan").exists()


def test_a_slip_is_reissued_by_who_cares_for_all_that_the_account_holds(cast: Cast):
    old = cast["thinh"].password
    slip = reissue_slip(cast["thinh"], by=cast.actor("mai"))
    assert slip.account.password != old
    assert slip.account.must_change_password
    give_grant(account=cast["thinh"], organisation=cast.province, role=Role.PROVINCE_MEMBER, by=cast.actor("khoi"))
    with pytest.raises(NotAllowed):
        reissue_slip(cast["thinh"], by=cast.actor("mai"))


@pytest.mark.parametrize(("whose", "by"), [("yen", "mai"), ("kien", "mai"), ("hau", "thinh"), ("mai", "mai")])
def test_nobody_resets_what_lies_beyond_their_reach_or_their_own(cast: Cast, whose: str, by: str):
    with pytest.raises(NotAllowed):
        reissue_slip(cast[whose], by=cast.actor(by))


def test_in_the_browser_the_slip_is_shown_once(cast: Cast, sign_in: Callable[[str], Client]):
    office, path = sign_in("mai"), f"/to-chuc/{cast.doai.pk}/cap-tai-khoan/"
    answer = office.post(path, {"full_name": "Nguyễn Thị Lan", "phone": "0912 345 678", "role": Role.CLERK.value})
    page = answer.content.decode()
    assert "lannt" in page
    assert "no-store" in answer.headers["Cache-Control"]
    account = Account.objects.get(username="lannt")
    assert account.phone == "0912345678"
    assert "Mật khẩu" not in office.get(f"/to-chuc/{cast.doai.pk}/").content.decode().split("Cấp lại mật khẩu")[0]


@pytest.mark.parametrize("wrong", [{"full_name": ""}, {"phone": "123"}, {"email": "khong-phai"}, {"role": "king"}])
def test_what_is_wrong_is_said_and_nothing_is_opened(cast: Cast, sign_in: Callable[[str], Client], wrong: dict):
    form = {"full_name": "Nguyễn Thị Lan", "phone": "", "email": "", "role": Role.CLERK.value} | wrong
    answer = sign_in("mai").post(f"/to-chuc/{cast.doai.pk}/cap-tai-khoan/", form)
    assert answer.status_code == 200
    assert "<title>Lỗi: " in answer.content.decode()
    assert not Account.objects.filter(full_name="Nguyễn Thị Lan").exists()
