"""The last thing that happens to a job, whoever ends it."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from portal.jobs.kinds import Kind
from portal.jobs.models import LONGEST_SENTENCE, Job, State


def end(locked: Job, state: State, **facts: Any) -> Job:
    """The row is the caller's, locked in the open transaction."""
    keep_days = locked.known_kind.keep_days if locked.known_kind else Kind.keep_days
    now = timezone.now()
    locked.state, locked.finished_at, locked.expires_at = state, now, now + timedelta(days=keep_days)
    for name, value in facts.items():
        setattr(locked, name, value[:LONGEST_SENTENCE] if isinstance(value, str) else value)
    locked.save(update_fields=["state", "finished_at", "expires_at", *facts])
    return locked
