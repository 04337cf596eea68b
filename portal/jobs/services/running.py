import logging
from dataclasses import replace

from django.db import OperationalError, transaction

from portal.access.actor import Actor
from portal.history.actions import action
from portal.jobs.claim import Cancelled, Claim, ClaimLost, claimed
from portal.jobs.ending import end
from portal.jobs.kinds import Kind
from portal.jobs.models import Job, State
from portal.jobs.work import Result, Work
from portal.watch.requests import request_number
from portal.words.errors import DomainError

log = logging.getLogger(__name__)
NO_LONGER_KNOWN = "Cổng đã đổi phiên bản và không còn làm việc này. Đồng chí hãy yêu cầu lại."
ROLE_ENDED = "Vai trò dùng khi yêu cầu việc này đã kết thúc, nên việc không được làm."
ACCOUNT_CLOSED = "Tài khoản yêu cầu việc này đã khóa, nên việc không được làm."


def run(number: int) -> None:
    """Does the job if it is still to be done and nobody else is at it."""
    with claimed(number) as claim:
        if claim is None:
            log.info("nothing to do", extra={"job": number})
            return
        token = request_number.set(claim.job.request)
        try:
            _carry_out(claim)
        finally:
            request_number.reset(token)


def _carry_out(claim: Claim) -> None:
    job = claim.job
    log.info("job begun", extra={"job": job.pk, "kind": job.kind, "attempt": job.attempts})
    try:
        _all_or_nothing(claim)
    except ClaimLost:
        log.warning("the claim was lost, nothing was written", extra={"job": job.pk})
    except Cancelled:
        _ended(claim, State.CANCELLED)
    except DomainError as refusal:
        _ended(claim, State.FAILED, error=refusal.sentence)
    except OperationalError:
        # the database went away, or chose this transaction to end a deadlock: the sweeper finds the row and it is done anew
        log.exception("job interrupted", extra={"job": job.pk})
    except Exception:
        log.exception("job failed", extra={"job": job.pk})
        _ended(claim, State.FAILED, error=f"Có lỗi, mã {job.request}. Gọi văn phòng Đảng ủy xã và đọc mã này.")
    else:
        log.info("job done", extra={"job": job.pk})


def _all_or_nothing(claim: Claim) -> None:
    """One transaction: what the work wrote, and that it is done. Before the commit the claim is looked at under lock."""
    kind = _kind_of(claim.job)
    actor = _the_one_who_asked(claim.job)
    work = Work(actor, claim.job.parameters, claim)

    @action(kind.words[:1].lower() + kind.words[1:])
    def done(*, by: Actor) -> None:
        result = kind.function(work)
        _finish(claim, result)

    with transaction.atomic(durable=True):
        done(by=actor)


def _finish(claim: Claim, result: Result) -> None:
    row = claim.locked()
    if row.cancel_asked:
        raise Cancelled
    end(row, State.DONE, done=row.total, told=result.sentence, result=result.file, link=result.link)


def _ended(claim: Claim, state: State, **facts: str) -> None:
    try:
        with transaction.atomic():
            end(claim.locked(), state, **facts)
    except ClaimLost:
        log.warning("the claim was lost before the end was written", extra={"job": claim.job.pk})


def _kind_of(job: Job) -> Kind:
    if job.known_kind is None:
        raise DomainError(NO_LONGER_KNOWN)
    return job.known_kind


def _the_one_who_asked(job: Job) -> Actor:
    """With the grants of today, in the very capacity that asked; another of one's roles is no substitute."""
    actor = Actor.today(job.account, capacity=job.grant)
    if not job.account.is_active:
        raise DomainError(ACCOUNT_CLOSED)
    if job.grant is None:
        return replace(actor, capacity=None)
    if actor.capacity is None or actor.capacity.grant_id != job.grant:
        raise DomainError(ROLE_ENDED)
    return actor
