"""A page that answers GET only reads. What would write raises, in tests and in production alike."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

_READS = re.compile(
    r"\s*(\(\s*)*(SELECT|SAVEPOINT|RELEASE SAVEPOINT|ROLLBACK TO SAVEPOINT|SHOW|EXPLAIN)\b"
    # a question that is planned once (portal/duties/planned.py)
    r"|(DEALLOCATE ALL; )?(PREPARE due_\d+ \([^)]*\) AS SELECT\b|SET plan_cache_mode = force_generic_plan; EXECUTE due_\d+ \()",
    re.IGNORECASE,
)
_WITH = re.compile(r"\s*WITH\b(?!.*\b(INSERT|UPDATE|DELETE|MERGE)\b)", re.IGNORECASE | re.DOTALL)
_writes_a_trace: ContextVar[bool] = ContextVar("writes_a_trace", default=False)
SAFE_METHODS = ("GET", "HEAD", "OPTIONS", "TRACE")


class WroteWhileReading(RuntimeError):
    """A view that answers GET tried to write. A mistake in the code."""


class ReadingOnly:
    """The innermost middleware: around the view alone, so that sessions and messages may still be saved."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in SAFE_METHODS:
            return self.get_response(request)
        with only_reading():
            return self.get_response(request)


@contextmanager
def only_reading() -> Iterator[None]:
    with connection.execute_wrapper(_refuse_writes):
        yield


def is_sent_as_it_is(connection: Any) -> bool:
    """Nobody but this guard looks at statements, or puts something before them."""
    return all(one is _refuse_writes for one in connection.execute_wrappers)


@contextmanager
def one_trace() -> Iterator[None]:
    """For portal.history.traces alone: the trace of a reading is written while reading."""
    token = _writes_a_trace.set(True)
    try:
        yield
    finally:
        _writes_a_trace.reset(token)


def _refuse_writes(execute: Callable, sql: str, params: Any, many: bool, context: dict) -> Any:
    if not (_writes_a_trace.get() or _READS.match(str(sql)) or _WITH.match(str(sql))):
        raise WroteWhileReading(str(sql)[:200])
    return execute(sql, params, many, context)
