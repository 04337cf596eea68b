"""Asking for long work, and stopping it: within the request, before any worker knows."""

import threading

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from portal.access.actor import Actor
from portal.jobs import sending
from portal.jobs.kinds import KindTaken, job
from portal.jobs.models import Job, State
from portal.jobs.services.asking import UnknownKind, ask_for, cancel
from portal.words.errors import DomainError
from tests.cast import Cast
from tests.jobs.conftest import until


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple]:
    """What goes to the broker: task, arguments, queue."""
    heard: list[tuple] = []
    monkeypatch.setattr(
        sending.current_app, "send_task", lambda name, args, **options: heard.append((name, args, options["queue"]))
    )
    return heard


def ask(by: Actor, kind: str = "tests.write", **facts: object) -> Job:
    return ask_for(kind, by=by, title="Ghi mười từ", parameters={"terms": 10}, **facts)


def test_the_message_goes_out_with_the_commit_to_the_queue_of_the_kind(
    cast: Cast, sent: list, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        job = ask(cast.actor("thinh"))
        assert sent == []
    assert sent == [("jobs.run", [job.pk], "heavy")]


def test_what_is_rolled_back_was_never_asked(cast: Cast, sent: list, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        ask(cast.actor("thinh"))
        transaction.set_rollback(True)
    assert (sent, Job.everything.count()) == ([], 0)


def test_a_broker_that_is_away_does_not_undo_what_was_asked(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks
):
    def away(*_: object, **__: object) -> None:
        raise ConnectionError("no broker")

    monkeypatch.setattr(sending.current_app, "send_task", away)
    with django_capture_on_commit_callbacks(execute=True):
        job = ask(cast.actor("thinh"))
    assert Job.everything.get(pk=job.pk).state == State.WAITING


def test_who_asked_in_which_capacity_is_kept(cast: Cast):
    job = ask(cast.actor("thinh"))
    assert (job.account, job.grant) == (cast["thinh"], cast["thinh"].grants.get().pk)
    assert job.capacity == "Bí thư, phó bí thư chi bộ, Chi bộ thôn Đông"


def test_asking_twice_gives_the_same_job_until_it_is_over(cast: Cast, sent: list, django_capture_on_commit_callbacks):
    by = cast.actor("thinh")
    with django_capture_on_commit_callbacks(execute=True):
        first = ask(by, key="năm-2026")
        assert ask(by, key="năm-2026") == first
    assert len(sent) == 1
    cancel(first, by=by)
    assert ask(by, key="năm-2026") != first


def test_others_kinds_capacities_and_keys_are_jobs_of_their_own(cast: Cast):
    by = cast.actor("thinh")
    jobs = [ask(by, key="a"), ask(by, key="b"), ask(cast.actor("hoa"), key="a"), ask(by, "tests.refuse", key="a")]
    jobs += [ask(Actor(by.account), key="a"), ask(by), ask(by)]
    assert len({job.pk for job in jobs}) == 7


def test_who_is_stopping_a_job_and_asks_again_gets_a_new_one(cast: Cast):
    by = cast.actor("thinh")
    first = ask(by, key="a")
    run_by_nobody(first)
    assert cancel(first, by=by).cancel_asked
    assert ask(by, key="a") != first


def test_two_clicks_at_the_same_time_are_one_job(real_database: str, people: Cast, monkeypatch: pytest.MonkeyPatch):
    """The second waits for the first's transaction, whose row it cannot see yet."""
    from django.db import connection

    monkeypatch.setattr(sending.current_app, "send_task", lambda *_, **__: None)
    by, found = people.actor("thinh"), []

    def second_click() -> None:
        found.append(ask(by, key="cùng lúc"))
        connection.close()

    with transaction.atomic():
        first = ask(by, key="cùng lúc")
        other = threading.Thread(target=second_click)
        other.start()
        until(lambda: waiting_for_a_lock() or found)
        assert found == []
    other.join(10)
    assert found == [first]
    Job.everything.all().delete()


def test_parameters_are_primitives(cast: Cast):
    with pytest.raises(TypeError):
        ask_for("tests.write", by=cast.actor("thinh"), title="x", parameters={"who": cast["thinh"]})


def test_a_kind_that_nobody_registered_is_a_mistake_in_the_code(cast: Cast):
    with pytest.raises(UnknownKind):
        ask(cast.actor("thinh"), "tests.nothing")


def test_a_name_stands_for_one_function_and_a_queue_that_is_served():
    with pytest.raises(KindTaken):
        job("tests.write", words="Khác")(lambda work: None)
    with pytest.raises(KindTaken):
        job("tests.elsewhere", words="Khác", queue="nowhere")(lambda work: None)


def test_what_waits_is_cancelled_at_once(cast: Cast):
    job = cancel(ask(cast.actor("thinh")), by=cast.actor("thinh"))
    assert (job.state, job.is_open) == (State.CANCELLED, False)


def test_what_is_over_is_not_cancelled_any_more(cast: Cast):
    by = cast.actor("thinh")
    job = cancel(ask(by), by=by)
    with pytest.raises(DomainError, match="đã kết thúc trước khi kịp dừng"):
        cancel(job, by=by)


def test_nobody_cancels_the_job_of_another(cast: Cast):
    with pytest.raises(Job.DoesNotExist):
        cancel(ask(cast.actor("thinh")), by=cast.actor("hoa"))


BROKEN = {
    "jobs_ended_has_its_times": {"state": "done"},
    "jobs_ended": {"state": "resting"},
    "jobs_running_was_claimed": {"state": "running"},
    "jobs_result_of_what_is_done": {"told": "Xong rồi"},
    "jobs_failed_says_why": {"error": "Có lỗi"},
    "jobs_no_more_than_all": {"done": 3, "total": 2},
    "jobs_link_is_our_own": {"link": "//evil.example/"},
}


@pytest.mark.parametrize("constraint", BROKEN)
def test_the_database_refuses_half_a_state(cast: Cast, constraint: str):
    job = ask(cast.actor("thinh"))
    with pytest.raises(DatabaseError, match=constraint), transaction.atomic():
        Job.everything.filter(pk=job.pk).update(**BROKEN[constraint])


def test_the_database_refuses_the_same_key_twice_whoever_writes(cast: Cast):
    job = ask(Actor(cast["thinh"]), key="a")  # without a capacity: two rows that have none are alike as well
    job.pk = None
    with pytest.raises(IntegrityError, match="jobs_asked_once"), transaction.atomic():
        job.save(force_insert=True)


def run_by_nobody(job: Job) -> None:
    now = timezone.now()
    Job.everything.filter(pk=job.pk).update(state=State.RUNNING, token=1, attempts=1, started_at=now, heartbeat_at=now)


def waiting_for_a_lock() -> bool:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid) "
            "WHERE NOT granted AND datname = current_database()"
        )
        return cursor.fetchone()[0] > 0
