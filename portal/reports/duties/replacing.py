from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Subquery
from django.db.models.expressions import OuterRef
from django.db.models.functions import TruncDate
from django.urls import reverse

from branches.rules.definitions.reminders import REPLACE_REPORT
from branches.rules.measures import measure, stages_of_reminding
from portal.access.permissions import Permission
from portal.duties.days import days_later
from portal.duties.rules import Asked, Duty, Open, Step
from portal.reports.duties.taking import short_of
from portal.reports.models import Arrival, ArrivalState, Report, ReportState

WHY = "what is due"


class ReplaceReport(Duty):
    """Returned by the committee above: done when one that replaces it is issued."""

    code = "thay-bao-cao"
    title = "Gửi bản thay thế báo cáo bị trả lại"
    icon = "undo"
    doer = Permission.WRITE_REPORTS

    def open(self, asked: Asked) -> Open:
        rows = Arrival.objects.everywhere(reason=WHY).filter(state=ArrivalState.RETURNED)
        rows = rows.exclude(report__replaced_by__state=ReportState.ISSUED)
        begun = Report.objects.everywhere(reason=WHY).filter(replaces=OuterRef("report"))
        path = "report__organisation__path"
        return Open(
            rows=rows.annotate(judged_on=TruncDate("judged_at"), begun=Subquery(begun.values("pk")[:1])),
            subject="pk",
            organisation="report__organisation",
            place=path,
            since="judged_on",
            limit=days_later("judged_on", measure(REPLACE_REPORT, asked, on=asked.on, path=path)),
            stages=stages_of_reminding(asked, on=asked.on, path=path),
            facts={
                "report": "report", "begun": "begun", "kind": "report__kind", "first": "report__first",
                "by": "organisation__name",
            },
        )  # fmt: skip

    def words(self, facts: Mapping[str, Any]) -> str:
        return f"Gửi bản thay thế {short_of(facts)}"

    def more(self, facts: Mapping[str, Any], on: date) -> str:
        return f"{facts['by']} đã trả lại, có ghi cần sửa gì"

    def step(self, facts: Mapping[str, Any], on: date) -> Step:
        return Step(reverse("report", args=[facts["begun"] or facts["report"]]), "Xem ý kiến")
