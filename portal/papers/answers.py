"""How a paper leaves the portal: the PDF in the browser, .docx and text as files, under a name that a person would give."""

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from portal.files.answers import LOCKED_IN, LOCKED_IN_VIEWER
from portal.files.kinds import Kind
from portal.files.names import cleaned
from portal.papers.content import Paper
from portal.papers.form import Form
from portal.papers.pdf import pdf_of
from portal.papers.plain import text_of
from portal.papers.word import docx_of


def asked_kind(request: HttpRequest) -> Kind:
    """?dang=docx, ?dang=txt; all else is a PDF."""
    asked = request.GET.get("dang", "")
    return Kind(asked) if asked in (Kind.DOCX, Kind.TXT) else Kind.PDF


def rendered(paper: Paper, form: Form, kind: Kind) -> bytes:
    if kind == Kind.DOCX:
        return docx_of(paper, form)
    return text_of(paper, form).encode() if kind == Kind.TXT else pdf_of(paper, form)


def handed_paper(request: HttpRequest, paper: Paper, form: Form, *, name: str) -> HttpResponse:
    """?tai=1 saves the PDF instead of showing it."""
    kind = asked_kind(request)
    shown = kind == Kind.PDF and request.GET.get("tai") != "1"
    answer = HttpResponse(rendered(paper, form, kind), content_type=kind.facts.content_type)
    answer["Content-Disposition"] = content_disposition_header(not shown, cleaned(name, kind)) or "attachment"
    answer["Content-Security-Policy"] = LOCKED_IN_VIEWER if shown else LOCKED_IN
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["Cache-Control"] = "private, no-store"
    return answer
