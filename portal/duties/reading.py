"""Due work, read live: of one person, or of a part of the tree. One query for all rules together, whatever there is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import BigIntegerField, CharField, Count, DateField, F, IntegerField, Min, Q, QuerySet, Value
from django.db.models.functions import Cast, JSONObject
from django.utils import timezone

from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.access.reach import reached
from portal.duties.days import column, days_later
from portal.duties.rules import Asked, Duty, Limit, Step, duties, duty_named
from portal.words.quantities import number, remaining

COLUMNS = (
    "duty_rule", "duty_subject", "duty_organisation", "duty_place", "duty_account", "duty_since", "duty_due_on",
    "duty_stages", "duty_facts",
)  # fmt: skip
SOON = 7  # days


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


def rows_of(duty: Duty, asked: Asked) -> QuerySet[Any]:
    """What a rule finds, under the engine's own names; not yet what has not begun."""
    found = duty.open(asked)
    last_good = days_later(found.limit, -1) if duty.limit is Limit.BEFORE else column(found.limit)
    stages = Value(list(found.stages), ArrayField(IntegerField())) if isinstance(found.stages, list) else found.stages
    named = found.rows.order_by().annotate(
        duty_rule=Value(duty.code, CharField()),
        duty_subject=Cast(found.subject, CharField()),
        duty_organisation=Cast(found.organisation, BigIntegerField()),
        duty_place=column(found.place),
        duty_account=F(found.account) if found.account else Cast(Value(None), BigIntegerField()),
        duty_since=Cast(column(found.since), DateField()),
        duty_due_on=Cast(last_good, DateField()),
        duty_stages=Cast(stages, ArrayField(IntegerField())),
        duty_facts=JSONObject(**dict(found.facts)),
    )
    return named.filter(duty_since__lte=asked.on).values_list(*COLUMNS)


def all_rows(parts: Iterable[QuerySet[Any]]) -> QuerySet[Any] | None:
    """One question out of many."""
    first, *others = [*parts] or [None]
    if first is None:
        return None
    return first.union(*others, all=True) if others else first


def duties_of(actor: Actor, *, on: date | None = None) -> list[Item]:
    """Everything this person has to do in all that they hold, and in person; the most urgent first."""
    asked = asked_by(actor, on)
    parts = [rows_of(duty, asked).filter(mine) for duty in duties() if (mine := _mine(actor, duty)) is not None]
    rows = all_rows(parts)
    if rows is None:
        return []
    items = [_item(row, asked.on) for row in rows]
    return sorted(items, key=lambda item: (item.due_on, item.duty.title, item.subject))


def _mine(actor: Actor, duty: Duty) -> Q | None:
    """In the organisations where one holds what the rule asks for; those that only lie below do it themselves."""
    if duty.doer is None:
        return Q(duty_account=actor.account.pk)
    places = {held.organisation_id for held in actor.held if held.gives(duty.doer)}
    return Q(duty_organisation__in=places) if places else None


def _item(row: tuple[Any, ...], on: date) -> Item:
    rule, *rest = row
    duty = duty_named(rule)
    assert duty is not None
    return Item(duty, *rest, on)


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
    parts = [_below(duty, asked, actor) for duty in duties() if duty.doer]
    rows = all_rows(part.values_list("duty_rule", "duty_organisation", "duty_due_on") for part in parts)
    if rows is None:
        return []
    sql, values = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rule, count(DISTINCT place), count(DISTINCT place) FILTER (WHERE due_on < %s), count(*) "  # noqa: S608  the ORM's own
            f"FROM ({sql}) AS item (rule, place, due_on) GROUP BY rule",
            [asked.on, *values],
        )
        found = {rule: counts for rule, *counts in cursor.fetchall()}
    listed = [Undone(duty, *found[duty.code]) for duty in duties() if duty.code in found]
    return sorted(listed, key=lambda one: (-one.late, -one.organisations))


def organisations_undone(actor: Actor, duty: Duty, *, on: date | None = None) -> QuerySet[Any]:
    """Of one rule: organisation, how many are open, the earliest last good day; the longest late first."""
    rows = _below(duty, asked_by(actor, on), actor).values("duty_organisation")
    return rows.annotate(items=Count("pk"), due_on=Min("duty_due_on")).order_by("due_on", "duty_organisation")


def _below(duty: Duty, asked: Asked, actor: Actor) -> QuerySet[Any]:
    """What lies below one's own place and within its reach."""
    rows = rows_of(duty, asked).filter(reached(actor, Permission.READ_FIGURES, column="duty_place"))
    return rows.exclude(duty_place=actor.capacity.path) if actor.capacity else rows.none()
