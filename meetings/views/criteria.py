"""Sets of criteria: which one holds here, and an office's own, copied from it and changed from a day on."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branches.models import Organisation
from branches.views.reached import reached_organisation
from meetings.forms.quality import CriteriaForm
from meetings.models import MeetingKind
from meetings.queries.criteria import Change, change_of, lines_of, said_in, set_in_force, shown_sets
from meetings.services.criteria import MAY_SET, fit_to_set, follow_criteria_above, set_criteria
from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires
from portal.ui.forms import refusals_in
from portal.ui.refused import refusals_said

KINDS = {"thuong-ky": MeetingKind.REGULAR, "chuyen-de": MeetingKind.THEMATIC}


@require_safe
@requires(Permission.SEE_ORGANISATION)
def criteria_sets(request: ActorRequest, pk: int) -> HttpResponse:
    """By what meetings are scored here, since when, and from whom."""
    organisation = reached_organisation(request, pk, Permission.SEE_ORGANISATION)
    facts = {
        "organisation": organisation,
        "kinds": [
            (slug, kind.label, shown_sets(organisation, kind, timezone.localdate())) for slug, kind in KINDS.items()
        ],
        "may_set": _may_set(request, organisation),
    }
    return render(request, "meetings/criteria_sets.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.SET_RULES)
def copy_criteria(request: ActorRequest, pk: int, slug: str) -> HttpResponse:
    """One page: change the copy, look at what changes, set it."""
    organisation = reached_organisation(request, pk, Permission.SET_RULES)
    kind, today = _kind_or_404(slug), timezone.localdate()
    base = set_in_force(organisation, kind, today)
    if base is None or not _may_set(request, organisation):
        messages.info(request, "Chi bộ dùng bộ tiêu chí của cấp trên." if base else "Chưa có bộ tiêu chí để sao chép.")
        return redirect("criteria_sets", pk)
    said = said_in(base, lines_of(base))
    form = CriteriaForm(request.POST if request.method == "POST" else None, base=said, today=today)
    change = None
    if form.is_valid():
        with refusals_in(form):
            place: dict[str, Any] = {"organisation": organisation, "since": form.cleaned_data["since"]}
            fit_to_set(form.cleaned_data["wanted"], **place, by=request.actor)
            change = _change(form, organisation)
            if request.POST.get("buoc") == "dat":
                set_criteria(form.cleaned_data["wanted"], **place, by=request.actor)
                messages.success(request, f"Đã đặt bộ tiêu chí riêng. {change.sentence}")
                return redirect("criteria_sets", pk)
    facts = {"organisation": organisation, "kind": kind.label, "form": form, "change": change, "base": base}
    return render(request, "meetings/criteria_copy.html", facts)


@require_POST
@requires(Permission.SET_RULES)
def follow_criteria(request: ActorRequest, pk: int, slug: str) -> HttpResponse:
    organisation = reached_organisation(request, pk, Permission.SET_RULES)
    with refusals_said(request):
        follow_criteria_above(organisation=organisation, kind=_kind_or_404(slug), by=request.actor)
        messages.success(request, "Từ ngày mai, buổi họp chấm theo bộ tiêu chí của cấp trên.")
    return redirect("criteria_sets", pk)


def _change(form: CriteriaForm, organisation: Organisation) -> Change:
    since: date = form.cleaned_data["since"]
    return change_of(form.base, form.cleaned_data["wanted"], organisation, since)


def _kind_or_404(slug: str) -> MeetingKind:
    if slug not in KINDS:
        raise Http404
    return KINDS[slug]


def _may_set(request: ActorRequest, organisation: Organisation) -> bool:
    return organisation.kind in MAY_SET and request.actor.may(Permission.SET_RULES, organisation.path)
