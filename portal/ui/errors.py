"""Error pages: what happened, what to do next, and the number to read out. They need no database, session or account."""

import logging
from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

log = logging.getLogger(__name__)
TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)

# What is left when even the template of the error page cannot be read.
_BARE = (
    '<!doctype html><html lang="vi"><meta charset="utf-8"><title>Cổng đang gặp trục trặc</title>'
    "<h1>Cổng đang gặp trục trặc</h1><p>Hãy đợi ít phút rồi tải lại trang.</p></html>"
)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, TOO_LARGE):
        return _page(request, "413", 413)
    return _page(request, "400", 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, "403", 403, reason=str(exception))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, "404", 404)


class WrongMethod:
    """A view that is only sent to was opened, or the other way round. Django answers with an empty page and asks no handler."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        if answer.status_code != 405 or answer.streaming or answer.content:
            return answer
        page = _page(request, "405", 405)
        page["Allow"] = answer.headers["Allow"]
        return page


def server_error(request: HttpRequest) -> HttpResponse:
    try:
        return _page(request, "500", 500)
    except Exception:
        log.exception("The page for errors failed")
        return HttpResponse(_BARE, status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page stood open for long, or cookies are off. Django's reason is for the log."""
    log.info("form refused", extra={"why": reason})
    return _page(request, "csrf", 403)


def _page(request: HttpRequest, name: str, status: int, reason: str = "") -> HttpResponse:
    """A whole page; for htmx the same words as a notice, which it puts among the messages of the page one is on."""
    facts = {
        "frame": "errors/fragment.html" if request.headers.get("HX-Request") == "true" else "errors/base.html",
        "number": getattr(request, "number", ""),
        "reason": reason,
    }
    return HttpResponse(render_to_string(f"errors/{name}.html", facts), status=status)
