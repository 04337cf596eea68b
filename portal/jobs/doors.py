"""Who may fetch a result: the one who asked, while what it was asked with is still held."""

from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.files.models import StoredFile
from portal.jobs.models import Job

DOOR = "jobs.result"


def may_read_result(actor: Actor, file: StoredFile) -> bool:
    """Who handed over an office no longer reads what was drawn up for it."""
    job = Job.objects.allowed(actor, Permission.SEE_OWN_RECORD).filter(result=file).first()
    return job is not None and still_holds(actor, job)


def still_holds(actor: Actor, job: Job) -> bool:
    return job.grant is None or any(held.grant_id == job.grant for held in actor.held)
