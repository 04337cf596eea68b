"""Two beats and two workers, all real, while Valkey itself is stopped for a while and started again: each is told once."""

import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta

import pytest
from django.db.models import F

from branches.services.rules import load_rules
from portal.machine import valkey
from portal.machine.place import Place
from portal.machine.process import start, stop
from portal.notifications.models import Delivery, Morning, Notice
from tests.cast import Cast
from tests.jobs.conftest import CHECKOUT
from tests.notifications.conftest import MANY, Site, all_sent, until
from tests.notifications.mailbox import MailServer
from tests.notifications.people import to_be_told
from tests.plugin import NAME

pytestmark = pytest.mark.machine
AWAY = 4.0  # seconds: longer than a beat's second, a client's pause and a worker's first attempts to come back
PATIENT = 90.0  # a worker tries again after 2, 4, 6 … seconds


class Broker:
    """A Valkey of this test's own. What was queued is on its disk when it comes back."""

    def __init__(self, number: str) -> None:
        self.place = Place.of_this_checkout(f"{NAME}-broker-{number}")
        self.place.prepare()
        shutil.rmtree(self.place.home / "valkey", ignore_errors=True)  # what a run that was cut off had queued
        self.up = ExitStack()

    def start(self) -> str:
        return self.up.enter_context(valkey.running(self.place))

    def stop(self) -> None:
        self.up.close()


@pytest.fixture(scope="module")
def broker(worker_id: str) -> Iterator[Broker]:
    broker = Broker(worker_id)
    yield broker
    broker.stop()


@pytest.fixture(scope="module")
def site(
    real_database: str, people: Cast, letters: MailServer, broker: Broker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """Two workers of four processes each."""
    site = Site(real_database, tmp_path_factory.mktemp("site"))
    site.environment |= {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(letters.port), "REDIS_URL": broker.start()}
    site.environment |= {"SITE_ADDRESS": "https://chibo.example.vn"}
    site.environment.pop("EMAIL_USE_TLS", None)
    load_rules()
    to_be_told(people, MANY)
    for _ in range(2):
        site.start_worker()
    yield site
    site.stop_workers()


@pytest.fixture
def beats(site: Site) -> Iterator[list[str]]:
    """Two, by mistake. Gives what they say."""
    given, logs = [f"{name}={value}" for name, value in site.environment.items()], []
    with ExitStack() as stack:
        for number in range(2):
            log = site.home / f"beat{number}.log"
            command = [sys.executable, "-m", "celery", "-A", "tests.notifications.beats", "beat", "--pidfile", ""]
            command += ["--schedule", str(site.home / f"beat{number}"), "--loglevel", "INFO"]
            stack.callback(stop, start(["env", *given, *command], log=log, cwd=CHECKOUT))
            logs.append(log)
        yield logs


@pytest.fixture
def greylisting(letters: MailServer, clean: None) -> None:
    """Before the beats begin."""
    letters.answers = ["451 4.7.1 greylisted"] * MANY


def told_once(letters: MailServer) -> None:
    """The secretary of the cast has no address: one more is told than is written to."""
    rows = Notice.everything.values_list("account", "rule", "subject", "stage")
    assert len(rows) == len(set(rows)) == MANY + 1
    assert Morning.everything.count() == 1
    assert len(letters.marks) == len(set(letters.marks)) == MANY
    assert letters.readers == sorted(f"bt{number}@example.vn" for number in range(MANY))


def ask_again_now() -> None:
    """The pauses are over."""
    Delivery.everything.update(next_try_at=F("next_try_at") - timedelta(days=1))


def test_it_stops_before_anybody_was_told(site: Site, letters: MailServer, broker: Broker, clean: None, beats: list):
    broker.stop()
    Notice.everything.all().delete()
    Morning.everything.all().delete()
    Delivery.everything.all().delete()
    letters.forget()
    time.sleep(AWAY)
    assert (Morning.everything.count(), letters.offered) == (0, [])
    broker.start()
    until(all_sent, or_say=site.logs, patience=PATIENT)
    told_once(letters)


def test_it_stops_between_451_and_250(site: Site, letters: MailServer, broker: Broker, greylisting: None, beats: list):
    until(lambda: Delivery.everything.filter(attempts=1).count() == MANY, or_say=site.logs, patience=PATIENT)
    broker.stop()
    ask_again_now()
    time.sleep(AWAY)
    broker.start()
    until(all_sent, or_say=site.logs, patience=PATIENT)
    time.sleep(2)  # beats and workers go on; whatever would be sent twice is sent now
    told_once(letters)
    assert len(letters.offered) == 2 * MANY
