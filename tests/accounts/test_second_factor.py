import re
from datetime import datetime, timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.test import Client

from portal.accounts.models import Account
from portal.accounts.services.second_factor import unused_recovery_codes
from tests.accounts.conftest import PASSWORD, SECRET, code_now, is_in, sign_in
from tests.house.language import english_leftovers

CODE_PAGE, SETUP = "/dang-nhap/ma/", "/tai-khoan/hai-lop/"


@pytest.fixture
def at_the_code(client: Client, hoa_with_a_second_factor: Account) -> Client:
    assert sign_in(client).headers["Location"] == CODE_PAGE
    return client


def set_up(client: Client) -> str:
    """The secret that the page shows for typing by hand."""
    page = client.get(SETUP).content.decode()
    secret = re.search(r"<code>([A-Z2-7 ]+)</code>", page)[1].replace(" ", "")
    assert client.post(SETUP, {"code": code_now(secret)}).headers["Location"] == f"{SETUP}ma-du-phong/"
    return secret


def test_it_is_set_up_by_a_code_and_leaves_ten_codes_on_paper(client: Client, hoa: Account):
    sign_in(client)
    set_up(client)
    page = client.get(f"{SETUP}ma-du-phong/").content.decode()
    assert len(re.findall(r"<code>\d{4} \d{4}</code>", page)) == 10
    assert Account.objects.get().second_factor_since
    assert "Đã bật từ ngày" in client.get("/tai-khoan/").content.decode()


def test_a_wrong_code_sets_up_nothing_and_the_picture_stays_the_same(client: Client, hoa: Account):
    sign_in(client)
    before = client.get(SETUP).content.decode()
    answer = client.post(SETUP, {"code": "000000"}).content.decode()
    assert "Mã chưa đúng" in answer
    assert re.search(r"<code>[^<]+", answer)[0] == re.search(r"<code>[^<]+", before)[0]
    assert not Authenticator.objects.exists()


def test_the_picture_obeys_the_policy_of_our_pages(client: Client, hoa: Account):
    """No style attribute, no picture made of data: the policy would refuse both."""
    sign_in(client)
    page = client.get(SETUP).content.decode()
    picture = re.search(r'<svg class="qr".*?</svg>', page, re.DOTALL)[0]
    assert "style" not in picture
    assert "data:" not in page


def test_the_secret_stands_encrypted_in_the_database(hoa_with_a_second_factor: Account):
    assert SECRET not in str(list(Authenticator.objects.values_list("data", flat=True)))


def test_the_password_alone_is_not_enough(at_the_code: Client):
    assert not is_in(at_the_code)
    page = at_the_code.get(CODE_PAGE)
    assert page.status_code == 200
    assert english_leftovers(page.content.decode()) == []


def test_the_code_opens_the_door_and_leads_where_one_wanted(client: Client, hoa_with_a_second_factor: Account):
    sign_in(client, next="/tro-giup/", own_device="on")
    answer = client.post(CODE_PAGE, {"code": code_now(SECRET, ahead=1)})
    assert answer.headers["Location"] == "/tro-giup/"
    assert is_in(client)
    assert client.session.get_expiry_age() > 29 * 24 * 3600


def test_a_code_is_good_once(at_the_code: Client, hoa: Account):
    code = code_now(SECRET, ahead=1)
    at_the_code.post(CODE_PAGE, {"code": code})
    thief = Client()
    sign_in(thief)
    assert "Mã chưa đúng hoặc đã dùng" in thief.post(CODE_PAGE, {"code": code}).content.decode()
    assert not is_in(thief)


def test_a_recovery_code_opens_once_and_the_rest_is_counted(at_the_code: Client, hoa: Account):
    code = unused_recovery_codes(hoa)[3]
    page = at_the_code.post(CODE_PAGE, {"code": code}, follow=True).content.decode()
    assert "Còn 9 mã chưa dùng" in page
    again = Client()
    sign_in(again)
    assert again.post(CODE_PAGE, {"code": code}).status_code == 200
    assert not is_in(again)


