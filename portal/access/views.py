"""What a view says of itself: who may come in."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django_htmx.middleware import HtmxDetails

from portal.access.actor import Actor
from portal.access.permissions import Permission


class ActorRequest(HttpRequest):
    """A request behind the door: somebody is signed in."""

    actor: Actor
    htmx: HtmxDetails
    number: str


View = Callable[..., HttpResponseBase]


def requires(permission: Permission) -> Callable[[View], View]:
    """The permission of a view, asked before its first line. Without it: 403 with the reason."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: ActorRequest, *args: Any, **options: Any) -> HttpResponseBase:
            request.actor.need(permission)
            return view(request, *args, **options)

        guarded.requires = permission  # type: ignore[attr-defined]  # read by the access table of the tests
        return guarded

    return decorate


def signed_in(view: View) -> View:
    """For pages that are everybody's own: home, my settings. Says so, instead of saying nothing."""
    view.requires = "signed in"  # type: ignore[attr-defined]
    return view
