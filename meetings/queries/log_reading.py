"""A meeting as its readers see it: figures and conclusions for whoever reaches it, names for those who read the roll, what is
closed for those few who may, and only when they ask."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils import timezone

from branches.rules.definitions import targets
from branches.rules.reading import Rulebook
from meetings.models import (
    ActionItem,
    AgendaItem,
    Attendance,
    Guest,
    ItemReview,
    Mark,
    Meeting,
    Opinion,
    Proposal,
    Remark,
    Resolution,
    Standing,
    Vote,
)
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.words.quantities import long_day, percent

CLOSED_STEP = "Nội dung kín"


@dataclass
class Reading:
    """`with_closed`: was asked for by a press, and left its trace."""

    meeting: Meeting
    actor: Actor
    with_closed: bool = False

    @property
    def records(self) -> bool:
        return self._may(Permission.RECORD_MEETING)

    @property
    def is_to_come(self) -> bool:
        return self.meeting.day > timezone.localdate()

    @property
    def sees_log(self) -> bool:
        """What is being written is the writers' until the log is closed."""
        return self.meeting.closed_at is not None or self.records

    @property
    def sees_names(self) -> bool:
        return self._may(Permission.READ_ROLL)

    @property
    def may_ask_for_closed(self) -> bool:
        return self._may(Permission.READ_CLOSED)

    @property
    def sees_closed(self) -> bool:
        """The clerk sees what the clerk writes while the log is open."""
        return (self.with_closed and self.may_ask_for_closed) or (self.meeting.is_open and self.records)

    @property
    def offers_closed(self) -> bool:
        return self.has_closed and self.may_ask_for_closed and not self.sees_closed

    @property
    def when(self) -> str:
        day = long_day(self.meeting.day)
        begins, ends = self.meeting.started_at or self.meeting.begins, self.meeting.ended_at
        hours = f"{begins:%H:%M}{f' – {ends:%H:%M}' if ends else ''}" if begins else ""
        return " · ".join(filter(None, [day, hours, self.meeting.place]))

    @cached_property
    def counts(self) -> dict[str, int]:
        return self._rows(Attendance).counts()

    @property
    def rate(self) -> str:
        return percent(self.counts["came"], self.counts["expected"])

    @property
    def reaches_target(self) -> bool:
        goal = Rulebook.of(self.actor).value(targets.ATTENDANCE, self.meeting.organisation, on=self.meeting.day)
        return bool(self.counts["expected"]) and goal.met(self.counts["came"], self.counts["expected"])

    @cached_property
    def away(self) -> list[Attendance]:
        rows = self._rows(Attendance).filter(standing=Standing.EXPECTED).exclude(mark__in=Mark.came())
        return list(rows.order_by("member__sort_key", "pk"))

    @cached_property
    def agenda(self) -> list[AgendaItem]:
        """A closed step keeps its place and hides its words."""
        rows = list(self._items(AgendaItem).order_by("position", "saved_at", "pk"))
        for row in rows:
            if row.closed_data and not self.sees_closed:
                row.words, row.presenter, row.notes = CLOSED_STEP, "", ""
        return rows

    @cached_property
    def opinions(self) -> list[Opinion]:
        rows = list(self._items(Opinion).select_related("member").order_by("saved_at", "pk"))
        for row in rows:
            if row.minority and not self.sees_closed:
                row.member = None
        return rows

    @cached_property
    def remarks(self) -> list[Remark]:
        rows = self._items(Remark).select_related("member").order_by("-praise", "saved_at", "pk")
        return list(rows if self.sees_closed else rows.filter(praise=True))

    @cached_property
    def has_closed(self) -> bool:
        return (
            self._items(Remark).filter(praise=False).exists()
            or self._items(Opinion).filter(minority=True).exists()
            or self._items(AgendaItem).filter(closed_data=True).exists()
        )

    @cached_property
    def guests(self) -> list[Guest]:
        return list(self._items(Guest).order_by("saved_at", "pk"))

    @cached_property
    def votes(self) -> list[Vote]:
        return list(self._items(Vote).order_by("saved_at", "pk"))

    @cached_property
    def proposals(self) -> list[Proposal]:
        return list(self._items(Proposal).select_related("to").order_by("saved_at", "pk"))

    @cached_property
    def reviews(self) -> list[ItemReview]:
        return list(self._items(ItemReview).select_related("action__assignee").order_by("saved_at", "pk"))

    @cached_property
    def resolutions(self) -> list[Resolution]:
        return list(self._items(Resolution).select_related("number").order_by("saved_at", "pk"))

    @cached_property
    def actions(self) -> list[ActionItem]:
        return list(self._items(ActionItem).select_related("assignee").order_by("due_on", "saved_at", "pk"))

    def _items(self, model: Any) -> Any:
        return self._rows(model).filter(gone=False)

    def _rows(self, model: Any) -> Any:
        return model.objects.allowed(self.actor, Permission.SEE_MEETINGS).filter(meeting=self.meeting)

    def _may(self, permission: Permission) -> bool:
        return self.actor.may(permission, self.meeting.organisation.path)
