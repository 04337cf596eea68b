"""One inspection: begun, what it found (closed), concluded, followed to its end."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from directives.forms.inspections import BeginForm, ConcludeForm, DemandForm, EndForm, FindingForm
from directives.models import Finding, Inspection
from directives.queries import inspections as queries
from directives.services import demands, inspections
from directives.views.programmes import reached_planned
from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires
from portal.history.models import Deed
from portal.history.traces import leave_trace
from portal.ui.forms import refusals_in
from portal.ui.refused import refusals_said
from portal.ui.versions import newer_than


@require_safe
@requires(Permission.SEE_TASKS)
def inspection(request: ActorRequest, pk: int) -> HttpResponse:
    planned, actor = reached_planned(request, pk), request.actor
    may_keep = actor.may(Permission.INSPECT, planned.programme.organisation.path)
    rows = list(queries.demands_of(planned, actor))
    facts = {
        "planned": planned,
        "inspection": planned.begun,
        "stand": queries.stand_of(planned, timezone.localdate()),
        "in_time": queries.in_time_words(planned),
        "documents": planned.documents.defer("text", "text_key", "words", "title_words"),
        "findings": queries.counted_findings(planned, actor),
        "demands": rows,
        "may_keep": may_keep,
        "may_see_programme": actor.may(Permission.SEE_TASKS, planned.programme.organisation.path),
        "may_read_closed": actor.may(Permission.READ_CLOSED, planned.subject.path),
        "may_end": may_keep and all(row.is_settled for row in rows),
        "today": timezone.localdate(),
    }
    return render(request, "directives/inspection.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.INSPECT)
def begin(request: ActorRequest, pk: int) -> HttpResponse:
    planned = reached_planned(request, pk, Permission.INSPECT)
    form = BeginForm(request.POST or None, initial={"opened_on": timezone.localdate()})
    if form.is_valid():
        with refusals_in(form):
            inspections.begin_inspection(planned, **form.cleaned_data, by=request.actor)
            messages.success(request, "Đã ghi ngày bắt đầu.")
            return redirect("inspection", planned.pk)
    return render(request, "directives/begin_inspection.html", {"form": form, "planned": planned})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.INSPECT)
def conclude(request: ActorRequest, pk: int) -> HttpResponse:
    found = _begun(request, pk)
    initial = {
        "conclusion": found.conclusion,
        "concluded_on": found.concluded_on or timezone.localdate(),
        "version": found.version,
    }
    form = ConcludeForm(request.POST or None, initial=initial)
    if form.is_valid():
        with refusals_in(form):
            inspections.conclude(found, **form.cleaned_data, by=request.actor)
            messages.success(request, "Đã lưu kết luận; tổ chức được kiểm tra đọc được ngay.")
            return redirect("inspection", found.planned_id)
    found.refresh_from_db(fields=["conclusion", "concluded_on", "version"])
    facts = {"form": form, "planned": found.planned, "inspection": found}
    return render(request, "directives/conclude_inspection.html", facts | newer_than(form, found))


@require_POST
@requires(Permission.READ_CLOSED)
def findings(request: ActorRequest, pk: int) -> HttpResponse:
    """Asked for by a press, never by following a link: each reading leaves a trace that the subject sees."""
    found = _begun(request, pk, None)
    request.actor.need(Permission.READ_CLOSED, found.planned.subject.path)
    form = FindingForm(request.POST if request.POST.get("viec") == "ghi" else None)
    if form.is_bound:
        request.actor.need(Permission.INSPECT, found.planned.programme.organisation.path)
    if form.is_valid():
        with refusals_in(form):
            inspections.write_finding(found, **form.cleaned_data, by=request.actor)
            form = FindingForm()
    return _findings_page(request, found, form)


@require_POST
@requires(Permission.READ_CLOSED)
def remove_finding(request: ActorRequest, pk: int) -> HttpResponse:
    rows = Finding.objects.allowed(request.actor, Permission.READ_CLOSED)
    row = get_object_or_404(rows.select_related("inspection"), pk=pk)
    with refusals_said(request):
        inspections.remove_finding(row, by=request.actor)
        messages.success(request, "Đã bỏ phát hiện ghi nhầm.")
    return redirect("inspection", row.inspection.planned_id)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.INSPECT)
def demand(request: ActorRequest, pk: int) -> HttpResponse:
    found = _begun(request, pk)
    form = DemandForm(request.POST or None)
    if form.is_valid():
        with refusals_in(form):
            demands.make_demand(found, **form.cleaned_data, by=request.actor)
            messages.success(request, f"Đã giao yêu cầu; {found.planned.subject.name} thấy ngay trong Việc của tôi.")
            return redirect("inspection", found.planned_id)
    facts = {"form": form, "planned": found.planned, "demand": None, "version": None, "newer": None}
    return render(request, "directives/demand_form.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.INSPECT)
def end(request: ActorRequest, pk: int) -> HttpResponse:
    found = _begun(request, pk)
    form = EndForm(request.POST or None, initial={"ended_on": timezone.localdate()})
    if form.is_valid():
        with refusals_in(form):
            inspections.end_inspection(found, **form.cleaned_data, by=request.actor)
            messages.success(request, "Đã kết thúc cuộc này.")
            return redirect("inspection", found.planned_id)
    return render(request, "directives/end_inspection.html", {"form": form, "planned": found.planned})


def _begun(request: ActorRequest, pk: int, permission: Permission | None = Permission.INSPECT) -> Inspection:
    planned = reached_planned(request, pk, permission)
    if planned.begun is None:
        raise Http404("it has not begun")
    return planned.begun


def _findings_page(request: ActorRequest, found: Inspection, form: FindingForm) -> HttpResponse:
    planned = found.planned
    subject = f"Phát hiện khi {planned.get_kind_display().lower()} {planned.subject.name}"[:300]
    leave_trace(Deed.READ, subject=subject, place=planned.subject.path, by=request.actor)
    rows = Finding.objects.allowed(request.actor, Permission.READ_CLOSED).filter(inspection=found)
    facts = {
        "planned": planned,
        "findings": rows.order_by("kind", "pk"),
        "form": form,
        "may_write": request.actor.may(Permission.INSPECT, planned.programme.organisation.path) and not found.ended_on,
    }
    return render(request, "directives/findings.html", facts)
