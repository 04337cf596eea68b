"""The page of a meeting: what those who reach it may read."""

import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from meetings.models import Meeting
from meetings.queries.log_reading import Reading
from meetings.queries.papers import Papers
from meetings.views.quality import score_facts_of
from meetings.views.reached_meeting import reached_meeting
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires
from portal.history.models import Deed
from portal.history.traces import leave_trace


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.SEE_MEETINGS)
def meeting(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """What is closed is asked for by a press: each reading leaves a trace that the branch sees."""
    found = reached_meeting(request, pk, Permission.SEE_MEETINGS)
    asks = request.method == "POST"
    if asks:
        place = found.organisation.path
        request.actor.need(Permission.READ_CLOSED, place)
        leave_trace(Deed.READ, subject=f"Phần kín của {found}", place=place, by=request.actor)
    reading = Reading(found, request.actor, with_closed=asks)
    facts = {
        "meeting": found,
        "reading": reading,
        "papers": Papers(reading),
        "ways": _ways(found, request.actor),
        **score_facts_of(request, reading),
        "may_log": reading.records and found.is_open and found.day <= timezone.localdate(),
    }
    return render(request, "meetings/meeting.html", facts)


def _ways(meeting: Meeting, actor: Actor) -> list[tuple[str, str, str]]:
    """Where one goes from here: words, address, icon."""
    place = meeting.organisation.path
    records = actor.may(Permission.RECORD_MEETING, place)
    if meeting.called_off_at:
        return []
    if meeting.closed_at:
        signed = [("Bản ký", reverse("meeting_signed", args=[meeting.pk]), "upload")] if records else []
        if actor.may(Permission.REOPEN_MEETING, place):
            signed.append(("Mở lại sổ", reverse("meeting_reopen", args=[meeting.pk]), "lock"))
        return signed
    if meeting.started_at or meeting.day < timezone.localdate():
        return []
    if records:
        return [("Chuẩn bị", reverse("meeting_prepare", args=[meeting.pk]), "calendar")]
    return [("Giấy mời, tài liệu", reverse("meeting_answer", args=[meeting.pk]), "calendar")]
