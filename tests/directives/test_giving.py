"""Giving to very many is a worker's: killed wherever it may be, everybody has got everything once, or nobody anything yet."""

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from celery import current_app
from django.db import transaction

from directives.models import Document, Issuer, Order, Receipt, TaskAssignment
from directives.services import giving
from directives.services.giving import give_or_ask
from portal.jobs.models import Job, State
from tests.cast import Cast
from tests.directives.orders import a_task, an_order
from tests.directives.papers import a_document
from tests.jobs.conftest import Site, people, real_database, site, until  # noqa: F401  fixtures

pytestmark = pytest.mark.machine
NOBODY, ALL = (0, 0, False), (6, 3, True)  # two tasks for three branches
POINTS = 8  # statements to die before, evenly spread over all


@pytest.fixture
def draft(site: Site, people: Cast, settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Order]:  # noqa: F811
    settings.JOBS_SENT_AGAIN_AFTER = timedelta(seconds=0.3)
    monkeypatch.setattr(giving, "AT_ONCE", 1)
    if all(worker.poll() is not None for worker in site.workers):
        site.start_worker()
    document = a_document(people.province, "Kế hoạch")
    yield an_order(people.province, people.actor("kien"), a_task(document), a_task(document, "Báo cáo"))
    site.plan.unlink(missing_ok=True)
    for model in (Order, Document, Issuer, Job):
        model.everything.all().delete()


def given() -> tuple[int, int, bool]:
    return TaskAssignment.everything.count(), Receipt.everything.count(), Order.everything.get().given_on is not None


def asked(draft: Order, people: Cast) -> Job:  # noqa: F811
    job = give_or_ask(draft, by=people.actor("kien"))
    assert isinstance(job, Job)
    return job


@pytest.fixture(scope="module")
def counted() -> dict[str, int]:
    return {}


def statements(site: Site, draft: Order, people: Cast, counted: dict[str, int]) -> int:  # noqa: F811
    """How many a giving takes, counted once; then it is a draft again."""
    if not counted:
        site.plan.write_text("never")
        site.ended(asked(draft, people), sweeping=False)
        until(site.plan.with_suffix(".counted").exists)
        counted["give"] = len(json.loads(site.plan.with_suffix(".counted").read_text()))
        TaskAssignment.everything.all().delete()
        Receipt.everything.all().delete()
        Order.everything.update(given_on=None)
        draft.tasks.update(opened_on=None)
    return counted["give"]


@pytest.mark.parametrize("part", range(POINTS))
def test_killed_before_the_kth_statement(site: Site, draft: Order, people: Cast, counted: dict[str, int], part: int):  # noqa: F811
    last = statements(site, draft, people, counted)
    site.plan.write_text(f"sql {1 + part * (last - 1) // (POINTS - 1)}")
    job = asked(draft, people)
    until(lambda: not site.plan.exists(), or_say=site.logs)  # it was killed
    assert given() in (NOBODY, ALL)
    assert (site.ended(job).state, given()) == (State.DONE, ALL)


@pytest.mark.parametrize("point", ["received", "commit", "committed", "acknowledge"])
def test_killed_at_the_message_and_around_the_commit(site: Site, draft: Order, people: Cast, point: str):  # noqa: F811
    site.plan.write_text(point)
    job = site.ended(asked(draft, people))
    until(lambda: not site.plan.exists())
    assert (job.state, given()) == (State.DONE, ALL)


def test_asked_twice_and_told_twice_it_is_given_once(site: Site, draft: Order, people: Cast):  # noqa: F811
    with transaction.atomic():  # the worker hears of it when both have asked: a moment later it may be over
        job = asked(draft, people)
        assert asked(draft, people) == job
    current_app.send_task("jobs.run", [job.pk], queue="quick")
    assert (site.ended(job).state, given()) == (State.DONE, ALL)
