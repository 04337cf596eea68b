"""Passkeys: added by who has shown the password, asked for after it, never believed twice."""

import json
import re

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.accounts.models import Account
from portal.accounts.services.second_factor import Kind, unused_recovery_codes
from tests.accounts.conftest import SECRET, code_now, is_in, sign_in
from tests.accounts.device import Device, question_in
from tests.house.language import english_leftovers

CODE_PAGE, SETUP = "/dang-nhap/ma/", "/tai-khoan/hai-lop/"
ADD = f"{SETUP}khoa/"
WRONG = "Cổng chưa nhận được khóa truy cập này"


def add(client: Client, device: Device, name: str = "Điện thoại"):
    return client.post(ADD, {"name": name, "credential": device.make(question_in(client.get(ADD)))})


@pytest.fixture
def device() -> Device:
    return Device()


@pytest.fixture
def inside(client: Client, hoa: Account) -> Client:
    sign_in(client)
    return client


@pytest.fixture
def at_the_step(inside: Client, device: Device) -> Client:
    """The only factor is a passkey; the password has been given."""
    add(inside, device)
    browser = Client()
    assert sign_in(browser).headers["Location"] == CODE_PAGE
    return browser


def show(client: Client, device: Device):
    return client.post(CODE_PAGE, {"credential": device.sign(question_in(client.get(CODE_PAGE)))})


def test_the_first_one_turns_the_second_factor_on_and_leaves_ten_codes_on_paper(inside: Client, device: Device):
    assert add(inside, device).headers["Location"] == f"{SETUP}ma-du-phong/"
    hoa = Account.objects.get()
    assert hoa.second_factor_since
    assert len(unused_recovery_codes(hoa)) == 10
    assert "Khóa truy cập “Điện thoại”" in inside.get(SETUP).content.decode()


def test_without_a_name_it_is_called_after_the_device(inside: Client, device: Device):
    question = question_in(inside.get(ADD))
    inside.post(ADD, {"name": " ", "credential": device.make(question)}, HTTP_USER_AGENT="(iPhone) Safari/604")
    assert "Khóa truy cập “Safari trên điện thoại iPhone”" in inside.get(SETUP).content.decode()


def test_the_passkey_opens_the_door_after_the_password(at_the_step: Client, device: Device):
    assert not is_in(at_the_step)
    assert show(at_the_step, device).headers["Location"] == "/"
    assert is_in(at_the_step)
    assert "Dùng lần cuối" in at_the_step.get(SETUP).content.decode()


def test_a_recovery_code_opens_it_too(at_the_step: Client):
    code = unused_recovery_codes(Account.objects.get())[0]
    assert "Máy này không dùng được khóa truy cập thì gõ một mã" in at_the_step.get(CODE_PAGE).content.decode()
    assert at_the_step.post(CODE_PAGE, {"code": code}).headers["Location"] == "/"


def test_an_answer_is_good_once(at_the_step: Client, device: Device):
    answer = device.sign(question_in(at_the_step.get(CODE_PAGE)))
    at_the_step.post(CODE_PAGE, {"credential": answer})
    thief = Client()
    sign_in(thief)
    thief.get(CODE_PAGE)
    assert WRONG in thief.post(CODE_PAGE, {"credential": answer}).content.decode()
    assert not is_in(thief)


def test_a_question_is_good_once_even_when_the_answer_was_wrong(at_the_step: Client, device: Device):
    question = question_in(at_the_step.get(CODE_PAGE))
    at_the_step.post(CODE_PAGE, {"credential": Device().sign(question)})
    assert WRONG in at_the_step.post(CODE_PAGE, {"credential": device.sign(question)}).content.decode()
    assert not is_in(at_the_step)


@pytest.mark.parametrize(
    "place",
    [
        {"origin": "https://testserver"},
        {"origin": "http://gia.testserver"},
        {"origin": "http://testserver:8001"},
        {"host": "evil.example"},
    ],
)
def test_what_was_signed_on_another_page_is_refused(at_the_step: Client, device: Device, place: dict[str, str]):
    for name, value in place.items():
        setattr(device, name, value)
    assert WRONG in show(at_the_step, device).content.decode()
    assert not is_in(at_the_step)


