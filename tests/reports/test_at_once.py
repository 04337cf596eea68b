"""Many issue in the same moment: each report one number and one file, and no number twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import TypeVar

import pytest
from django.db import connection

from branches.models import DocumentNumber
from portal.access.actor import Actor
from portal.files.models import StoredFile
from portal.files.shelf import open_file
from portal.jobs.models import Job, State
from portal.reports.models import Arrival, Report
from portal.reports.services.issuing import issue
from portal.reports.services.writing import begin_report
from tests.cast import Cast
from tests.jobs.conftest import Site, people, site  # noqa: F401  fixtures
from tests.papers.reading import flat
from tests.reports.issuing import approved, last_year
from tests.reports.sent import kind
from tests.reports.site import ready, real_database  # noqa: F401  fixtures

pytestmark = pytest.mark.machine
MANY = 20
T = TypeVar("T")


def at_once(act: Callable[[int], T]) -> list[T]:
    """So many, each on a connection of its own, all at the same moment."""
    start = Barrier(MANY)

    def one(place: int) -> T:
        try:
            start.wait(timeout=30)
            return act(place)
        finally:
            connection.close()

    with ThreadPoolExecutor(MANY) as pool:
        return list(pool.map(one, range(MANY)))


def month(place: int) -> date:
    return date(last_year().year - place // 12, 1 + place % 12, 1)


def test_twenty_reports_issued_at_once(site: Site, ready: Cast):  # noqa: F811
    by = ready.actor("mai")
    reports = [approved(ready, "xa-thang", of=ready.phu_luong, day=month(place)) for place in range(MANY)]
    jobs = at_once(lambda place: issue(reports[place], by=by))
    assert {site.ended(job).state for job in jobs} == {State.DONE}
    issued = Report.everything.select_related("number", "pdf").filter(state="issued")
    assert sorted(report.number.number for report in issued) == list(range(1, MANY + 1))
    assert len({report.pdf.sha256 for report in issued}) == MANY
    assert all(f"Số {report.number.number:02}-BC/" in text_of(report) for report in issued)
    assert (Arrival.everything.count(), StoredFile.everything.count()) == (MANY, MANY)


def test_one_report_issued_twenty_times_at_once(site: Site, ready: Cast):  # noqa: F811
    report, by = approved(ready, "xa-nam", of=ready.phu_luong), ready.actor("mai")
    jobs = at_once(lambda place: issue(report, by=by))
    assert len({job.pk for job in jobs}) == 1
    assert site.ended(jobs[0]).state == State.DONE
    assert (DocumentNumber.everything.count(), StoredFile.everything.count(), Arrival.everything.count()) == (1, 1, 1)


def test_by_two_people_at_once_it_is_still_one_file(site: Site, ready: Cast):  # noqa: F811
    """Each has a job to look at; whoever comes second is told, and nothing is made twice."""
    from branches.models import Grant
    from portal.access.roles import Role

    Grant.everything.get_or_create(
        account=ready["hau"], organisation=ready.phu_luong, role=Role.COMMUNE_OFFICE, since=date(2024, 1, 1)
    )
    office = [ready.actor("mai"), _in_the_office(ready)]
    report = approved(ready, "xa-nam", of=ready.phu_luong)
    jobs = at_once(lambda place: issue(report, by=office[place % 2]))
    states = sorted(site.ended(job).state for job in {job.pk: job for job in jobs}.values())
    assert State.DONE in states
    assert Job.everything.exclude(state=State.DONE).exclude(error__contains="không còn đợi bản PDF").count() == 0
    assert (DocumentNumber.everything.count(), StoredFile.everything.count(), Arrival.everything.count()) == (1, 1, 1)


def test_begun_twenty_times_at_once_it_is_one_report(ready: Cast):  # noqa: F811
    by = ready.actor("mai")
    begun = at_once(
        lambda place: begin_report(kind=kind("xa-nam"), organisation=ready.phu_luong, day=last_year(), by=by).pk
    )
    assert len(set(begun)) == 1


def _in_the_office(cast: Cast) -> Actor:
    account = cast["hau"]
    actor = Actor.today(account)
    of_office = next(held for held in actor.held if held.organisation_id == cast.phu_luong.pk)
    return Actor.today(account, capacity=of_office.grant_id)


def text_of(report: Report) -> str:
    assert report.pdf
    with open_file(report.pdf.path) as file:
        return flat(file.read())
