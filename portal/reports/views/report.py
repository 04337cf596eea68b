"""One report: everything on one long page, whatever state it is in."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires
from portal.history.sentences import history_of
from portal.jobs.models import Job
from portal.reports.facts import Facts, moved_since
from portal.reports.forms.beginning import SendBackForm
from portal.reports.forms.words import PartShown, WordsForm
from portal.reports.models import Report, ReportState, Words
from portal.reports.page import ChapterShown, chapters_of, tables_of, title_of
from portal.reports.papers import Told
from portal.reports.queries.course import course_of
from portal.reports.queries.reading import acts_for, takes_for
from portal.reports.services.drafts import is_long
from portal.reports.services.issuing import ISSUE
from portal.reports.services.writing import asked_of, kind_of
from portal.reports.views.acts import offered
from portal.reports.views.reached import reached_report
from portal.words.quantities import day

WHY = "of a report that was reached through the door"


@require_safe
@requires(Permission.READ_FIGURES)
def report(request: ActorRequest, pk: int) -> HttpResponse:
    """While its PDF is being set the page asks how far that is; when it is there, the page is fetched anew."""
    found = reached_report(request, pk)
    if not request.htmx:
        return shown(request, found)
    facts = {"report": found, "job": job_of(request, found), "acts": offered(request, found)}
    answer = render(request, "reports/report.html#issuing", facts)
    if found.state != ReportState.ISSUING:
        answer["HX-Refresh"] = "true"
    return answer


@require_safe
@requires(Permission.READ_FIGURES)
def moved(request: ActorRequest, pk: int) -> HttpResponse:
    """What the figures would be today, beside what the report has."""
    found = reached_report(request, pk)
    now = kind_of(found).read(asked_of(found, timezone.localdate()))
    facts = {
        "report": found,
        "title": title_of(found),
        "address": reverse("report", args=[pk]),
        "moved": moved_since(Facts.thawed(found.facts), now),
        "moved_lead": f"Báo cáo đang theo số ngày {day(timezone.localdate(found.composed_at))}.",
        "acts": offered(request, found),
    }
    return render(request, "reports/parts/moved.html" if request.htmx else "reports/moved.html", facts)


def shown(request: ActorRequest, report: Report, *, form: WordsForm | None = None, remark: Any = None) -> HttpResponse:
    """`form`, `remark`: what somebody typed and could not be taken as it is."""
    actor, kind, rows = request.actor, kind_of(report), words_of(report)
    told = Told(report, kind, Facts.thawed(report.facts), {part: row.words for part, row in rows.items()})
    may_write = report.is_open and _may_write(request, report)
    words = form or WordsForm(parts=kind.parts, rows=rows)
    facts: dict[str, Any] = {
        "chapters": [(one, _part(one, words, rows) if may_write else None) for one in chapters_of(told, rows, actor)],
        "may_write": may_write, "form": form or remark, "remark": remark or SendBackForm(),
        "unsaved": form.unsaved(rows) if form and not may_write else [],
    }  # fmt: skip
    return render(request, "reports/report.html", _around(request, told) | facts)


def _around(request: ActorRequest, told: Told) -> dict[str, Any]:
    """What stands before and after the text: how far it has come, what can be done, what can be taken away."""
    report, kind, above = told.report, told.kind, told.report.organisation.parent
    annexes = kind.annexes_of(told.facts)
    reads_history = request.actor.may(Permission.READ_HISTORY, report.organisation.path)
    return {
        "report": report, "kind": kind, "title": title_of(report), "period": told.period,
        "steps": course_of(report, above=above.name if above and kind.goes_up else ""),
        "acts": offered(request, report), "job": job_of(request, report),
        "takes": report.arrived is not None and takes_for(request.actor, report.arrived.organisation),
        "tables": tables_of(told), "is_long": is_long(annexes), "has_annexes": bool(annexes),
        "files_lead": f"Số liệu ngày {day(told.facts.on)}.",
        "history": history_of(report) if reads_history else None,
    }  # fmt: skip


def _may_write(request: ActorRequest, report: Report) -> bool:
    return acts_for(request.actor, report.organisation, Permission.WRITE_REPORTS)


def _part(chapter: ChapterShown, words: WordsForm, rows: dict[str, Words]) -> PartShown | None:
    return words.shown(chapter.part.code, rows) if chapter.part and chapter.part.code in words.codes else None


def words_of(report: Report) -> dict[str, Words]:
    rows = Words.objects.everywhere(reason=WHY).filter(report=report).select_related("by")
    return {row.part: row for row in rows}


def job_of(request: ActorRequest, report: Report) -> Job | None:
    """One's own that sets its PDF, the latest."""
    if report.state != ReportState.ISSUING:
        return None
    rows = Job.objects.allowed(request.actor, Permission.SEE_OWN_RECORD).filter(kind=ISSUE, key=f"report {report.pk}")
    return rows.select_related("result").latest_first().first()
