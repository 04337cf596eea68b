from celery import shared_task

from portal.jobs import sending
from portal.jobs.services import running, sweeping
from portal.machine.room import with_room


@shared_task(name=sending.TASK)
def run(number: int) -> None:
    with_room(running.run)(number)


@shared_task(name="jobs.sweep")
def sweep() -> None:
    """Every minute."""
    sweeping.sweep()
