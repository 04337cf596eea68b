"""Issuing the report of a year, against one plain call of WeasyPrint on the same HTML: untagged, unbound, nothing attached."""

from datetime import date

import weasyprint
from django.db import transaction
from django.utils import timezone

from bench.frame import Contest, Run, entry
from bench.reports import alone, as_one_page, done_by_worker, issued_and_undone, numbered_report
from branches.models import Organisation
from portal.access.actor import Actor
from portal.accounts.models import Account
from portal.reports.models import Report

MOST_MB = 400


@entry("report.province")
def province() -> Contest:
    """From the number to the stored file, as the worker does it: read what was frozen, tell it, set, bind, attach, store."""
    by, organisation, day = _office("bantochuc")
    report = numbered_report("tinh-nam", organisation, by=by, approved_by=by, day=day)
    seconds, pages, peak = alone(report)
    assert peak < MOST_MB, f"a worker took {peak:.0f} MB"
    return Contest(
        ours=lambda: issued_and_undone(report.pk), floor=_plainly(report, by, pages), goal=0.6, peak_mb=round(peak, 1),
        floor_is=f"one WeasyPrint call, same HTML; {pages} pages, {seconds / pages:.3f} s each in a worker alone",
    )  # fmt: skip


@entry("report.commune")
def commune() -> Contest:
    """From “Soạn báo cáo” to the stored file, without the people: figures counted, number taken, all that the worker does."""
    by, organisation, day = _office("vanphong")
    leader = Actor.today(Account.objects.get(username="thuongtruc"))

    def ours() -> None:
        with transaction.atomic():
            report = numbered_report("xa-nam", organisation, by=by, approved_by=leader, day=day)
            done_by_worker(report.pk, by)
            transaction.set_rollback(True)

    report = numbered_report("xa-nam", organisation, by=by, approved_by=leader, day=_a_year_before(day))
    seconds, pages, peak = alone(report)
    return Contest(
        ours=ours, floor=_plainly(report, by, pages), goal=2.5, peak_mb=round(peak, 1),
        floor_is=f"one WeasyPrint call on the HTML of the year before; {pages} pages, {seconds:.1f} s in a worker alone",
    )  # fmt: skip


def _plainly(report: Report, by: Actor, pages: int) -> Run:
    html, css = as_one_page(report, by)

    def plainly() -> bytes:
        return weasyprint.HTML(string=html).write_pdf(stylesheets=[weasyprint.CSS(string=css)]) or b""

    document = weasyprint.HTML(string=html).render(stylesheets=[weasyprint.CSS(string=css)])
    assert abs(len(document.pages) - pages) <= max(2, pages // 50), f"{len(document.pages)} pages instead of {pages}"
    return plainly


def _office(username: str) -> tuple[Actor, Organisation, date]:
    by = Actor.today(Account.objects.get(username=username))
    assert by.capacity
    return by, Organisation.everything.get(pk=by.capacity.organisation_id), timezone.localdate()


def _a_year_before(day: date) -> date:
    return date(day.year - 1, 6, 1)
