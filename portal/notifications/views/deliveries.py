"""For offices: what went, what did not, and once more."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires
from portal.notifications.models import Delivery, State
from portal.notifications.queries import counts_of, last_morning, with_counts
from portal.notifications.services import sending_again
from portal.ui.pages import page_of
from portal.words.errors import DomainError
from portal.words.quantities import number

FILTERS = {"": "Tất cả", State.SENT: "Đã gửi", State.WAITING: "Đang chờ gửi", State.FAILED: "Không gửi được"}


@require_safe
@requires(Permission.SEE_DELIVERIES)
def deliveries(request: ActorRequest) -> HttpResponse:
    reached = Delivery.objects.allowed(request.actor, Permission.SEE_DELIVERIES)
    counts = counts_of(reached)
    chosen = request.GET.get("loc", "")
    chosen = chosen if chosen in FILTERS else ""
    rows = with_counts(reached.filter(state=chosen) if chosen else reached)
    page = page_of(rows, request, count=counts.get(chosen, 0))
    chips = [
        (label, f"?loc={state}" if state else "?", counts.get(state, 0), state == chosen)
        for state, label in FILTERS.items()
    ]
    facts = {"page": page, "chips": chips, "chosen": chosen, "failed": counts.get(State.FAILED, 0)}
    return render(request, "notifications/deliveries.html", facts | {"morning": last_morning()})


@require_POST
@requires(Permission.SEE_DELIVERIES)
def send_again(request: ActorRequest, pk: int) -> HttpResponse:
    reached = Delivery.objects.allowed(request.actor, Permission.SEE_DELIVERIES)
    delivery = get_object_or_404(reached.select_related("account"), pk=pk)
    try:
        sending_again.send_again(delivery, by=request.actor)
        messages.success(request, f"Đang gửi lại cho {delivery.account.full_name}.")
    except DomainError as refusal:
        messages.info(request, refusal.sentence)
    return redirect("deliveries")


@require_POST
@requires(Permission.SEE_DELIVERIES)
def send_failed(request: ActorRequest) -> HttpResponse:
    asked = sending_again.send_failed_again(by=request.actor)
    messages.success(request, f"Đang gửi lại {number(asked)} thư." if asked else "Không có thư nào cần gửi lại.")
    return redirect("deliveries")
