"""Fetching a meeting through the door: a stranger gets 404, an insider without the right 403 with the reason."""

import uuid

from django.http import Http404
from django.shortcuts import get_object_or_404

from meetings.models import Meeting
from meetings.services.papers import may_see_meeting
from portal.access.permissions import Permission
from portal.access.views import ActorRequest


def reached_meeting(request: ActorRequest, pk: uuid.UUID, permission: Permission) -> Meeting:
    """Whoever reaches its organisation hears why; for the others it does not exist."""
    seen = Meeting.objects.allowed(request.actor, Permission.SEE_ORGANISATION)
    meeting = get_object_or_404(seen.select_related("organisation", "chair", "clerk"), pk=pk)
    request.actor.need(permission, meeting.organisation.path)
    return meeting


def seen_meeting(request: ActorRequest, pk: uuid.UUID) -> Meeting:
    """Whoever was asked to it sees it too, wherever they act."""
    rows = Meeting.objects.everywhere(reason="asked row by row: by office, by invitation, by charge")
    meeting = get_object_or_404(rows.select_related("organisation", "chair", "clerk"), pk=pk)
    if not may_see_meeting(request.actor, meeting):
        raise Http404("not asked to this meeting")
    return meeting
