"""Fetching an organisation through the door: a stranger gets 404, an insider without the right 403 with the reason."""

from django.shortcuts import get_object_or_404

from branches.models import Organisation
from portal.access.permissions import Permission
from portal.access.views import ActorRequest


def reached_organisation(request: ActorRequest, pk: int, permission: Permission) -> Organisation:
    seen = Organisation.objects.allowed(request.actor, Permission.SEE_ORGANISATION)
    organisation = get_object_or_404(seen.select_related("parent"), pk=pk)
    request.actor.need(permission, organisation.path)
    return organisation
