from datetime import date, datetime, time, timedelta
from random import Random

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from portal.accounts.models import Account
from portal.seeding.demo import DEMO_ACCOUNTS, DEMO_PASSWORD
from portal.seeding.names import invent_name
from portal.seeding.scales import Scale


def seed_accounts(scale: Scale, random: Random, today: date) -> str:
    """The known accounts, and one for each branch's secretary; only the known ones have a password."""
    known = [
        Account(
            username=demo.username,
            full_name=demo.full_name,
            is_administrator=demo.is_administrator,
            password=make_password(DEMO_PASSWORD),
            created_at=_opened_on(today - timedelta(days=540)),
        )
        for demo in DEMO_ACCOUNTS
    ]
    others = [
        Account(
            username=f"bithu{number:04}",
            full_name=invent_name(random, sex=random.choice(["nam", "nữ"]), born=random.randint(1955, 1990)),
            password="!",  # noqa: S106  nobody signs in with it
            created_at=_opened_on(today - timedelta(days=random.randint(30, 540))),
        )
        for number in range(1, scale.branches)
    ]
    made = Account.objects.bulk_create(known + others, ignore_conflicts=True)
    return f"{len(made)} tài khoản"


def _opened_on(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(8)))
