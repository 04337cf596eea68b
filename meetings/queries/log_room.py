"""Who and what can be named in the log of one meeting. Each list is read when first asked for, and once."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from branches.models import Kind, Organisation
from directives.models import Study, Task
from directives.queries.cascade import open_tasks_of
from meetings.models import (
    ActionItem,
    AgendaItem,
    Attendance,
    Criterion,
    Mark,
    Meeting,
    QualityScore,
    Resolution,
    Scorer,
    Standing,
    Vote,
)
from meetings.queries.criteria import lines_of, set_of_meeting
from meetings.queries.votes import least_in_favour
from portal.access.actor import Actor
from portal.access.permissions import Permission

OF_MEETING = {"agenda": AgendaItem, "vote": Vote, "resolution": Resolution}


@dataclass(frozen=True)
class Seat:
    """A line of the roll, as votes and lists need it."""

    member: int
    name: str
    standing: str
    votes: bool
    mark: str


@dataclass
class Room:
    meeting: Meeting
    actor: Actor

    @cached_property
    def seats(self) -> list[Seat]:
        rows = Attendance.objects.allowed(self.actor, Permission.RECORD_MEETING).filter(meeting=self.meeting)
        ordered = rows.order_by("member__sort_key", "pk")
        return [Seat(*row) for row in ordered.values_list("member_id", "name", "standing", "votes", "mark")]

    @cached_property
    def people(self) -> dict[int, str]:
        return {seat.member: seat.name for seat in self.seats}

    @cached_property
    def voters(self) -> int:
        """Full members of the roll: they alone vote."""
        return sum(seat.votes for seat in self.seats if seat.standing == Standing.EXPECTED)

    @cached_property
    def voters_came(self) -> int:
        return sum(seat.votes for seat in self.seats if seat.standing == Standing.EXPECTED and seat.mark in Mark.came())

    @cached_property
    def above(self) -> list[Organisation]:
        """Committees that a proposal can go to, the nearest first."""
        numbers = [int(part) for part in self.meeting.organisation.path.strip("/").split("/")][:-1]
        rows = Organisation.objects.everywhere(reason="the names of those above one are no secret")
        return sorted(rows.filter(pk__in=numbers), key=lambda place: -len(place.path))

    @cached_property
    def cells(self) -> dict[int, str]:
        rows = Organisation.objects.allowed(self.actor, Permission.RECORD_MEETING)
        found = rows.filter(parent=self.meeting.organisation_id, kind=Kind.CELL, dissolved_on=None)
        return dict(found.order_by("sort_key", "pk").values_list("pk", "name"))

    @cached_property
    def studies(self) -> dict[int, str]:
        """Documents whose study was ordered from here or from above."""
        numbers = [int(part) for part in self.meeting.organisation.path.strip("/").split("/")]
        rows = Study.objects.everywhere(reason="what those above ordered to be studied here")
        found = rows.filter(organisation__in=numbers).select_related("document").order_by("-due_on", "pk")
        return {row.pk: str(row.document) for row in found[:40]}

    @cached_property
    def given(self) -> dict[int, str]:
        """Tasks of documents that the branch was given: a thing to do may carry one out. Those named here stay."""
        rows = ActionItem.objects.allowed(self.actor, Permission.RECORD_MEETING)
        named = rows.filter(meeting=self.meeting, task__isnull=False).values_list("task", "task__obligation__words")
        words = dict(named) | {one.task_id: one.ordered.words for one in open_tasks_of(self.meeting.organisation_id)}
        return {task: said[:100] for task, said in words.items()}

    @cached_property
    def criteria(self) -> dict[int, Criterion]:
        """By which the branch scores this meeting."""
        criteria = set_of_meeting(self.meeting)
        return {line.pk: line for line in lines_of(criteria)} if criteria else {}

    @cached_property
    def agreed_at(self) -> datetime | None:
        """When the branch agreed on its score, if it has."""
        rows = QualityScore.objects.allowed(self.actor, Permission.RECORD_MEETING).of(Scorer.BRANCH)
        return rows.filter(meeting=self.meeting).values_list("agreed_at", flat=True).first()

    def needed(self, majority: str) -> int:
        """How many in favour decide, by the rules of that day."""
        return least_in_favour(self.meeting, majority, self.voters, lambda: self.voters_came, self.actor)

    def knows(self, table: str, number: Any) -> bool:
        """Whether it can be named in this meeting."""
        if table in OF_MEETING:
            return number in self._coming or number in self._items(table)
        if table == "tasks":
            return Task.objects.allowed(self.actor, Permission.READ_LIBRARY).filter(pk=number).exists()
        if table == "actions":
            rows = ActionItem.objects.allowed(self.actor, Permission.RECORD_MEETING)
            return rows.filter(pk=number, organisation=self.meeting.organisation_id, gone=False).exists()
        if table == "above":
            return f"/{number}/" in self.meeting.organisation.path and number != self.meeting.organisation_id
        return number in getattr(self, table)

    def about_to_be_made(self, kind: str, number: uuid.UUID) -> None:
        """It comes in the same post: what follows may already point to it."""
        if kind in OF_MEETING:
            self._coming.add(number)

    @cached_property
    def _coming(self) -> set[uuid.UUID]:
        return set()

    def _items(self, table: str) -> set[uuid.UUID]:
        kept = self.__dict__.setdefault("_kept", {})
        if table not in kept:
            rows = OF_MEETING[table].objects.allowed(self.actor, Permission.RECORD_MEETING)
            kept[table] = set(rows.filter(meeting=self.meeting, gone=False).values_list("pk", flat=True))
        return kept[table]
