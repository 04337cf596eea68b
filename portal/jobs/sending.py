"""The message to the workers: the number of a row, nothing else. What is lost of it the sweeper sends again."""

from collections.abc import Collection

from celery import current_app
from django.db import transaction

from portal.jobs.kinds import Kind
from portal.jobs.models import Job

TASK = "jobs.run"


def send_on_commit(jobs: Collection[Job]) -> None:
    """A broker that is away fails nothing: the row stands, and robust means the log says so."""
    for job in jobs:
        transaction.on_commit(lambda job=job: _send(job), robust=True)  # type: ignore[misc]


def _send(job: Job) -> None:
    queue = job.known_kind.queue if job.known_kind else Kind.queue
    longest = job.known_kind.longest if job.known_kind else Kind.longest
    current_app.send_task(TASK, [job.pk], queue=queue, time_limit=longest.total_seconds(), retry=False)