def test_the_key_of_somebody_else_opens_nothing(at_the_step: Client):
    assert WRONG in show(at_the_step, Device()).content.decode()
    assert not is_in(at_the_step)


def test_five_wrong_answers_then_a_pause(at_the_step: Client):
    assert [show(at_the_step, Device()).status_code for _ in range(5)] == [200] * 5
    assert at_the_step.post(CODE_PAGE, {"credential": "{}"}).status_code == 429


def broken(answer: str) -> list[str]:
    """A right answer, spoilt in every place, and things that are no answer."""
    good = json.loads(answer)
    parts = good["response"]
    spoilt = [
        good | {"response": parts | {name: bad}}
        for name in parts
        for bad in ("", "AAAA", "é", 7, None, [1], "_" * 5000)
    ]
    spoilt += [good | {name: bad} for name in good for bad in ("x", "\ud800", None, {}, 1e308)]
    spoilt += [{key: value for key, value in good.items() if key != name} for name in good]
    odd = [
        "",
        "null",
        "[]",
        "7",
        '"x"',
        "{}",
        "{",
        "[" * 15_000,
        "9" * 5_000,
        "x" * 50_000,
        '{"a": "\\u0000"}',
        "\U0001f680",
    ]
    return [json.dumps(one) for one in spoilt] + odd


def test_no_answer_gives_a_500_and_each_is_answered_in_words(inside: Client, device: Device, monkeypatch):
    """At the door and when a key is added."""
    monkeypatch.setattr("portal.accounts.limits.Limit.reached", lambda *_: False)
    for answer in broken(device.make(question_in(inside.get(ADD)))):
        question_in(inside.get(ADD))
        page = inside.post(ADD, {"name": "Máy của tôi", "credential": answer})
        assert page.status_code == 200, answer[:200]
        assert WRONG in page.content.decode()
        assert 'value="Máy của tôi"' in page.content.decode()
    assert not Authenticator.objects.exists()
    add(inside, device)
    door = Client()
    sign_in(door)
    for answer in broken(device.sign(question_in(door.get(CODE_PAGE)))):
        question = question_in(door.get(CODE_PAGE))
        assert question["challenge"]
        page = door.post(CODE_PAGE, {"credential": answer})
        assert page.status_code == 200, answer[:200]
        assert WRONG in page.content.decode()
    assert english_leftovers(page.content.decode()) == []
    assert not is_in(door)


def test_only_what_was_checked_is_kept(inside: Client, device: Device):
    """Whatever else a browser sends along stays out: a NUL in it could not even be stored."""
    answer = json.loads(device.make(question_in(inside.get(ADD))))
    answer["clientExtensionResults"] = {"odd": "\0" * 10}
    inside.post(ADD, {"credential": json.dumps(answer)})
    (kept,) = Authenticator.objects.filter(type=Kind.WEBAUTHN)
    assert set(kept.data["credential"]) == {"id", "rawId", "type", "response"}


def test_the_same_key_twice_and_an_eleventh_are_refused_in_words(inside: Client, device: Device):
    add(inside, device)
    assert question_in(inside.get(ADD))["excludeCredentials"]
    assert "đã được thêm rồi" in add(inside, device).content.decode()
    for _ in range(9):
        add(inside, Device())
    assert "tối đa 10 khóa" in add(inside, Device()).content.decode()


def test_removing_the_last_one_turns_the_second_factor_off_and_the_first_does_not(inside: Client, device: Device):
    add(inside, device)
    since = Account.objects.get().second_factor_since
    add(inside, Device(), "Máy tính")
    assert Account.objects.get().second_factor_since == since
    first, last = Authenticator.objects.filter(type=Kind.WEBAUTHN).order_by("pk")
    assert inside.post(f"{SETUP}{first.pk}/bo/").headers["Location"] == SETUP
    assert Account.objects.get().second_factor_since == since
    page = inside.post(f"{SETUP}{last.pk}/bo/", follow=True).content.decode()
    assert "Đã bỏ khóa truy cập “Máy tính”. Xác thực hai lớp đã tắt." in page
    assert Account.objects.get().second_factor_since is None
    assert not Authenticator.objects.exists()  # the codes on paper went with it
    assert sign_in(Client()).headers["Location"] == "/"


