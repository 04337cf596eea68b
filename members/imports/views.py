"""Lists of members in by a sheet: bring it, match its columns if need be, see what would come of it, write, take back."""

import io

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from branches.views.reached import reached_organisation
from members.exports.roll import write_form
from members.imports.bringing import apply_sheet, bring_sheet, check_sheet, undo_sheet
from members.imports.columns import COLUMNS
from members.imports.forms import MatchColumnsForm, MemberSheetForm
from members.imports.leftovers import write_wrong_rows
from members.imports.receiving import MOST_ROWS, headings_found, match_columns
from members.imports.shown import how_it_ended, shown_lines
from members.imports.undoing import why_no_undo
from members.models import Import, ImportRow
from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires
from portal.files.sheets.blank import CONTENT_TYPE
from portal.jobs.models import Job
from portal.jobs.services.asking import cancel
from portal.ui.forms import refusals_in
from portal.ui.pages import page_of
from portal.words.errors import ChangedMeanwhile, DomainError, NotAllowed


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.IMPORT_MEMBERS)
def bring(request: ActorRequest, pk: int) -> HttpResponse:
    organisation = reached_organisation(request, pk, Permission.IMPORT_MEMBERS)
    form = MemberSheetForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_valid():
        with refusals_in(form):
            brought = bring_sheet(form.cleaned_data["file"], organisation=organisation, by=request.actor)
            return redirect("member_import", brought.pk)
    past = Import.objects.allowed(request.actor, Permission.IMPORT_MEMBERS).filter(organisation=organisation)
    facts = {
        "form": form,
        "organisation": organisation,
        "page": page_of(past.select_related("by").order_by("-at", "-pk"), request),
        "most_rows": MOST_ROWS,
    }
    return render(request, "members/imports/bring.html", facts)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.IMPORT_MEMBERS)
def match(request: ActorRequest, pk: int) -> HttpResponse:
    brought = _reached(request, pk)
    if brought.is_at_work:
        return redirect("member_import", pk)
    form = MatchColumnsForm(request.POST if request.method == "POST" else None, brought=brought)
    if form.is_valid():
        with refusals_in(form):
            matched = match_columns(brought, places=form.cleaned_data["places"], by=request.actor)
            check_sheet(matched, by=request.actor)
            return redirect("member_import", pk)
    return render(
        request, "members/imports/match.html", {"form": form, "brought": brought, "ended": how_it_ended(brought)}
    )


@never_cache
@require_safe
@requires(Permission.IMPORT_MEMBERS)
def shown(request: ActorRequest, pk: int) -> HttpResponse:
    """Before it is written: what would be. After: the receipt. While a worker is at it: how far it is."""
    brought = _reached(request, pk)
    if brought.is_at_work:
        return _waiting(request, brought)
    if request.htmx:  # who watched has seen the end
        return HttpResponseClientRefresh()
    if brought.state == Import.State.BROUGHT:
        return redirect("match_import_columns", pk)
    counts = [(verdict, getattr(brought, verdict.value)) for verdict in ImportRow.Verdict]
    chosen = request.GET.get("muc") or next((verdict for verdict, count in counts if count), ImportRow.Verdict.NEW)
    lines = ImportRow.objects.allowed(request.actor, Permission.IMPORT_MEMBERS).filter(of=brought, verdict=chosen)
    page = page_of(lines.order_by("number"), request)
    facts = {
        "brought": brought,
        "ended": how_it_ended(brought),
        "organisation": brought.organisation,
        "counts": counts,
        "chosen": chosen,
        "page": page,
        "lines": shown_lines(page),
        "unused": headings_found(brought).unused,
        "matched": [COLUMNS[name].title for name in sorted(brought.places, key=brought.places.get)],
        "no_undo": why_no_undo(brought),
    }
    return render(request, "members/imports/shown.html", facts)


@require_POST
@requires(Permission.IMPORT_MEMBERS)
def apply(request: ActorRequest, pk: int) -> HttpResponse:
    brought = _reached(request, pk)
    try:
        written = apply_sheet(brought, by=request.actor)
    except ChangedMeanwhile as moved:
        again = check_sheet(brought, by=request.actor)
        now = "Cổng đang kiểm tra lại." if again.is_at_work else "Dưới đây là kết quả kiểm tra mới."
        messages.warning(request, f"{moved.sentence} {now}")
    except NotAllowed:
        raise
    except DomainError as refusal:
        messages.warning(request, refusal.sentence)
    else:
        if not written.is_at_work:
            messages.success(request, "Đã ghi vào danh sách đảng viên.")
    return redirect("member_import", pk)


@require_POST
@requires(Permission.IMPORT_MEMBERS)
def undo(request: ActorRequest, pk: int) -> HttpResponse:
    brought = _reached(request, pk)
    try:
        undone = undo_sheet(brought, by=request.actor)
    except NotAllowed:
        raise
    except DomainError as refusal:
        messages.warning(request, refusal.sentence)
    else:
        if not undone.is_at_work:
            messages.success(request, "Đã hoàn tác: danh sách đảng viên trở lại như trước lần nhập.")
    return redirect("member_import", pk)


@require_POST
@requires(Permission.IMPORT_MEMBERS)
def stop(request: ActorRequest, pk: int) -> HttpResponse:
    """Only who asked stops it."""
    brought = _reached(request, pk)
    own = Job.objects.allowed(request.actor, Permission.SEE_OWN_RECORD)
    asked = get_object_or_404(own, pk=brought.job_id)
    try:
        cancel(asked, by=request.actor)
    except DomainError as refusal:
        messages.warning(request, refusal.sentence)
    return redirect("member_import", pk)


@never_cache
@require_safe
@requires(Permission.IMPORT_MEMBERS)
def wrong_rows(request: ActorRequest, pk: int) -> HttpResponseBase:
    brought, out = _reached(request, pk), io.BytesIO()
    try:
        write_wrong_rows(brought, out)
    except DomainError as gone:
        messages.warning(request, gone.sentence)
        return redirect("member_import", pk)
    return as_sheet(out, f"can-sua-{brought.pk}.xlsx")


@require_safe
@requires(Permission.IMPORT_MEMBERS)
def form_to_fill(request: ActorRequest, pk: int) -> HttpResponseBase:
    reached_organisation(request, pk, Permission.IMPORT_MEMBERS)
    out = io.BytesIO()
    write_form(out)
    return as_sheet(out, "mau-danh-sach-dang-vien.xlsx")


def as_sheet(out: io.BufferedIOBase, name: str) -> FileResponse:
    out.seek(0)
    answer = FileResponse(out, as_attachment=True, filename=name, content_type=CONTENT_TYPE)
    answer["Cache-Control"] = "private, no-store"
    return answer


def _waiting(request: ActorRequest, brought: Import) -> HttpResponse:
    facts = {"brought": brought, "organisation": brought.organisation, "job": brought.job}
    facts["may_stop"] = brought.job is not None and brought.job.account_id == request.actor.account.pk
    template = "members/imports/waiting.html"
    return render(request, f"{template}#state" if request.htmx else template, facts)


def _reached(request: ActorRequest, pk: int) -> Import:
    rows = Import.objects.allowed(request.actor, Permission.IMPORT_MEMBERS)
    return get_object_or_404(rows.select_related("organisation", "file", "by", "job"), pk=pk)
