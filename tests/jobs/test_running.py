"""How a job ends, tried within one process: the worker's part without the worker. tests/jobs/test_workers.py has real ones."""

import logging
import time
from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from branches.models import Grant
from portal.access.roles import Role
from portal.help.models import Term
from portal.jobs.claim import ClaimLost, claimed
from portal.jobs.models import Job, State
from portal.jobs.services.asking import ask_for
from portal.jobs.services.running import run
from portal.jobs.work import BETWEEN_REPORTS, Work
from tests.cast import Cast
from tests.jobs.kinds import seen


@pytest.fixture(autouse=True)
def nothing_seen() -> None:
    seen.clear()


def done(cast: Cast, kind: str, *, name: str = "thinh", **parameters: object) -> Job:
    job = ask_for(kind, by=cast.actor(name), title="Việc thử", parameters=parameters)
    run(job.pk)
    job.refresh_from_db()
    return job


def test_a_refusal_is_said_in_its_own_words_and_nothing_is_written(cast: Cast):
    job = done(cast, "tests.refuse")
    assert (job.state, job.error) == (State.FAILED, "Dòng 14 thiếu tên chi bộ.")
    assert not Term.everything.exists()
    assert job.attempts == 1


def test_any_other_error_gives_a_number_and_the_log_the_rest(cast: Cast, caplog: pytest.LogCaptureFixture):
    job = done(cast, "tests.fail")
    assert job.state == State.FAILED
    assert job.request in job.error
    assert "secret" not in job.error
    assert "secret inside" in caplog.text
    assert not Term.everything.exists()


def test_a_kind_that_is_no_longer_known_ends_in_a_sentence(cast: Cast):
    job = ask_for("tests.look", by=cast.actor("thinh"), title="x")
    Job.everything.filter(pk=job.pk).update(kind="tests.gone")
    run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.error[:24]) == (State.FAILED, "Cổng đã đổi phiên bản và")


def test_a_row_that_is_not_there_is_nothing_to_do(db: None):
    run(987_654)


def test_work_is_done_as_the_one_who_asked_in_the_same_capacity(cast: Cast):
    second = Grant(account=cast["thinh"], organisation=cast.doai, role=Role.CLERK, since=timezone.localdate())
    second.save()
    from portal.access.actor import Actor

    asked = ask_for("tests.look", by=Actor.today(cast["thinh"], capacity=second.pk), title="x")
    run(asked.pk)
    assert seen.pop().actor.capacity.grant_id == second.pk


def test_what_is_no_longer_held_is_not_worked_with_nor_replaced_by_another_role(cast: Cast):
    second = Grant(account=cast["thinh"], organisation=cast.doai, role=Role.CLERK, since=timezone.localdate())
    second.save()
    job = ask_for("tests.look", by=cast.actor("thinh"), title="x")
    yesterday = timezone.localdate() - timedelta(days=1)
    Grant.everything.filter(account=cast["thinh"], organisation=cast.dong).update(until=yesterday)
    run(job.pk)
    job.refresh_from_db()
    assert (job.state, seen) == (State.FAILED, [])
    assert "Vai trò dùng khi yêu cầu việc này đã kết thúc" in job.error


def test_an_account_that_was_closed_has_nothing_done(cast: Cast):
    job = ask_for("tests.look", by=cast.actor("thinh"), title="x")
    cast["thinh"].is_active = False
    cast["thinh"].save()
    run(job.pk)
    job.refresh_from_db()
    assert (job.state, seen) == (State.FAILED, [])


def test_who_asked_without_any_role_works_without_one(cast: Cast):
    Grant(account=cast["xua"], organisation=cast.doai, role=Role.CLERK, since=timezone.localdate()).save()
    from portal.access.actor import Actor

    job = ask_for("tests.look", by=Actor(cast["xua"]), title="x")
    run(job.pk)
    assert seen.pop().actor.capacity is None


def test_a_deadlock_or_a_lost_database_leaves_the_job_to_the_sweeper(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    def interrupted(*_: object, **__: object) -> None:
        raise OperationalError("deadlock detected")

    monkeypatch.setattr(Term, "save", interrupted)
    assert done(cast, "tests.refuse").state == State.RUNNING


def test_reports_are_as_many_as_an_eye_can_follow(cast: Cast):
    job = ask_for("tests.look", by=cast.actor("thinh"), title="x")
    with claimed(job.pk) as claim:
        work = Work(cast.actor("thinh"), {}, claim)
        began = time.monotonic()
        with CaptureQueriesContext(connection) as queries:
            for number in range(1, 1001):
                work.report(number, 1000, f"Đang ghi {number}/1000")
        took = time.monotonic() - began
        assert len(queries) <= 2 + took / BETWEEN_REPORTS  # the first, the last, and one every quarter of a second
    job.refresh_from_db()
    assert (job.done, job.total, job.sentence) == (1000, 1000, "Đang ghi 1000/1000")


def test_a_job_costs_the_same_whatever_it_works_on(cast: Cast):
    """Of the machinery: all that comes beside the rows themselves."""
    costs = []
    for terms in (2, 20):
        Term.everything.all().delete()
        job = ask_for("tests.write", by=cast.actor("thinh"), title="x", parameters={"terms": terms})
        with CaptureQueriesContext(connection) as queries:
            run(job.pk)
        job.refresh_from_db()
        assert job.state == State.DONE, job.error
        costs.append(sum("help_term" not in query["sql"] for query in queries))
    assert costs[0] == costs[1]


def test_an_old_token_neither_reports_nor_ends(cast: Cast):
    job = ask_for("tests.look", by=cast.actor("thinh"), title="x")
    with claimed(job.pk) as claim:
        Job.everything.filter(pk=job.pk).update(token=claim.job.token + 1)  # given to another meanwhile
        with pytest.raises(ClaimLost):
            claim.report(done=1, total=2, sentence="…")
        with pytest.raises(ClaimLost):
            claim.locked()


def test_the_log_names_the_request_that_asked(cast: Cast, caplog: pytest.LogCaptureFixture):
    from portal.watch.logs import JsonLines

    lines: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: lines.append(JsonLines().format(record))  # type: ignore[method-assign]
    logging.getLogger("portal.jobs").addHandler(handler)
    try:
        job = done(cast, "tests.fail")
    finally:
        logging.getLogger("portal.jobs").removeHandler(handler)
    assert any("ZeroDivisionError" in line and job.request in line for line in lines)
