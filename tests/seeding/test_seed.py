"""The same scale on the same day gives the same data, and the demo shows nobody who exists."""

import hashlib
from random import Random

import pytest
from django.contrib.auth import authenticate
from django.db import connection

from branches.services.rules import load_rules
from portal.accounts.models import Account
from portal.seeding.demo import DEMO_ACCOUNTS, DEMO_PASSWORD
from portal.seeding.names import FAMILY, invent_name
from portal.seeding.scales import SCALES
from portal.seeding.seed import nobody_lives_here, seed

# who signed the five source documents: known here by hash alone
SIGNATORIES = {
    "f34784ce6325ca7f",
    "2387bd259401574a",
    "04ef39f87de8392b",
    "4b4bf5174d2fc4ae",
    "2f5bcbb5e34b7464",
}


def facts() -> list[tuple]:
    return list(Account.objects.order_by("username").values_list("username", "full_name", "created_at"))


def forget_everything() -> None:
    """By hand and in order: nothing of this is deleted in life."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("TRUNCATE accounts_account, branches_organisation, notifications_morning CASCADE")
    load_rules()  # they went with the organisations


def test_twice_the_same(db: None, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TODAY", "2026-11-06")
    seed("demo")
    first = facts()
    forget_everything()
    seed("demo")
    assert facts() == first


def test_the_day_moves_the_dates(db: None, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TODAY", "2026-11-06")
    seed("demo")
    before = facts()
    forget_everything()
    monkeypatch.setenv("TODAY", "2026-11-16")
    seed("demo")
    assert {(after[2] - then[2]).days for then, after in zip(before, facts(), strict=True)} == {10}


def test_seeding_again_doubles_nothing(db: None):
    assert nobody_lives_here()
    seed("demo")
    count = Account.objects.count()
    seed("demo")
    assert Account.objects.count() == count == len(DEMO_ACCOUNTS) + SCALES["demo"].branches - 1
    assert not nobody_lives_here()


def test_only_the_known_accounts_can_sign_in(db: None):
    seed("demo")
    for demo in DEMO_ACCOUNTS:
        assert authenticate(username=demo.username, password=DEMO_PASSWORD).full_name == demo.full_name
    assert not any(
        a.has_usable_password() for a in Account.objects.exclude(username__in=[d.username for d in DEMO_ACCOUNTS])
    )


def test_names_are_as_common_as_in_life_and_nobodys_own():
    random = Random("names")
    names = [invent_name(random, sex=random.choice(["nam", "nữ"]), born=1965) for _ in range(20_000)]
    nguyen = sum(name.startswith("Nguyễn ") for name in names) / len(names)
    expected = FAMILY["Nguyễn"] / sum(FAMILY.values())
    assert abs(nguyen - expected) < 0.03
    hashes = {hashlib.sha256(name.lower().encode()).hexdigest()[:16] for name in names}
    assert hashes & SIGNATORIES == set()
