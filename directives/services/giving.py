"""Giving an order at once, or, where it reaches very many, by a worker who can be watched."""

from directives.models import Order
from directives.queries.recipients import recipients_of
from directives.services.cascade import give
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.jobs.models import Job
from portal.jobs.services.asking import ask_for

GIVE = "directives.give"  # directives/jobs.py
AT_ONCE = 500  # assignments that a page makes itself


def give_or_ask(order: Order, *, by: Actor) -> Job | int:
    """Asked twice, it is the same work. Returns how many were given, or the work that is giving them."""
    by.need(Permission.GIVE_TASKS, order.organisation.path)
    tasks = order.tasks.select_related("order__organisation")
    if sum(recipients_of(one).count() for one in tasks) <= AT_ONCE:
        return give(order, by=by)
    return ask_for(GIVE, by=by, title=order.title, parameters={"order": order.pk}, key=f"give order {order.pk}")
