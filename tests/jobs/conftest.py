"""Jobs in a database of their own, done by real worker processes."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from celery import current_app

from portal.access.actor import Actor
from portal.help.models import Term
from portal.jobs.models import Job
from portal.jobs.services.sweeping import sweep
from portal.machine.process import start, stop
from tests import databases
from tests.cast import Cast, assemble
from tests.files import conftest as files
from tests.jobs import kinds  # noqa: F401  registers the kinds of tests

Found = TypeVar("Found")
folder = files.folder  # each test has a store of its own
CHECKOUT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 120  # seconds; on a busy machine a worker takes a few to start


class Site:
    """A portal without its web: a database, a store, the broker, and workers as many as a test wants."""

    brought_in = "tests.jobs.kinds,tests.jobs.faults"

    def __init__(self, database: str, home: Path) -> None:
        self.home, self.plan = home, home / "plan"
        self.workers: list[subprocess.Popen] = []
        self.environment = os.environ | {
            "DATABASE_URL": databases.address_of(database),
            "PORTAL_VAR": str(home),
            "JOBS_TEST_PLAN": str(self.plan),
            "DJANGO_SETTINGS_MODULE": "portal.settings",
            "PYTHONPATH": str(CHECKOUT),
        }

    def start_worker(self) -> subprocess.Popen:
        """Of four processes: Celery takes seconds to put another in the place of one that was killed."""
        log = self.log(len(self.workers))
        command = [sys.executable, "-m", "celery", "-A", "portal", "worker", "--concurrency", "4", "--loglevel", "INFO"]
        command += ["--queues", "heavy,mail,quick", "--hostname", f"test{len(self.workers)}@%h"]
        command += ["--without-gossip", "--without-mingle", "-I", self.brought_in]
        given = [f"{name}={value}" for name, value in self.environment.items()]
        worker = start(["env", *given, *command], log=log, cwd=CHECKOUT)
        self.workers.append(worker)
        until(lambda: " ready." in log.read_text() or worker.poll() is not None)
        assert worker.poll() is None, log.read_text()
        return worker

    def log(self, number: int = 0) -> Path:
        return self.home / f"worker{number}.log"

    def logs(self) -> str:
        return "\n".join(log.read_text() for log in self.home.glob("worker*.log"))

    def stop_workers(self) -> None:
        for worker in self.workers:
            worker.kill() if worker.poll() is None else None
        for worker in self.workers:
            stop(worker)

    def ended(self, job: Job, *, sweeping: bool = True) -> Job:
        """The job when it has come to its end, with the sweeper at work as often as the beat could."""

        def over() -> bool:
            if sweeping:
                sweep()
            job.refresh_from_db()
            return not job.is_open

        until(over, or_say=lambda: f"{job.state}, {job.attempts} attempts\n{self.logs()[-6000:]}")
        return job


def until(reached: Callable[[], Found], *, or_say: Callable[[], str] = str, patience: float = PATIENCE) -> Found:
    """What was reached: asked once more, it may be over."""
    give_up = time.monotonic() + patience
    while not (found := reached()):
        assert time.monotonic() < give_up, or_say()
        time.sleep(0.05)
    return found


def is_alive(process: int) -> bool:
    with suppress(FileNotFoundError, ProcessLookupError), open(f"/proc/{process}/stat") as stat:
        return stat.read().rpartition(")")[2].split()[0] != "Z"
    return False


def words() -> set[str]:
    return set(Term.everything.values_list("word", flat=True))


@pytest.fixture(scope="module")
def real_database(django_db_setup: None, django_db_blocker, worker_id: str) -> Iterator[str]:
    with django_db_blocker.unblock():
        mine = databases.clone(databases.template("plain"), f"jobs_{worker_id}")
        with databases.using(mine):
            yield mine
        databases.drop(mine)


@pytest.fixture(scope="module")
def people(real_database: str) -> Cast:
    return assemble()


@pytest.fixture(scope="module")
def site(real_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One worker runs; whoever kills it whole starts another."""
    current_app.control.purge()
    site = Site(real_database, tmp_path_factory.mktemp("site"))
    site.start_worker()
    yield site
    site.stop_workers()
    current_app.control.purge()


@pytest.fixture
def clean(site: Site, people: Cast, settings) -> Actor:
    """Before each: no words, no jobs, no plan. Gives who asks."""
    settings.JOBS_SENT_AGAIN_AFTER = timedelta(seconds=0.3)
    Job.everything.all().delete()
    Term.everything.all().delete()
    with suppress(FileNotFoundError):
        site.plan.unlink()
    if all(worker.poll() is not None for worker in site.workers):
        site.start_worker()
    return people.actor("thinh")
