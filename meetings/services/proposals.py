"""What a branch asks of a committee above it is answered there, in words; the answer stands at the branch."""

from django.utils import timezone

from meetings.models import Proposal, ProposalState
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.history.actions import action
from portal.live.versions import touched
from portal.notifications.services.telling import tell_now
from portal.words.errors import DomainError

TOLD_BY = ("bao-lai-tra-loi",)  # the rule of meetings/duties/proposals.py


@action("trả lời kiến nghị của chi bộ")
def answer_proposal(proposal: Proposal, *, state: ProposalState, answer: str, by: Actor) -> Proposal:
    rows = Proposal.everything.select_for_update(of=("self",)).select_related("to", "meeting__organisation")
    proposal = rows.get(pk=proposal.pk)
    by.need(Permission.DIRECT_MEETINGS, proposal.to.path)
    if proposal.gone:
        raise DomainError("Chi bộ đã rút kiến nghị này.")
    if proposal.state != ProposalState.RAISED:
        raise DomainError("Kiến nghị này đã được trả lời.")
    if state == ProposalState.RAISED:
        raise DomainError("Chọn cách trả lời.", field="state")
    if not answer.strip():
        raise DomainError("Ghi nội dung trả lời.", field="answer")
    proposal.state, proposal.answer = state, answer.strip()
    proposal.answered_on, proposal.answered_by = timezone.localdate(), by.account
    proposal.save(update_fields=["state", "answer", "answered_on", "answered_by"])
    touched([proposal.meeting.organisation.path, proposal.to.path])
    tell_now(TOLD_BY, str(proposal.pk))
    return proposal
