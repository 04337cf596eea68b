"""Who must have a second factor, from when on, and what happens then."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.test import Client, override_settings

from portal.accounts.checks import second_factor_roles_exist
from portal.accounts.models import Account
from tests.accounts.conftest import PASSWORD, SECRET, code_now, sign_in
from tests.cast import Cast, assemble

BEGIN = datetime(2026, 3, 2, 9, 0).astimezone()
LAST_DAY = date(2026, 3, 16)
SETUP = "/tai-khoan/hai-lop/"


@pytest.fixture
def clock(db: None):
    with time_machine.travel(BEGIN, tick=False) as clock:
        yield clock


@pytest.fixture
def people(clock) -> Cast:
    return assemble()


def opened(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client


@pytest.mark.parametrize("name", ["kien", "khoi", "mai", "son", "quyet"])
def test_offices_inspectors_and_administrators_are_obliged(people: Cast, name: str):
    page = opened(people[name]).get("/tai-khoan/").content.decode()
    assert "chậm nhất ngày 16/03/2026" in page
    assert Account.objects.get(username=name).second_factor_asked_on == BEGIN.date()


@pytest.mark.parametrize("name", ["thinh", "thom", "hau", "vinh"])
def test_others_are_free_to(people: Cast, clock, name: str):
    client = opened(people[name])
    assert "chậm nhất" not in client.get("/tai-khoan/").content.decode()
    clock.shift(timedelta(days=60))
    assert opened(people[name]).get("/them/").status_code == 200


@pytest.mark.parametrize(("days", "open_pages"), [(13, True), (14, True), (15, False)])
def test_two_weeks_then_every_page_leads_to_the_setup(people: Cast, clock, days: int, open_pages: bool):
    opened(people["mai"])
    clock.shift(timedelta(days=days))
    client = opened(Account.objects.get(username="mai"))
    for path in ("/", "/them/", "/tai-khoan/", "/tro-giup/"):
        answer = client.get(path)
        assert (answer.status_code == 200) == open_pages
        assert open_pages or answer.headers["Location"] == SETUP
    assert client.post("/dang-xuat/").headers["Location"] == "/dang-nhap/"


def test_the_day_counts_from_the_first_time_and_does_not_move(people: Cast, clock):
    opened(people["mai"])
    clock.shift(timedelta(days=10))
    opened(Account.objects.get(username="mai"))
    assert Account.objects.get(username="mai").second_factor_asked_on == BEGIN.date()


def test_a_role_given_while_somebody_is_signed_in_begins_the_period(people: Cast, clock):
    from branches.models import Grant
    from portal.access.roles import Role

    client = opened(people["thinh"])
    Grant(account=people["thinh"], organisation=people.phu_luong, role=Role.INSPECTOR, since=BEGIN.date()).save()
    clock.shift(timedelta(hours=1))
    client.get("/them/")
    assert Account.objects.get(username="thinh").second_factor_asked_on == BEGIN.date()


def test_the_way_out_is_to_set_it_up(people: Cast, clock):
    import re

    mai = people["mai"]
    mai.set_password(PASSWORD)
    mai.save()
    opened(mai)
    clock.shift(timedelta(days=30))
    client = Client()
    assert sign_in(client, "mai", follow="").headers["Location"] == "/"
    secret = re.search(r"<code>([A-Z2-7 ]+)</code>", client.get("/", follow=True).content.decode())[1]
    client.post(SETUP, {"code": code_now(secret)})
    assert client.get(f"{SETUP}ma-du-phong/").status_code == 200
    assert client.get("/them/").status_code == 200


def test_at_sign_in_one_hears_by_when(people: Cast):
    mai = people["mai"]
    mai.set_password(PASSWORD)
    mai.save()
    client = Client()
    page = client.post("/dang-nhap/", {"username": "mai", "password": PASSWORD}, follow=True).content.decode()
    assert "Hãy bật xác thực hai lớp trong mục Tài khoản, chậm nhất ngày 16/03/2026" in page


def test_where_the_demo_is_loaded_nobody_is_obliged(people: Cast, clock):
    with override_settings(DEMO=True):
        opened(people["mai"])
        assert Account.objects.get(username="mai").second_factor_asked_on is None
        clock.shift(timedelta(days=60))
        assert opened(people["mai"]).get("/them/").status_code == 200


def test_which_roles_is_a_setting_and_a_role_spelt_wrong_is_heard(people: Cast):
    with override_settings(SECOND_FACTOR_ROLES=["secretary"]):
        assert "chậm nhất" in opened(people["thinh"]).get("/tai-khoan/").content.decode()
        assert "chậm nhất" not in opened(people["mai"]).get("/tai-khoan/").content.decode()
        assert second_factor_roles_exist() == []
    with override_settings(SECOND_FACTOR_ROLES=["secretery"]):
        assert [error.id for error in second_factor_roles_exist()] == ["portal.E020"]


@pytest.mark.parametrize("name", ["thinh", "mai", "khoi"])
def test_the_whole_door_costs_three_queries(people: Cast, name: str, django_assert_max_num_queries):
    """Session, account, grants; and of this page the bell and whether one has a record of one's own."""
    client = opened(people[name])
    with django_assert_max_num_queries(3 + 2):
        assert client.get("/them/").status_code == 200


def test_the_door_of_somebody_with_a_second_factor_costs_no_more(people: Cast, django_assert_max_num_queries):
    from portal.accounts.services.second_factor import set_up_second_factor

    set_up_second_factor(people["mai"], secret=SECRET, code=code_now(SECRET), by=people.actor("mai"))
    client = opened(people["mai"])
    with django_assert_max_num_queries(3 + 2):
        assert client.get("/them/").status_code == 200
