"""Reports of one place: which there are, narrowed; which are due by the calendar and not issued yet."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef

from branches.models import Organisation
from directives.models import Obligation
from directives.models.document import DocumentQuerySet
from directives.queries.documents import library
from portal.access.actor import Actor
from portal.figures.periods import Period
from portal.reports.expected import Expected, asked_for_on, due_kinds
from portal.reports.models import Report, ReportState
from portal.reports.models.report import ReportQuerySet
from portal.reports.queries.owing import owing
from portal.reports.queries.reading import readable
from portal.words.quantities import day

OPEN, DONE = "dang-soan", "da-ban-hanh"


@dataclass(frozen=True)
class Due:
    """One that the committee above waits for."""

    expected: Expected
    report: Report | None = None  # begun, not issued

    @property
    def query(self) -> str:
        return urlencode({"loai": self.expected.kind.code, "ky": period_end(self.expected.period).isoformat()})

    @property
    def meta(self) -> str:
        begun = self.report.get_state_display() if self.report else "Chưa soạn"
        return f"{begun}, hạn gửi {day(self.expected.due)}"


def reports_of(place: Organisation, actor: Actor) -> ReportQuerySet:
    """Without what they stand on, which is large."""
    rows = readable(actor).filter(organisation=place).defer("facts")
    return rows.select_related("document", "number", "pdf", "replaced_by", "arrival").newest_first()


def narrowed(rows: ReportQuerySet, asked: Mapping[str, Any]) -> ReportQuerySet:
    if asked.get("nam"):
        rows = rows.filter(first__year=asked["nam"])
    if asked.get("loai"):
        rows = rows.filter(kind=asked["loai"])
    if asked.get("loc") == OPEN:
        return rows.exclude(state=ReportState.ISSUED)
    return rows.filter(state=ReportState.ISSUED) if asked.get("loc") == DONE else rows


def documents_for(actor: Actor) -> DocumentQuerySet:
    """That oblige to something: of the others there is nothing to report."""
    obliging = Obligation.objects.everywhere(reason="whether a document that the reader sees obliges to anything")
    rows = library(actor).open_ones().without_texts()
    return rows.filter(Exists(obliging.filter(document=OuterRef("pk")))).newest_first()


def years_of(rows: ReportQuerySet) -> list[int]:
    found = rows.order_by().values_list("first__year", flat=True).distinct()
    return sorted(found, reverse=True)


def due_of(place: Organisation, today: date) -> list[Due]:
    """What duties remind of, the earliest first: as many questions as there are kinds."""
    asked = [asked_for_on(kind, today) for kind in due_kinds() if kind.is_of(place)]
    open_ones = [one for one in asked if one and not one.is_over(today)]
    owed = [one for one in open_ones if owing(one, today).filter(pk=place.pk).exists()]
    why = "which reports of a place stand is known to whoever reaches the place"
    rows = Report.objects.everywhere(reason=why).filter(organisation=place, document=None).defer("facts")
    begun = {(row.kind, row.first): row for row in rows.order_by("pk").filter(kind__in={one.kind.code for one in owed})}
    found = [Due(one, begun.get((one.kind.code, one.period.first))) for one in owed]
    return sorted(found, key=lambda one: (one.expected.due, one.expected.kind.code))


def period_end(period: Period) -> date:
    """Of the calendar, so it has one."""
    return period.ends or period.last
