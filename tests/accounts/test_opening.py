import io

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client

from portal.access.actor import Actor
from portal.access.roles import Role
from portal.accounts.models import Account
from portal.accounts.services.accounts import open_account, reissue
from portal.words.errors import DomainError
from tests.accounts.conftest import PASSWORD, is_in, sign_in


def test_the_first_administrator_is_opened_from_the_command_line(client: Client, db: None):
    said = io.StringIO()
    call_command("new_administrator", "Quan.Tri", "Trịnh Minh Khôi", stdout=said)
    password = said.getvalue().split("Mật khẩu: ")[1].strip()
    assert sign_in(client, "quan.tri", password).status_code == 302
    (held,) = Actor.today(Account.objects.get()).held
    assert (held.role, held.path.count("/")) == (Role.ADMINISTRATOR, 2)  # over the root, which was founded with it


@pytest.mark.parametrize("username", ["khoi", "KHOI", "có dấu", "a", "", "0912345678", "x" * 61])
def test_a_name_that_is_taken_or_cannot_be_typed_is_refused(khoi: Account, username: str):
    before = Account.objects.count()
    with pytest.raises(CommandError):
        call_command("new_administrator", username, "Người khác")
    assert Account.objects.count() == before


def test_a_slip_carries_what_is_printed_and_the_database_only_its_hash(db: None):
    slip = open_account(username="Lan", full_name=" Bùi  Thị Loan ", phone="+84 912 345 678", email="lan@vidu.vn")
    account = Account.objects.get()
    assert (account.username, account.full_name, account.phone) == ("lan", "Bùi Thị Loan", "0912345678")
    assert account.must_change_password
    assert account.check_password(slip.password)
    assert slip.password not in str(account.__dict__)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"phone": "12"}, "phone"),
        ({"phone": "0912.345.678"}, "phone"),  # Hoà's
        ({"email": "lan@"}, "email"),
        ({"full_name": "  "}, "full_name"),
        ({"full_name": "x" * 121}, "full_name"),
        ({"username": "hoa.nt"}, "username"),
    ],
)
def test_what_is_wrong_is_said_with_its_field(hoa: Account, wrong: dict[str, str], field: str):
    with pytest.raises(DomainError) as refusal:
        open_account(**{"username": "lan", "full_name": "Bùi Thị Loan"} | wrong)
    assert refusal.value.field == field
    assert Account.objects.count() == 1


def test_a_reissued_slip_ends_every_session_and_the_old_password(client: Client, hoa: Account):
    sign_in(client)
    slip = reissue(Account.objects.get())
    assert not is_in(client)
    assert not hoa.__class__.objects.get().check_password(PASSWORD)
    sign_in(client, password=slip.password)
    assert client.get("/").headers["Location"] == "/tai-khoan/mat-khau/moi/"


def test_the_person_is_told_by_mail(hoa: Account, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        slip = reissue(hoa)
    (letter,) = mail.outbox
    assert letter.to == ["hoa@vidu.vn"]
    assert "Nguyễn Thị Hoà" in letter.body
    assert slip.password not in letter.body


def test_who_has_no_address_gets_no_mail(thinh: Account, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        reissue(thinh)
    assert mail.outbox == []


def test_the_log_names_nobody(caplog: pytest.LogCaptureFixture, db: None):
    import logging

    caplog.set_level(logging.INFO)
    reissue(open_account(username="lan", full_name="Bùi Thị Loan", email="lan@vidu.vn").account)
    said = [record for record in caplog.records if record.name.startswith("portal.accounts")]
    assert [record.message for record in said] == ["account opened", "slip reissued"]
    assert not any(word in str(record.__dict__) for record in said for word in ("Loan", "lan@vidu", "'lan'"))
