"""Reports of a place, and one of them begun."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from branches.models import Kind, Organisation
from branches.views.reached import reached_organisation
from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires
from portal.reports.forms.beginning import BeginForm, ListFilter
from portal.reports.kinds import ReportKind, kinds_of
from portal.reports.models import Report
from portal.reports.page import title_of
from portal.reports.queries.listing import documents_for, due_of, narrowed, reports_of, years_of
from portal.reports.queries.reading import is_own
from portal.reports.services.writing import begin_report
from portal.ui.forms import refusals_in
from portal.ui.pages import page_of

LONGEST_NUMBER = 18  # digits


@require_safe
@requires(Permission.READ_FIGURES)
def reports(request: ActorRequest) -> HttpResponse:
    """Of where one acts, or ?to-chuc=12 of a place below: there, what was issued."""
    place, actor = _place(request), request.actor
    rows, kinds = reports_of(place, actor), kinds_for(request, place)
    form = ListFilter(request.GET, kinds=kinds, years=years_of(rows))
    own = is_own(actor, place)
    may_write = own and actor.may(Permission.WRITE_REPORTS, place.path)
    page = page_of(narrowed(rows, form.cleaned_data), request)
    facts: dict[str, Any] = {
        "organisation": place, "form": form, "page": page, "rows": [(row, title_of(row)) for row in page],
        "is_filtered": any(form.cleaned_data.values()), "may_write": may_write, "is_own": own,
        "takes": place.kind not in (Kind.BRANCH, Kind.CELL),
        "all_of_place": reverse("reports") + ("" if own else f"?to-chuc={place.pk}"),
        "due": [one for one in due_of(place, timezone.localdate()) if own and (may_write or one.report)], "today": timezone.localdate(),
    }  # fmt: skip
    return render(request, "reports/reports.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.WRITE_REPORTS)
def begin(request: ActorRequest) -> HttpResponse:
    """First which kind, then which period of it."""
    place, today = _home(request), timezone.localdate()
    kinds = kinds_for(request, place)
    kind = next((one for one in kinds if one.code == request.GET.get("loai")), None)
    if kind is None:
        return render(request, "reports/begin.html", {"organisation": place, "kinds": kinds, "form": None})
    form = BeginForm(
        request.POST or None,
        kind=kind,
        today=today,
        documents=documents_for(request.actor),
        initial={"day": request.GET.get("ky")},
    )
    if form.is_valid():
        with refusals_in(form):
            found = begin_report(kind=kind, organisation=place, **form.cleaned_data, by=request.actor)
            messages.success(request, _said(found))
            return redirect("report", found.pk)
    return render(request, "reports/begin.html", {"organisation": place, "kind": kind, "form": form})


def kinds_for(request: ActorRequest, place: Organisation) -> list[ReportKind]:
    """Those with names only for who reads the roll."""
    reads_names = request.actor.may(Permission.READ_ROLL, place.path)
    return [one for one in kinds_of(place) if reads_names or not one.names_people]


def _said(report: Report) -> str:
    return (
        "Báo cáo kỳ này đã ban hành." if report.is_issued else "Cổng đã tổng hợp số liệu. Đồng chí viết phần đánh giá."
    )


def _home(request: ActorRequest) -> Organisation:
    held = request.actor.capacity
    rows = Organisation.objects.allowed(request.actor, Permission.SEE_ORGANISATION)
    return get_object_or_404(rows.select_related("parent"), pk=held.organisation_id if held else 0)


def _place(request: ActorRequest) -> Organisation:
    asked = request.GET.get("to-chuc", "")
    if not asked:
        return _home(request)
    if not (asked.isascii() and asked.isdecimal() and len(asked) <= LONGEST_NUMBER):
        raise Http404("no such organisation")
    return reached_organisation(request, int(asked), Permission.READ_FIGURES)