def test_five_wrong_codes_then_a_pause(at_the_code: Client):
    answers = [at_the_code.post(CODE_PAGE, {"code": f"00000{n}"}).status_code for n in range(6)]
    assert answers == [200, 200, 200, 200, 200, 429]
    assert at_the_code.post(CODE_PAGE, {"code": code_now(SECRET, ahead=1)}).status_code == 429
    elsewhere = Client(REMOTE_ADDR="10.0.0.9")
    sign_in(elsewhere)
    assert elsewhere.post(CODE_PAGE, {"code": code_now(SECRET, ahead=1)}).status_code == 429


def test_wrong_codes_of_the_setup_count_too(client: Client, hoa: Account):
    sign_in(client)
    client.get(SETUP)
    assert [client.post(SETUP, {"code": "0"}).status_code for _ in range(6)][-1] == 429


@pytest.mark.parametrize("code", ["", "\U0001f680", "९९९९९९", "x" * 30, "1" * 20, "' OR 1=1"])
def test_odd_codes_are_answered_in_words(at_the_code: Client, code: str):
    answer = at_the_code.post(CODE_PAGE, {"code": code})
    assert answer.status_code == 200
    assert english_leftovers(answer.content.decode()) == []


def test_without_the_password_there_is_no_code_page(client: Client, hoa_with_a_second_factor: Account):
    assert client.post(CODE_PAGE, {"code": code_now(SECRET, ahead=1)}).headers["Location"] == "/dang-nhap/"


def test_the_code_page_waits_a_quarter_of_an_hour(at_the_code: Client):
    with time_machine.travel(datetime.now().astimezone() + timedelta(minutes=16)):
        assert at_the_code.get(CODE_PAGE).headers["Location"] == "/dang-nhap/"


def test_a_reissued_slip_or_a_closed_account_ends_the_waiting(at_the_code: Client, hoa: Account):
    Account.objects.update(is_active=False)
    assert at_the_code.post(CODE_PAGE, {"code": code_now(SECRET, ahead=1)}).headers["Location"] == "/dang-nhap/"


@pytest.mark.parametrize("path", [SETUP, f"{SETUP}ma-du-phong/", f"{SETUP}ma-du-phong/tai-ve/", f"{SETUP}tat/"])
def test_who_changes_the_locks_shows_the_key_again(client: Client, hoa_with_a_second_factor: Account, path: str):
    client.force_login(hoa_with_a_second_factor)  # long ago, on a machine that was left open
    answer = client.post(path) if path.endswith("tat/") else client.get(path)
    assert answer.headers["Location"].startswith("/tai-khoan/xac-nhan/?next=")
    back = client.post(answer.headers["Location"], {"password": PASSWORD, "next": SETUP})
    assert back.headers["Location"] == SETUP
    assert client.get(SETUP).status_code == 200


def test_a_quarter_of_an_hour_later_it_is_asked_for_again(client: Client, hoa: Account):
    sign_in(client)
    assert client.get(SETUP).status_code == 200
    with time_machine.travel(datetime.now().astimezone() + timedelta(minutes=16)):
        assert client.get(SETUP).status_code == 302


def test_the_codes_as_a_file_and_new_ones_instead(client: Client, hoa: Account):
    sign_in(client)
    set_up(client)
    file = client.get(f"{SETUP}ma-du-phong/tai-ve/")
    assert "attachment" in file.headers["Content-Disposition"]
    old = unused_recovery_codes(hoa)
    assert all(code in file.content.decode() for code in old)
    client.post(f"{SETUP}ma-du-phong/")
    assert len(unused_recovery_codes(hoa)) == 10
    assert not set(unused_recovery_codes(hoa)) & set(old)


def test_it_can_be_taken_off(client: Client, hoa: Account):
    sign_in(client)
    set_up(client)
    client.post(f"{SETUP}tat/")
    assert not Authenticator.objects.exists()
    again = Client()
    assert sign_in(again).headers["Location"] == "/"


@pytest.mark.parametrize("path", [SETUP, f"{SETUP}ma-du-phong/", "/tai-khoan/"])
def test_these_pages_speak_vietnamese(client: Client, hoa: Account, path: str):
    sign_in(client)
    assert english_leftovers(client.get(SETUP).content.decode()) in ([], ["Google Authenticator"])
    set_up(client)
    assert english_leftovers(client.get(path).content.decode()) == []
