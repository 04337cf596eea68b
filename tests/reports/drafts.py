"""Reports for tests: begun, written, issued, by the services alone."""

from datetime import date

from branches.models import Organisation
from branches.models import Term as CommitteeTerm
from portal.jobs.models import Job
from portal.jobs.services.running import run
from portal.reports.kinds import kind_named
from portal.reports.models import Report
from portal.reports.services.issuing import approve, issue
from portal.reports.services.writing import begin_report, hand_over, write_words
from tests.cast import Cast

OCTOBER = date(2026, 10, 31)


def begun(cast: Cast, place: Organisation, by: str, kind: str = "chi-bo-thang", day: date = OCTOBER) -> Report:
    found = kind_named(kind)
    assert found
    return begin_report(kind=found, organisation=place, day=day, by=cast.actor(by))


def written(cast: Cast, report: Report, by: str) -> Report:
    """All that must be there."""
    versions = dict(report.words.values_list("part", "version"))
    for part in ("shortcomings", "directions"):
        write_words(report, part=part, words=f"Lời {part}.", version=versions.get(part, 0), by=cast.actor(by))
    return report


def approved(cast: Cast, report: Report, *, by: str, leader: str) -> Report:
    hand_over(written(cast, report, by), by=cast.actor(by))
    return approve(report, by=cast.actor(leader))


def issued(cast: Cast, report: Report, *, by: str, leader: str) -> Report:
    """With its number, and the PDF that a worker has set."""
    place = report.organisation
    if not CommitteeTerm.everything.filter(organisation=place).exists():
        CommitteeTerm(organisation=place, name="nhiệm kỳ 2025–2030", since=date(2025, 4, 1)).save()
    job: Job = issue(approved(cast, report, by=by, leader=leader), by=cast.actor(by))
    run(job.pk)
    report.refresh_from_db()
    return report
