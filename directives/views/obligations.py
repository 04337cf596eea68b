"""Taking a document apart: a passage of it becomes a task, a target or another kind of obligation."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from directives.forms.obligations import CorrectionForm, PassageForm, as_marked, initial_of
from directives.models import Document, Obligation, ObligationKind
from directives.queries import documents as queries
from directives.reading.marked import marked
from directives.reading.outline import paragraph_at, paragraphs_of
from directives.reading.proposals import Proposal, proposal_for, proposals_in
from directives.services import obligations as services
from directives.views.reached import kept_document
from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires
from portal.history.sentences import history_of
from portal.ui.forms import refusals_in


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.KEEP_LIBRARY)
def take_apart(request: ActorRequest, pk: int) -> HttpResponse:
    document = kept_document(request, pk)
    if document.is_secret:
        raise Http404("a secret one has no text here")
    chosen = _chosen(request, document)
    form = PassageForm(request.POST or None, initial=_initial(request, chosen)) if chosen else None
    if chosen and form and form.is_valid():
        with refusals_in(form):
            new = services.mark_obligation(document, **form.asked, by=request.actor)
            messages.success(request, f"Đã ghi {new.get_kind_display().lower()} {new.code}.")
            return redirect("take_apart", document.pk)
    rows = list(queries.obligations(request.actor).of(document).in_order())
    taken = [(row.start, row.end) for row in rows if row.start is not None]
    waiting = [one for one in proposals_in(document.text) if not _is_taken(one, taken)]
    facts = {
        "document": document,
        "chosen": chosen,
        "form": form,
        "proposals": waiting,
        "obligations": rows,
        "paragraphs": marked(document.text, [(row.start, row.end, row.code) for row in rows if row.start is not None]),
    }
    return render(request, "directives/take_apart.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.KEEP_LIBRARY)
def correct(request: ActorRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(queries.obligations(request.actor).select_related("document__keeper"), pk=pk)
    services.need_own(row, request.actor)
    form = CorrectionForm(request.POST or None, initial=as_marked(row))
    if form.is_valid():
        with refusals_in(form):
            services.correct_obligation(row, **form.asked, by=request.actor)
            messages.success(request, f"Đã sửa {row.code}.")
            return redirect(f"{reverse('document', args=[row.document_id])}#viec-{row.code}")
    facts = {"form": form, "row": row, "document": row.document, "history": history_of(row)}
    return render(request, "directives/correct.html", facts)


@require_POST
@requires(Permission.KEEP_LIBRARY)
def remove(request: ActorRequest, pk: int) -> HttpResponse:
    rows = Obligation.objects.allowed(request.actor, Permission.READ_LIBRARY).select_related("document__keeper")
    row = get_object_or_404(rows, pk=pk)
    services.remove_obligation(row, by=request.actor)
    messages.success(request, f"Đã bỏ {row.code}.")
    return redirect("take_apart", row.document_id)


def _chosen(request: ActorRequest, document: Document) -> Proposal | None:
    """The passage of the address (?tu=120&den=260), or of what was sent, with what the portal reads in it."""
    asked = (
        (request.POST.get("start"), request.POST.get("end"))
        if request.POST
        else (request.GET.get("tu"), request.GET.get("den"))
    )
    start, end = (int(one) if one and one.isdecimal() and len(one) < 8 else -1 for one in asked)
    if not 0 <= start < end <= len(document.text):
        return None
    paragraph = paragraph_at(start, paragraphs_of(document.text))
    return proposal_for(document.text, start, end, paragraph.clause if paragraph else "")


def _initial(request: ActorRequest, chosen: Proposal) -> dict[str, object]:
    kind = request.GET.get("la", "")
    return initial_of(chosen) | ({"kind": kind} if kind in ObligationKind.values else {})


def _is_taken(proposal: Proposal, taken: list[tuple[int, int]]) -> bool:
    return any(start < proposal.end and proposal.start < end for start, end in taken)
