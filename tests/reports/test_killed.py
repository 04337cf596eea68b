"""A real worker is killed while it issues the report of the province: one finished file and one number, whenever it dies."""

import hashlib
import json
import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import suppress

import pytest

from branches.models import DocumentNumber
from portal.files.models import StoredFile
from portal.files.shelf import open_file
from portal.jobs.models import Job, State
from portal.jobs.services.asking import cancel
from portal.jobs.services.sweeping import sweep
from portal.reports.models import Report
from portal.reports.services.issuing import issue
from tests.cast import Cast
from tests.jobs.conftest import Site, is_alive, people, site, until  # noqa: F401  fixtures
from tests.papers.archival import faults_of
from tests.reports.issuing import approved
from tests.reports.site import begin_anew, ready, real_database  # noqa: F401  fixtures

pytestmark = pytest.mark.machine
POINTS = 9  # statements to die before, evenly spread over all
NOTHING, ALL = ("issuing", 0), ("issued", 1)


@pytest.fixture
def report(ready: Cast) -> Report:  # noqa: F811
    return approved(ready)


def there(report: Report) -> tuple[str, int]:
    return Report.everything.get(pk=report.pk).state, StoredFile.everything.count()


def asked(report: Report, people: Cast) -> Job:  # noqa: F811
    return issue(report, by=people.actor("kien"))


def must_be_whole(report: Report) -> None:
    """The one number, the one file, as its row says it is, and one to keep."""
    report = Report.everything.select_related("pdf", "number").get(pk=report.pk)
    assert report.pdf
    with open_file(report.pdf.path) as file:
        content = file.read()
    assert hashlib.sha256(content).hexdigest() == report.pdf.sha256
    assert faults_of(content) == []
    assert list(DocumentNumber.everything.values_list("number", flat=True)) == [1]


@pytest.fixture(scope="module")
def counted() -> list[int]:
    """How many statements issuing takes from the lock to the unlock, once it is known."""
    return []


def statements(site: Site, report: Report, people: Cast, counted: list[int]) -> tuple[Report, int]:  # noqa: F811
    if not counted:
        site.plan.write_text("never")
        site.ended(asked(report, people), sweeping=False)
        until(site.plan.with_suffix(".counted").exists)
        counted.append(len(json.loads(site.plan.with_suffix(".counted").read_text())))
        begin_anew()
        report = approved(people)
    return report, counted[0]


@pytest.mark.parametrize("part", range(POINTS))
def test_killed_before_the_kth_statement(site: Site, report: Report, people: Cast, counted: list[int], part: int):  # noqa: F811
    report, last = statements(site, report, people, counted)
    site.plan.write_text(f"sql {1 + part * (last - 1) // (POINTS - 1)}")
    job = asked(report, people)
    until(lambda: not site.plan.exists(), or_say=site.logs)  # it was killed
    assert there(report) in (NOTHING, ALL)
    assert (site.ended(job).state, there(report)) == (State.DONE, ALL)
    must_be_whole(report)


@pytest.mark.parametrize("point", ["received", "commit", "committed", "acknowledge"])
def test_killed_at_the_message_and_around_the_commit(site: Site, report: Report, people: Cast, point: str):  # noqa: F811
    site.plan.write_text(point)
    job = site.ended(asked(report, people))
    until(lambda: not site.plan.exists())
    assert (job.state, there(report)) == (State.DONE, ALL)
    assert job.attempts == (2 if point == "commit" else 1)
    must_be_whole(report)


def test_killed_while_its_parts_are_set(site: Site, report: Report, people: Cast):  # noqa: F811
    """By the machine: the parts end too, and it begins anew."""
    job = asked(report, people)
    helper = until(lambda: setting_in(site), or_say=site.logs)[0]
    parent = parent_of(helper)
    assert parent > 1, "it has ended already"  # to kill 0 is to kill this run
    os.kill(parent, signal.SIGKILL)
    until(lambda: not is_alive(helper))
    job = site.ended(job)
    assert (job.state, job.attempts, there(report)) == (State.DONE, 2, ALL)
    must_be_whole(report)


def test_a_part_that_dies_is_one_clear_failure_and_can_be_asked_again(site: Site, report: Report, people: Cast):  # noqa: F811
    job = asked(report, people)
    helper = until(lambda: setting_in(site), or_say=site.logs)[0]
    os.kill(helper, signal.SIGKILL)
    job = site.ended(job)
    assert (job.state, job.attempts, there(report)) == (State.FAILED, 1, NOTHING)
    assert job.error.startswith("Chưa lập được bản PDF")
    job = site.ended(asked(report, people))
    assert (job.state, there(report)) == (State.DONE, ALL)
    must_be_whole(report)


def test_stopped_in_the_middle_it_keeps_its_number_and_can_be_asked_again(site: Site, report: Report, people: Cast):  # noqa: F811
    job = asked(report, people)
    helper = until(lambda: setting_in(site), or_say=site.logs)[0]
    cancel(job, by=people.actor("kien"))
    assert (site.ended(job, sweeping=False).state, there(report)) == (State.CANCELLED, NOTHING)
    until(lambda: not is_alive(helper))
    assert (site.ended(asked(report, people)).state, there(report)) == (State.DONE, ALL)
    must_be_whole(report)


def test_killed_again_and_again_it_says_so_and_frees_the_queue(site: Site, report: Report, people: Cast, settings):  # noqa: F811
    site.plan.write_text("commit")
    job = asked(report, people)
    for attempt in range(1, settings.JOBS_MOST_ATTEMPTS + 1):
        until(lambda: not site.plan.exists(), or_say=site.logs)
        if attempt < settings.JOBS_MOST_ATTEMPTS:
            site.plan.write_text("commit")
            until(lambda attempt=attempt: sweep() and begun(job) > attempt, or_say=site.logs)
    job = site.ended(job)
    assert (job.state, there(report)) == (State.FAILED, NOTHING)
    assert job.error
    assert (site.ended(asked(report, people)).state, there(report)) == (State.DONE, ALL)
    must_be_whole(report)


def begun(job: Job) -> int:
    """How often."""
    return Job.everything.get(pk=job.pk).attempts


def setting_in(site: Site) -> list[int]:  # noqa: F811
    """Who hands out the parts, for the workers of this site."""
    found = subprocess.run(["pgrep", "-f", r"papers/apart\.py"], capture_output=True, text=True).stdout.split()
    workers = {worker.pid for worker in site.workers}
    return [
        int(pid)
        for pid in found
        if workers & set(ancestors_of(int(pid))) and parent_of(int(pid)) not in map(int, found)
    ]


def ancestors_of(process: int) -> Iterator[int]:
    while process > 1:
        process = parent_of(process)
        yield process


def parent_of(process: int) -> int:
    with suppress(FileNotFoundError, ProcessLookupError), open(f"/proc/{process}/stat") as stat:
        return int(stat.read().rpartition(")")[2].split()[1])
    return 0
