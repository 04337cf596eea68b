"""Many who are to be told: secretaries of chi bộ thôn Đông with an address, and one thing that all of them have to do."""

from datetime import timedelta

from django.utils import timezone

from branches.models import Grant
from members.models import Correction
from portal.access.roles import Role
from portal.accounts.models import Account
from tests.cast import Cast
from tests.members.people import on_the_roll


def to_be_told(cast: Cast, count: int) -> list[Account]:
    hau = on_the_roll(cast.dong, "Phạm Đức Hậu", account=cast["hau"])
    Correction(member=hau, column="phone", after="0912345678", asked_by=cast["hau"]).save()
    accounts = [
        Account(username=f"bt{n}", full_name=f"Lò Văn Thịnh {n}", email=f"bt{n}@example.vn") for n in range(count)
    ]
    Account.objects.bulk_create(accounts)
    since = timezone.localdate() - timedelta(days=9)
    for account in accounts:
        Grant(account=account, organisation=cast.dong, role=Role.SECRETARY, since=since).save()
    return accounts
