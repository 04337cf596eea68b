"""Reads over who may act where."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from branches.models import Grant, Organisation
from portal.access.grants import Held
from portal.access.kinds import KINDS, DataKind
from portal.access.roles import ROLES, Role
from portal.accounts.models import Account


def grants_of(account: Account, on: date) -> tuple[Held, ...]:
    """What an account holds on a day, widest reach first: one query, whatever it holds."""
    rows = (
        Grant.objects.everywhere(reason="the door itself asks what somebody holds")
        .filter(account=account)
        .on(on)
        .order_by("organisation__path", "pk")
        .values_list(
            "pk",
            "role",
            "organisation_id",
            "organisation__name",
            "organisation__path",
            "until",
            "acting_for__full_name",
        )
    )
    return tuple(
        Held(pk, Role(role), organisation, name, path, until, acting_for or "")
        for pk, role, organisation, name, path, until, acting_for in rows
    )


@dataclass(frozen=True)
class Onlookers:
    """Who sees one kind of an organisation's data, each through which grant."""

    kind: DataKind
    grants: list[Grant]


def onlookers_of(organisation: Organisation, on: date) -> list[Onlookers]:
    """Everybody whose role reaches this organisation today, by kind of data: one query."""
    grants = list(
        Grant.objects.everywhere(reason="the page that says who can see what, from above as well")
        .reaching(organisation.path)
        .on(on)
        .select_related("account", "organisation", "acting_for")
        .in_order()
    )
    return [Onlookers(kind, _that_give(grants, kind)) for kind in KINDS[1:]]


def _that_give(grants: Iterable[Grant], kind: DataKind) -> list[Grant]:
    return [grant for grant in grants if kind.permission in ROLES[Role(grant.role)].permissions]
