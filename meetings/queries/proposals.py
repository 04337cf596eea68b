"""What branches ask of committees: on one list for who asked and who answers."""

from django.db.models import Q

from branches.models import Organisation
from meetings.models import Proposal, ProposalState
from meetings.models.minutes import ProposalQuerySet
from meetings.queries.actions import was_closed
from portal.access.actor import Actor
from portal.access.permissions import Permission

WAITING, ANSWERED = "cho-tra-loi", "da-tra-loi"
FILTERS = {WAITING: "Chờ trả lời", ANSWERED: "Đã trả lời"}


def proposals_at(place: Organisation, actor: Actor) -> ProposalQuerySet:
    """Sent to it, or raised in it and below."""
    here = Q(to=place) | Q(meeting__organisation__path__startswith=place.path)
    rows = Proposal.objects.allowed(actor, Permission.SEE_MEETINGS).there().filter(here, was_closed())
    return rows.select_related("to", "meeting__organisation", "member", "answered_by")


def filtered(rows: ProposalQuerySet, asked: str) -> ProposalQuerySet:
    if asked == ANSWERED:
        return rows.exclude(state=ProposalState.RAISED).order_by("-answered_on", "pk")
    return rows.waiting().order_by("meeting__day", "pk")
