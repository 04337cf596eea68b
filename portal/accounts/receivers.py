"""What happens whenever somebody has signed in, by whatever road."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from portal.access.actor import Actor
from portal.accounts.duty import is_obliged
from portal.accounts.models import Account
from portal.accounts.services.second_factor import note_that_it_is_asked_for

OWN_DEVICE = "own device"  # in the session: what was said at sign-in
SEEN = "seen"  # in the session: when it was last made longer


def begin_session(sender: Any, request: HttpRequest, user: Account, **options: Any) -> None:
    own = request.session.get(OWN_DEVICE, False)
    request.session.set_expiry(settings.SESSION_AGE_OF_OWN_DEVICE if own else settings.SESSION_COOKIE_AGE)
    request.session[SEEN] = int(timezone.now().timestamp())
    if user.second_factor_asked_on is None and is_obliged(Actor.today(user)):
        note_that_it_is_asked_for(user)
