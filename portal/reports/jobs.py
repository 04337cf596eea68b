"""Setting the PDF of a report that has its number, or of a long draft: by a worker, as the one who asked."""

import logging

from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from branches.papers import form_of
from portal.files.kinds import Kind
from portal.files.models import StoredFile
from portal.files.services.storing import keep_made
from portal.jobs.doors import DOOR as OF_JOBS
from portal.jobs.kinds import job
from portal.jobs.work import Result, Work
from portal.papers.drawing import NotDrawn
from portal.papers.signing import NotSigned, Said, signed
from portal.reports.facts import Facts
from portal.reports.models import Report, ReportState
from portal.reports.papers import Told, check_words, paper_of
from portal.reports.printing import printed
from portal.reports.queries.reading import readable
from portal.reports.services.drafts import DRAFT
from portal.reports.services.issuing import DOOR, ISSUE, issued
from portal.reports.services.writing import WHY, kind_of, words_of
from portal.words.errors import DomainError
from portal.words.quantities import number

log = logging.getLogger(__name__)
NO_ROOM = "Chưa cất được bản PDF: máy chủ hết chỗ ghi. Báo người quản trị cổng; có chỗ rồi thì bấm “Lập lại”."
UNSIGNED = "Chưa ký số được bản PDF: khóa ký không mở được hoặc đã hết hạn. Báo người quản trị cổng; sửa xong thì bấm “Lập lại”."


@job(ISSUE, words="Lập bản báo cáo ban hành", queue="heavy", sign="PDF")
def issue_report(work: Work) -> Result:
    """However often it is begun anew: of facts that were frozen with the number, so it is the same report."""
    report = _waiting(work.parameters["report"])
    kind, facts = kind_of(report), Facts.thawed(report.facts)
    told = Told(report, kind, facts, words_of(report))
    assert report.number, "a report that is being issued has its number"
    assert report.issued_on, "and its day"
    paper = paper_of(told, on=report.issued_on, symbol=report.number.symbol, check=check_words(report))
    form = form_of(report.organisation, report.issued_on, work.actor)

    def say(done: int, whole: int) -> None:
        work.report(done, whole + 1, f"Đang lập {number(done)}/{number(whole)} phần")

    try:
        content = printed(paper, kind.annexes_of(facts), form, facts=report.facts, told=say)
        content = signed(content, Said(f"Ban hành {paper.title}, số {report.number.symbol}", paper.heading.place))
    except NotDrawn as failed:
        raise DomainError("Chưa lập được bản PDF: hết chỗ ghi hoặc báo cáo quá lớn. Hãy bấm “Lập lại”.") from failed
    except NotSigned as failed:
        log.exception("an issued report could not be signed")
        raise DomainError(UNSIGNED) from failed
    said = f"{report.number.symbol} Báo cáo {kind.period(report.last).said} {report.organisation.name}.pdf"
    file = _kept(content, said, work, DOOR)
    issued(report, file)
    return Result(f"Đã ban hành {report.number.symbol}", link=reverse("report", args=[report.pk]))


@job(DRAFT, words="Lập bản in dự thảo", queue="heavy", sign="PDF")
def print_draft(work: Work) -> Result:
    """With its annexes, as it stands now."""
    report = readable(work.actor).select_related("organisation__parent", "document", "number").filter(
        pk=work.parameters["report"]
    ).first()  # fmt: skip
    if report is None:
        raise DomainError("Không còn thấy báo cáo này.")
    kind, facts, on = kind_of(report), Facts.thawed(report.facts), report.issued_on or timezone.localdate()
    paper = paper_of(Told(report, kind, facts, words_of(report)), on=on)

    def say(done: int, whole: int) -> None:
        work.report(done, whole + 1, f"Đang lập {number(done)}/{number(whole)} phần")

    form = form_of(report.organisation, on, work.actor)
    try:
        content = printed(paper, kind.annexes_of(facts), form, facts=report.facts, told=say)
    except NotDrawn as failed:
        raise DomainError("Chưa lập được bản in: hết chỗ ghi hoặc báo cáo quá lớn.") from failed
    said = f"Dự thảo báo cáo {kind.period(report.last).said} {report.organisation.name}.pdf"
    file = _kept(content, said, work, OF_JOBS)
    return Result("Bản in dự thảo, chưa có số", file)


def _kept(content: bytes, name: str, work: Work, door: str) -> StoredFile:
    try:
        return keep_made(ContentFile(content), kind=Kind.PDF, name=name.replace("/", "-"), by=work.actor, door=door)
    except OSError as failed:
        log.exception("a report could not be put on the shelf")
        raise DomainError(NO_ROOM) from failed


def _waiting(pk: int) -> Report:
    rows = Report.objects.everywhere(reason=WHY).select_related("organisation__parent", "document", "number")
    report = rows.filter(pk=pk, state=ReportState.ISSUING).first()
    if report is None:
        raise DomainError("Báo cáo này không còn đợi bản PDF.")
    return report
