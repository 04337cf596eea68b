"""What a service refuses of a press of a button, where there is no form to say it beside."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib import messages

from portal.access.views import ActorRequest
from portal.words.errors import DomainError, NotAllowed


@contextmanager
def refusals_said(request: ActorRequest) -> Iterator[None]:
    """On top of the page that comes next."""
    try:
        yield
    except NotAllowed:
        raise
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
