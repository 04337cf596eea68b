"""Sending the reports that are asked for: of each kind one rule, open from the first of the month in which it is due."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import CharField, DateField, F, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.urls import reverse

from branches.models import Organisation
from branches.rules.measures import stages_of_reminding
from portal.access.permissions import Permission
from portal.duties.rules import Asked, Duty, Open, Step
from portal.reports.expected import Expected, asked_for_on, due_kinds, expected_of
from portal.reports.kinds import ReportKind
from portal.reports.models import ReportState
from portal.reports.queries.owing import WHY, owing, reports_for

STANDS = {
    ReportState.DRAFT: "Đang soạn", ReportState.REVIEW: "Đang chờ duyệt", ReportState.APPROVED: "Đã duyệt, chờ ban hành",
    ReportState.ISSUING: "Đang lập bản ban hành",
}  # fmt: skip


class SendReport(Duty):
    """Done when it is issued: then it goes up by itself."""

    icon = "send"
    doer = Permission.WRITE_REPORTS

    def __init__(self, kind: ReportKind) -> None:
        self.kind = kind
        self.code = f"gui-{kind.code}"  # type: ignore[misc]
        self.title = f"Gửi {kind.name[:1].lower()}{kind.name[1:]}"  # type: ignore[misc]

    def open(self, asked: Asked) -> Open:
        expected = asked_for_on(self.kind, asked.on)
        if expected is None or expected.is_over(asked.on):
            return self._nothing(asked)
        draft = reports_for(expected).exclude(state=ReportState.ISSUED).order_by("-pk")
        first = expected.period.first
        return Open(
            rows=owing(expected, asked.on).annotate(
                draft=Subquery(draft.values("pk")[:1]), stand=Coalesce(Subquery(draft.values("state")[:1]), Value(""))
            ),
            subject=Concat(Cast("pk", CharField()), Value(f":{first.isoformat()}")),
            organisation="pk",
            place="path",
            since=Value(expected.since, DateField()),
            limit=Value(expected.due, DateField()),
            stages=stages_of_reminding(asked, on=asked.on, path="path"),
            facts={"to": "parent__name", "first": Value(first, DateField()), "draft": "draft", "stand": "stand"},
        )

    def words(self, facts: Mapping[str, Any]) -> str:
        """Reminded by hand, it says by whom."""
        said = f"Gửi {self._expected(facts).short}"
        return f"{facts['asked_by']} nhắc: {said[:1].lower()}{said[1:]}" if "asked_by" in facts else said

    def more(self, facts: Mapping[str, Any], on: date) -> str:
        stand = STANDS.get(facts["stand"])
        return f"{stand}; gửi {facts['to']}" if stand else f"Gửi {facts['to']}; số liệu cổng tổng hợp sẵn"

    def step(self, facts: Mapping[str, Any], on: date) -> Step:
        if facts["draft"]:
            return Step(reverse("report", args=[facts["draft"]]), "Mở báo cáo")
        ends = self._expected(facts).period.ends
        return Step(f"{reverse('report_begin')}?loai={self.kind.code}&ky={ends}", "Soạn báo cáo")

    def _expected(self, facts: Mapping[str, Any]) -> Expected:
        first = date.fromisoformat(facts["first"])
        return expected_of(self.kind, first) or Expected(self.kind, self.kind.period(first))

    def _nothing(self, asked: Asked) -> Open:
        none = Organisation.objects.everywhere(reason=WHY).filter(pk__lt=0)
        return Open(none, "pk", F("pk"), "path", Value(asked.on, DateField()), Value(asked.on, DateField()), [0])


def sending_duties() -> list[SendReport]:
    return [SendReport(kind) for kind in due_kinds()]
