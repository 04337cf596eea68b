"""Programmes of inspections: of an organisation by year, one with its lines, its paper."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from branches.models import Organisation
from branches.papers import form_of
from branches.views.reached import reached_organisation
from directives.forms.inspections import AgreeForm, DropForm, PlannedForm, ProgrammeForm, as_planned
from directives.models import InspectionProgramme, PlannedInspection
from directives.papers.programme import programme_paper
from directives.queries import inspections as queries
from directives.queries.documents import library
from directives.services import programmes as services
from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires
from portal.papers.answers import handed_paper
from portal.ui.forms import refusals_in
from portal.ui.pages import page_of


@require_safe
@requires(Permission.SEE_TASKS)
def of_organisation(request: ActorRequest, pk: int) -> HttpResponse:
    """What it inspects, what is inspected there, and what it has still to put right."""
    place, today = reached_organisation(request, pk, Permission.SEE_TASKS), timezone.localdate()
    page = page_of(queries.concerning(place, request.actor), request)
    below = Organisation.objects.allowed(request.actor, Permission.SEE_ORGANISATION).filter(parent=place)
    facts = {
        "organisation": place,
        "programmes": queries.programmes_of(place, request.actor),
        "page": page,
        "lines": queries.lines(queries.concerning(place, request.actor).filter(pk__in=[one.pk for one in page]), today),
        "demands": queries.demands_at(place, request.actor)[:20],
        "may_keep": request.actor.may(Permission.INSPECT, place.path) and below.exists(),
        "today": today,
    }
    return render(request, "directives/inspections_of.html", facts)


@require_safe
@requires(Permission.SEE_TASKS)
def of_document(request: ActorRequest, pk: int) -> HttpResponse:
    document = get_object_or_404(library(request.actor).open_ones().without_texts(), pk=pk)
    page = page_of(queries.about(document, request.actor), request)
    rows = queries.about(document, request.actor).filter(pk__in=[one.pk for one in page])
    facts = {"document": document, "page": page, "lines": queries.lines(rows, timezone.localdate())}
    return render(request, "directives/inspections_about.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.INSPECT)
def make(request: ActorRequest, pk: int) -> HttpResponse:
    place = reached_organisation(request, pk, Permission.INSPECT)
    form = ProgrammeForm(request.POST or None, initial={"year": timezone.localdate().year})
    if form.is_valid():
        with refusals_in(form):
            made = services.make_programme(place, **form.cleaned_data, by=request.actor)
            messages.success(request, "Đã lập chương trình; ghi từng cuộc rồi thông qua.")
            return redirect("inspection_programme", made.pk)
    return render(request, "directives/make_programme.html", {"form": form, "organisation": place})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.SEE_TASKS)
def programme(request: ActorRequest, pk: int) -> HttpResponse:
    """POST: it was agreed."""
    found, actor = _reached(request, pk), request.actor
    form = AgreeForm(request.POST or None, initial={"agreed_on": timezone.localdate()})
    if request.method == "POST":
        actor.need(Permission.INSPECT, found.organisation.path)
    if form.is_valid():
        with refusals_in(form):
            services.agree_programme(found, **form.cleaned_data, by=actor)
            messages.success(request, "Đã thông qua; cổng nhắc từng cuộc khi đến kỳ.")
            return redirect("inspection_programme", found.pk)
    facts = {
        "programme": found,
        "form": form,
        "lines": queries.lines(queries.planned_in(found, actor), timezone.localdate()),
        "may_keep": actor.may(Permission.INSPECT, found.organisation.path),
    }
    return render(request, "directives/inspection_programme.html", facts)


@require_safe
@requires(Permission.SEE_TASKS)
def paper(request: ActorRequest, pk: int) -> HttpResponse:
    found, today = _reached(request, pk), timezone.localdate()
    rows = queries.planned_in(found, request.actor).standing().select_related("subject").prefetch_related("documents")
    form = form_of(found.organisation, found.agreed_on or today, request.actor)
    return handed_paper(
        request, programme_paper(found, list(rows), today=today), form, name=f"{found.name} {found.who}"
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.INSPECT)
def plan(request: ActorRequest, pk: int) -> HttpResponse:
    found = _reached(request, pk)
    request.actor.need(Permission.INSPECT, found.organisation.path)
    form = PlannedForm(request.POST or None, **_offered(request, found))
    if form.is_valid():
        with refusals_in(form):
            services.plan_inspection(found, **form.cleaned_data, by=request.actor)
            messages.success(request, "Đã ghi vào chương trình.")
            return redirect("inspection_programme", found.pk)
    return render(request, "directives/plan_inspection.html", {"form": form, "programme": found, "planned": None})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.INSPECT)
def change(request: ActorRequest, pk: int) -> HttpResponse:
    planned = reached_planned(request, pk, Permission.INSPECT)
    form = PlannedForm(request.POST or None, initial=as_planned(planned), **_offered(request, planned.programme))
    if form.is_valid():
        with refusals_in(form):
            services.change_planned(planned, **form.cleaned_data, by=request.actor)
            messages.success(request, "Đã lưu.")
            return redirect("inspection", planned.pk)
    facts = {"form": form, "programme": planned.programme, "planned": planned}
    return render(request, "directives/plan_inspection.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.INSPECT)
def drop(request: ActorRequest, pk: int) -> HttpResponse:
    planned = reached_planned(request, pk, Permission.INSPECT)
    form = DropForm(request.POST if request.method == "POST" else None, is_draft=planned.programme.is_draft)
    if form.is_valid():
        with refusals_in(form):
            services.drop_planned(planned, **form.cleaned_data, by=request.actor)
            messages.success(request, "Đã bỏ cuộc này.")
            return redirect("inspection_programme", planned.programme_id)
    return render(request, "directives/drop_planned.html", {"form": form, "planned": planned})


def reached_planned(request: ActorRequest, pk: int, permission: Permission | None = None) -> PlannedInspection:
    """Who inspects it, and the subject; to change it one has to be the first."""
    rows = PlannedInspection.objects.allowed(request.actor, Permission.SEE_TASKS)
    found = get_object_or_404(rows.select_related("programme__organisation", "subject", "inspection"), pk=pk)
    if permission:
        request.actor.need(permission, found.programme.organisation.path)
    return found


def _reached(request: ActorRequest, pk: int) -> InspectionProgramme:
    rows = InspectionProgramme.objects.allowed(request.actor, Permission.SEE_TASKS)
    return get_object_or_404(rows.select_related("organisation"), pk=pk)


def _offered(request: ActorRequest, programme: InspectionProgramme) -> dict[str, Any]:
    below = Organisation.objects.allowed(request.actor, Permission.SEE_ORGANISATION).living(timezone.localdate())
    documents = library(request.actor).open_ones().without_texts().newest_first()
    below = below.at_or_below(programme.organisation.path).exclude(pk=programme.organisation_id)
    return {"below": below.in_order(), "documents": documents}
