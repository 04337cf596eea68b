"""Long drafts: set by a worker, found in “Tệp của tôi”."""

from collections.abc import Sequence

from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.jobs.models import Job
from portal.jobs.services.asking import ask_for
from portal.reports.facts import Sheet
from portal.reports.models import Report
from portal.reports.services.writing import kind_of

DRAFT = "reports.draft"  # jobs.py
MOST_ROWS_AT_ONCE = 150


def is_long(annexes: Sequence[Sheet]) -> bool:
    return sum(len(sheet.rows) for sheet in annexes) > MOST_ROWS_AT_ONCE


def ask_for_draft(report: Report, *, by: Actor) -> Job:
    by.need(Permission.READ_FIGURES, report.organisation.path)
    title = f"Dự thảo {kind_of(report).name}, {kind_of(report).period(report.last).said}"
    return ask_for(DRAFT, by=by, title=title[:200], parameters={"report": report.pk}, key=f"draft {report.pk}")
