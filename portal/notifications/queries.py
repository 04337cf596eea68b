"""Reads over notices and what became of them."""

from django.db.models import Count

from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.notifications.models import Choice, DeliveryQuerySet, Morning, Notice


def unread_count(actor: Actor) -> int:
    """Asked on every page: an index holds the unread alone."""
    return Notice.objects.allowed(actor, Permission.SEE_OWN_RECORD).unread().count()


def wanted_by(actor: Actor) -> dict[str, bool]:
    return dict(Choice.objects.allowed(actor, Permission.SEE_OWN_RECORD).values_list("channel", "wanted"))


def counts_of(reached: DeliveryQuerySet) -> dict[str, int]:
    """By state; under "" all together."""
    counts = dict(reached.order_by().values_list("state").annotate(n=Count("pk")))
    return counts | {"": sum(counts.values())}


def with_counts(reached: DeliveryQuerySet) -> DeliveryQuerySet:
    """With how many notices each carries."""
    return reached.select_related("account").annotate(carries=Count("carried")).latest_first()


def last_morning() -> Morning | None:
    return Morning.objects.everywhere(reason="that the clock runs is no secret").latest_first().first()
