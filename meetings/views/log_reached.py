"""Fetching a meeting through the door: a stranger gets 404, an insider without the right 403 with the reason."""

import uuid

from django.shortcuts import get_object_or_404

from meetings.models import Meeting
from portal.access.permissions import Permission
from portal.access.views import ActorRequest


def reached_meeting(request: ActorRequest, pk: uuid.UUID, permission: Permission) -> Meeting:
    """Whoever reaches its organisation hears why; for the others it does not exist."""
    seen = Meeting.objects.allowed(request.actor, Permission.SEE_ORGANISATION)
    meeting = get_object_or_404(seen.select_related("organisation"), pk=pk)
    request.actor.need(permission, meeting.organisation.path)
    return meeting
