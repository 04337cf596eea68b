"""Real worker processes: they are killed, frozen and sent the same message twice; the end is always the same."""

import json
import os
import re
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from celery import current_app
from django.db import connection
from django.db.models import F

from portal.access.actor import Actor
from portal.files.models import StoredFile
from portal.jobs.claim import _LOCKS
from portal.jobs.models import Job, State
from portal.jobs.services.asking import ask_for, cancel
from portal.jobs.services.sweeping import sweep
from tests.jobs.conftest import CHECKOUT, Site, until, words

pytestmark = pytest.mark.machine
TERMS = 4
ALL = {f"từ {number}" for number in range(1, TERMS + 1)}
POINTS = 14  # statements to die before, evenly spread over all


def asked(by: Actor, kind: str = "tests.write", **parameters: object) -> Job:
    return ask_for(kind, by=by, title="Việc thử", parameters=parameters or {"terms": TERMS})


def results() -> int:
    return StoredFile.everything.filter(door="jobs.result").count()


def pid_of(job: Job) -> int:
    """The process that does it says its number by the way of progress."""

    def told() -> re.Match | None:
        job.refresh_from_db()
        return re.fullmatch(r"pid (\d+)", job.sentence)

    return int(until(told, or_say=lambda: f"{job.state} {job.sentence!r}")[1])


@pytest.fixture
def flag(tmp_path: Path) -> Path:
    return tmp_path / "go-on"


def test_what_was_asked_is_done_with_its_file_and_its_author(site: Site, clean: Actor):
    job = site.ended(asked(clean), sweeping=False)
    assert (job.state, job.attempts, job.done, job.total) == (State.DONE, 1, TERMS, TERMS)
    assert (job.told, job.result.name) == (f"Đã ghi {TERMS} từ", "ket-qua.csv")
    assert (job.expires_at - job.finished_at).days == 3
    assert words() == ALL
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT pgh_context->>'action', pgh_context->>'request' FROM help_termevent WHERE pgh_created_at >= %s",
            [job.created_at],
        )
        assert cursor.fetchall() == [("ghi thuật ngữ", job.request)]


@pytest.fixture(scope="module")
def statements(site: Site, people) -> int:
    """How many statements the job takes from the lock to the unlock, counted once."""
    site.plan.write_text("never")
    site.ended(asked(people.actor("thinh")), sweeping=False)
    until(site.plan.with_suffix(".counted").exists)
    return len(json.loads(site.plan.with_suffix(".counted").read_text()))


@pytest.mark.parametrize("part", range(POINTS))
def test_killed_before_the_kth_statement_it_is_all_or_nothing_and_done_in_the_end(
    site: Site, statements: int, clean: Actor, part: int
):
    before = results()
    kth = 1 + part * (statements - 1) // (POINTS - 1)
    site.plan.write_text(f"sql {kth}")
    job = asked(clean)
    until(lambda: not site.plan.exists(), or_say=site.logs)  # it was killed
    assert words() in (set(), ALL)
    job = site.ended(job)
    assert (job.state, words(), results()) == (State.DONE, ALL, before + 1)
    assert job.attempts in (1, 2)


@pytest.mark.parametrize("point", ["received", "commit", "committed", "acknowledge"])
def test_killed_at_the_message_and_around_the_commit(site: Site, clean: Actor, point: str):
    before = results()
    site.plan.write_text(point)
    job = site.ended(asked(clean))
    until(lambda: not site.plan.exists())  # it was killed there, be it after the job's end
    assert (job.state, words(), results()) == (State.DONE, ALL, before + 1)
    assert job.attempts == (2 if point == "commit" else 1)


def test_the_whole_worker_is_killed_and_another_one_takes_over(site: Site, clean: Actor, flag: Path):
    job = asked(clean, "tests.wait", until=str(flag))
    child, parent = pid_of(job), site.workers[-1]
    os.kill(parent.pid, signal.SIGKILL)
    os.kill(child, signal.SIGKILL)
    parent.wait()
    flag.touch()
    site.start_worker()
    job = site.ended(job)
    assert (job.state, job.attempts, words()) == (State.DONE, 2, {"lần 2"})


ASK_AND_DIE = """
import os, signal, sys, django
django.setup()
from celery import current_app
from django.db import transaction
from portal.access.actor import Actor
from portal.accounts.models import Account
from portal.jobs.services.asking import ask_for
from tests.jobs import kinds

def die(*_, **__): os.kill(os.getpid(), signal.SIGKILL)
if sys.argv[1] == "before the message": current_app.send_task = die
with transaction.atomic():
    ask_for("tests.write", by=Actor.today(Account.objects.get(username="thinh")), title="Việc", parameters={"terms": 4})
    if sys.argv[1] == "before the commit": die()
die()
"""


