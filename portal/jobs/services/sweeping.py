"""What the clock does for long work: nothing waits for ever, nothing runs for ever, nothing is kept for ever."""

import logging
from dataclasses import dataclass, fields

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from portal.files.models import StoredFile
from portal.files.services.storing import remove_for_good
from portal.jobs.claim import end_connections, held_locks
from portal.jobs.ending import end
from portal.jobs.kinds import Kind
from portal.jobs.models import Job, State
from portal.jobs.sending import send_on_commit

log = logging.getLogger(__name__)
AT_A_TIME = 200
DIED_TOO_OFTEN = "Máy chủ dừng giữa chừng {times} lần khi làm việc này. Gọi văn phòng Đảng ủy xã, đọc mã {number}"


@dataclass(frozen=True)
class Swept:
    silenced: int
    taken_back: int
    sent_again: int
    removed: int

    @property
    def anything(self) -> bool:
        return any(getattr(self, field.name) for field in fields(self))


def sweep() -> Swept:
    """Every minute; may die anywhere, and two at once do no harm."""
    swept = Swept(end_the_silent(), take_back_from_the_dead(), send_again_what_was_lost(), remove_what_expired())
    if swept.anything:
        log.warning("jobs swept", extra={field.name: getattr(swept, field.name) for field in fields(swept)})
    return swept


def end_the_silent() -> int:
    """A worker that is alive but stuck still holds its lock: its connections are ended, and with them what it had begun."""
    running = Job.objects.everywhere(reason="stuck workers are looked for").running()
    return end_connections([job for job in running if _is_silent(job)])


@transaction.atomic
def take_back_from_the_dead() -> int:
    """A row that runs and whose lock is free: its process is gone. Rows that are just being finished are passed over."""
    running = Job.objects.everywhere(reason="dead workers are looked for").running()
    rows = list(running.select_for_update(skip_locked=True, no_key=True))
    held = held_locks()  # asked after the rows: a lock is there before its row runs, and goes after its row has ended
    dead = [job for job in rows if job.pk not in held]
    end_connections(dead)
    waiting = [job for job in dead if _waits_again(job)]
    send_on_commit(waiting)
    return len(dead)


@transaction.atomic
def send_again_what_was_lost() -> int:
    lost = Job.objects.everywhere(reason="lost messages are looked for").message_lost().order_by("sent_at")
    rows = list(lost.select_for_update(skip_locked=True, no_key=True)[:AT_A_TIME])
    again = Job.objects.everywhere(reason="lost messages are sent again").filter(pk__in=[job.pk for job in rows])
    again.update(sent_at=timezone.now())
    send_on_commit(rows)
    return len(rows)


@transaction.atomic
def remove_what_expired() -> int:
    expired = Job.objects.everywhere(reason="what expired is removed").expired().order_by("expires_at")
    rows = list(expired.select_for_update(skip_locked=True, of=("self",))[:AT_A_TIME])
    Job.objects.everywhere(reason="what expired is removed").filter(pk__in=[job.pk for job in rows]).delete()
    results = StoredFile.objects.everywhere(reason="the files of expired jobs")
    remove_for_good(results.filter(pk__in=[job.result_id for job in rows if job.result_id]))
    return len(rows)


def _is_silent(job: Job) -> bool:
    patience = job.known_kind.silent_for if job.known_kind else Kind.silent_for
    return job.heartbeat_at is not None and timezone.now() - job.heartbeat_at > patience


def _waits_again(job: Job) -> bool:
    if job.cancel_asked:
        end(job, State.CANCELLED)
    elif job.attempts >= settings.JOBS_MOST_ATTEMPTS:
        end(job, State.FAILED, error=DIED_TOO_OFTEN.format(times=job.attempts, number=job.request))
    else:
        job.state = State.WAITING
        job.waiting_since = job.sent_at = timezone.now()
        job.save(update_fields=["state", "waiting_since", "sent_at"])
        return True
    return False
