from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef
from django.db.models.functions import TruncDate
from django.urls import reverse

from branches.rules.definitions.reminders import MEND_IMPORT
from branches.rules.measures import measure, stages_of_reminding
from members.models import Import
from portal.access.permissions import Permission
from portal.duties.days import days_later
from portal.duties.rules import Asked, Duty, Open, Step
from portal.words.quantities import day, number


class MendImport(Duty):
    """Lines of the last sheet that could not be written. The sheet that brings them mended takes its place."""

    code = "dong-nhap-loi"
    title = "Sửa các dòng chưa nhập được"
    icon = "upload"
    doer = Permission.IMPORT_MEMBERS

    def open(self, asked: Asked) -> Open:
        applied = Import.objects.everywhere(reason="what is due").filter(state=Import.State.APPLIED)
        later = applied.filter(organisation=OuterRef("organisation"), applied_at__gt=OuterRef("applied_at"))
        within = measure(MEND_IMPORT, asked, on=asked.on, path="organisation__path")
        return Open(
            rows=applied.filter(~Exists(later), wrong__gt=0),
            subject="pk",
            organisation="organisation",
            place="organisation__path",
            since=TruncDate("applied_at"),
            limit=days_later(TruncDate("applied_at"), within),
            stages=stages_of_reminding(asked, on=asked.on, path="organisation__path"),
            facts={"place": "organisation", "wrong": "wrong", "rows": "rows", "on": TruncDate("applied_at")},
        )

    def words(self, facts: Mapping[str, Any]) -> str:
        return f"Sửa {number(facts['wrong'])} dòng chưa nhập được vào danh sách đảng viên"

    def more(self, facts: Mapping[str, Any], on: date) -> str:
        applied_on = day(date.fromisoformat(facts["on"]))
        return f"Bảng nhập ngày {applied_on} có {number(facts['rows'])} dòng"

    def step(self, facts: Mapping[str, Any], on: date) -> Step:
        return Step(reverse("import_members", args=[facts["place"]]), "Nhập lại")
