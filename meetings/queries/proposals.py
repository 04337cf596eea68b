"""What branches ask of committees: on one list for who asked and who answers."""

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
    rows = Proposal.objects.allowed(actor, Permission.SEE_MEETINGS).there().filter(was_closed(), pk__in=near(place))
    return rows.select_related("to", "meeting__organisation", "member", "answered_by")


def near(place: Organisation) -> ProposalQuerySet:
    """The two ways one after the other: each finds its own by an index, which “or” between them would not."""
    rows = Proposal.objects.everywhere(reason="narrowed by who asks").order_by().values("pk")
    return rows.filter(to=place).union(rows.filter(meeting__organisation__path__startswith=place.path))


def filtered(rows: ProposalQuerySet, asked: str) -> ProposalQuerySet:
    if asked == ANSWERED:
        return rows.exclude(state=ProposalState.RAISED).order_by("-answered_on", "pk")
    return rows.waiting().order_by("meeting__day", "pk")
