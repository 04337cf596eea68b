from collections.abc import Mapping
from datetime import date
from typing import Any

from django.urls import reverse

from branches.rules.definitions.reminders import ANSWER_TIME, JUDGE_RESULT, RECEIVE_TASKS, TASK_AHEAD
from branches.rules.measures import measure, stages_of_reminding
from directives.models import AssignmentState, Extension, Receipt, TaskAssignment
from portal.access.permissions import Permission
from portal.duties.days import days_later
from portal.duties.rules import Asked, Duty, Open, Step

WHY = "what is due"
GIVER = "ordered__order__organisation"


class ReceiveOrder(Duty):
    """Of whoever was given something: to say that it has come."""

    code = "nhan-viec-duoc-giao"
    title = "Xác nhận đã nhận việc được giao"
    icon = "download"
    doer = Permission.ANSWER_TASKS

    def open(self, asked: Asked) -> Open:
        path = "organisation__path"
        return Open(
            rows=Receipt.objects.everywhere(reason=WHY).filter(received_on=None),
            subject="pk",
            organisation="organisation",
            place=path,
            since="sent_on",
            limit=days_later("sent_on", measure(RECEIVE_TASKS, asked, on=asked.on, path=path)),
            stages=stages_of_reminding(asked, on=asked.on, path=path),
            facts={"order": "order", "title": "order__title", "giver": "order__organisation__name"},
        )

    def words(self, facts: Mapping[str, Any]) -> str:
        return f"Nhận việc: {facts['title']}"

    def more(self, facts: Mapping[str, Any], on: date) -> str:
        return f"{facts['giver']} giao"

    def step(self, facts: Mapping[str, Any], on: date) -> Step:
        return Step(reverse("order", args=[facts["order"]]), "Xem và nhận")


class DoTask(Duty):
    """What was given to an organisation and is neither done nor handed in."""

    code = "viec-theo-van-ban"
    title = "Làm việc được giao theo văn bản"
    icon = "flag"
    doer = Permission.ANSWER_TASKS

    def open(self, asked: Asked) -> Open:
        path = "organisation__path"
        rows = TaskAssignment.objects.everywhere(reason=WHY)
        return Open(
            rows=rows.filter(state=AssignmentState.DOING, due_on__isnull=False, opens_on__lte=asked.on),
            subject="pk",
            organisation="organisation",
            place=path,
            since=days_later("due_on", -1 * measure(TASK_AHEAD, asked, on=asked.on, path=path)),
            limit="due_on",
            stages=stages_of_reminding(asked, on=asked.on, path=path),
            facts={"assignment": "pk", "words": "ordered__words", "title": "ordered__order__title"},
        )

    def words(self, facts: Mapping[str, Any]) -> str:
        said = facts["words"]
        return said[:1].upper() + (said[1:] if len(said) <= 120 else f"{said[1:119].rsplit(' ', 1)[0]}…")

    def more(self, facts: Mapping[str, Any], on: date) -> str:
        return facts["title"]

    def step(self, facts: Mapping[str, Any], on: date) -> Step:
        return Step(reverse("task_assignment", args=[facts["assignment"]]), "Xem và báo kết quả")


class JudgeResult(Duty):
    """Of the giver: a result was handed in."""

    code = "nhan-ket-qua"
    title = "Nhận kết quả việc đã giao"
    icon = "check-circle"
    doer = Permission.GIVE_TASKS

    def open(self, asked: Asked) -> Open:
        path = f"{GIVER}__path"
        return Open(
            rows=TaskAssignment.objects.everywhere(reason=WHY).filter(state=AssignmentState.HANDED_IN),
            subject="pk",
            organisation=GIVER,
            place=path,
            since="handed_in_on",
            limit=days_later("handed_in_on", measure(JUDGE_RESULT, asked, on=asked.on, path=path)),
            stages=stages_of_reminding(asked, on=asked.on, path=path),
            facts={"assignment": "pk", "words": "ordered__words", "who": "organisation__name"},
        )

    def words(self, facts: Mapping[str, Any]) -> str:
        return f"Nhận kết quả của {facts['who']}"

    def more(self, facts: Mapping[str, Any], on: date) -> str:
        return str(facts["words"])[:120]

    def step(self, facts: Mapping[str, Any], on: date) -> Step:
        return Step(reverse("task_assignment", args=[facts["assignment"]]), "Xem kết quả")


class AnswerTime(Duty):
    """Of the giver: more time was asked for."""

    code = "tra-loi-gia-han"
    title = "Trả lời xin gia hạn"
    icon = "clock"
    doer = Permission.GIVE_TASKS

    def open(self, asked: Asked) -> Open:
        giver = f"assignment__{GIVER}"
        return Open(
            rows=Extension.objects.everywhere(reason=WHY).filter(
                granted=None, assignment__state__in=AssignmentState.open_ones()
            ),
            subject="pk",
            organisation=giver,
            place=f"{giver}__path",
            since="asked_on",
            limit=days_later("asked_on", measure(ANSWER_TIME, asked, on=asked.on, path=f"{giver}__path")),
            stages=stages_of_reminding(asked, on=asked.on, path=f"{giver}__path"),
            facts={"assignment": "assignment", "who": "assignment__organisation__name", "because": "because"},
        )

    def words(self, facts: Mapping[str, Any]) -> str:
        return f"Trả lời xin gia hạn của {facts['who']}"

    def more(self, facts: Mapping[str, Any], on: date) -> str:
        return str(facts["because"])[:120]

    def step(self, facts: Mapping[str, Any], on: date) -> Step:
        return Step(reverse("task_assignment", args=[facts["assignment"]]), "Trả lời")
