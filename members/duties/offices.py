"""A branch without a secretary; a secretary whose time ends and who is followed by nobody."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Case, DateField, Exists, F, Max, OuterRef, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse

from branches.models import Kind, Organisation
from branches.rules.definitions.reminders import OFFICE_AHEAD, VACANCY
from branches.rules.measures import measure, stages_of_reminding
from members.models import Office, Post
from portal.access.permissions import Permission
from portal.duties.days import days_later
from portal.duties.rules import Asked, Duty, Open, Step
from portal.words.quantities import day


class FillVacancy(Duty):
    """The commune's: a branch has nobody who leads it, not even for a time."""

    code = "khuyet-bi-thu"
    title = "Kiện toàn bí thư chi bộ"
    icon = "alert"
    doer = Permission.KEEP_OFFICES

    def open(self, asked: Asked) -> Open:
        offices = Office.objects.everywhere(reason="what is due").filter(
            organisation=OuterRef("pk"), post=Post.SECRETARY
        )
        last = (
            offices.filter(until__lt=asked.on)
            .order_by()
            .values("organisation")
            .annotate(last=Max("until"))
            .values("last")
        )
        free_from = days_later(Subquery(last, output_field=DateField()), 1)
        began = Coalesce(
            free_from, "joined_on", "founded_on", Value(date(asked.on.year, 1, 1)), output_field=DateField()
        )
        branches = Organisation.objects.everywhere(reason="what is due").filter(kind=Kind.BRANCH, parent__isnull=False)
        rows = branches.living(asked.on).filter(~Exists(offices.on(asked.on))).annotate(free_from=began)
        return Open(
            rows=rows,
            subject="pk",
            organisation="parent",
            place="parent__path",
            since=Coalesce("joined_on", "founded_on", Value(date.min)),  # it is vacant today: nothing else to wait for
            limit=days_later("free_from", measure(VACANCY, asked, on=asked.on, path="path")),
            stages=stages_of_reminding(asked, on=asked.on, path="path"),
            facts={"branch": "pk", "name": "name", "since": F("free_from")},
        )

    def words(self, facts: Mapping[str, Any]) -> str:
        return f"Kiện toàn bí thư của {facts['name']}"

    def more(self, facts: Mapping[str, Any], on: date) -> str:
        return f"Khuyết bí thư từ ngày {day(date.fromisoformat(facts['since']))}"

    def step(self, facts: Mapping[str, Any], on: date) -> Step:
        return Step(reverse("take_office", args=[facts["branch"]]), "Ghi chức vụ")


class FollowOffice(Duty):
    """Prepared before it ends. From the day after, the vacancy is what is due."""

    code = "het-chuc-vu"
    title = "Chuẩn bị người kế tiếp"
    icon = "clock"
    doer = Permission.KEEP_OFFICES

    def open(self, asked: Asked) -> Open:
        offices = Office.objects.everywhere(reason="what is due").filter(post=Post.SECRETARY)
        next_one = offices.filter(organisation=OuterRef("organisation"), since__gt=OuterRef("until"))
        ending = offices.filter(~Exists(next_one), until__gte=asked.on, acting_for=None)
        above = When(organisation__kind=Kind.BRANCH, then="organisation__parent")
        path = When(organisation__kind=Kind.BRANCH, then="organisation__parent__path")
        return Open(
            rows=ending,
            subject="pk",
            organisation=Case(above, default="organisation"),
            place=Case(path, default="organisation__path"),
            since=days_later("until", -1 * measure(OFFICE_AHEAD, asked, on=asked.on, path="organisation__path")),
            limit="until",
            stages=stages_of_reminding(asked, on=asked.on, path="organisation__path"),
            facts={"place": "organisation", "name": "organisation__name", "until": "until", "who": "member__full_name"},
        )

    def words(self, facts: Mapping[str, Any]) -> str:
        return f"Chuẩn bị bí thư kế tiếp của {facts['name']}"

    def more(self, facts: Mapping[str, Any], on: date) -> str:
        return f"Đ/c {facts['who']} giữ chức vụ đến hết ngày {day(date.fromisoformat(facts['until']))}"

    def step(self, facts: Mapping[str, Any], on: date) -> Step:
        return Step(reverse("offices", args=[facts["place"]]), "Xem cấp ủy")