def test_two_removals_wait_for_each_other(inside: Client, device: Device):
    """Or each would see the other's key and leave an account that says it has a factor."""
    add(inside, device)
    with CaptureQueriesContext(connection) as queries:
        inside.post(f"{SETUP}{Authenticator.objects.get(type=Kind.WEBAUTHN).pk}/bo/")
    said = [query["sql"] for query in queries]
    locked = next(n for n, sql in enumerate(said) if "FOR UPDATE" in sql and "accounts_account" in sql)
    assert locked < next(n for n, sql in enumerate(said) if "DELETE FROM" in sql)


def test_an_app_beside_it_and_either_opens(at_the_step: Client, inside: Client, device: Device):
    app = f"{SETUP}ung-dung/"
    secret = re.search(r"<code>([A-Z2-7 ]+)</code>", inside.get(app).content.decode())[1]
    codes = unused_recovery_codes(Account.objects.get())
    assert inside.post(app, {"code": code_now(secret)}).status_code == 302
    assert unused_recovery_codes(Account.objects.get()) == codes  # the sheet in the drawer stays good
    assert inside.get(app).headers["Location"] == SETUP
    assert at_the_step.post(CODE_PAGE, {"code": code_now(secret, ahead=1)}).headers["Location"] == "/"


def test_turning_it_off_takes_the_passkeys_too(inside: Client, device: Device):
    add(inside, device)
    inside.post(f"{SETUP}tat/")
    assert not Authenticator.objects.exists()


def test_nobody_removes_the_key_of_somebody_else_nor_the_codes_alone(
    inside: Client, device: Device, hoa_with_a_second_factor: Account, thinh: Account
):
    theirs = Authenticator.objects.create(user=thinh, type=Kind.TOTP, data={"secret": SECRET})
    codes = Authenticator.objects.get(user=hoa_with_a_second_factor, type=Kind.RECOVERY_CODES)
    for factor in (theirs, codes):
        assert inside.post(f"{SETUP}{factor.pk}/bo/").status_code == 404
    assert Authenticator.objects.filter(pk__in=[theirs.pk, codes.pk]).count() == 2


def test_the_person_is_told_by_mail_of_every_change(inside: Client, device: Device, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        add(inside, device)
        inside.post(f"{SETUP}ma-du-phong/")
        inside.post(f"{SETUP}tat/")
    said = [letter.body for letter in mail.outbox]
    assert [("vừa thêm khóa" in said[0]), ("lập lại mã" in said[1]), ("vừa tắt" in said[2])] == [True] * 3


def test_a_question_names_the_host_and_the_person(inside: Client):
    asked = question_in(inside.get(ADD))
    assert asked["rp"] == {"id": "testserver", "name": "Cổng sinh hoạt chi bộ"}
    assert (asked["user"]["name"], asked["user"]["displayName"]) == ("hoa.nt", "Nguyễn Thị Hoà")


def test_the_pages_show_nothing_of_it_until_the_script_has_found_it_possible(inside: Client, device: Device):
    setup = inside.get(SETUP).content.decode()
    assert "<div data-portal-with-passkeys hidden>" in setup
    assert "<div data-portal-with-passkeys hidden>" in inside.get(ADD).content.decode()
    assert english_leftovers(inside.get(ADD).content.decode()) == []


@pytest.mark.parametrize("passkeys", [1, 6])
def test_the_list_costs_the_same_however_many(inside: Client, passkeys: int, django_assert_num_queries):
    for _ in range(passkeys):
        add(inside, Device())
    with django_assert_num_queries(6):  # session, account, grants, the bell, factors, codes
        inside.get(SETUP)
