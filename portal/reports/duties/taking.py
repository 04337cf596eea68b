"""Reports that came from below: to be taken or returned; and the news that one was taken."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce, TruncDate
from django.urls import reverse

from branches.rules.definitions.reminders import JUDGE_ANSWER
from branches.rules.measures import measure, stages_of_reminding
from portal.access.permissions import Permission
from portal.duties.days import days_later
from portal.duties.rules import Asked, Duty, Open, Step
from portal.reports.expected import Expected
from portal.reports.kinds import kind_named
from portal.reports.models import Arrival, ArrivalState, ReportState
from portal.reports.models.arrival import ArrivalQuerySet
from portal.words.quantities import number

WHY = "what is due"
SAME = ("organisation", "report__kind", "report__first", "about")


class TakeReports(Duty):
    """One thing to do for all that wait of one kind and period; it is known by the one that waits longest."""

    code = "nhan-bao-cao"
    title = "Xác nhận báo cáo đến"
    icon = "check-circle"
    doer = Permission.TAKE_REPORTS

    def open(self, asked: Asked) -> Open:
        alike = waiting().filter(**{name: OuterRef(name) for name in SAME}).order_by()
        counted = alike.values("organisation").annotate(n=Count("pk"))
        rows = waiting().filter(~Exists(alike.filter(pk__lt=OuterRef("pk"))))
        rows = rows.annotate(waiting=Subquery(counted.values("n")[:1]), first_on=TruncDate("sent_at"))
        path = "organisation__path"
        return Open(
            rows=rows,
            subject="pk",
            organisation="organisation",
            place=path,
            since="first_on",
            limit=days_later("first_on", measure(JUDGE_ANSWER, asked, on=asked.on, path=path)),
            stages=stages_of_reminding(asked, on=asked.on, path=path),
            facts={
                "arrival": "pk", "organisation": "organisation", "kind": "report__kind", "first": "report__first",
                "waiting": "waiting", "from": "report__organisation__name",
            },
        )  # fmt: skip

    def words(self, facts: Mapping[str, Any]) -> str:
        count = f"{number(facts['waiting'])} " if facts["waiting"] > 1 else ""
        return f"Xác nhận {count}{short_of(facts)}"

    def more(self, facts: Mapping[str, Any], on: date) -> str:
        return f"Của {facts['from']}" + ("" if facts["waiting"] == 1 else " và nơi khác")

    def step(self, facts: Mapping[str, Any], on: date) -> Step:
        if facts["waiting"] == 1:
            return Step(reverse("arrival", args=[facts["arrival"]]), "Xem báo cáo")
        address = reverse("arrivals_of", args=[facts["organisation"], facts["kind"]])
        return Step(f"{address}?ky={facts['first']}&loc=cho-nhan", "Xem báo cáo")


class ReportTaken(Duty):
    """Told to who sent it, on the day; nothing is to be done."""

    code = "bao-cao-duoc-nhan"
    title = "Cấp trên đã nhận báo cáo"
    icon = "check-circle"
    doer = Permission.WRITE_REPORTS
    is_news = True

    def open(self, asked: Asked) -> Open:
        rows = Arrival.objects.everywhere(reason=WHY).filter(state=ArrivalState.ACKNOWLEDGED)
        return Open(
            rows=rows.annotate(judged_on=TruncDate("judged_at")),
            subject="pk",
            organisation="report__organisation",
            place="report__organisation__path",
            since="judged_on",
            limit="judged_on",
            stages=[0],
            facts={
                "report": "report", "kind": "report__kind", "first": "report__first", "by": "organisation__name",
            },
        )  # fmt: skip

    def words(self, facts: Mapping[str, Any]) -> str:
        return f"{facts['by']} đã nhận {short_of(facts)}"

    def step(self, facts: Mapping[str, Any], on: date) -> Step:
        return Step(reverse("report", args=[facts["report"]]), "Mở báo cáo")


def waiting() -> ArrivalQuerySet:
    """What a newer one has replaced waits for nobody."""
    rows = Arrival.objects.everywhere(reason=WHY).filter(state=ArrivalState.ARRIVED)
    return rows.exclude(report__replaced_by__state=ReportState.ISSUED).annotate(about=Coalesce("report__document", 0))


def short_of(facts: Mapping[str, Any]) -> str:
    """báo cáo tháng 10/2026; of a kind that the portal no longer has: báo cáo."""
    kind = kind_named(facts["kind"])
    return Expected(kind, kind.period(date.fromisoformat(facts["first"]))).short if kind else "báo cáo"
