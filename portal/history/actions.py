"""What a service does, in words: the sentence that stands in the history of everything it touched."""

from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar

import pghistory
from django.db import transaction

from portal.access.actor import Actor
from portal.watch.requests import request_number

P = ParamSpec("P")
R = TypeVar("R")
_doing: ContextVar[str] = ContextVar("doing", default="")


def action(words: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Every service that writes carries one: `@action("sửa thuật ngữ")`. One transaction, and who did it in which capacity.

    The author is the service's keyword `by`, an Actor; where there is nobody (set-up, the clock) it is None.
    """

    def decorate(service: Callable[P, R]) -> Callable[P, R]:
        @wraps(service)
        def acted(*args: P.args, **options: P.kwargs) -> R:
            if _doing.get():  # part of something larger, which is what the person did
                with transaction.atomic():
                    return service(*args, **options)
            token = _doing.set(words)
            try:
                with pghistory.context(action=words, **_author(options.get("by"))), transaction.atomic():
                    return service(*args, **options)
            finally:
                _doing.reset(token)

        acted.action = words  # type: ignore[attr-defined]
        return acted

    return decorate


def _author(by: object) -> dict[str, object]:
    said: dict[str, object] = {"request": request_number.get()}
    if isinstance(by, Actor):
        said |= {"account": by.account.pk, "capacity": by.capacity.label if by.capacity else ""}
    return said