@pytest.mark.parametrize(
    ("point", "left"), [("before the commit", 0), ("before the message", 1), ("after the message", 1)]
)
def test_the_one_who_asks_is_killed_around_the_message(site: Site, clean: Actor, point: str, left: int):
    done = subprocess.run([sys.executable, "-c", ASK_AND_DIE, point], env=site.environment, cwd=CHECKOUT)
    assert done.returncode == -signal.SIGKILL
    assert Job.everything.count() == left
    for job in Job.everything.all():
        assert site.ended(job).state == State.DONE
    assert words() == (ALL if left else set())


def test_a_message_that_comes_three_times_is_worked_once(site: Site, clean: Actor, flag: Path):
    job = asked(clean, "tests.wait", until=str(flag))
    pid_of(job)
    before = site.logs().count('"nothing to do"')
    for _ in range(2):
        current_app.send_task("jobs.run", [job.pk], queue="quick")
    until(lambda: site.logs().count('"nothing to do"') >= before + 2)  # free ones got them, and left it alone
    flag.touch()
    job = site.ended(job)
    current_app.send_task("jobs.run", [job.pk], queue="quick")
    site.ended(asked(clean))
    assert (job.attempts, words()) == (1, ALL | {"lần 1"})


def test_progress_is_seen_while_the_one_transaction_is_open(site: Site, clean: Actor, flag: Path):
    job = asked(clean, "tests.wait", until=str(flag))
    pid_of(job)
    assert (job.state, job.done, job.total) == (State.RUNNING, 1, 2)
    assert words() == set()
    flag.touch()
    assert site.ended(job).state == State.DONE
    assert words() == {"lần 1"}


def test_what_runs_is_cancelled_at_its_next_report_and_nothing_stays(site: Site, clean: Actor, flag: Path):
    job = asked(clean, "tests.wait", until=str(flag), listening=True)
    pid_of(job)
    assert cancel(job, by=clean).is_open
    job = site.ended(job, sweeping=False)
    assert (job.state, words()) == (State.CANCELLED, set())


def test_what_reports_no_more_is_cancelled_before_its_commit(site: Site, clean: Actor, flag: Path):
    job = asked(clean, "tests.wait", until=str(flag))
    pid_of(job)
    cancel(job, by=clean)
    flag.touch()
    job = site.ended(job, sweeping=False)
    assert (job.state, words()) == (State.CANCELLED, set())


def test_what_always_kills_its_worker_ends_after_three_attempts(site: Site, clean: Actor):
    job = site.ended(asked(clean, "tests.die", x=1))
    assert (job.state, job.attempts, words()) == (State.FAILED, 3, set())
    assert "dừng giữa chừng 3 lần" in job.error
    assert site.ended(asked(clean)).state == State.DONE  # and the worker is well


def test_a_zombie_whose_lock_was_lost_cannot_commit(site: Site, clean: Actor, flag: Path):
    """Frozen; its connection with the lock is cut; another worker does the job; then it wakes and wants to finish."""
    job = asked(clean, "tests.wait", until=str(flag), nameless=True)
    zombie = pid_of(job)
    os.kill(zombie, signal.SIGSTOP)
    try:
        cut_the_lock(job)
        until(lambda: sweep().taken_back)
        until(lambda: pid_of(job) != zombie)
        flag.touch()
        job = site.ended(job)
        assert (job.state, job.attempts, words()) == (State.DONE, 2, {"lần 2"})
    finally:
        os.kill(zombie, signal.SIGCONT)
    until(lambda: "the claim was lost, nothing was written" in site.logs(), or_say=site.logs)
    assert words() == {"lần 2"}
    assert site.ended(asked(clean), sweeping=False).state == State.DONE  # the woken one goes on to serve


def test_a_stuck_worker_is_cut_off_and_its_job_given_away(site: Site, clean: Actor, flag: Path):
    """Frozen with its lock in hand: after its silence the sweeper ends its connections."""
    job = asked(clean, "tests.wait", until=str(flag))
    zombie = pid_of(job)
    os.kill(zombie, signal.SIGSTOP)
    try:
        silent_for_six_minutes(job)
        until(lambda: sweep().silenced)
        flag.touch()
        job = site.ended(job)
        assert (job.state, job.attempts, words()) == (State.DONE, 2, {"lần 2"})
    finally:
        os.kill(zombie, signal.SIGCONT)
    assert site.ended(asked(clean), sweeping=False).state == State.DONE
    assert words() == ALL | {"lần 2"}


def silent_for_six_minutes(job: Job) -> None:
    Job.everything.filter(pk=job.pk).update(heartbeat_at=F("heartbeat_at") - timedelta(minutes=6))


def cut_the_lock(job: Job) -> None:
    """Of this job: a message that comes twice holds one of its own for a moment."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted "
            "AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) "
            "AND (classid::bigint << 32 | objid::bigint) = %s",
            [_LOCKS + job.pk],
        )
        assert cursor.rowcount == 1
