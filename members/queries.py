"""Reads over people: the roll in figures, and the life of one in the Party."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from members.models import Member, MembershipKind, State


@dataclass(frozen=True)
class Strength:
    """Of a roll: how many there are, and of which state. All from one query."""

    total: int
    full: int
    probationary: int
    relieved: int


def strength_of(rows: QuerySet[Member]) -> Strength:
    present = Q(state__in=State.present())
    counted = rows.order_by().aggregate(
        total=Count("pk", filter=present),
        full=Count("pk", filter=Q(state=State.FULL)),
        probationary=Count("pk", filter=Q(state=State.PROBATIONARY)),
        relieved=Count("pk", filter=present & ~Q(relief="")),
    )
    return Strength(**counted)


@dataclass(frozen=True)
class Step:
    """One thing in somebody's life in the Party."""

    on: date | None
    icon: str
    title: str
    meta: str


def party_life_of(member: Member) -> list[Step]:
    """Newest first: where they were, and in which state. Two queries."""
    steps = [
        Step(
            row.since,
            "pin",
            f"{_kind(row.kind)} tại {row.organisation.name}",
            _until(row.until, row.decision or row.ground),
        )
        for row in member.memberships.select_related("organisation")
    ]
    steps += [
        Step(spell.since, "flag", spell.get_state_display(), _until(spell.until, spell.decision or spell.ground))
        for spell in member.spells.all()
    ]
    if member.admitted_on:
        steps.append(Step(member.admitted_on, "star", "Lễ kết nạp", ""))
    return sorted(steps, key=lambda step: step.on or date.min, reverse=True)


def _kind(kind: str) -> str:
    return "Sinh hoạt" if kind == MembershipKind.MAIN else "Sinh hoạt tạm thời"


def _until(until: date | None, said: str) -> str:
    parts = [f"đến hết {until:%d/%m/%Y}" if until else "", said]
    return " · ".join(part for part in parts if part)
