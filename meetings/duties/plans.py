"""The thematic plan of a year: sent up by its day, answered soon after."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import CharField, DateField, Exists, OuterRef, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse

from branches.models import Kind, Organisation
from branches.rules.definitions.meetings import THEMATIC_PLAN_BY
from branches.rules.definitions.reminders import APPROVE_PLAN
from branches.rules.measures import measure, measured, stages_of_reminding
from meetings.models import PlanState, ThematicPlan
from portal.access.permissions import Permission
from portal.duties.days import days_later
from portal.duties.rules import Asked, Duty, Open, Step
from portal.words.quantities import day


class SendPlan(Duty):
    """A branch that came in the course of the year owes none for it."""

    code = "gui-ke-hoach-chuyen-de"
    title = "Gửi kế hoạch chuyên đề năm"
    icon = "book"
    doer = Permission.RECORD_MEETING

    def open(self, asked: Asked) -> Open:
        year, new_year = asked.on.year, date(asked.on.year, 1, 1)
        sent = ThematicPlan.objects.everywhere(reason="what is due").filter(
            organisation=OuterRef("pk"), year=year, state__in=[PlanState.SENT, PlanState.APPROVED]
        )
        branches = Organisation.objects.everywhere(reason="what is due").filter(kind=Kind.BRANCH).living(asked.on)
        branches = branches.exclude(joined_on__gt=new_year).exclude(founded_on__gt=new_year)
        last = measured(
            THEMATIC_PLAN_BY, asked, lambda rule: rule.last_day(year), DateField(), on=asked.on, path="path"
        )
        return Open(
            rows=branches.filter(~Exists(sent)),
            subject=Concat(Cast("pk", CharField()), Value(f":{year}")),
            organisation="pk",
            place="path",
            since=new_year,
            limit=last,
            stages=stages_of_reminding(asked, on=asked.on, path="path"),
            facts={"branch": "pk", "year": Value(year)},
        )

    def words(self, facts: Mapping[str, Any]) -> str:
        return f"Lập và gửi kế hoạch chuyên đề năm {facts['year']}"

    def step(self, facts: Mapping[str, Any], on: date) -> Step:
        return Step(reverse("thematic_plan", args=[facts["branch"], facts["year"]]), "Lập kế hoạch")


class ApprovePlan(Duty):
    """Of the committee right above."""

    code = "duyet-ke-hoach-chuyen-de"
    title = "Duyệt kế hoạch chuyên đề"
    icon = "check-circle"
    doer = Permission.DIRECT_MEETINGS

    def open(self, asked: Asked) -> Open:
        plans = ThematicPlan.objects.everywhere(reason="what is due").filter(state=PlanState.SENT)
        within = measure(APPROVE_PLAN, asked, on=asked.on, path="organisation__path")
        return Open(
            rows=plans.filter(sent_on__isnull=False, organisation__parent__isnull=False),
            subject="pk",
            organisation="organisation__parent",
            place="organisation__parent__path",
            since="sent_on",
            limit=days_later("sent_on", within),
            stages=stages_of_reminding(asked, on=asked.on, path="organisation__path"),
            facts={"branch": "organisation", "name": "organisation__name", "year": "year", "on": "sent_on"},
        )

    def words(self, facts: Mapping[str, Any]) -> str:
        return f"Duyệt kế hoạch chuyên đề năm {facts['year']} của {facts['name']}"

    def more(self, facts: Mapping[str, Any], on: date) -> str:
        return f"Gửi ngày {day(date.fromisoformat(facts['on']))}"

    def step(self, facts: Mapping[str, Any], on: date) -> Step:
        return Step(reverse("thematic_plan", args=[facts["branch"], facts["year"]]), "Xem và duyệt")
