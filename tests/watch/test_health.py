"""/health/ is 200 only when everything serves."""

import json
import sys
import time
from collections.abc import Iterator

import pytest
from celery import current_app
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from portal.machine.process import start, stop, wait_until
from portal.watch import health
from portal.watch.tasks import heartbeat


@pytest.fixture(scope="module")
def worker() -> Iterator[None]:
    """A real worker process on the tests' broker."""
    command = [sys.executable, "-m", "celery", "-A", "portal", "worker", "--pool", "solo", "--loglevel", "ERROR"]
    process = start(command, cwd=settings.BASE)
    assert wait_until(lambda: bool(current_app.control.ping(timeout=0.2)), process, patience=60)
    yield
    stop(process)


@pytest.fixture(autouse=True)
def no_beat_yet() -> None:
    cache.delete(health.BEAT_KEY)


def ask(client: Client) -> tuple[int, dict]:
    answer = client.get("/health/")
    return answer.status_code, json.loads(answer.content)


def test_no_worker(client: Client, db: None, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(health, "PATIENCE", 0.2)
    heartbeat()
    status, said = ask(client)
    assert (status, said["worker"]) == (503, "silent")


def test_all_serve(client: Client, db: None, worker: None):
    heartbeat()
    status, said = ask(client)
    assert (status, said["serves"], said["database"], said["broker"], said["worker"]) == (200, True, "ok", "ok", "ok")
    assert said["beat_age"] <= 10  # seconds; the question itself takes some


def test_a_beat_that_never_came(client: Client, db: None, worker: None):
    status, said = ask(client)
    assert (status, said["beat_age"], said["serves"]) == (503, None, False)


@pytest.mark.parametrize(("age", "status"), [(60, 200), (120, 503)])
def test_a_beat_that_fell_silent(client: Client, db: None, worker: None, age: int, status: int):
    cache.set(health.BEAT_KEY, time.time() - age)
    assert ask(client)[0] == status


@pytest.mark.parametrize(("age", "serves"), [(90, True), (91, False)])
def test_the_last_second_of_the_silence(age: int, serves: bool):
    assert health.Health("ok", "ok", "ok", age).serves is serves


def test_no_broker(client: Client, db: None, settings):
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "unix:///nowhere"}
    }
    status, said = ask(client)
    assert (status, said["broker"], said["worker"]) == (503, "error: ConnectionError", "unknown")
