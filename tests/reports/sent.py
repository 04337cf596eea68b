"""Reports that were begun, approved and issued, with a file in the place of a PDF: what comes after issuing stands on them."""

import uuid
from datetime import date
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from pikepdf import Pdf

from branches.models import DocumentNumber, Organisation
from branches.models import Term as CommitteeTerm
from portal.access.actor import Actor
from portal.accounts.models import Account
from portal.files.kinds import Kind
from portal.files.models import StoredFile
from portal.files.services.storing import keep_made
from portal.reports.facts import Facts, sha256_of
from portal.reports.kinds import ReportKind, kind_named
from portal.reports.models import Arrival, Report, ReportState
from portal.reports.services import issuing, writing
from tests.reports.written import written


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


def with_words(report: Report, by: Actor) -> Report:
    """What the portal could not say of the figures, somebody has to."""
    written = writing.words_of(report)
    for part in writing.kind_of(report).parts:
        if part.must and not written.get(part.code, "").strip():
            version = 1 if part.code in written else 0
            writing.write_words(report, part=part.code, words="Không có.", version=version, by=by)
    return report


def approved(report: Report, by: Actor) -> Report:
    with_words(report, by)
    writing.hand_over(written(report, by), by=by)
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


def put_sent(place: Organisation, code: str, day: date, number: DocumentNumber, by: Account, **facts: Any) -> Arrival:
    """Straight into the tables: with a file that nobody wrote, where only its address is asked for."""
    assert place.parent
    of, key = kind(code), uuid.uuid4()
    period, held = of.period(day), Facts(day).frozen()
    file = StoredFile(
        id=key, name="Báo cáo.pdf", kind=Kind.PDF, size=9, sha256="0" * 64, path=f"stored/{key.hex[:2]}/{key.hex}.pdf",
        door=issuing.DOOR, uploaded_by=by,
    )  # fmt: skip
    file.save(force_insert=True)
    report = Report(
        kind=code, organisation=place, first=period.first, last=period.ends or day, state=ReportState.ISSUED, facts=held,
        facts_sha256=sha256_of(held), composed_at=timezone.now(), begun_by=by, approved_by=by, number=number, issued_on=day,
        issued_by=by, pdf=file,
    )  # fmt: skip
    report.save(force_insert=True)
    arrival = Arrival(report=report, organisation=place.parent, **facts)
    arrival.save()
    return arrival
