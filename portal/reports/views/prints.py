"""A report leaves the page: as it would be printed now, its tables as sheets."""

from io import BytesIO

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from branches.papers import form_of
from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires
from portal.files.answers import LOCKED_IN, LOCKED_IN_VIEWER
from portal.files.kinds import Kind
from portal.files.names import cleaned
from portal.files.sheets.blank import write_sheet
from portal.history.models import Deed
from portal.history.traces import leave_trace
from portal.papers.answers import asked_kind, handed_paper
from portal.papers.drawing import NotDrawn
from portal.reports.facts import Facts
from portal.reports.models import Report
from portal.reports.papers import Told, paper_of
from portal.reports.printing import printed
from portal.reports.services.drafts import ask_for_draft, is_long
from portal.reports.services.writing import kind_of, words_of
from portal.reports.views.reached import reached_report


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.READ_FIGURES)
def paper(request: ActorRequest, pk: int) -> HttpResponse:
    """?dang=docx, txt: its text. As PDF with the annexes: what was issued is the file itself, of the rest a draft."""
    report = reached_report(request, pk)
    kind, on = kind_of(report), report.issued_on or timezone.localdate()
    facts = Facts.thawed(report.facts)
    symbol = report.number.symbol if report.number else ""
    told = paper_of(Told(report, kind, facts, words_of(report)), on=on, symbol=symbol)
    form = form_of(report.organisation, on, request.actor)
    name = _name(report)
    if asked_kind(request) != Kind.PDF:
        _trace(request, report)
        return handed_paper(request, told, form, name=name)
    if report.pdf:
        return redirect("file", report.pdf.pk)
    annexes = kind.annexes_of(facts)
    if is_long(annexes):
        return _in_background(request, report)
    _trace(request, report)
    try:
        content = printed(told, annexes, form, facts=report.facts)
    except NotDrawn:
        messages.error(request, "Chưa lập được bản in: hết chỗ ghi hoặc báo cáo quá lớn. Thử lại sau ít phút.")
        return redirect("report", pk)
    return _handed(content, cleaned(name, Kind.PDF), Kind.PDF, shown=request.GET.get("tai") != "1")


@require_safe
@requires(Permission.READ_FIGURES)
def table(request: ActorRequest, pk: int) -> HttpResponse:
    """?bang=places.all: one table as .xlsx."""
    report = reached_report(request, pk)
    asked = request.GET.get("bang", "")
    if not asked:
        return redirect("report", pk)
    sheet = Facts.thawed(report.facts).sheet(asked)
    if sheet is None:
        raise Http404("no such table")
    _trace(request, report)
    out, columns = BytesIO(), range(len(sheet.heads))
    write_sheet(out, sheet.title, sheet.heads, [_width(head) for head in sheet.heads], sheet.rows, numbers=columns)
    return _handed(out.getvalue(), cleaned(f"{sheet.title} {_name(report)}", Kind.XLSX), Kind.XLSX, shown=False)


def _in_background(request: ActorRequest, report: Report) -> HttpResponse:
    if request.method == "POST":
        return redirect("job", ask_for_draft(report, by=request.actor).pk)
    messages.info(request, "Bản in này dài, cổng lập trong nền. Bấm “Lập bản in dự thảo”.")
    return redirect("report", report.pk)


def _trace(request: ActorRequest, report: Report) -> None:
    """Names of members leave the portal."""
    if kind_of(report).names_people and request.method == "GET":
        leave_trace(Deed.EXPORTED, subject=_name(report)[:300], place=report.organisation.path, by=request.actor)


def _name(report: Report) -> str:
    which = report.number.symbol if report.number else "Dự thảo"
    return f"{which} báo cáo {kind_of(report).period(report.last).said} {report.organisation.name}".replace("/", "-")


def _width(head: str) -> int:
    return 6 if head == "TT" else max(14, len(head) + 2)


def _handed(content: bytes, name: str, kind: Kind, *, shown: bool) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind.facts.content_type)
    answer["Content-Disposition"] = content_disposition_header(not shown, name) or "attachment"
    answer["Content-Security-Policy"] = LOCKED_IN_VIEWER if shown else LOCKED_IN
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["Cache-Control"] = "private, no-store"
    return answer
