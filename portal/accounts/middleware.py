"""Between the door and the pages: sessions that last while they are used, and what must be done before anything else."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django_htmx.http import HttpResponseClientRedirect

from portal.accounts.duty import is_obliged, is_overdue
from portal.accounts.receivers import SEEN
from portal.accounts.services.second_factor import note_that_it_is_asked_for
from portal.accounts.services.sessions import note_visit
from portal.live.asking import asked_by_itself

AN_HOUR = 3600
# The ways that stay open while something else must be done first. Pages that need no sign-in are open anyway.
WHILE_CHOOSING_A_PASSWORD = {"new_password", "sign_out"}
WHILE_SETTING_UP = {"second_factor", "passkey", "recovery_codes", "recovery_codes_file", "confirm"}
WHILE_SETTING_UP |= {"new_password", "sign_out"}


class SlidingSession:
    """A session is written once an hour, not on every request: that is when it becomes longer, and notes the visit.

    A page that stands open and asks by itself keeps nobody signed in.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        now = int(timezone.now().timestamp())
        seen = SEEN in request.session and not asked_by_itself(request)
        due = seen and now - request.session[SEEN] >= AN_HOUR
        if due:
            request.session[SEEN] = now
        response = self.get_response(request)
        if due and request.user.is_authenticated:
            note_visit(request)
        return response


class FirstThingsFirst:
    """A one-time password opens one page; a second factor that is overdue opens the pages where it is set up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        actor = getattr(request, "actor", None)
        if actor and actor.account.second_factor_asked_on is None and is_obliged(actor):  # a role given meanwhile
            note_that_it_is_asked_for(actor.account)
        return response

    def process_view(self, request: HttpRequest, view: Any, *_: object) -> HttpResponse | None:
        if not getattr(view, "login_required", True) or not request.user.is_authenticated:
            return None
        here = request.resolver_match.url_name
        if request.actor.account.must_change_password:
            return None if here in WHILE_CHOOSING_A_PASSWORD else _lead_to(request, "new_password")
        if here not in WHILE_SETTING_UP and is_overdue(request.actor):
            return _lead_to(request, "second_factor")
        return None


def _lead_to(request: HttpRequest, name: str) -> HttpResponse:
    """htmx would put the other page into a part of this one; the browser itself is to go there."""
    return HttpResponseClientRedirect(reverse(name)) if request.htmx else redirect(name)
