"""Writing in a report: parts that save themselves, what explains a figure, a remark that sends it back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires
from portal.reports.facts import Facts
from portal.reports.forms.beginning import SendBackForm
from portal.reports.forms.words import ExplainForm, WordsForm
from portal.reports.models import Report
from portal.reports.page import behind_of, figure_named, title_of
from portal.reports.papers import FIGURE, Told
from portal.reports.services.issuing import send_back
from portal.reports.services.writing import kind_of, write_words
from portal.reports.views.reached import own_report
from portal.reports.views.report import shown, words_of
from portal.ui.forms import refusals_in
from portal.words.errors import ChangedMeanwhile

CONFLICT = 422


@require_POST
@requires(Permission.WRITE_REPORTS)
def write(request: ActorRequest, pk: int) -> HttpResponse:
    """All parts by the form, one of them by itself while it is written."""
    found = own_report(request, pk, Permission.WRITE_REPORTS)
    form = WordsForm(request.POST, parts=kind_of(found).parts, rows=words_of(found))
    form.is_valid()
    with refusals_in(form):
        _keep(found, form, request)
    if request.htmx:
        return _said(request, found, form)
    if form.errors:
        return shown(request, found, form=form)
    messages.success(request, "Đã lưu lời văn.")
    return redirect("report", found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.WRITE_REPORTS)
def explain(request: ActorRequest, pk: int) -> HttpResponse:
    """A figure cannot be changed. What is to be known about it is said behind the text."""
    found = own_report(request, pk, Permission.WRITE_REPORTS)
    told = Told(found, kind_of(found), Facts.thawed(found.facts), {})
    line = figure_named(told.facts, request.GET.get("so-lieu", ""))
    if line is None or not found.is_open:
        messages.info(request, "Báo cáo không có số liệu này." if found.is_open else "Báo cáo không sửa được nữa.")
        return redirect("report", found.pk)
    row = words_of(found).get(FIGURE + line.key)
    initial = {"words": row.words if row else "", "version": row.version if row else 0}
    form = ExplainForm(request.POST or None, initial=initial)
    if form.is_valid():
        with refusals_in(form):
            write_words(found, part=FIGURE + line.key, **form.cleaned_data, by=request.actor)
            messages.success(request, "Đã ghi lời giải thích.")
            return redirect("report", found.pk)
    now = words_of(found).get(FIGURE + line.key)
    version = now.version if now else 0
    newer = now if form.is_bound and str(form["version"].value()) != str(version) else None
    facts = {"report": found, "line": line, "form": form, "version": version, "newer": newer, "title": title_of(found)}
    facts |= {"address": reverse("report", args=[found.pk]), "behind": behind_of(line, told, request.actor)}
    return render(request, "reports/explain.html", facts)


@require_POST
@requires(Permission.APPROVE_REPORTS)
def return_to_writers(request: ActorRequest, pk: int) -> HttpResponse:
    found = own_report(request, pk, Permission.APPROVE_REPORTS)
    form = SendBackForm(request.POST)
    if form.is_valid():
        with refusals_in(form):
            send_back(found, **form.cleaned_data, by=request.actor)
            messages.success(request, "Đã trả về sửa.")
            return redirect("report", found.pk)
    return shown(request, found, remark=form)


def _keep(report: Report, form: WordsForm, request: ActorRequest) -> None:
    """What did not change is not written; one part that is refused does not keep the others back."""
    rows, over = words_of(report), request.POST.get("over", "")
    for code, words, version in form.written():
        row = rows.get(code)
        if words == (row.words if row else ""):
            continue
        at = row.version if row and over == f"{code}:{row.version}" else version
        try:
            write_words(report, part=code, words=words, version=at, by=request.actor)
        except ChangedMeanwhile as refusal:
            form.add_error(f"words_{code}", refusal.sentence)


def _said(request: ActorRequest, report: Report, form: WordsForm) -> HttpResponse:
    """What stands below the part that was sent."""
    part = form.shown(form.codes[0], words_of(report)) if form.codes else None
    status = CONFLICT if form.errors else 200
    return render(request, "reports/parts/said.html", {"part": part, "form": form}, status=status)
