"""Meetings of months before the portal: one by one, or from a sheet that is shown first."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branches.models import Kind, Organisation
from branches.views.reached import reached_organisation
from meetings.forms.past import CheckedPastForm, PastDayForm, PastMeetingForm, PastSheetForm
from meetings.models import Meeting, MeetingKind
from meetings.services.past import PastMeeting, enter_past_meeting, expected_at
from meetings.services.past_sheets import COLUMNS, check_past, enter_past_meetings
from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires
from portal.files.sheets.blank import CONTENT_TYPE, blank_sheet
from portal.files.sheets.forms import EXPIRED, MendSheetForm
from portal.files.sheets.headings import rows_again
from portal.files.sheets.texts import as_pasted
from portal.ui.forms import refusals_in
from portal.words.errors import DomainError, NotAllowed

RECENT = 12


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RECORD_MEETING)
def past_meetings(request: ActorRequest, pk: int) -> HttpResponse:
    """First which day (in the address); then who was there and what was decided."""
    branch = _branch(request, pk)
    asked = PastDayForm(request.GET if "kind" in request.GET else None)
    facts: dict[str, Any] = {"organisation": branch, "asked": asked, "entered": _entered(request, branch)}
    if not asked.is_valid():
        return render(request, "meetings/past.html", facts)
    given = asked.cleaned_data
    people = expected_at(branch, MeetingKind(given["kind"]), given["day"])
    form = PastMeetingForm(request.POST or None, people=people)
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("started_at", "ended_at", "contents")}
        with refusals_in(form):
            enter_past_meeting(branch, past=PastMeeting(**given, **said, absent=form.absent), by=request.actor)
            messages.success(request, f"Đã nhập buổi họp ngày {given['day']:%d/%m/%Y}. Nhập tiếp buổi khác, nếu còn.")
            return redirect("past_meetings", branch.pk)
    facts |= {"form": form, "people": people, **given, "kind": MeetingKind(given["kind"])}
    return render(request, "meetings/past_one.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.RECORD_MEETING)
def sheet(request: ActorRequest, pk: int) -> HttpResponse:
    """POST enters nothing yet: it answers with what would be entered, row by row."""
    branch = _branch(request, pk)
    form = PastSheetForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_valid():
        with refusals_in(form):
            return _preview(request, branch, form.cleaned_data["lines"])
    facts = {"form": form, "organisation": branch, "columns": COLUMNS.values()}
    return render(request, "meetings/past_sheet.html", facts)


@require_POST
@requires(Permission.RECORD_MEETING)
def apply(request: ActorRequest, pk: int) -> HttpResponse:
    branch = _branch(request, pk)
    form = CheckedPastForm(request.POST, belongs_to=[branch.pk, request.actor.account.pk])
    if not form.is_valid():
        messages.warning(request, EXPIRED)
        return redirect("past_meetings_sheet", branch.pk)
    try:
        count = enter_past_meetings(form.cleaned_data["lines"], branch=branch, by=request.actor)
    except NotAllowed:
        raise
    except DomainError as refusal:
        messages.warning(request, refusal.sentence)
        return redirect("past_meetings_sheet", branch.pk)
    if count:
        messages.success(request, f"Đã nhập {count} buổi họp.")
    else:
        messages.info(request, "Không có buổi họp nào để nhập: các dòng đều cần sửa hoặc đã có trong cổng.")
    return redirect("past_meetings", branch.pk)


@require_safe
@requires(Permission.RECORD_MEETING)
def blank(request: ActorRequest, pk: int) -> HttpResponse:
    branch = _branch(request, pk)
    explained = (
        f"Mỗi buổi họp thường kỳ của {branch.name} một dòng, bắt đầu từ dòng 3. Tháng để trống là tháng của ngày họp. "
        "Người vắng ghi họ tên, cách nhau bằng dấu phẩy; ai không ghi là có mặt."
    )
    content = blank_sheet(explained, [column.title for column in COLUMNS.values()], [10, 14, 11, 11, 36, 36, 60])
    answer = HttpResponse(content, content_type=CONTENT_TYPE)
    answer["Content-Disposition"] = 'attachment; filename="bang-hop-thang-cu.xlsx"'
    return answer


def _preview(request: ActorRequest, branch: Organisation, lines: list) -> HttpResponse:
    facts = {
        "organisation": branch,
        "sheet": check_past(lines, branch=branch, by=request.actor),
        "sealed": CheckedPastForm.sealed(lines, belongs_to=[branch.pk, request.actor.account.pk]),
        "again": MendSheetForm(initial={"pasted": as_pasted(rows_again(lines, COLUMNS))}),
    }
    return render(request, "meetings/past_checked.html", facts)


def _entered(request: ActorRequest, branch: Organisation) -> list[Meeting]:
    rows = Meeting.objects.allowed(request.actor, Permission.SEE_MEETINGS)
    return list(rows.filter(organisation=branch, entered_later=True).latest_first()[:RECENT])


def _branch(request: ActorRequest, pk: int) -> Organisation:
    branch = reached_organisation(request, pk, Permission.RECORD_MEETING)
    if branch.kind != Kind.BRANCH:
        raise Http404("old meetings are entered in branches")
    return branch
