"""Reports as people come by them: begun, handed over, approved, numbered, and the worker's job on top."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from branches.models import Organisation, Term
from branches.papers import form_of
from branches.services.terms import open_term
from portal.access.actor import Actor
from portal.accounts.models import Account
from portal.files.shelf import open_file
from portal.jobs.claim import Claim
from portal.jobs.work import Work
from portal.papers.binding import pages_in
from portal.papers.pdf import css_of
from portal.reports.facts import Facts
from portal.reports.jobs import issue_report
from portal.reports.kinds import kind_named
from portal.reports.models import Report
from portal.reports.papers import Told, check_words, paper_of
from portal.reports.printing import CSS_WHOLE, html_whole
from portal.reports.services.issuing import approve, issue
from portal.reports.services.writing import begin_report, hand_over, kind_of, words_of, write_words

CHECKOUT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Unseen(Claim):
    """Nobody looks how far it is: the row of the job would be another connection's."""

    def report(self, **facts: Any) -> None:
        pass


def numbered_report(kind: str, organisation: Organisation, *, by: Actor, approved_by: Actor, day: date) -> Report:
    """Up to where the worker takes over."""
    found = kind_named(kind)
    assert found
    if not Term.everything.filter(organisation=organisation).exists():
        open_term(organisation=organisation, name="Nhiệm kỳ 2025-2030", since=date(2025, 1, 1), by=by)
    report = begin_report(kind=found, organisation=organisation, day=day, by=by)
    _write(report, by)
    hand_over(report, by=by)
    approve(report, by=approved_by)
    issue(report, by=by)
    return Report.everything.select_related("organisation__parent", "document", "number").get(pk=report.pk)


def _write(report: Report, by: Actor) -> None:
    """Where the figures say nothing by themselves, somebody must."""
    known = words_of(report)
    for part in kind_of(report).parts:
        if part.must and not known.get(part.code, "").strip():
            write_words(report, part=part.code, words="Chưa có gì đáng kể.", version=0, by=by)


def done_by_worker(report: int, by: Actor) -> None:
    """What it writes stands in the caller's transaction."""
    issue_report(Work(by, {"report": report}, Unseen(job=None)))  # type: ignore[arg-type]


def issued_and_undone(report: int, then: Callable[[int], None] = lambda report: None) -> None:
    found = Report.everything.get(pk=report)
    by = Actor.today(Account.objects.get(pk=found.issued_by_id))
    with transaction.atomic():
        done_by_worker(report, by)
        then(report)
        transaction.set_rollback(True)


def pages_of(report: int) -> int:
    file = Report.everything.select_related("pdf").get(pk=report).pdf
    assert file
    with open_file(file.path) as content:
        return pages_in(content.read())


def alone(report: Report) -> tuple[float, int, float]:
    """Seconds, pages, and the most memory, of a process that does nothing else."""
    command = [sys.executable, "-m", "bench.report_alone", connection.settings_dict["NAME"], str(report.pk)]
    said = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=CHECKOUT, env=os.environ).stdout
    seconds, pages, peak = said.split()[-3:]
    return float(seconds), int(pages), float(peak)


def as_one_page(report: Report, by: Actor) -> tuple[str, str]:
    """The same report as one page of HTML, and its style sheet."""
    kind, facts = kind_of(report), Facts.thawed(report.facts)
    assert report.number
    told = Told(report, kind, facts, words_of(report))
    day = report.issued_on or timezone.localdate()
    paper = paper_of(told, on=day, symbol=report.number.symbol, check=check_words(report))
    own = (CHECKOUT / "static/css/papers/paper.css").read_text()
    form = form_of(report.organisation, day, by)
    return html_whole(paper, kind.annexes_of(facts), form), own + css_of(form) + CSS_WHOLE
