"""Studying a document: asked for by an office, recorded by branches, counted from who was there."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from branches.models import Kind, Organisation
from branches.views.reached import reached_organisation
from directives.forms.study import OrderStudyForm, StudySessionForm
from directives.models import Study, StudySession
from directives.queries.documents import library
from directives.queries.study import coverage_of, studies_for, to_be_there, was_there
from directives.services import study as services
from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires
from portal.ui.forms import refusals_in


@require_safe
@requires(Permission.READ_FIGURES)
def coverage(request: ActorRequest, pk: int) -> HttpResponse:
    document, actor = get_object_or_404(library(request.actor).open_ones().without_texts(), pk=pk), request.actor
    here = _here(request)
    tables = []
    for study in studies_for(document, actor):
        root = here if here.path.startswith(study.organisation.path) else study.organisation
        whole, parts = coverage_of(study, root)
        tables.append((study, whole, parts or ([whole] if whole.is_branch else [])))
    facts = {
        "document": document,
        "here": here,
        "tables": tables,
        "today": timezone.localdate(),
        "may_order": actor.may(Permission.KEEP_LIBRARY, here.path) and here.kind != Kind.BRANCH,
        "may_record": actor.may(Permission.RECORD_STUDY),
    }
    return render(request, "directives/study_coverage.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.KEEP_LIBRARY)
def order(request: ActorRequest, pk: int) -> HttpResponse:
    document = get_object_or_404(library(request.actor).open_ones().without_texts(), pk=pk)
    organisation = _here(request)
    form = OrderStudyForm(request.POST or None)
    if form.is_valid():
        with refusals_in(form):
            services.order_study(document, organisation=organisation, **form.cleaned_data, by=request.actor)
            messages.success(request, f"Đã giao các chi bộ của {organisation.name} quán triệt văn bản này.")
            return redirect("study_coverage", document.pk)
    return render(
        request, "directives/order_study.html", {"form": form, "document": document, "organisation": organisation}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RECORD_STUDY)
def record(request: ActorRequest, pk: int, other: int) -> HttpResponse:
    branch = reached_organisation(request, other, Permission.RECORD_STUDY)
    known = Study.objects.allowed(request.actor, Permission.READ_LIBRARY).select_related("document", "organisation")
    study = get_object_or_404(known, pk=pk)
    if branch.kind != Kind.BRANCH or not branch.path.startswith(study.organisation.path):
        raise Http404("this branch was not asked to study it")
    sessions = StudySession.objects.allowed(request.actor, Permission.RECORD_STUDY).filter(
        study=study, organisation=branch
    )
    last = sessions.latest_first().first()
    initial = {
        "held_on": last.held_on if last else timezone.localdate(),
        "members": [str(one) for one in was_there(last)],
    }
    form = StudySessionForm(request.POST or None, initial=initial, expected=to_be_there(branch, request.actor))
    if form.is_valid():
        with refusals_in(form):
            services.record_session(study, branch=branch, **form.asked, by=request.actor)
            messages.success(request, f"Đã ghi buổi quán triệt của {branch.name}.")
            return redirect("study_coverage", study.document_id)
    return render(
        request,
        "directives/record_study.html",
        {"form": form, "study": study, "branch": branch, "document": study.document},
    )


def _here(request: ActorRequest) -> Organisation:
    """Where one acts; or, of those one reaches, the one of the address (?noi=12)."""
    capacity, asked = request.actor.capacity, request.GET.get("noi", "")
    if capacity is None:
        raise Http404("no capacity, no place")
    pk = int(asked) if asked.isdecimal() and len(asked) < 10 else capacity.organisation_id
    return get_object_or_404(Organisation.objects.allowed(request.actor, Permission.SEE_ORGANISATION), pk=pk)
