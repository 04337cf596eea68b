"""Reads over the tree and its grants."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.db.models import F

from branches.models import Grant, Organisation
from branches.models.organisation import paths_down_to
from portal.access.grants import Held
from portal.access.kinds import KINDS, DataKind
from portal.access.roles import ROLES, Role
from portal.accounts.models import Account

MOST_SUCCESSIONS = 6  # one after another; a province has lived through two in twenty years


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


def trail_of(organisation: Organisation) -> list[Organisation]:
    """From the root down to the organisation itself: one query, whatever the depth."""
    rows = Organisation.objects.everywhere(reason="names of those above are no secret to those below")
    return list(rows.filter(path__in=paths_down_to(organisation.path)).order_by("path"))


def roots_on(organisation: Organisation, day: date) -> list[Organisation]:
    """Where a tree of that day begins for who is in it now: itself, or those that later went on in it."""
    roots = [organisation]
    for _ in range(MOST_SUCCESSIONS):
        if all(root.lives_on(day) or root.ended_by(day) for root in roots):
            break
        kept = [root for root in roots if root.lives_on(day) or root.ended_by(day)]
        before = Organisation.objects.everywhere(reason="the book of those that went on in it is kept with it")
        roots = kept + list(before.filter(successions__new__in=set(roots) - set(kept)).distinct().in_order())
    return [root for root in roots if root.lives_on(day)]


@dataclass(frozen=True)
class LifeEvent:
    """One thing that happened to an organisation, for its time line."""

    on: date | None
    icon: str
    title: str
    meta: str = ""
    organisation: int | None = None  # the other one concerned


def life_of(organisation: Organisation) -> list[LifeEvent]:
    """Newest first: founding, names and ranks, places in the tree, whom it came from and who went on for it. Five queries."""
    events = [*_names(organisation), *_places(organisation), *_successions(organisation)]
    if organisation.founded_on:
        events.append(LifeEvent(organisation.founded_on, "plus", "Thành lập", organisation.decision))
    if organisation.dissolved_on:
        kept = f"hồ sơ do {organisation.keeper.name} giữ" if organisation.keeper else ""
        events.append(LifeEvent(organisation.dissolved_on, "x", "Kết thúc", kept, organisation.keeper_id))
    return sorted(events, key=lambda event: event.on or date.min, reverse=True)


def _names(organisation: Organisation) -> Iterable[LifeEvent]:
    rows = list(organisation.standings.order_by(F("since").asc(nulls_first=True)))
    for before, after in pairwise(rows):
        if before.name != after.name:
            yield LifeEvent(after.since, "edit", f"Đổi tên thành {after.name}", f"trước đó: {before.name}")
        if before.rank != after.rank:
            yield LifeEvent(
                after.since, "star", f"Cấp: {after.get_rank_display()}", f"trước đó: {before.get_rank_display()}"
            )


def _places(organisation: Organisation) -> Iterable[LifeEvent]:
    rows = organisation.placements.select_related("parent").order_by(F("since").asc(nulls_first=True))
    for row in rows:
        yield LifeEvent(row.since, "building", f"Trực thuộc {row.parent.name}", "", row.parent_id)


def _successions(organisation: Organisation) -> Iterable[LifeEvent]:
    for link in organisation.precessions.select_related("old"):
        yield LifeEvent(link.on, "arrow", f"Kế tục {link.old.name}", "", link.old_id)
    for link in organisation.successions.select_related("new"):
        yield LifeEvent(link.on, "arrow", f"{link.new.name} kế tục", "", link.new_id)


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
