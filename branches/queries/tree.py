"""Reads over the tree and its past."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.db.models import F

from branches.models import Organisation
from portal.access.reach import paths_down_to

MOST_SUCCESSIONS = 6  # one after another; a province has lived through two in twenty years


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
