from celery import shared_task

from portal.jobs import sending
from portal.jobs.services import running, sweeping


@shared_task(name=sending.TASK)
def run(number: int) -> None:
    running.run(number)


@shared_task(name="jobs.sweep")
def sweep() -> None:
    """Every minute."""
    sweeping.sweep()
