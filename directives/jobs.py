"""Giving to a whole province: by a worker, as the one who asked."""

from django.urls import reverse

from directives.models import Order
from directives.services.cascade import give
from directives.services.giving import GIVE
from portal.access.permissions import Permission
from portal.jobs.kinds import job
from portal.jobs.work import Result, Work
from portal.words.errors import DomainError
from portal.words.quantities import number


@job(GIVE, words="Giao việc theo văn bản", sign="VIỆC")
def give_order(work: Work) -> Result:
    order = Order.objects.allowed(work.actor, Permission.GIVE_TASKS).filter(pk=work.parameters["order"]).first()
    if order is None:
        raise DomainError("Bản soạn này không còn.")
    count = give(order, by=work.actor)
    return Result(f"Đã giao {number(count)} việc", link=reverse("order", args=[order.pk]))
