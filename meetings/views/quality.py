"""The score of a meeting: its sheet, what fills itself while the log is open, and the scores of others beside the branch's."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from meetings.forms.log_score import row_name
from meetings.forms.quality import BesideForm
from meetings.models import Meeting, MeetingKind, Scorer
from meetings.queries.log_reading import Reading
from meetings.queries.score_sheet import score_sheet_of
from meetings.services.scoring import NEEDS, NO_SET, refuse_too_early, score_beside
from meetings.views.links import page_of_meeting
from meetings.views.reached_meeting import reached_meeting
from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires
from portal.ui.forms import refusals_in
from portal.words.errors import DomainError, NotAllowed

WHO = {"du": Scorer.VISITOR, "cap-tren": Scorer.ABOVE}


@require_safe
@requires(Permission.SEE_MEETINGS)
def score_sheet(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """For whoever reads the meeting, once its log is closed."""
    meeting = reached_meeting(request, pk, Permission.SEE_MEETINGS)
    sheet = score_sheet_of(meeting, request.actor) if Reading(meeting, request.actor).sees_log else None
    if sheet is None:
        messages.info(request, "Buổi họp này chưa có phiếu chấm điểm.")
        return redirect(page_of_meeting(meeting))
    facts = {"meeting": meeting, "sheet": sheet, "ways": ways_to_score(request, meeting)}
    return render(request, "meetings/score_sheet.html", facts)


@require_safe
@requires(Permission.RECORD_MEETING)
def score_facts(request: ActorRequest, pk: uuid.UUID) -> JsonResponse:
    """What fills itself, as the log says it now: for the page of the log while somebody writes there."""
    meeting = reached_meeting(request, pk, Permission.RECORD_MEETING)
    sheet = score_sheet_of(meeting, request.actor) if meeting.is_open else None
    rows = {
        f"score:{row_name(meeting, row)}": {"points": row.filled.points, "reason": row.filled.words}
        for row in (sheet.rows if sheet else ())
        if row.filled
    }
    return JsonResponse({"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.SEE_MEETINGS)
def beside(request: ActorRequest, pk: uuid.UUID, slug: str) -> HttpResponse:
    """The visiting committee member's score, or that of the committee above: never over the branch's own."""
    scorer = WHO.get(slug)
    if scorer is None:
        raise Http404
    meeting = reached_meeting(request, pk, Permission.SEE_MEETINGS)
    request.actor.need(NEEDS[scorer], meeting.organisation.path)
    sheet = score_sheet_of(meeting, request.actor)
    if sheet is None or (words := _too_early(meeting, scorer)):
        messages.info(request, NO_SET if sheet is None else words)
        return redirect(page_of_meeting(meeting))
    form = BesideForm(request.POST if request.method == "POST" else None, sheet=sheet, scorer=scorer)
    if form.is_valid():
        with refusals_in(form):
            score_beside(meeting, scorer=scorer, **form.said, by=request.actor)
            messages.success(request, "Đã ghi phiếu chấm, để bên cạnh phiếu của chi bộ.")
            return redirect("score_sheet" if meeting.closed_at else "meeting", meeting.pk)
    facts = {"meeting": meeting, "sheet": sheet, "form": form, "scorer": scorer}
    return render(request, "meetings/score_beside.html", facts)


def _too_early(meeting: Meeting, scorer: Scorer) -> str:
    try:
        refuse_too_early(meeting, scorer)
    except NotAllowed:
        raise
    except DomainError as refusal:
        return refusal.sentence
    return ""


def score_facts_of(request: ActorRequest, reading: Reading) -> dict[str, Any]:
    """For the page of the meeting: its score where the log may be read, and the ways to score beside it."""
    meeting = reading.meeting
    if meeting.kind not in MeetingKind.scored() or meeting.called_off_at or reading.is_to_come:
        return {"sheet": None, "score_ways": []}
    sheet = score_sheet_of(meeting, request.actor) if reading.sees_log else None
    return {"sheet": sheet, "score_ways": ways_to_score(request, meeting)}


def ways_to_score(request: ActorRequest, meeting: Meeting) -> list[tuple[str, str]]:
    """Who may score beside it, and can now: words, the last part of the address."""
    words = {Scorer.VISITOR: "Chấm điểm khi dự họp", Scorer.ABOVE: "Cấp trên chấm điểm"}
    may = {slug: who for slug, who in WHO.items() if request.actor.may(NEEDS[who], meeting.organisation.path)}
    return [(words[who], slug) for slug, who in may.items() if not _too_early(meeting, who)]
