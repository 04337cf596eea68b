"""Is everything serving? One small question to each part, asked anew each time."""

import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass

from celery import current_app
from django.conf import settings
from django.core.cache import cache
from django.db import connection

BEAT_KEY = "watch:last-beat"
BEAT_MAY_BE_SILENT_FOR = 90  # seconds; the beat sends every 30
PATIENCE = 2.0


@dataclass(frozen=True)
class Health:
    database: str
    broker: str
    worker: str
    beat_age: int | None

    @property
    def serves(self) -> bool:
        beating = self.beat_age is not None and self.beat_age <= BEAT_MAY_BE_SILENT_FOR
        return {self.database, self.broker, self.worker} == {"ok"} and beating


def examine() -> Health:
    broker = _answer(_ask_broker)
    return Health(
        database=_answer(_ask_database),
        broker=broker,
        worker=_answer(_ask_worker) if broker == "ok" else "unknown",
        beat_age=_beat_age() if broker == "ok" else None,
    )


def note_beat() -> None:
    cache.set(BEAT_KEY, time.time(), timeout=24 * 3600)


def web_answers(address: str = "http://127.0.0.1:8000/health/") -> bool:
    """Whether the web process of this container answers at all, well or not."""
    host = next(iter(settings.ALLOWED_HOSTS), "localhost").removeprefix(".")
    request = urllib.request.Request(address, headers={"Host": host})
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE * 2) as answer:
            return "serves" in json.load(answer)
    except urllib.error.HTTPError as error:
        return "serves" in json.load(error)


def _answer(question: Callable[[], bool]) -> str:
    try:
        return "ok" if question() else "silent"
    except Exception as error:  # noqa: BLE001  whatever is wrong with a part, health reports it and stands
        return f"error: {type(error).__name__}"


def _ask_database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def _ask_broker() -> bool:
    cache.set("watch:asked", 1, timeout=10)
    return cache.get("watch:asked") == 1


def _ask_worker() -> bool:
    """Any one worker's answer will do, and ends the waiting."""
    return bool(current_app.control.broadcast("ping", reply=True, limit=1, timeout=PATIENCE))


def _ask_beat() -> bool:
    age = _beat_age()
    return age is not None and age <= BEAT_MAY_BE_SILENT_FOR


def _beat_age() -> int | None:
    last = cache.get(BEAT_KEY)
    return None if last is None else max(0, round(time.time() - last))


PARTS = {"database": _ask_database, "broker": _ask_broker, "worker": _ask_worker, "beat": _ask_beat}
