"""Puts the actor on the request, and turns a rule's “you may not” into the 403 page."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from portal.access.actor import Actor
from portal.words.errors import NotAllowed

CAPACITY = "capacity"  # in the session: the grant one acts under


class RequestActor:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: object) -> None:
        if request.user.is_authenticated:
            request.actor = Actor.today(request.user, capacity=request.session.get(CAPACITY))  # type: ignore[attr-defined]

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, NotAllowed):
            raise PermissionDenied(error.sentence) from error
        return None
