from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Case, Exists, OuterRef, When
from django.db.models.functions import TruncDate
from django.urls import reverse

from branches.models import Grant
from branches.rules.definitions.reminders import ANSWER_CORRECTION
from branches.rules.measures import measure, stages_of_reminding
from members.models import Correction, Member
from portal.access.permissions import Permission
from portal.access.roles import ROLES
from portal.duties.days import days_later
from portal.duties.rules import Asked, Duty, Open, Step
from portal.words.quantities import day

KEEPERS = [role.value for role, text in ROLES.items() if Permission.KEEP_ROLL in text.permissions]


class AnswerCorrection(Duty):
    """The secretary answers. What the secretary asks for, the commune answers: nobody grants an own request."""

    code = "sua-ho-so"
    title = "Trả lời đề nghị sửa hồ sơ"
    icon = "edit"
    doer = Permission.KEEP_ROLL

    def open(self, asked: Asked) -> Open:
        own = Grant.objects.everywhere(reason="who answers").on(asked.on).filter(
            account=OuterRef("asked_by"), organisation=OuterRef("member__branch"), role__in=KEEPERS
        )  # fmt: skip
        waiting = Correction.objects.everywhere(reason="what is due").waiting().annotate(is_own=Exists(own))
        within = measure(ANSWER_CORRECTION, asked, on=asked.on, path="member__branch__path")
        return Open(
            rows=waiting,
            subject="pk",
            organisation=Case(When(is_own=True, then="member__branch__parent"), default="member__branch"),
            place=Case(When(is_own=True, then="member__branch__parent__path"), default="member__branch__path"),
            since=TruncDate("asked_at"),
            limit=days_later(TruncDate("asked_at"), within),
            stages=stages_of_reminding(asked, on=asked.on, path="member__branch__path"),
            facts={"correction": "pk", "name": "member__full_name", "column": "column", "on": TruncDate("asked_at")},
        )

    def words(self, facts: Mapping[str, Any]) -> str:
        column = Member._meta.get_field(facts["column"]).verbose_name
        return f"Trả lời đề nghị sửa {column} của đ/c {facts['name']}"

    def more(self, facts: Mapping[str, Any], on: date) -> str:
        return f"Đề nghị gửi ngày {day(date.fromisoformat(facts['on']))}"

    def step(self, facts: Mapping[str, Any], on: date) -> Step:
        return Step(reverse("answer_correction", args=[facts["correction"]]), "Trả lời")
