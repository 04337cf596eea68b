"""The papers of one meeting: what its reader may see of it, as PDF, .docx or text."""

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from branches.papers import form_of
from meetings.models import Meeting, Resolution
from meetings.papers.attendance import attendance_of, sheet_to_sign
from meetings.papers.minutes import minutes_of
from meetings.papers.notice import notice_of
from meetings.papers.resolution import resolution_paper, things_of
from meetings.papers.score_sheet import score_paper
from meetings.queries.log_reading import Reading
from meetings.queries.score_sheet import score_sheet_of
from meetings.services.long_papers import ask_for_minutes, is_long
from meetings.views.links import page_of_meeting
from meetings.views.reached_meeting import reached_meeting
from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires
from portal.history.models import Deed
from portal.history.traces import leave_trace
from portal.papers.answers import handed_paper
from portal.papers.content import Paper
from portal.papers.plain import text_of

NOT_SCORED = "Buổi họp này chưa có phiếu chấm điểm."
NOT_CLOSED = "Sổ chưa đóng: giấy tờ của buổi họp có khi chi bộ đóng sổ."


@require_safe
@requires(Permission.SEE_MEETINGS)
def notice(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    meeting = reached_meeting(request, pk, Permission.SEE_MEETINGS)
    told_on = timezone.localdate(meeting.told_at) if meeting.told_at else timezone.localdate()
    paper = notice_of(Reading(meeting, request.actor), written_on=told_on)
    return _handed(request, meeting, paper, "Thông báo họp")


@require_safe
@requires(Permission.READ_ROLL)
def to_sign(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    meeting = reached_meeting(request, pk, Permission.READ_ROLL)
    return _handed(request, meeting, sheet_to_sign(Reading(meeting, request.actor)), "Danh sách ký tên")


@require_safe
@requires(Permission.READ_ROLL)
def attendance(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    meeting = reached_meeting(request, pk, Permission.READ_ROLL)
    return _of_log(request, Reading(meeting, request.actor), attendance_of, "Danh sách điểm danh")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.SEE_MEETINGS)
def minutes(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """What is closed is asked for by a press, and leaves its trace; so is what takes long."""
    meeting = reached_meeting(request, pk, Permission.SEE_MEETINGS)
    reading = Reading(meeting, request.actor, with_closed=_asked_for_closed(request, meeting))
    if not reading.sees_log:
        return _not_yet(request, meeting)
    paper = minutes_of(reading)
    return _in_background(request, reading, paper) if is_long(paper) else _handed(request, meeting, paper, "Biên bản")


@require_safe
@requires(Permission.SEE_MEETINGS)
def minutes_text(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """To be copied into other systems."""
    meeting = reached_meeting(request, pk, Permission.SEE_MEETINGS)
    reading = Reading(meeting, request.actor)
    if not reading.sees_log:
        return _not_yet(request, meeting)
    text = text_of(minutes_of(reading), form_of(meeting.organisation, meeting.day, request.actor))
    return render(request, "meetings/minutes_text.html", {"meeting": meeting, "text": text, "rows": _rows(text)})


@require_safe
@requires(Permission.SEE_MEETINGS)
def resolution(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    seen = Resolution.objects.allowed(request.actor, Permission.SEE_ORGANISATION).there()
    row = get_object_or_404(seen.select_related("number", "vote"), pk=pk)
    meeting = row.meeting = reached_meeting(request, row.meeting_id, Permission.SEE_MEETINGS)
    things = things_of([row], request.actor).get(row.pk, [])
    name = row.number.symbol if row.number else row.get_kind_display()
    return _of_log(
        request, Reading(meeting, request.actor), lambda reading: resolution_paper(row, reading, things), name
    )  # fmt: skip


@require_safe
@requires(Permission.SEE_MEETINGS)
def score(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    meeting = reached_meeting(request, pk, Permission.SEE_MEETINGS)
    sheet = score_sheet_of(meeting, request.actor)
    if sheet is None:
        messages.info(request, NOT_SCORED)
        return redirect("meeting", meeting.pk)
    return _of_log(
        request, Reading(meeting, request.actor), lambda reading: score_paper(reading, sheet), "Phiếu chấm điểm"
    )


def _asked_for_closed(request: ActorRequest, meeting: Meeting) -> bool:
    if request.method != "POST" or "kin" not in request.POST:
        return False
    place = meeting.organisation.path
    request.actor.need(Permission.READ_CLOSED, place)
    leave_trace(Deed.READ, subject=f"Biên bản có phần kín của {meeting}", place=place, by=request.actor)
    return True


def _in_background(request: ActorRequest, reading: Reading, paper: Paper) -> HttpResponse:
    if request.method == "POST":
        closed = reading.with_closed
        return redirect("job", ask_for_minutes(reading.meeting, title=paper.title, closed=closed, by=request.actor).pk)
    return render(
        request,
        "meetings/minutes_long.html",
        {
            "meeting": reading.meeting,
            "page": page_of_meeting(reading.meeting),
            "form": None,
        },
    )


def _of_log(request: ActorRequest, reading: Reading, paper: Callable[[Reading], Paper], name: str) -> HttpResponse:
    if not reading.sees_log:
        return _not_yet(request, reading.meeting)
    return _handed(request, reading.meeting, paper(reading), name)


def _not_yet(request: ActorRequest, meeting: Meeting) -> HttpResponse:
    messages.info(request, NOT_CLOSED)
    return redirect("meeting", meeting.pk)


def _handed(request: ActorRequest, meeting: Meeting, paper: Paper, name: str) -> HttpResponse:
    form = form_of(meeting.organisation, meeting.day, request.actor)
    return handed_paper(request, paper, form, name=f"{name} {meeting.day:%d-%m-%Y} {meeting.organisation.name}")


def _rows(text: str) -> int:
    """Of the box: all of it shows, up to a screen or two."""
    return min(60, text.count("\n") + 4)
