"""Who must have a second factor, and by when."""

from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone

from portal.access.actor import Actor


def is_obliged(actor: Actor) -> bool:
    if settings.DEMO:
        return False
    return not {held.role for held in actor.held}.isdisjoint(settings.SECOND_FACTOR_ROLES)


def last_day_without(actor: Actor) -> date | None:
    """Until the end of this day one may work without; None: not obliged, or already done."""
    if actor.account.second_factor_since or not is_obliged(actor):
        return None
    asked_on = actor.account.second_factor_asked_on or timezone.localdate()
    return asked_on + timedelta(days=settings.SECOND_FACTOR_GRACE_DAYS)


def is_overdue(actor: Actor) -> bool:
    last_day = last_day_without(actor)
    return last_day is not None and timezone.localdate() > last_day
