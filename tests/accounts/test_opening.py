import io

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from portal.accounts.models import Account


def test_the_first_administrator_is_opened_from_the_command_line(client: Client, db: None):
    said = io.StringIO()
    call_command("new_administrator", "Quan.Tri", "Trịnh Minh Khôi", stdout=said)
    password = said.getvalue().split("Mật khẩu: ")[1].strip()
    assert client.post("/dang-nhap/", {"username": "quan.tri", "password": password}).status_code == 302
    assert Account.objects.get().is_administrator


@pytest.mark.parametrize("username", ["khoi", "KHOI", "có dấu", "a", ""])
def test_a_name_that_is_taken_or_cannot_be_typed_is_refused(khoi: Account, username: str):
    before = Account.objects.count()
    with pytest.raises(CommandError):
        call_command("new_administrator", username, "Người khác")
    assert Account.objects.count() == before
