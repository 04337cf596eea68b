"""The committee's orientation of a month: written and published above, read below."""

import re
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from branches.models import Kind, Organisation
from branches.views.reached import reached_organisation
from directives.models import Document, Task
from meetings.forms.directing import LineForm, OrientationForm
from meetings.models import Orientation, OrientationLine
from meetings.queries.planning import months_around, orientations_for, planned_below
from meetings.services import orientation as services
from meetings.views.planning import number_in
from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires
from portal.ui.forms import refusals_in
from portal.ui.refused import refusals_said
from portal.words.errors import ChangedMeanwhile

FIRST_YEAR, LAST_YEAR = 2000, 2100


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.SEE_MEETINGS)
def orientation(request: ActorRequest, pk: int, thang: str) -> HttpResponse:
    """Of a branch: what the committees above it have published. Of a committee: its own, to write or to read."""
    organisation, month = reached_organisation(request, pk, Permission.SEE_MEETINGS), _month(thang)
    if organisation.kind in (Kind.BRANCH, Kind.CELL):
        return _read(request, organisation, month)
    row = _own(organisation, month)
    if not request.actor.may(Permission.DIRECT_MEETINGS, organisation.path):
        return _read(request, organisation, month, row if row and row.published_at else None)
    initial = {"contents": row.contents, "calendar": row.calendar} if row else {}
    form = OrientationForm(request.POST or None, initial=initial)
    version = row.version if row else 0
    if form.is_valid():
        with refusals_in(form):
            try:
                services.write_orientation(
                    organisation, month=month, version=number_in(request.POST.get("version", "")), **form.cleaned_data,
                    by=request.actor,
                )  # fmt: skip
            except ChangedMeanwhile:
                row = _own(organisation, month)
                version = row.version if row else 0
                raise
            messages.success(request, "Đã lưu định hướng.")
            return _to(organisation, month)
    return _written(request, organisation, month, row, form, version=version)


@require_POST
@requires(Permission.DIRECT_MEETINGS)
def lines(request: ActorRequest, pk: int) -> HttpResponse:
    row = _reached(request, pk)
    act, _, number = request.POST.get("viec", "").partition(":")
    if act == "them":
        form = _line_form(request, request.POST)
        if form.is_valid():
            with refusals_in(form):
                services.add_line(row, **form.cleaned_data, by=request.actor)
                return _to(row.organisation, row.month, "noi-dung")
        own = OrientationForm(initial={"contents": row.contents, "calendar": row.calendar})
        return _written(request, row.organisation, row.month, row, own, form, version=row.version)
    rows = OrientationLine.objects.allowed(request.actor, Permission.DIRECT_MEETINGS).filter(orientation=row)
    line = get_object_or_404(rows.select_related("orientation"), pk=number_in(number))
    with refusals_said(request):
        if act == "bo":
            services.remove_line(line, by=request.actor)
        else:
            services.move_line(line, up=act == "len", by=request.actor)
    return _to(row.organisation, row.month, "noi-dung")


@require_POST
@requires(Permission.DIRECT_MEETINGS)
def publish(request: ActorRequest, pk: int) -> HttpResponse:
    row = _reached(request, pk)
    with refusals_said(request):
        count = services.publish_orientation(row, by=request.actor)
        said = f" Đã vào chương trình của {count} buổi họp đã lập." if count else ""
        messages.success(request, f"Đã công bố định hướng tháng {row.month:%m/%Y}.{said}")
    return _to(row.organisation, row.month)


def _read(
    request: ActorRequest, organisation: Organisation, month: date, row: Orientation | None = None
) -> HttpResponse:
    found = [row] if row else []
    facts = {
        "organisation": organisation,
        "month": month,
        "months": months_around(month),
        "orientations": [*found, *orientations_for(organisation, month)],
        "may_plan": request.actor.may(Permission.RECORD_MEETING, organisation.path)
        and organisation.kind == Kind.BRANCH,
    }
    return render(request, "meetings/planning/orientation_read.html", facts)


def _written(
    request: ActorRequest,
    organisation: Organisation,
    month: date,
    row: Orientation | None,
    form: OrientationForm,
    line: LineForm | None = None,
    *,
    version: int,
) -> HttpResponse:
    facts: dict[str, Any] = {
        "organisation": organisation,
        "month": month,
        "months": months_around(month),
        "row": row,
        "lines": row.lines.select_related("document", "task__obligation") if row else [],
        "form": form,
        "line": line or _line_form(request),
        "version": version,
        "planned": planned_below(organisation, month),
        "wrong": next((one for one in (form, line) if one and one.is_bound and one.errors), None),
    }
    return render(request, "meetings/planning/orientation.html", facts)


def _line_form(request: ActorRequest, *typed: Any) -> LineForm:
    documents = Document.objects.allowed(request.actor, Permission.READ_LIBRARY).standing().open_ones().newest_first()
    tasks = Task.objects.allowed(request.actor, Permission.READ_LIBRARY).select_related("obligation")
    return LineForm(*typed, documents=documents, tasks=tasks.order_by("pk"))


def _own(organisation: Organisation, month: date) -> Orientation | None:
    rows = Orientation.objects.everywhere(reason="of an organisation that was reached")
    return rows.filter(organisation=organisation, month=month).prefetch_related("lines__document").first()


def _reached(request: ActorRequest, pk: int) -> Orientation:
    rows = Orientation.objects.allowed(request.actor, Permission.DIRECT_MEETINGS).select_related("organisation")
    return get_object_or_404(rows, pk=pk)


def _month(thang: str) -> date:
    """2026-03"""
    found = re.fullmatch(r"(\d{4})-(\d{2})", thang, re.ASCII)
    year, number = (int(found[1]), int(found[2])) if found else (0, 0)
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= number <= 12):
        raise Http404("no such month")
    return date(year, number, 1)


def _to(organisation: Organisation, month: date, part: str = "") -> HttpResponse:
    address = reverse("orientation", args=[organisation.pk, f"{month:%Y-%m}"])
    return redirect(f"{address}#{part}" if part else address)
