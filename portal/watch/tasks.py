from celery import shared_task

from portal.watch.health import note_beat


@shared_task(name="watch.heartbeat")
def heartbeat() -> None:
    """Sent by the beat, run by a worker: its age says that both are alive."""
    note_beat()
