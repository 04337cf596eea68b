"""One demand of an inspection: answered by the subject, judged by who inspected."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from directives.forms.inspections import AnswerDemandForm, ChangeDemandForm, JudgeDemandForm
from directives.models import Demand, DemandState
from directives.services import demands as services
from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires
from portal.ui.forms import refusals_in
from portal.ui.versions import newer_than

ACTS: dict[str, tuple[Any, str]] = {
    "nhan": (services.accept_demand, "Đã nhận kết quả."),
    "tra-lai": (services.return_demand, "Đã trả lại để làm tiếp."),
    "thoi": (services.let_go, "Đã thôi theo dõi yêu cầu này."),
}


@require_safe
@requires(Permission.SEE_TASKS)
def demand(request: ActorRequest, pk: int) -> HttpResponse:
    return _shown(request, _reached(request, pk), JudgeDemandForm())


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.ANSWER_TASKS)
def answer(request: ActorRequest, pk: int) -> HttpResponse:
    found = _reached(request, pk)
    request.actor.need(Permission.ANSWER_TASKS, found.organisation.path)
    initial = {"answer": found.answer, "done_on": found.done_on or timezone.localdate()}
    form = AnswerDemandForm(request.POST or None, request.FILES or None, initial=initial)
    if form.is_valid():
        with refusals_in(form):
            services.answer_demand(found, **form.cleaned_data, by=request.actor)
            messages.success(request, "Đã gửi báo cáo thực hiện.")
            return redirect("demand", found.pk)
    return render(request, "directives/answer_demand.html", {"form": form, "demand": found})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.INSPECT)
def change(request: ActorRequest, pk: int) -> HttpResponse:
    found = _kept(request, pk)
    initial = {"words": found.words, "due_on": found.due_on, "version": found.version}
    form = ChangeDemandForm(request.POST or None, initial=initial)
    if form.is_valid():
        with refusals_in(form):
            services.change_demand(found, **form.cleaned_data, by=request.actor)
            messages.success(request, "Đã lưu.")
            return redirect("demand", found.pk)
    found.refresh_from_db(fields=["words", "due_on", "version"])
    facts = {"form": form, "planned": found.inspection.planned, "demand": found}
    return render(request, "directives/demand_form.html", facts | newer_than(form, found))


@require_POST
@requires(Permission.INSPECT)
def judge(request: ActorRequest, pk: int) -> HttpResponse:
    found, form = _kept(request, pk), JudgeDemandForm(request.POST)
    if form.is_valid():
        with refusals_in(form):
            act, said = ACTS.get(request.POST.get("viec", ""), ACTS["nhan"])
            act(found, **form.cleaned_data, by=request.actor)
            messages.success(request, said)
            return redirect("inspection", found.inspection.planned_id)
    return _shown(request, found, form)


def _reached(request: ActorRequest, pk: int) -> Demand:
    rows = Demand.objects.allowed(request.actor, Permission.SEE_TASKS)
    related = ("organisation", "inspection__planned__programme__organisation", "inspection__planned__subject", "file")
    return get_object_or_404(rows.select_related(*related, "answered_by"), pk=pk)


def _kept(request: ActorRequest, pk: int) -> Demand:
    found = _reached(request, pk)
    request.actor.need(Permission.INSPECT, found.inspection.planned.programme.organisation.path)
    return found


def _shown(request: ActorRequest, found: Demand, form: JudgeDemandForm) -> HttpResponse:
    actor, planned = request.actor, found.inspection.planned
    keeps = actor.may(Permission.INSPECT, planned.programme.organisation.path)
    facts = {
        "demand": found,
        "planned": planned,
        "form": form,
        "may_answer": actor.may(Permission.ANSWER_TASKS, found.organisation.path) and found.waits_for_subject,
        "may_judge": keeps and not found.is_settled,
        "is_answered": found.state == DemandState.ANSWERED,
        "may_see_inspection": actor.may(Permission.SEE_TASKS, planned.subject.path),
        "today": timezone.localdate(),
    }
    return render(request, "directives/demand.html", facts)
