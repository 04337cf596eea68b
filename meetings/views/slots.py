"""What a committee decides about places of the year."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from branches.views.reached import reached_organisation
from meetings.forms.slots import SlotForm
from meetings.models import SlotDecision
from meetings.services.slots import decide_slot, withdraw_slot_decision
from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires
from portal.ui.forms import refusals_in

AT_MOST = 60  # decisions shown, the latest first


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.DIRECT_MEETINGS)
def slot_decide(request: ActorRequest, pk: int) -> HttpResponse:
    organisation = reached_organisation(request, pk, Permission.DIRECT_MEETINGS)
    form = SlotForm(request.POST or None, organisation=organisation, actor=request.actor, today=timezone.localdate())
    if form.is_valid():
        with refusals_in(form):
            said = dict(form.cleaned_data)
            row = decide_slot(said.pop("organisation"), **said, by=request.actor)
            messages.success(request, f"Đã ghi: {row.get_change_display().lower()}, {row.organisation.name}.")
            return redirect("slot_decide", pk)
    rows = SlotDecision.objects.allowed(request.actor, Permission.DIRECT_MEETINGS).select_related("organisation")
    decisions = rows.filter(organisation__path__startswith=organisation.path)
    decisions = decisions.order_by("-period", "organisation__sort_key", "pk")[:AT_MOST]
    facts = {"organisation": organisation, "form": form, "decisions": decisions}
    return render(request, "meetings/slot_decide.html", facts)


@require_POST
@requires(Permission.DIRECT_MEETINGS)
def slot_withdraw(request: ActorRequest, pk: int) -> HttpResponse:
    rows = SlotDecision.objects.allowed(request.actor, Permission.DIRECT_MEETINGS).select_related("organisation")
    decision = get_object_or_404(rows, pk=pk)
    withdraw_slot_decision(decision, by=request.actor)
    messages.success(request, "Đã bỏ quyết định; kỳ họp ấy tính theo quy định chung.")
    return redirect("slot_decide", decision.organisation_id)
