"""Inspections for tests, written straight into the tables."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.utils import timezone

from branches.models import Organisation
from directives.models import (
    Demand,
    Document,
    Finding,
    InspectedDocument,
    Inspection,
    InspectionProgramme,
    PlannedInspection,
)
from portal.accounts.models import Account


def a_programme(place: Organisation, **facts: Any) -> InspectionProgramme:
    today = timezone.localdate()
    usual = {"year": today.year, "conducted_by": "commission", "state": "agreed", "agreed_on": today}
    programme = InspectionProgramme(organisation=place, **usual | facts)
    programme.save()
    return programme


def planned_in(programme: InspectionProgramme, subject: Organisation, **facts: Any) -> PlannedInspection:
    today = timezone.localdate()
    usual = {"kind": "check", "contents": "Chế độ sinh hoạt", "since": today.replace(day=1), "until": today}
    planned = PlannedInspection(programme=programme, subject=subject, **usual | facts)
    planned.save()
    return planned


def a_begun_inspection(
    place: Organisation, subject: Organisation, *, by: Account, documents: Sequence[Document] = (), **facts: Any
) -> Inspection:
    """With a conclusion, a finding and a demand. `facts`: of the programme."""
    today = timezone.localdate()
    planned = planned_in(a_programme(place, **facts), subject)
    for one in documents:
        InspectedDocument(planned=planned, document=one).save()
    inspection = Inspection(
        planned=planned, opened_on=today, opened_by=by, conclusion="Giữ nền nếp", concluded_on=today
    )  # fmt: skip
    inspection.save()
    Finding(inspection=inspection, kind="shortcoming", words="Thu thiếu đảng phí").save()
    due_on = today + timedelta(days=10)
    Demand(inspection=inspection, organisation=subject, words="Thu đủ", made_on=today, due_on=due_on).save()
    return inspection
