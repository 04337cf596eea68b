"""Every request has a number: in the log, on error pages, in “Báo lỗi”, and later in the history of what it changed."""

import logging
import secrets
import time
from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse

log = logging.getLogger("portal.requests")
request_number: ContextVar[str] = ContextVar("request_number", default="")

_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that are confused when read out on the telephone


def new_number() -> str:
    drawn = "".join(secrets.choice(_LETTERS) for _ in range(8))
    return f"{drawn[:4]}-{drawn[4:]}"


class NumberedRequest:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.number = new_number()  # type: ignore[attr-defined]
        token = request_number.set(request.number)  # type: ignore[attr-defined]
        started = time.monotonic()
        try:
            response = self.get_response(request)
            response["X-Request-Number"] = request.number  # type: ignore[attr-defined]
            self._write_down(request, response, time.monotonic() - started)
            return response
        finally:
            request_number.reset(token)

    def _write_down(self, request: HttpRequest, response: HttpResponse, seconds: float) -> None:
        match = request.resolver_match
        log.info(
            "answered",
            extra={
                "method": request.method,
                "page": match.view_name if match else None,  # the address may hold what somebody searched for
                "status": response.status_code,
                "ms": round(seconds * 1000, 1),
                "account": account_of(request),
            },
        )


def account_of(request: HttpRequest) -> int | None:
    found: int | None = getattr(getattr(request, "user", None), "pk", None)
    return found
