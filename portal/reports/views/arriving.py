"""One report that came from below: seen, taken, or returned with what is asked for."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires
from portal.reports.expected import Expected
from portal.reports.forms.arriving import ReturnForm
from portal.reports.kinds import kind_named
from portal.reports.models import Arrival
from portal.reports.queries.reading import takes_for
from portal.reports.services.arriving import acknowledge, return_report
from portal.ui.forms import refusals_in
from portal.ui.refused import refusals_said
from portal.words.errors import NotAllowed


@require_safe
@requires(Permission.READ_FIGURES)
def arrival(request: ActorRequest, pk: int) -> HttpResponse:
    found = _reached(request, pk)
    facts = _facts(found) | {"may_take": takes_for(request.actor, found.organisation)}
    return render(request, "reports/arrival.html", facts)


@require_POST
@requires(Permission.TAKE_REPORTS)
def take(request: ActorRequest, pk: int) -> HttpResponse:
    found = _reached(request, pk, taking=True)
    with refusals_said(request):
        acknowledge(found, by=request.actor)
        messages.success(request, f"Đã nhận báo cáo của {found.report.organisation.name}; nơi gửi được báo ngay.")
    if request.POST.get("ve") == "danh-sach":
        address = reverse("arrivals_of", args=[found.organisation_id, found.report.kind])
        return redirect(f"{address}?ky={found.report.first.isoformat()}&loc=cho-nhan")
    return redirect("arrival", found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.TAKE_REPORTS)
def return_it(request: ActorRequest, pk: int) -> HttpResponse:
    found = _reached(request, pk, taking=True)
    form = ReturnForm(request.POST or None, initial={"remark": found.remark})
    if form.is_valid():
        with refusals_in(form):
            return_report(found, **form.cleaned_data, by=request.actor)
            messages.success(request, f"Đã trả lại; {found.report.organisation.name} có việc gửi bản thay thế.")
            return redirect("arrival", found.pk)
    return render(request, "reports/return_arrival.html", _facts(found) | {"form": form})


def _facts(found: Arrival) -> dict[str, object]:
    report = found.report
    kind = kind_named(report.kind)
    expected = Expected(kind, kind.period(report.first)) if kind else None
    newer = getattr(report, "replaced_by", None)
    return {
        "arrival": found,
        "report": report,
        "expected": expected,
        "name": expected.name if expected else "Báo cáo",
        "newer": newer if newer and newer.is_issued else None,
    }


def _reached(request: ActorRequest, pk: int, *, taking: bool = False) -> Arrival:
    rows = Arrival.objects.allowed(request.actor, Permission.READ_FIGURES).defer("report__facts")
    also = ("report__organisation", "report__number", "report__pdf", "report__replaced_by", "organisation", "judged_by")
    found = get_object_or_404(rows.select_related(*also, "report__replaces__number"), pk=pk)
    if taking and not takes_for(request.actor, found.organisation):
        raise NotAllowed(Permission.TAKE_REPORTS.refusal)
    return found
