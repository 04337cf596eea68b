"""Review, approval, number, issue. From its number on nothing of a report changes; a correction is a new one that replaces it."""

from django.db import transaction
from django.utils import timezone

from branches.services.numbers import take_number
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.files.models import StoredFile
from portal.history.actions import action
from portal.jobs.models import Job
from portal.jobs.services.asking import ask_for
from portal.reports.facts import sha256_of
from portal.reports.models import Report, ReportState, Words
from portal.reports.papers import subject_of
from portal.reports.services.arriving import arrive
from portal.reports.services.writing import WHY, asked_of, held, kind_of
from portal.words.errors import DomainError

ISSUE = "reports.issue"  # jobs.py
DOOR = "reports"


@action("duyệt báo cáo")
def approve(report: Report, *, by: Actor) -> Report:
    report = held(report, by, Permission.APPROVE_REPORTS)
    if report.state != ReportState.REVIEW:
        raise DomainError(f"Báo cáo không còn chờ duyệt: {report.get_state_display().lower()}.")
    report.state, report.approved_by, report.remark = ReportState.APPROVED, by.account, ""
    report.save(update_fields=["state", "approved_by", "remark"])
    return report


@action("trả báo cáo về sửa")
def send_back(report: Report, *, remark: str, by: Actor) -> Report:
    """From review, or once more after approval, as long as it has no number."""
    report = held(report, by, Permission.APPROVE_REPORTS)
    if report.state not in (ReportState.REVIEW, ReportState.APPROVED):
        raise DomainError(f"Báo cáo không trả về sửa được: {report.get_state_display().lower()}.")
    if not remark.strip():
        raise DomainError("Ghi cần sửa gì.", field="remark")
    report.state, report.approved_by, report.remark = ReportState.DRAFT, None, remark
    report.save(update_fields=["state", "approved_by", "remark"])
    return report


@action("ban hành báo cáo")
def issue(report: Report, *, by: Actor) -> Job:
    """Takes the number and freezes what the report stands on; the PDF is set by a worker. Asked twice it is the same job."""
    report = held(report, by, Permission.WRITE_REPORTS)
    if report.state == ReportState.APPROVED:
        take_its_number(report, by)
    elif report.state != ReportState.ISSUING:
        raise DomainError(f"Báo cáo chưa ban hành được: {report.get_state_display().lower()}.")
    title = f"{kind_of(report).name}, số {report.number.symbol if report.number else ''}"
    return ask_for(ISSUE, by=by, title=title[:200], parameters={"report": report.pk}, key=f"report {report.pk}")


def take_its_number(report: Report, by: Actor) -> None:
    """From here on nothing of it changes."""
    number = take_number(issuer=report.organisation, type=kind_of(report).letters, subject=_subject(report), by=by)
    report.number, report.issued_on, report.issued_by = number, number.dated_on, by.account
    report.facts_sha256, report.state = sha256_of(report.facts), ReportState.ISSUING
    report.save(update_fields=["number", "issued_on", "issued_by", "facts_sha256", "state"])


@transaction.atomic
def issued(report: Report, pdf: StoredFile) -> Report:
    """By the worker, in the transaction that ends its job: the file, the state and the way to the committee above."""
    rows = Report.objects.everywhere(reason=WHY).select_for_update(no_key=True, of=("self",))
    report = rows.select_related("organisation__parent").get(pk=report.pk)
    if report.state != ReportState.ISSUING:
        raise DomainError(f"Báo cáo không còn đợi bản PDF: {report.get_state_display().lower()}.")
    report.pdf, report.state = pdf, ReportState.ISSUED
    report.save(update_fields=["pdf", "state"])
    if kind_of(report).goes_up:
        arrive(report)
    return report


@action("soạn báo cáo thay thế")
def replace(report: Report, *, by: Actor) -> Report:
    """The old one stays as it is and says what replaced it."""
    report = held(report, by, Permission.WRITE_REPORTS)
    if not report.is_issued:
        raise DomainError("Chỉ báo cáo đã ban hành mới cần bản thay thế.")
    if there := Report.objects.everywhere(reason=WHY).filter(replaces=report).first():
        return there
    kind = kind_of(report)
    new = Report(
        kind=report.kind, organisation=report.organisation, document=report.document, first=report.first, last=report.last,
        composed_at=timezone.now(), begun_by=by.account, replaces=report,
    )  # fmt: skip
    new.facts = kind.read(asked_of(new, timezone.localdate())).frozen()
    new.save(force_insert=True)
    written = Words.objects.everywhere(reason=WHY).filter(report=report)
    copies = [Words(report=new, part=row.part, words=row.words, by=by.account) for row in written]
    Words.objects.everywhere(reason=WHY).bulk_create(copies)
    return new


def _subject(report: Report) -> str:
    said = subject_of(report, kind_of(report))
    return f"{said[:1].upper()}{said[1:]}"[:300]
