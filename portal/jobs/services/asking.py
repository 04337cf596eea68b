import json
from typing import Any

from django.db import IntegrityError, transaction

from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.history.actions import action
from portal.jobs.ending import end
from portal.jobs.kinds import kind_named
from portal.jobs.models import Job, State
from portal.jobs.sending import send_on_commit
from portal.watch.requests import new_number, request_number
from portal.words.errors import DomainError


class UnknownKind(LookupError):
    """Asked for by a name that no app registered. A mistake in the code."""


@transaction.atomic
def ask_for(kind: str, *, by: Actor, title: str, parameters: dict[str, Any] | None = None, key: str = "") -> Job:
    """Written with whatever else the caller's transaction writes, and begun only if that is committed.

    `parameters`: primitives only. Asking again under the same `key` gives the job that is already on its way. Whether this
    person may have it done the caller asks before, and the services that the work calls ask again.
    """
    if kind_named(kind) is None:
        raise UnknownKind(kind)
    job = Job(
        kind=kind,
        account=by.account,
        grant=by.capacity.grant_id if by.capacity else None,
        capacity=f"{by.capacity.label}, {by.capacity.organisation_name}" if by.capacity else "",
        title=title,
        parameters=json.loads(json.dumps(parameters or {})),
        key=key,
        request=request_number.get() or new_number(),
    )
    known = Job.objects.allowed(by, Permission.SEE_OWN_RECORD).same_as(job)
    while True:
        if key and (before := known.first()):
            return before
        try:
            with transaction.atomic():
                job.save(force_insert=True)
        except IntegrityError:
            if not key or not known.exists():  # the other of two clicks may be over by now
                raise
        else:
            send_on_commit([job])
            return job


@action("yêu cầu dừng việc")
def cancel(job: Job, *, by: Actor) -> Job:
    """What waits is over at once; what runs ends at its next report, and nothing of it stays."""
    own = Job.objects.allowed(by, Permission.SEE_OWN_RECORD)
    locked = own.select_for_update(no_key=True).get(pk=job.pk)
    if not locked.is_open:
        raise DomainError("Việc này đã kết thúc trước khi kịp dừng.")
    if locked.state == State.WAITING:
        return end(locked, State.CANCELLED)
    locked.cancel_asked = True
    locked.save(update_fields=["cancel_asked"])
    return locked
