"""The clock's part: what was lost is sent again, what died is taken back, what expired goes with its file."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.files.models import StoredFile
from portal.jobs import claim, sending
from portal.jobs.models import Job, State
from portal.jobs.services.asking import ask_for, cancel
from portal.jobs.services.running import run
from portal.jobs.services.sweeping import sweep
from portal.jobs.tasks import sweep as sweep_task
from tests.cast import Cast
from tests.jobs.test_asking import run_by_nobody

NOON = datetime(2026, 3, 2, 12, 0).astimezone()
MINUTE = timedelta(minutes=1)


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    numbers: list[int] = []
    monkeypatch.setattr(sending, "_send", lambda job: numbers.append(job.pk))
    return numbers


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


def ask(cast: Cast, kind: str = "tests.write") -> Job:
    return ask_for(kind, by=cast.actor("thinh"), title="Việc thử", parameters={"terms": 2})


def test_a_lost_message_is_sent_again_each_time_after_twice_the_wait(
    cast: Cast, sent: list[int], clock, django_capture_on_commit_callbacks
):
    job, minutes = ask(cast), []
    for minute in range(1, 41):
        clock.shift(MINUTE)
        with django_capture_on_commit_callbacks(execute=True):
            sweep()
        if sent:
            assert sent == [job.pk]
            minutes.append(minute)
            sent.clear()
    assert minutes == [3, 7, 15, 31]


def test_what_died_waits_again_and_is_sent_at_once(cast: Cast, sent: list[int], django_capture_on_commit_callbacks):
    job = ask(cast)
    run_by_nobody(job)
    with django_capture_on_commit_callbacks(execute=True):
        assert sweep().taken_back == 1
    job.refresh_from_db()
    assert (job.state, job.attempts, sent) == (State.WAITING, 1, [job.pk])


def test_after_the_third_death_it_ends_with_a_sentence(cast: Cast):
    job = ask(cast)
    run_by_nobody(job)
    Job.everything.update(attempts=3)
    sweep()
    job.refresh_from_db()
    assert (job.state, job.error[:36]) == (State.FAILED, "Máy chủ dừng giữa chừng 3 lần khi là")


def test_what_died_while_being_stopped_is_stopped(cast: Cast):
    job = ask(cast)
    run_by_nobody(job)
    cancel(job, by=cast.actor("thinh"))
    sweep()
    job.refresh_from_db()
    assert job.state == State.CANCELLED


def test_a_worker_that_is_alive_keeps_its_job(cast: Cast):
    job = ask(cast)
    with claim.claimed(job.pk) as mine:
        assert mine
        sweep()
        job.refresh_from_db()
        assert job.state == State.RUNNING
    sweep()
    job.refresh_from_db()
    assert job.state == State.WAITING


def test_what_expired_goes_with_its_file(
    cast: Cast,
    folder: Path,
    clock,
    django_capture_on_commit_callbacks,
):
    job, other = ask(cast), ask(cast, "tests.refuse")
    run(job.pk)
    run(other.pk)
    path = folder / Job.everything.get(pk=job.pk).result.path
    clock.shift(timedelta(days=3, minutes=-1))
    assert sweep().removed == 0
    clock.shift(2 * MINUTE)
    with django_capture_on_commit_callbacks(execute=True):
        assert path.exists()
        assert sweep().removed == 1
    assert not path.exists()
    assert not StoredFile.everything.exists()
    assert list(Job.everything.all()) == [other]  # seven days, as nothing else was said of its kind


def test_sweeping_costs_the_same_whatever_is_waiting_or_has_expired(cast: Cast, clock):
    costs = []
    for jobs in (1, 15):
        for _ in range(jobs):
            ask(cast)
            Job.everything.filter(pk=ask(cast).pk).update(
                state=State.CANCELLED, finished_at=NOON, expires_at=NOON + MINUTE
            )
        clock.shift(10 * MINUTE)
        with CaptureQueriesContext(connection) as queries:
            swept = sweep()
        assert (swept.sent_again, swept.removed) == (jobs, jobs)
        Job.everything.all().delete()
        clock.move_to(NOON)
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_nothing_to_sweep_is_nothing_to_tell(db: None, caplog: pytest.LogCaptureFixture):
    sweep_task()
    assert "swept" not in caplog.text
