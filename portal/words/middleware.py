"""The border for typed text: what comes in is NFC and has no NUL, before any view sees it."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, QueryDict

from portal.words.text import nfc


class CleanInput:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path:
            raise BadRequest("NUL in the address")
        request.GET = clean(request.GET)  # type: ignore[assignment]
        if request.method not in ("GET", "HEAD"):
            request.POST = clean(request.POST)  # type: ignore[assignment]
        return self.get_response(request)


def clean(data: QueryDict) -> QueryDict:
    """The same fields, each value NFC. A NUL is nothing a person types: the whole request is refused."""
    cleaned = QueryDict(mutable=True)
    for field, values in data.lists():
        if "\0" in field or any("\0" in value for value in values):
            raise BadRequest("NUL in a field")
        cleaned.setlist(nfc(field), [nfc(value) for value in values])
    cleaned._mutable = False
    return cleaned
