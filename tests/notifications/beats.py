"""The portal's own beat, in a hurry: what it does by the hour and the minute, it does every second. For tests only."""

from portal.celery import app

SENDING = {"notifications.remind", "notifications.deliver"}

app.conf.beat_schedule = {
    name: entry | {"schedule": 1.0} for name, entry in app.conf.beat_schedule.items() if entry["task"] in SENDING
}
