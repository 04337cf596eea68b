"""Fetching a member through the door: a stranger gets 404, an insider without the right 403 with the reason."""

from django.shortcuts import get_object_or_404

from members.models import Member
from members.services.records import path_of
from portal.access.permissions import Permission
from portal.access.views import ActorRequest


def reached_member(request: ActorRequest, pk: int, permission: Permission = Permission.READ_ROLL) -> Member:
    seen = Member.objects.allowed(request.actor, Permission.READ_ROLL)
    member = get_object_or_404(seen.select_related("branch", "account"), pk=pk)
    request.actor.need(permission, path_of(member))
    return member
