"""Due work, read live: of one person, or of a part of the tree. One query for all rules together, whatever there is."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Max, Q, Sum
from django.utils import timezone

from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.duties.models import Stand
from portal.duties.planned import planned_rows
from portal.duties.questions import COLUMNS, Sql, question, together
from portal.duties.rules import Asked, Duty, Step, duties, duty_named
from portal.words.quantities import number, remaining

SOON = 7  # days
NOWHERE = Sql("false")


@dataclass(frozen=True)
class Item:
    """One thing to be done."""

    duty: Duty
    subject: str
    organisation: int
    place: str
    account: int | None
    since: date
    due_on: date  # the last good day
    stages: list[int]
    facts: dict[str, Any]
    on: date

    @property
    def words(self) -> str:
        return self.duty.words(self.facts)

    @property
    def more(self) -> str:
        return self.duty.more(self.facts, self.on)

    @property
    def step(self) -> Step:
        return self.duty.step(self.facts, self.on)

    @property
    def is_overdue(self) -> bool:
        return self.due_on < self.on

    @property
    def is_soon(self) -> bool:
        return 0 <= (self.due_on - self.on).days <= SOON

    @property
    def remaining(self) -> str:
        return remaining(self.due_on, self.on).capitalize()

    @property
    def tone(self) -> str:
        return "bad" if self.is_overdue else "warn" if self.is_soon else "info"

    @property
    def sign(self) -> str:
        return "alert" if self.is_overdue else "clock"


def asked_by(actor: Actor, on: date | None = None) -> Asked:
    """The rules read what they need once for the whole request."""
    return Asked(on or timezone.localdate(), actor.read_once)


def duties_of(actor: Actor, *, on: date | None = None) -> list[Item]:
    """Everything this person has to do in all that they hold, and in person; the most urgent first."""
    asked, where = asked_by(actor, on), _where_one_does_it(actor)
    mine = [(duty, _mine(duty, [*where])) for duty in duties() if duty.doer is None or duty.doer in where]
    given = [("bigint", actor.account.pk), *(("bigint[]", places) for places in where.values())]
    rows = planned_rows(together(question(duty, asked, narrow) for duty, narrow in mine), given)
    items = [_item(row, asked.on) for row in rows]
    return sorted(items, key=lambda item: (item.due_on, item.duty.title, item.subject))


def _where_one_does_it(actor: Actor) -> dict[Permission, list[int]]:
    """The organisations where one holds what rules ask for; those that only lie below do it themselves."""
    doers = sorted({duty.doer for duty in duties() if duty.doer})
    found = {doer: sorted({held.organisation_id for held in actor.held if held.gives(doer)}) for doer in doers}
    return {doer: places for doer, places in found.items() if places}


def _mine(duty: Duty, doers: list[Permission]) -> Sql:
    return Sql("account = $1" if duty.doer is None else f"organisation = ANY(${2 + doers.index(duty.doer)})")


def _item(row: tuple[Any, ...], on: date) -> Item:
    rule, subject, organisation, place, account, since, due_on, stages, facts = row
    duty = duty_named(rule)
    assert duty is not None
    return Item(duty, subject, organisation, place, account, since, due_on, stages, json.loads(facts), on)


@dataclass(frozen=True)
class Undone:
    """A rule in a part of the tree: how many organisations have something open, in how many it is late."""

    duty: Duty
    organisations: int
    late: int
    items: int

    @property
    def words(self) -> str:
        return f"{number(self.items)} việc ở {number(self.organisations)} đơn vị"

    @property
    def state(self) -> str:
        return f"{number(self.late)} nơi quá hạn" if self.late else f"{number(self.organisations)} nơi chưa làm"

    @property
    def tone(self) -> str:
        return "bad" if self.late else "info"

    @property
    def sign(self) -> str:
        return "alert" if self.late else "clock"


def undone_below(actor: Actor, *, on: date | None = None) -> list[Undone]:
    """“Đơn vị chưa làm”, without names of persons: the rules of which something is open below one's own place. One query."""
    asked = asked_by(actor, on)
    return _listed(_undone(asked, _below(actor)).rows())


def undone_at(organisations: Sequence[int], actor: Actor, *, on: date | None = None) -> list[Undone]:
    """The same of some organisations that were reached. One query."""
    asked = asked_by(actor, on)
    rows = planned_rows(_undone(asked, Sql("organisation = ANY($1)")), [("bigint[]", list(organisations))])
    return _listed(rows)


def _undone(asked: Asked, narrow: Sql) -> Sql:
    items = together(question(duty, asked, narrow) for duty in duties() if duty.doer)
    return Sql(
        "SELECT rule, count(DISTINCT organisation), count(DISTINCT organisation) FILTER (WHERE due_on < %s), count(*) "  # noqa: S608
        f"FROM ({items.text}) AS item ({COLUMNS}) GROUP BY rule",
        (asked.on, *items.values),
    )


def _listed(rows: list[tuple[Any, ...]]) -> list[Undone]:
    found = {rule: counts for rule, *counts in rows}
    listed = [Undone(duty, *found[duty.code]) for duty in duties() if duty.code in found]
    return _latest_first(listed)


@dataclass(frozen=True)
class Overview:
    """What lies open below somebody. `at`: when it was counted; None: just now."""

    undone: list[Undone]
    at: datetime | None = None


def overview_of(actor: Actor, *, on: date, below: Sequence[int] | None) -> Overview:
    """Live; over so many organisations that they are not named (None), as last counted, if it ever was."""
    if below is not None:
        return Overview(undone_at(below, actor, on=on))
    return _kept(actor, on) or Overview(undone_below(actor, on=on))


def _kept(actor: Actor, on: date) -> Overview | None:
    held = actor.capacity
    if held is None:
        return None
    rows = (
        Stand.objects.allowed(actor, Permission.READ_FIGURES)
        .exclude(place=held.path)
        .filter(place__startswith=held.path)
    )
    counted = rows.values("rule").annotate(
        places=Count("pk"), late=Count("pk", filter=Q(due_on__lt=on)), all=Sum("items"), at=Max("counted_at")
    )
    known = [(duty, row) for row in counted if (duty := duty_named(row["rule"])) is not None]
    listed = [Undone(duty, row["places"], row["late"], row["all"]) for duty, row in known]
    at = max((row["at"] for _, row in known), default=None)
    return Overview(_latest_first(listed), at) if at else None


def _latest_first(listed: list[Undone]) -> list[Undone]:
    return sorted(listed, key=lambda one: (-one.late, -one.organisations))


@dataclass(frozen=True)
class Place:
    """An organisation with something open of one rule: how many, the earliest last good day."""

    organisation: int
    items: int
    due_on: date


def places_undone(actor: Actor, duty: Duty, *, on: date | None = None) -> list[Place]:
    """The longest late first. One query."""
    items = question(duty, asked_by(actor, on), _below(actor))
    counted = Sql(
        f"SELECT organisation, count(*), min(due_on) FROM ({items.text}) AS item ({COLUMNS}) "  # noqa: S608
        "GROUP BY organisation ORDER BY min(due_on), organisation",
        items.values,
    )
    return [Place(*row) for row in counted.rows()]


def _below(actor: Actor) -> Sql:
    """What lies below one's own place and within its reach."""
    held = actor.capacity
    if held is None or not held.gives(Permission.READ_FIGURES) or not held.reaches_below:
        return NOWHERE
    return Sql("place LIKE %s", (f"{held.path}_%",))
