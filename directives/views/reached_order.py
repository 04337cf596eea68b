"""Fetching orders and assignments through the door: a stranger gets 404, an insider without the right 403."""

from django.shortcuts import get_object_or_404

from directives.models import Order, OrderedTask, TaskAssignment
from directives.queries.cascade import HEAVY
from portal.access.permissions import Permission
from portal.access.views import ActorRequest


def reached_order(request: ActorRequest, pk: int, permission: Permission = Permission.SEE_TASKS) -> Order:
    """A draft is seen by those alone who may give it."""
    seen = Order.objects.allowed(request.actor, Permission.SEE_TASKS).select_related("organisation", "document")
    order = get_object_or_404(seen.defer(*HEAVY), pk=pk)
    if permission is not Permission.SEE_TASKS or order.is_draft:
        request.actor.need(Permission.GIVE_TASKS, order.organisation.path)
    return order


def reached_ordered(request: ActorRequest, pk: int, permission: Permission = Permission.SEE_TASKS) -> OrderedTask:
    rows = OrderedTask.objects.allowed(request.actor, Permission.SEE_TASKS)
    row = get_object_or_404(
        rows.select_related("order__organisation", "order__document", "task__obligation", "above__order").defer(
            *(f"order__{name}" for name in HEAVY)
        ),
        pk=pk,
    )
    if permission is not Permission.SEE_TASKS or row.order.is_draft:
        request.actor.need(Permission.GIVE_TASKS, row.order.organisation.path)
    return row


def reached_assignment(request: ActorRequest, pk: int) -> TaskAssignment:
    rows = TaskAssignment.objects.allowed(request.actor, Permission.SEE_TASKS).with_below()
    related = ("organisation", "ordered__order__organisation", "ordered__order__document", "task__obligation")
    heavy = (f"ordered__order__{name}" for name in HEAVY)
    return get_object_or_404(rows.select_related(*related).defer(*heavy), pk=pk)
