"""What happens to an account stands in its history; what a sign-in writes does not."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.access.actor import Actor
from portal.accounts.models import Account
from portal.accounts.services.passwords import choose_password
from portal.accounts.services.preferences import choose_text_size
from portal.history.sentences import history_of
from tests.accounts.conftest import SECRET, code_now, sign_in

NEW = "bưởi đỏ ba cây cau"


def deeds(account: Account) -> list[tuple[str, str]]:
    return [(entry.who, entry.action) for entry in history_of(Account.objects.get(pk=account.pk))]


def test_the_person_changed_the_password_and_no_trace_of_it_is_kept(hoa: Account):
    before = hoa.password
    choose_password(hoa, password=NEW, by=Actor(hoa))
    assert deeds(hoa)[0] == ("Nguyễn Thị Hoà", "đổi mật khẩu")
    kept = list(hoa.events.values())
    assert "password" not in kept[0]
    assert before not in str(kept)
    assert hoa.password not in str(kept)


def test_signing_in_and_reading_comfort_write_no_history(client: Client, hoa_with_a_second_factor: Account):
    before = deeds(hoa_with_a_second_factor)
    sign_in(client)
    client.post("/dang-nhap/ma/", {"code": code_now(SECRET, ahead=1)})
    assert client.get("/them/").status_code == 200
    choose_text_size(hoa_with_a_second_factor, size=125)
    assert deeds(hoa_with_a_second_factor) == before


def test_every_change_of_the_second_factor_stands_there(client: Client, hoa: Account):
    from tests.accounts.device import Device
    from tests.accounts.test_passkeys import SETUP, add

    sign_in(client)
    add(client, Device())
    add(client, Device())
    client.post(f"{SETUP}ma-du-phong/")
    client.post(f"{SETUP}tat/")
    said = [action for _, action in deeds(hoa)][:4]
    assert said == ["tắt xác thực hai lớp", "lập lại mã dự phòng", "thêm khóa truy cập", "thêm khóa truy cập"]


def test_one_reads_it_on_the_page_of_the_account(client: Client, hoa: Account):
    Account.objects.filter(pk=hoa.pk).update(email="moi@vidu.vn")
    sign_in(client)
    page = client.get("/tai-khoan/").content.decode()
    assert "Thay đổi gần đây" in page
    assert "Thư điện tử: “hoa@vidu.vn” thành “moi@vidu.vn”" in page


@pytest.mark.parametrize("field", ["is_active"])
def test_yes_and_no_are_said_in_words(hoa: Account, field: str):
    Account.objects.filter(pk=hoa.pk).update(**{field: False})
    (change,) = history_of(Account.objects.get(pk=hoa.pk))[0].changes
    assert (change.what, change.before, change.after) == ("đang dùng", "có", "không")


def test_the_page_costs_the_same_however_long_the_history(client: Client, hoa: Account):
    sign_in(client)

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get("/tai-khoan/")
        return len(queries)

    few = cost()
    for number in range(30):
        Account.objects.filter(pk=hoa.pk).update(email=f"hoa{number}@vidu.vn")
    assert cost() == few
