from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce, TruncDate
from django.urls import reverse

from branches.rules.definitions.reminders import JUDGE_ANSWER
from branches.rules.measures import measure, stages_of_reminding
from portal.access.permissions import Permission
from portal.duties.days import days_later
from portal.duties.rules import Asked, Duty, Open, Step
from portal.reports.duties.taking import short_of
from portal.reports.models import Report, ReportState

WHY = "what is due"


class ApproveReport(Duty):
    """Handed over at one's own place: approved, or sent back with what is to be mended."""

    code = "duyet-bao-cao"
    title = "Duyệt báo cáo"
    icon = "check-circle"
    doer = Permission.APPROVE_REPORTS

    def open(self, asked: Asked) -> Open:
        """An event keeps a row as it was before: the last one that was a draft is when it was handed over."""
        events = Report.events.rel.related_model.objects.filter(  # type: ignore[attr-defined]
            pgh_obj=OuterRef("pk"), pgh_label="changed", state=ReportState.DRAFT
        )
        handed_over = Subquery(events.order_by("-pgh_id").values("pgh_created_at")[:1])
        rows = Report.objects.everywhere(reason=WHY).filter(state=ReportState.REVIEW)
        path = "organisation__path"
        return Open(
            rows=rows.annotate(handed_over_on=TruncDate(Coalesce(handed_over, "begun_at"))),
            subject="pk",
            organisation="organisation",
            place=path,
            since="handed_over_on",
            limit=days_later("handed_over_on", measure(JUDGE_ANSWER, asked, on=asked.on, path=path)),
            stages=stages_of_reminding(asked, on=asked.on, path=path),
            facts={"report": "pk", "kind": "kind", "first": "first", "begun_by": "begun_by__full_name"},
        )

    def words(self, facts: Mapping[str, Any]) -> str:
        return f"Duyệt {short_of(facts)}"

    def more(self, facts: Mapping[str, Any], on: date) -> str:
        return f"Đ/c {facts['begun_by']} soạn; duyệt hoặc trả về sửa"

    def step(self, facts: Mapping[str, Any], on: date) -> Step:
        return Step(reverse("report", args=[facts["report"]]), "Xem, duyệt")
