"""The Celery app. Tasks live in each package's tasks.py; what runs by the clock is listed here, in code."""

import os

from celery import Celery
from celery.schedules import crontab
from celery.signals import beat_init, setup_logging, worker_init, worker_process_init
from django.core.exceptions import ImproperlyConfigured

from portal.machine import process

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

app.conf.beat_schedule = {
    "the tree of the day": {"task": "branches.begin_the_day", "schedule": crontab(hour=0, minute=1)},
    "what is to be done again": {"task": "directives.open_periods", "schedule": crontab(hour="0,6", minute=10)},
    # once a day, at this hour of the portal's own clock; behind it for a morning on which something stood still
    "reminders of the morning": {"task": "notifications.remind", "schedule": crontab(hour=6, minute=30)},
    "reminders left behind": {"task": "notifications.remind", "schedule": crontab(hour="6-22", minute="*/10")},
    "what is open, for a whole province": {
        "task": "duties.count",
        "schedule": crontab(minute="*/10"),
        "options": {"expires": 500},
    },
    "what waits to be sent": {"task": "notifications.deliver", "schedule": 60.0, "options": {"expires": 55}},
    "notices clean-up": {"task": "notifications.clean_up", "schedule": crontab(hour=2, minute=20)},
    "files clean-up": {"task": "files.clean_up", "schedule": crontab(hour=2, minute=40)},
    "jobs sweeper": {"task": "jobs.sweep", "schedule": 60.0, "options": {"expires": 55}},
    "ripples": {"task": "branches.fold_ripples", "schedule": 60.0, "options": {"expires": 55}},
    "heartbeat": {"task": "watch.heartbeat", "schedule": 30.0, "options": {"expires": 25}},
}


@beat_init.connect
def first_heartbeat(**_: object) -> None:
    """Health is known at once, not half a minute after the start."""
    app.send_task("watch.heartbeat", expires=25)


@worker_init.connect
@beat_init.connect
def refuse_half_a_configuration(**_: object) -> None:
    """Celery logs what a receiver raises and goes on; only an exit stops it."""
    from portal import checks  # reads settings, which are not there yet when this module is imported

    try:
        checks.refuse_half_a_configuration()
    except ImproperlyConfigured as error:
        raise SystemExit(str(error)) from error


@worker_process_init.connect
def end_with_the_worker(**_: object) -> None:
    """A worker that is killed leaves no process behind that goes on holding its transaction."""
    process.die_with_parent()


@setup_logging.connect
def leave_logging_to_django(**_: object) -> None:
    """Connecting is what keeps Celery from setting up a log of its own."""
