"""The one writer that a page which only reads may call: that something closed was read, exported or downloaded."""

from django.conf import settings

from portal.access.actor import Actor
from portal.access.reading import one_trace
from portal.history.models import AccessTrace, Deed
from portal.watch.requests import request_number


def leave_trace(deed: Deed, *, subject: str, place: str, by: Actor, reason: str = "") -> None:
    with one_trace():
        AccessTrace.everything.using(settings.TRACES_DATABASE).create(
            account=by.account,
            capacity=by.capacity.label if by.capacity else "",
            deed=deed,
            subject=subject,
            reason=reason,
            place=place,
            request=request_number.get(),
        )
