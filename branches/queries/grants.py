"""Reads over who may act where."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import OuterRef, QuerySet

from branches.models import Enquiry, Grant, Kind, Organisation
from portal.access.grants import Held
from portal.access.kinds import KINDS, DataKind
from portal.access.permissions import OPENED_BY_ENQUIRY
from portal.access.roles import ROLES, Role
from portal.accounts.models import Account

ANYBODY, SOME_DAY = -1, date(1, 1, 1)  # stand in the prepared question for who asks and when


def grants_of(account: Account, on: date) -> tuple[Held, ...]:
    """What an account holds on a day, widest reach first: one query, whatever it holds.

    Asked on every request, so it is put into SQL once; that took as long as asking.
    """
    sql, values = _question()
    asked: list[Any] = [{ANYBODY: account.pk, SOME_DAY: on}.get(value, value) for value in values]
    with connection.cursor() as cursor:
        cursor.execute(sql, asked)
        rows = cursor.fetchall()
    return tuple(
        Held(
            pk, Role(role), organisation, name, path, until, acting_for or "", kind == Kind.BRANCH, _below(path, opened)
        )
        for pk, role, organisation, name, path, kind, until, acting_for, opened in rows
    )


@cache
def _question() -> tuple[str, tuple[Any, ...]]:
    asked = Enquiry.objects.everywhere(reason="the door itself asks what an enquiry has opened").open_on(SOME_DAY)
    theirs = asked.filter(account=OuterRef("account"), role=OuterRef("role"), held_at=OuterRef("organisation"))
    rows = (
        Grant.objects.everywhere(reason="the door itself asks what somebody holds")
        .filter(account=ANYBODY)
        .on(SOME_DAY)
        .order_by("organisation__path", "pk")
        .values_list(
            "pk",
            "role",
            "organisation_id",
            "organisation__name",
            "organisation__path",
            "organisation__kind",
            "until",
            "acting_for__full_name",
            ArraySubquery(theirs.order_by("organisation__path").values("organisation__path")),
        )
    )
    return rows.query.sql_with_params()


def _below(path: str, opened: Iterable[str]) -> tuple[str, ...]:
    """An organisation that has moved out of reach since is closed again."""
    return tuple(place for place in opened if place.startswith(path))


def holders_on(day: date) -> QuerySet[Grant]:
    """Who holds what on a day, and can sign in."""
    rows = Grant.objects.everywhere(reason="whoever holds the office is told of its work")
    return rows.on(day).filter(account__is_active=True)


@dataclass(frozen=True)
class Onlookers:
    """Who sees one kind of an organisation's data, each through which grant, or by asking until when."""

    kind: DataKind
    grants: list[Grant]
    enquiries: list[Enquiry]


def onlookers_of(organisation: Organisation, on: date) -> list[Onlookers]:
    """Everybody whose role reaches this organisation today, by kind of data: two queries."""
    grants = list(
        Grant.objects.everywhere(reason="the page that says who can see what, from above as well")
        .reaching(organisation.path)
        .on(on)
        .select_related("account", "organisation", "acting_for")
        .in_order()
    )
    asked = enquiries_into(organisation, on)
    return [
        Onlookers(kind, _that_give(grants, kind), asked if kind.permission in OPENED_BY_ENQUIRY else [])
        for kind in KINDS[1:]
    ]


def enquiries_into(organisation: Organisation, on: date) -> list[Enquiry]:
    """Who sees the persons of this organisation today because they asked to."""
    rows = Enquiry.objects.everywhere(reason="the page that says who can see what, from above as well")
    return list(
        rows.into(organisation.path)
        .open_on(on)
        .by_holders_on(on)
        .select_related("account", "organisation", "held_at")
        .latest_first()
    )


def _that_give(grants: Iterable[Grant], kind: DataKind) -> list[Grant]:
    return [grant for grant in grants if kind.permission in ROLES[Role(grant.role)].permissions]
