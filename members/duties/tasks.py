"""The yearly tasks: everybody by the end of January, a newcomer soon after coming."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import CharField, Exists, OuterRef, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse

from branches.models import Kind, Organisation
from branches.rules.definitions.assignments import GIVEN_BY
from branches.rules.definitions.reminders import NEWCOMER
from branches.rules.measures import measure, stages_of_reminding
from branches.rules.reading import Rulebook
from members.models import Assignment, Membership
from members.models.membership import MembershipQuerySet
from portal.access.permissions import Permission
from portal.duties.days import days_later
from portal.duties.rules import Asked, Duty, Open, Step
from portal.words.quantities import day


def last_day_of(asked: Asked) -> date:
    return Rulebook.of(asked).source_of(GIVEN_BY, None, on=asked.on).value.last_day(asked.on.year)


def without_tasks(on: date) -> MembershipQuerySet:
    """Whoever must have tasks in their branch this year and has none that it agreed to."""
    rows = Assignment.objects.everywhere(reason="what is due").in_force_on(on)
    some = rows.filter(member=OuterRef("member"), organisation=OuterRef("organisation"))
    return Membership.objects.everywhere(reason="what is due").working_on(on).filter(~Exists(some))


class GiveTasks(Duty):
    """Of a branch: some who were there in January have none."""

    code = "giao-nhiem-vu"
    title = "Giao nhiệm vụ năm cho đảng viên"
    icon = "list"
    doer = Permission.KEEP_ASSIGNMENTS

    def open(self, asked: Asked) -> Open:
        last, year = last_day_of(asked), asked.on.year
        without = without_tasks(asked.on).exclude(since__gt=last).filter(organisation=OuterRef("pk"))
        branches = Organisation.objects.everywhere(reason="what is due").filter(kind=Kind.BRANCH).living(asked.on)
        return Open(
            rows=branches.exclude(joined_on__gt=last).filter(Exists(without)),
            subject=Concat(Cast("pk", CharField()), Value(f":{year}")),
            organisation="pk",
            place="path",
            since=date(year, 1, 1),
            limit=last,
            stages=stages_of_reminding(asked, on=asked.on, path="path"),
            facts={"branch": "pk", "name": "name"},
        )

    def words(self, facts: Mapping[str, Any]) -> str:
        return "Giao nhiệm vụ năm cho từng đảng viên"

    def more(self, facts: Mapping[str, Any], on: date) -> str:
        return "Lập dự kiến theo mẫu, đưa ra chi bộ thông qua"

    def step(self, facts: Mapping[str, Any], on: date) -> Step:
        return Step(reverse("assignments", args=[facts["branch"]]), "Giao nhiệm vụ")


class GiveNewcomerTasks(Duty):
    code = "nhiem-vu-nguoi-moi"
    title = "Giao nhiệm vụ cho người mới về"
    icon = "user"
    doer = Permission.KEEP_ASSIGNMENTS

    def open(self, asked: Asked) -> Open:
        within = measure(NEWCOMER, asked, on=asked.on, path="organisation__path")
        return Open(
            rows=without_tasks(asked.on).filter(since__gt=last_day_of(asked), organisation__kind=Kind.BRANCH),
            subject="pk",
            organisation="organisation",
            place="organisation__path",
            since="since",
            limit=days_later("since", within),
            stages=stages_of_reminding(asked, on=asked.on, path="organisation__path"),
            facts={"branch": "organisation", "member": "member", "name": "member__full_name", "came": "since"},
        )

    def words(self, facts: Mapping[str, Any]) -> str:
        return f"Giao nhiệm vụ cho đ/c {facts['name']}"

    def more(self, facts: Mapping[str, Any], on: date) -> str:
        return f"Về chi bộ ngày {day(date.fromisoformat(facts['came']))}"

    def step(self, facts: Mapping[str, Any], on: date) -> Step:
        return Step(reverse("assignments", args=[facts["branch"]]) + f"#nguoi-{facts['member']}", "Giao nhiệm vụ")
