"""Many who are to be told: secretaries of chi bộ thôn Đông with an address, and one thing that all of them have to do."""

from datetime import timedelta

from django.utils import timezone

from branches.models import Grant, Organisation
from members.models import Assignment, Correction, Member, Office
from portal.access.roles import Role
from portal.accounts.models import Account
from tests.cast import Cast
from tests.members.people import on_the_roll


def nothing_else_is_due(cast: Cast, member: Member) -> None:
    """The branches are led, and the one member has a task."""
    today = timezone.localdate()
    for branch in (cast.dong, cast.doai, cast.thuong):
        Office(member=member, organisation=branch, post="secretary", since=today - timedelta(days=400)).save()
    # nor do they, or their communes, owe meetings and reports yet: they come into the portal tomorrow
    Organisation.everything.filter(kind__in=["branch", "commune"]).update(joined_on=today + timedelta(days=1))
    task = {"year": today.year, "words": "Giữ sổ", "agreed_on": today.replace(month=1, day=1)}
    Assignment(member=member, organisation=cast.dong, **task).save()


def to_be_told(cast: Cast, count: int) -> list[Account]:
    hau = on_the_roll(cast.dong, "Phạm Đức Hậu", account=cast["hau"])
    nothing_else_is_due(cast, hau)
    Correction(member=hau, column="phone", after="0912345678", asked_by=cast["hau"]).save()
    accounts = [
        Account(username=f"bt{n}", full_name=f"Lò Văn Thịnh {n}", email=f"bt{n}@example.vn") for n in range(count)
    ]
    Account.objects.bulk_create(accounts)
    since = timezone.localdate() - timedelta(days=9)
    for account in accounts:
        Grant(account=account, organisation=cast.dong, role=Role.SECRETARY, since=since).save()
    return accounts
