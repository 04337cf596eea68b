"""Fetching a report through the door. Whoever reads it from above changes nothing in it: each place writes its own."""

from django.shortcuts import get_object_or_404

from portal.access.permissions import Permission
from portal.access.views import ActorRequest
from portal.reports.models import Report
from portal.reports.queries.reading import must_be_own, readable

RELATED = (
    "organisation__parent", "document", "number", "pdf", "begun_by", "approved_by", "replaces", "replaced_by",
    "arrival__organisation",
)  # fmt: skip


def reached_report(request: ActorRequest, pk: int) -> Report:
    return get_object_or_404(readable(request.actor).select_related(*RELATED), pk=pk)


def own_report(request: ActorRequest, pk: int, permission: Permission) -> Report:
    """Without what it stands on, which is large: whoever writes a word needs it no more than once."""
    found = get_object_or_404(readable(request.actor).select_related(*RELATED).defer("facts"), pk=pk)
    must_be_own(request.actor, found.organisation, permission)
    return found
