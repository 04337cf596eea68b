"""Whose job it is: a session lock on a connection of its own, which the database frees when the process dies, and a token
that grows with every claim, so that whoever lost the claim writes nothing more."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import Error, connection, connections
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone

from portal.jobs.models import Job, JobQuerySet, State

_LOCKS = 0x6A6F62 << 38  # “job”, and behind it the number of the row
_HELD = """
    SELECT (classid::bigint << 32) | objid::bigint FROM pg_locks
    WHERE locktype = 'advisory' AND objsubid = 1 AND granted
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""
_END = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND application_name = ANY(%s) AND pid <> pg_backend_pid()
"""


class Stopped(BaseException):
    """The work is to end here. Not an Exception: work that goes on after a bad row must not go on after this."""


class Cancelled(Stopped):
    """The one who asked no longer wants it."""


class ClaimLost(Stopped):
    """The job was given to another process, or is over: nothing of this one may stay."""


@dataclass(frozen=True)
class Claim:
    job: Job

    def report(self, **facts: Any) -> None:
        """Seen at once by everybody: on the second connection, outside the transaction of the work."""
        if not self._mine().filter(cancel_asked=False).update(heartbeat_at=timezone.now(), **facts):
            raise Cancelled if self._mine().exists() else ClaimLost

    def locked(self) -> Job:
        """The row, held until the end of the transaction that is open: from here on nobody can take the job away."""
        mine = jobs_of_all().running().filter(pk=self.job.pk, token=self.job.token)
        row = mine.select_for_update(no_key=True).first()
        if row is None:
            raise ClaimLost
        return row

    def _mine(self) -> JobQuerySet:
        aside = jobs_of_all().using(settings.JOBS_DATABASE)
        return aside.running().filter(pk=self.job.pk, token=self.job.token)


def jobs_of_all() -> JobQuerySet:
    return Job.objects.everywhere(reason="a worker serves everybody")


@contextmanager
def claimed(number: int) -> Iterator[Claim | None]:
    """None where there is nothing to do: another has it, or it is over. A message that comes twice does no harm."""
    with _session_lock(number) as mine:
        job = _begun(number) if mine else None
        if job is None:
            yield None
            return
        with _named(job):
            yield Claim(job)


def held_locks() -> set[int]:
    """The rows whose worker is alive."""
    with connection.cursor() as cursor:
        cursor.execute(_HELD)
        return {key - _LOCKS for (key,) in cursor.fetchall()}


def end_connections(jobs: Iterable[Job]) -> int:
    """By force: whatever a process that is stuck, or a dead one's last statement, still holds in the database is let go."""
    with connection.cursor() as cursor:
        cursor.execute(_END, [[_name(job) for job in jobs]])
        return len(cursor.fetchall())


@contextmanager
def _session_lock(number: int) -> Iterator[bool]:
    aside = connections[settings.JOBS_DATABASE]
    with aside.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCKS + number])
        mine = cursor.fetchone()[0]
    try:
        yield mine
    finally:
        if mine:
            _unlock(number)


def _unlock(number: int) -> None:
    """A connection that cannot say so any more has lost the lock; one that might come back with it is closed."""
    aside = connections[settings.JOBS_DATABASE]
    try:
        with aside.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCKS + number])
    except Error:
        aside.close()


def _begun(number: int) -> Job | None:
    """Read on the main connection: Django writes what hangs on a row over the connection that the row came by."""
    aside, now = jobs_of_all().using(settings.JOBS_DATABASE), timezone.now()
    begun = aside.filter(pk=number, state=State.WAITING).update(
        state=State.RUNNING, token=F("token") + 1, attempts=F("attempts") + 1, heartbeat_at=now,
        started_at=Coalesce("started_at", now), done=0, total=0, sentence="",
    )  # fmt: skip
    return jobs_of_all().select_related("account").get(pk=number) if begun else None


@contextmanager
def _named(job: Job) -> Iterator[None]:
    """Both connections carry the job's name: to be seen in pg_stat_activity, and to be ended by the sweeper."""
    both = {connection.alias, settings.JOBS_DATABASE}
    for alias in both:
        _call(alias, _name(job))
    try:
        yield
    finally:
        for alias in both:
            with suppress(Error):  # it is gone, and its name with it
                _call(alias, "")


def _call(alias: str, name: str) -> None:
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT set_config('application_name', %s, false)", [name])


def _name(job: Job) -> str:
    return f"portal job {job.pk}/{job.token}"
