"""A few pages at once, however many ask: who only asks whether anything has moved does not stand in line behind them.

The threads of the web server are doors (portal/gunicorn.py). At the door stand the answers that need no database: the 304 of an open
dashboard, and files. All else is made in one of a few lanes, each a thread of its own with its own connection to the database, and
the plans that the connection keeps (portal/duties/planned.py): more of them would cost the server's memory, and make no page quicker.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import close_old_connections
from django.http import HttpRequest, HttpResponse

from portal.machine.room import with_room
from portal.watch.requests import account_of


class Lanes:
    """Stands within what answers at the door, and around all that asks the database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.PAGES_AT_ONCE:
            raise MiddlewareNotUsed("whoever serves pages from one thread each needs no lanes")
        self.get_response = with_room(get_response)
        self.lanes = ThreadPoolExecutor(settings.PAGES_AT_ONCE, thread_name_prefix="lane")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.lanes.submit(copy_context().run, self._answer, request).result()

    def _answer(self, request: HttpRequest) -> HttpResponse:
        close_old_connections()  # the signals of a request, which do this, are sent at the door
        try:
            response = self.get_response(request)
            account_of(request)  # read here: the log is written at the door
            return response
        finally:
            close_old_connections()
