"""A few pages are made at once; who only asks whether anything has moved does not wait for them."""

import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import MiddlewareNotUsed
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static

from branches.models import Organisation
from portal.machine.process import start, stop
from portal.machine.run import WEB
from portal.watch.lanes import Lanes
from portal.watch.requests import request_number
from tests import databases
from tests.browser.conftest import demo_template, session_of
from tests.machine.test_run import free_port

CHECKOUT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 60  # seconds


def test_no_more_pages_than_lanes_at_once(settings):
    settings.PAGES_AT_ONCE = 2
    at_it, together, may_go_on = threading.Semaphore(0), [], threading.Event()

    def page(request: HttpRequest) -> HttpResponse:
        together.append(threading.current_thread().name)
        at_it.release()
        may_go_on.wait(PATIENCE)
        return HttpResponse(request_number.get())

    lanes = Lanes(page)
    with ThreadPoolExecutor(5) as doors:
        asked = [doors.submit(lanes, HttpRequest()) for _ in range(5)]
        assert all(at_it.acquire(timeout=PATIENCE) for _ in range(2))
        assert not at_it.acquire(timeout=0.2)
        may_go_on.set()
        assert all(one.result(PATIENCE).status_code == 200 for one in asked)
    assert len(set(together)) == 2
    around = copy_context()
    around.run(request_number.set, "of this request")
    assert around.run(lanes, HttpRequest()).content == b"of this request"


def test_what_goes_wrong_in_a_lane_is_heard_at_the_door(settings):
    settings.PAGES_AT_ONCE = 1

    def page(request: HttpRequest) -> HttpResponse:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        Lanes(page)(HttpRequest())


def test_where_each_thread_makes_its_own_pages_there_are_none(settings):
    settings.PAGES_AT_ONCE = 0
    with pytest.raises(MiddlewareNotUsed):
        Lanes(lambda request: HttpResponse())


# ------------------------------------------------------------------ the web server as it runs in production


@pytest.fixture
def web(django_db_setup: None, django_db_blocker, worker_id: str, tmp_path: Path) -> Iterator[int]:
    """Of one process with one lane."""
    with django_db_blocker.unblock():
        name = databases.clone(demo_template(), f"lanes_{worker_id}")
        with databases.using(name):
            cache.clear()
            port = free_port()
            address = databases.address_of(name)
            more = {
                "DATABASE_URL": address,
                "PORTAL_BIND": f"127.0.0.1:{port}",
                "WEB_CONCURRENCY": "1",
                "PAGES_AT_ONCE": "1",
            }
            given = [f"{variable}={value}" for variable, value in more.items()]
            process = start(["env", *given, sys.executable, "-m", *WEB], log=tmp_path / "web.log", cwd=CHECKOUT)
            try:
                _wait_until(lambda: _answers(port))
                yield port
            finally:
                stop(process)
        databases.drop(name)


@pytest.mark.machine
def test_who_only_asks_does_not_wait_for_pages(web: int):
    place = Organisation.everything.get(parent=None).pk
    mine = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={session_of('bantochuc')}"}
    page, question = f"/tong-quan/{place}/", f"/tong-quan/{place}/phien-ban/"
    mark = ask(web, question, mine)[1].getheader("ETag")
    assert ask(web, question, mine | {"If-None-Match": mark})[0] == 304
    with ThreadPoolExecutor(3) as doors:
        with psycopg.connect(databases.address_of(connection.settings_dict["NAME"])) as other:
            other.execute("LOCK TABLE accounts_account")
            waiting = [doors.submit(ask, web, page, mine) for _ in range(3)]
            _wait_until(lambda: _one_waits(other))
            assert ask(web, question, mine | {"If-None-Match": mark})[0] == 304
            assert ask(web, static("js/live.js"), {})[0] == 200
            assert not any(one.done() for one in waiting)
        assert [one.result(PATIENCE)[0] for one in waiting] == [200, 200, 200]
    assert ask(web, "/khong-co/", {})[0] == 404
    assert ask(web, "/dang-nhap/", mine | {"Content-Length": "0"}, "POST")[0] == 403
    _wait_until(
        lambda: _connections() == 1
    )  # that of the lock takes a moment to go; one of a door would stay for minutes


def ask(port: int, path: str, headers: dict[str, str], method: str = "GET") -> tuple[int, HTTPResponse]:
    web = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    web.request(method, path, headers=headers)
    answer = web.getresponse()
    answer.read()
    return answer.status, answer


def _answers(port: int) -> bool:
    try:
        ask(port, "/static/", {})
    except OSError:
        return False
    return True


def _one_waits(other: psycopg.Connection) -> bool:
    waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'accounts_account'::regclass"
    return bool(other.execute(waiting).fetchone()[0])


def _connections() -> int:
    """Of the web process: one for each lane, and none of a door."""
    others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    with connection.cursor() as cursor:
        cursor.execute(f"{others} AND backend_type = 'client backend'")
        return cursor.fetchone()[0]


def _wait_until(happened: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < until, "it did not happen"
        time.sleep(0.05)
