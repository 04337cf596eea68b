"""Whoever owes a report, as rows that the database narrows: what duties ask of everybody at once."""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from branches.models import Organisation
from portal.reports.expected import Expected
from portal.reports.models import Report, ReportState

WHY = "what is due"


def owing(expected: Expected, on: date) -> QuerySet[Organisation]:
    """In use for the last month of it, below somebody it is sent to, and nothing issued for it yet."""
    since = expected.in_use_by
    places = Organisation.objects.everywhere(reason=WHY).filter(kind__in=expected.kind.of, parent__isnull=False)
    places = places.living(on).exclude(joined_on__gt=since).exclude(founded_on__gt=since)
    return places.filter(~Exists(reports_for(expected).filter(state=ReportState.ISSUED)))


def reports_for(expected: Expected) -> QuerySet[Report]:
    """Of the outer organisation."""
    rows = Report.objects.everywhere(reason=WHY)
    return rows.filter(organisation=OuterRef("pk"), kind=expected.kind.code, first=expected.period.first, document=None)
