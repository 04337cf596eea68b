from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse

from branches.rules.definitions.reminders import JUDGE_ANSWER
from branches.rules.measures import measure, stages_of_reminding
from directives.models import Demand, DemandState, InspectionKind, PlannedInspection, ProgrammeState
from directives.models.inspection import WAITS_FOR_SUBJECT
from portal.access.permissions import Permission
from portal.duties.days import days_later
from portal.duties.rules import Asked, Duty, Open, Step

INSPECTOR = "inspection__planned__programme__organisation"


class BeginInspection(Duty):
    """Of who keeps the programme: its days have come, and it has not begun."""

    code = "kiem-tra-theo-chuong-trinh"
    title = "Kiểm tra, giám sát theo chương trình"
    icon = "search"
    doer = Permission.INSPECT

    def open(self, asked: Asked) -> Open:
        rows = PlannedInspection.objects.everywhere(reason="what is due").standing()
        path = "programme__organisation__path"
        return Open(
            rows=rows.filter(programme__state=ProgrammeState.AGREED, inspection=None),
            subject="pk",
            organisation="programme__organisation",
            place=path,
            since="since",
            limit="until",
            stages=stages_of_reminding(asked, on=asked.on, path=path),
            facts={"planned": "pk", "kind": "kind", "subject": "subject__name"},
        )

    def words(self, facts: Mapping[str, Any]) -> str:
        return f"{InspectionKind(facts['kind']).label} {facts['subject']}"

    def step(self, facts: Mapping[str, Any], on: date) -> Step:
        return Step(reverse("inspection", args=[facts["planned"]]), "Mở cuộc này")


class AnswerDemand(Duty):
    """Of the subject: what was demanded is to be done and reported."""

    code = "yeu-cau-sau-kiem-tra"
    title = "Thực hiện yêu cầu sau kiểm tra"
    icon = "flag"
    doer = Permission.ANSWER_TASKS

    def open(self, asked: Asked) -> Open:
        lives = Q(organisation__dissolved_on=None) | Q(organisation__dissolved_on__gt=asked.on)
        path = "organisation__path"
        return Open(
            rows=Demand.objects.everywhere(reason="what is due").filter(lives, state__in=WAITS_FOR_SUBJECT),
            subject="pk",
            organisation="organisation",
            place=path,
            since="made_on",
            limit="due_on",
            stages=stages_of_reminding(asked, on=asked.on, path=path),
            facts={"demand": "pk", "state": "state", "by": f"{INSPECTOR}__name"},
        )

    def words(self, facts: Mapping[str, Any]) -> str:
        again = "Làm tiếp" if facts["state"] == DemandState.RETURNED else "Thực hiện"
        return f"{again} yêu cầu sau kiểm tra, giám sát của {facts['by']}"

    def step(self, facts: Mapping[str, Any], on: date) -> Step:
        return Step(reverse("demand", args=[facts["demand"]]), "Xem và báo cáo")


class JudgeDemand(Duty):
    """Of who inspected: the subject says it is done."""

    code = "nhan-ket-qua-yeu-cau"
    title = "Nhận kết quả thực hiện yêu cầu sau kiểm tra"
    icon = "check-circle"
    doer = Permission.INSPECT

    def open(self, asked: Asked) -> Open:
        path = f"{INSPECTOR}__path"
        return Open(
            rows=Demand.objects.everywhere(reason="what is due").filter(state=DemandState.ANSWERED),
            subject="pk",
            organisation=INSPECTOR,
            place=path,
            since="answered_on",
            limit=days_later("answered_on", measure(JUDGE_ANSWER, asked, on=asked.on, path=path)),
            stages=stages_of_reminding(asked, on=asked.on, path=path),
            facts={"demand": "pk", "subject": "organisation__name"},
        )

    def words(self, facts: Mapping[str, Any]) -> str:
        return f"Xem kết quả {facts['subject']} thực hiện yêu cầu sau kiểm tra"

    def step(self, facts: Mapping[str, Any], on: date) -> Step:
        return Step(reverse("demand", args=[facts["demand"]]), "Xem kết quả")
