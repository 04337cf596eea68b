"""Targets beside what has come of them: of an organisation, and of a document; and what people say by hand."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from branches.models import Organisation
from branches.views.reached import reached_organisation
from directives.forms.figures import DayForm, HandValueForm
from directives.models import HandValue, Target
from directives.queries.documents import library
from directives.queries.targets import tally_of, targets_in, targets_of
from directives.services.figures import say_by_hand
from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires
from portal.ui.forms import refusals_in
from portal.words.quantities import day as in_words


@require_safe
@requires(Permission.READ_FIGURES)
def targets(request: ActorRequest, pk: int) -> HttpResponse:
    organisation, day = reached_organisation(request, pk, Permission.READ_FIGURES), _asked_day(request)
    found = targets_of(organisation, request.actor, day)
    facts = {
        "organisation": organisation,
        "day": day,
        "is_today": day == timezone.localdate(),
        "groups": found,
        "tally": tally_of(row for group in found for row in group.rows),
        "form": DayForm(initial={"den": day}),
        "may_say": request.actor.may(Permission.ANSWER_TASKS, organisation.path),
    }
    return render(request, "directives/targets.html", facts)


@require_safe
@requires(Permission.READ_FIGURES)
def document_targets(request: ActorRequest, pk: int) -> HttpResponse:
    """Into the page of the document where there is JavaScript, as a page of its own where there is none."""
    document = get_object_or_404(library(request.actor).open_ones().without_texts(), pk=pk)
    organisation, day = _here(request), _asked_day(request)
    facts = {
        "document": document,
        "organisation": organisation,
        "lead": f"{organisation.name}, tính đến {in_words(day)}; lấy tự động từ sổ họp và hồ sơ đảng viên.",
        "group": targets_in(document, organisation, request.actor, day),
        "may_say": request.actor.may(Permission.ANSWER_TASKS, organisation.path),
    }
    template = "directives/parts/targets_panel.html" if request.htmx else "directives/document_targets.html"
    return render(request, template, facts)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.ANSWER_TASKS)
def by_hand(request: ActorRequest, pk: int, other: int) -> HttpResponse:
    organisation = reached_organisation(request, pk, Permission.ANSWER_TASKS)
    rows = Target.objects.allowed(request.actor, Permission.READ_LIBRARY).select_related("obligation__document")
    target = get_object_or_404(rows, pk=other)
    said = HandValue.objects.allowed(request.actor, Permission.ANSWER_TASKS).filter(
        target=target, organisation=organisation
    )
    form = HandValueForm(request.POST or None, unit=target.unit, initial={"as_of": timezone.localdate()})
    if form.is_valid():
        with refusals_in(form):
            say_by_hand(target, organisation=organisation, **form.cleaned_data, by=request.actor)
            messages.success(request, "Đã ghi kết quả.")
            return redirect("targets", organisation.pk)
    facts = {"form": form, "target": target, "organisation": organisation}
    return render(
        request, "directives/by_hand.html", facts | {"said": said.select_related("said_by").latest_first()[:12]}
    )


def _asked_day(request: ActorRequest) -> date:
    """?den=2026-06-30; nonsense, nothing and days to come mean today."""
    today = timezone.localdate()
    try:
        return min(date.fromisoformat(request.GET.get("den", "")), today)
    except ValueError:
        return today


def _here(request: ActorRequest) -> Organisation:
    """Where one acts."""
    if request.actor.capacity is None:
        raise Http404("no capacity, no place")
    return reached_organisation(request, request.actor.capacity.organisation_id, Permission.READ_FIGURES)
