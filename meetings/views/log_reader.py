"""The page of a meeting: what those who reach it may read."""

import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from meetings.views.log_reached import reached_meeting
from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires


@require_safe
@requires(Permission.SEE_MEETINGS)
def meeting(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    found = reached_meeting(request, pk, Permission.SEE_MEETINGS)
    return render(request, "meetings/meeting.html", {"meeting": found})
