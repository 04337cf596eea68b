"""The access table of somebody whose office begins and ends: yesterday, today and tomorrow."""

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from members.models import Office, Post
from members.services.offices import leave_office, take_office
from portal.help.services.library import load_library_if_empty
from tests.access.objects import path_for, put_into_the_books, put_into_the_library, put_on_the_roll
from tests.access.test_pages import PEOPLE, TABLE
from tests.cast import Cast
from tests.conftest import make_account
from tests.house.addresses import all_addresses
from tests.members.people import on_the_roll

DAY = timedelta(days=1)
IN_OFFICE, OUT_OF_OFFICE = PEOPLE.index("thinh"), PEOPLE.index("moi")
PAGES = [
    "organisation", "change_organisation", "roll", "member", "change_member", "offices", "take_office", "assignments",
    "agree_assignments", "numbers", "take_number", "settlements", "library", "document", "study_coverage", "record_study",
    "inbox", "undone", "accounts", "deliveries",
]  # fmt: skip


@pytest.fixture
def office(cast: Cast) -> Office:
    load_library_if_empty()
    put_into_the_books(cast)
    put_on_the_roll(cast)
    put_into_the_library(cast)
    account = make_account(username="tan", full_name="Lò Văn Tân")
    member = on_the_roll(cast.dong, "Lò Văn Tân", account=account)
    today = timezone.localdate()
    return take_office(member=member, organisation=cast.dong, post=Post.SECRETARY, since=today, by=cast.actor("mai"))


def answers(cast: Cast, office: Office, on: date) -> dict[str, int]:
    with time_machine.travel(timezone.now() + (on - timezone.localdate())):
        browser = Client()
        browser.force_login(office.member.account)
        asked = [address for address in all_addresses() if address.name in PAGES]
        return {address.name: browser.get(path_for(address, cast)).status_code for address in asked}


def column(place: int) -> dict[str, int]:
    return {name: int(TABLE[name].split()[place]) for name in PAGES if name in TABLE}


def test_it_opens_on_the_day_it_begins_and_closes_on_the_day_it_ends(cast: Cast, office: Office):
    today = timezone.localdate()
    assert answers(cast, office, today - DAY) == column(OUT_OF_OFFICE)
    assert answers(cast, office, today) == answers(cast, office, today + DAY) == column(IN_OFFICE)
    leave_office(office, on=today + DAY, because="hết nhiệm kỳ", by=cast.actor("mai"))
    assert answers(cast, office, today) == column(IN_OFFICE)
    assert answers(cast, office, today + DAY) == column(OUT_OF_OFFICE)
