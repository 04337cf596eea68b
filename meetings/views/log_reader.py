"""The page of a meeting: what those who reach it may read."""

import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from meetings.queries.log_reading import Reading
from meetings.views.quality import score_facts_of
from meetings.views.reached_meeting import reached_meeting
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
        **score_facts_of(request, reading),
        "may_log": reading.records and found.is_open and found.day <= timezone.localdate(),
    }
    return render(request, "meetings/meeting.html", facts)
