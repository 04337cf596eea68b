"""Fetching a document through the door: a stranger gets 404, an insider without the right 403 with the reason."""

from django.shortcuts import get_object_or_404

from directives.models import Document
from directives.queries.documents import library
from directives.services.documents import need_keeping
from portal.access.permissions import Permission
from portal.access.views import ActorRequest


def reached_document(request: ActorRequest, pk: int) -> Document:
    """A merged stub is found too: its page leads on to the real one."""
    seen = Document.objects.allowed(request.actor, Permission.READ_LIBRARY)
    return get_object_or_404(seen.without_search_words().select_related("issuer", "keeper"), pk=pk)


def kept_document(request: ActorRequest, pk: int) -> Document:
    """One that the reader may change; a secret one has nothing to change."""
    document = get_object_or_404(
        library(request.actor).without_search_words().select_related("issuer", "keeper"), pk=pk
    )
    need_keeping(document, request.actor)
    return document
