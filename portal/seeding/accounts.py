from datetime import date, datetime, time, timedelta
from random import Random

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from branches.models import Grant, Kind, Organisation
from portal.access.roles import Role
from portal.accounts.models import Account
from portal.seeding.demo import BRANCH, DEMO_ACCOUNTS, DEMO_PASSWORD, DemoAccount
from portal.seeding.names import invent_name
from portal.seeding.scales import Scale


def seed_accounts(scale: Scale, random: Random, today: date) -> str:
    """The known accounts, and one for the secretary of each other branch; only the known ones have a password."""
    if Account.objects.exists():
        return "đã có tài khoản"
    places = {place.code: place for place in Organisation.objects.everywhere(reason="seeding")}
    known = [(_known_account(demo, today), demo.role, places[demo.place]) for demo in DEMO_ACCOUNTS]
    branches = [place for code, place in sorted(places.items()) if place.kind == Kind.BRANCH and code != BRANCH]
    others = [(_secretary(place, random, today), Role.SECRETARY, place) for place in branches]
    Account.objects.bulk_create([account for account, _, _ in known + others], batch_size=2_000)
    Grant.everything.bulk_create(
        [
            Grant(account=account, organisation=place, role=role, since=account.created_at.date(), ground="dữ liệu mẫu")
            for account, role, place in known + others
        ],
        batch_size=2_000,
    )
    return f"{len(known + others)} tài khoản"


def _known_account(demo: DemoAccount, today: date) -> Account:
    return Account(
        username=demo.username,
        full_name=demo.full_name,
        password=make_password(DEMO_PASSWORD),
        created_at=_opened_on(today - timedelta(days=540)),
    )


def _secretary(place: Organisation, random: Random, today: date) -> Account:
    return Account(
        username=place.code.lower(),
        full_name=invent_name(random, sex=random.choice(["nam", "nữ"]), born=random.randint(1955, 1990)),
        password="!",  # noqa: S106  nobody signs in with it
        created_at=_opened_on(today - timedelta(days=random.randint(30, 540))),
    )


def _opened_on(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(8)))
