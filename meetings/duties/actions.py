"""Things that were given: each is its assignee's own; what is overdue is the secretary's too."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import F
from django.urls import reverse

from branches.rules.measures import stages_of_reminding
from meetings.models import ActionItem
from meetings.queries.actions import was_closed
from portal.access.permissions import Permission
from portal.duties.days import days_later
from portal.duties.rules import Asked, Duty, Open, Step
from portal.words.quantities import day


class DoAction(Duty):
    """Personal, from the day of the meeting on. Without a day there is nothing to remind of; the board has it."""

    code = "viec-duoc-giao"
    title = "Việc được giao tại buổi họp"
    icon = "check-circle"

    def open(self, asked: Asked) -> Open:
        items = ActionItem.objects.everywhere(reason="what is due").open().filter(was_closed())
        return Open(
            rows=items.filter(assignee__account__isnull=False, due_on__isnull=False),
            subject="pk",
            organisation="organisation",
            place="organisation__path",
            since="meeting__day",
            limit="due_on",
            stages=stages_of_reminding(asked, on=asked.on, path="organisation__path"),
            facts={"item": "pk", "words": "words", "on": "meeting__day"},
            account="assignee__account",
        )

    def words(self, facts: Mapping[str, Any]) -> str:
        return str(facts["words"])

    def more(self, facts: Mapping[str, Any], on: date) -> str:
        return f"Giao tại buổi họp ngày {day(date.fromisoformat(facts['on']))}"

    def step(self, facts: Mapping[str, Any], on: date) -> Step:
        return Step(reverse("action_item", args=[facts["item"]]), "Ghi kết quả")


class FollowActions(Duty):
    """The secretary's from the day after its last."""

    code = "viec-qua-han"
    title = "Đôn đốc việc quá hạn"
    icon = "alert"
    doer = Permission.RECORD_MEETING

    def open(self, asked: Asked) -> Open:
        items = ActionItem.objects.everywhere(reason="what is due").overdue(asked.on).filter(was_closed())
        return Open(
            rows=items.annotate(who=F("assignee__full_name")),
            subject="pk",
            organisation="organisation",
            place="organisation__path",
            since=days_later("due_on", 1),
            limit="due_on",
            stages=stages_of_reminding(asked, on=asked.on, path="organisation__path"),
            facts={"item": "pk", "words": "words", "who": "who", "other": "assignee_words"},
        )

    def words(self, facts: Mapping[str, Any]) -> str:
        return f"Đôn đốc: {facts['words']}"

    def more(self, facts: Mapping[str, Any], on: date) -> str:
        return f"Đ/c {facts['who']} làm" if facts["who"] else str(facts["other"] or "Chưa ghi người làm")

    def step(self, facts: Mapping[str, Any], on: date) -> Step:
        return Step(reverse("action_item", args=[facts["item"]]), "Xem việc")
