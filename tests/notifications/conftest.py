import os
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta

import pytest
from celery import Celery, current_app
from django.db.models import F
from django.utils import timezone

from branches.services.rules import load_rules
from portal.notifications.models import Carried, Delivery, Morning, Notice
from portal.settings import broker
from tests.cast import Cast
from tests.duties.conftest import few_rules
from tests.jobs import conftest as jobs
from tests.notifications.mailbox import MailServer, mail_server
from tests.notifications.people import to_be_told

__all__ = ["few_rules"]  # in this process; the workers know them all
MANY = 12
real_database, people, until = jobs.real_database, jobs.people, jobs.until


class Site(jobs.Site):
    brought_in = "tests.notifications.faults"


@pytest.fixture(scope="module")
def letters() -> Iterator[MailServer]:
    with mail_server() as server:
        yield server


@pytest.fixture(scope="module")
def site(
    real_database: str, people: Cast, letters: MailServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """One worker of four processes, told to send to the test's own mail server."""
    current_app.control.purge()
    site = Site(real_database, tmp_path_factory.mktemp("site"))
    site.environment |= {
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": str(letters.port),
        "SITE_ADDRESS": "https://chibo.example.vn",
    }
    site.environment.pop("EMAIL_USE_TLS", None)
    load_rules()
    to_be_told(people, MANY)
    site.start_worker()
    yield site
    site.stop_workers()
    current_app.control.purge()


@pytest.fixture
def clean(site: Site, letters: MailServer) -> None:
    """Before each: nobody was told of anything."""
    begin_anew(site, letters)


def begin_anew(site: Site, letters: MailServer) -> None:
    drop_what_is_queued(site)
    for model in (Carried, Delivery, Notice, Morning):
        model.everything.all().delete()
    letters.forget()
    with suppress(FileNotFoundError):
        site.plan.unlink()


def drop_what_is_queued(site: Site) -> None:
    """A second scan that the last test sent would be done in place of the next test's."""
    address = broker(site.environment["REDIS_URL"])
    with Celery(broker=address, set_as_current=False) as app, app.connection_for_write() as line:
        for queue in ("quick", "mail"):
            line.default_channel.queue_purge(queue)
        workers = app.control.inspect(connection=line, limit=len(site.workers))
        until(lambda: _at_rest(workers.reserved()) and _at_rest(workers.active()), or_say=site.logs)


def _at_rest(answers: dict[str, list[dict]] | None) -> bool:
    """What a killed process had in hand is no task any more, though Celery counts it for another ten seconds."""
    tasks = [task for those in (answers or {}).values() for task in those]
    return bool(answers) and not any(task["worker_pid"] is None or jobs.is_alive(task["worker_pid"]) for task in tasks)


@pytest.fixture
def clock() -> Callable[..., None]:
    """The beat as often as the test likes; `later` lets the pauses pass."""

    def tick(task: str, times: int = 1, *, later: bool = False) -> None:
        if later:
            Delivery.everything.update(next_try_at=F("next_try_at") - timedelta(days=1))
        for _ in range(times):
            current_app.send_task(task, queue="mail" if task.endswith("deliver") else "quick")

    return tick


def all_sent() -> bool:
    rows = Delivery.everything.all()
    return rows.count() == MANY and not rows.exclude(state="sent").exists()


__all__ = ["MANY", "all_sent", "os", "people", "real_database", "time", "timezone", "until"]
