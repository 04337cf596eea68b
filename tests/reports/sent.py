"""Reports that were begun, approved and issued, with a file in the place of a PDF: what comes after issuing stands on them."""

from datetime import date
from io import BytesIO

from django.core.files.base import ContentFile
from pikepdf import Pdf

from branches.models import Organisation
from branches.models import Term as CommitteeTerm
from portal.access.actor import Actor
from portal.files.kinds import Kind
from portal.files.services.storing import keep_made
from portal.reports.kinds import ReportKind, kind_named
from portal.reports.models import Arrival, Report, ReportState
from portal.reports.services import issuing, writing


def kind(code: str) -> ReportKind:
    found = kind_named(code)
    assert found, code
    return found


def an_approved_report(place: Organisation, code: str, day: date, by: Actor) -> Report:
    CommitteeTerm.everything.get_or_create(
        organisation=place, defaults={"name": "nhiệm kỳ 2020–2030", "since": date(2020, 1, 1)}
    )
    report = writing.begin_report(kind=kind(code), organisation=place, day=day, by=by)
    return approved(report, by)


def approved(report: Report, by: Actor) -> Report:
    writing.hand_over(report, by=by)
    Report.everything.filter(pk=report.pk).update(state=ReportState.APPROVED, approved_by=by.account)
    report.refresh_from_db()
    return report


def sent(place: Organisation, code: str, day: date, by: Actor) -> Report:
    return issued(an_approved_report(place, code, day, by), by)


def replaced(report: Report, by: Actor) -> Report:
    return issued(approved(issuing.replace(report, by=by), by), by)


def issued(report: Report, by: Actor) -> Report:
    issuing.issue(report, by=by)
    report.refresh_from_db()
    content = ContentFile(a_small_pdf())
    file = keep_made(content, kind=Kind.PDF, name=f"Báo cáo {report.pk}.pdf", by=by, door=issuing.DOOR)
    return issuing.issued(report, file)


def a_small_pdf() -> bytes:
    out = BytesIO()
    pdf = Pdf.new()
    pdf.add_blank_page()
    pdf.save(out)
    return out.getvalue()


def arrival_of(report: Report) -> Arrival:
    return Arrival.everything.select_related("organisation", "report").get(report=report)
