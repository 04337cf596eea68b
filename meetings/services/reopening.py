"""Opening a closed log again: with a reason, which is kept."""

from directives.services.proving import prove_work_of
from meetings.models import Evidence, Meeting, Reopening
from meetings.summary import recount_of
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.history.actions import action
from portal.words.errors import DomainError


@action("mở lại sổ buổi họp")
def reopen_meeting(meeting: Meeting, *, because: str, by: Actor) -> Reopening:
    """What was carried out by its decisions stays; a decision that is put right is carried out anew when it closes."""
    meeting = Meeting.everything.select_for_update(of=("self",)).select_related("organisation").get(pk=meeting.pk)
    by.need(Permission.REOPEN_MEETING, meeting.organisation.path)
    if meeting.closed_at is None:
        raise DomainError("Sổ của buổi họp này đang mở.")
    if not because.strip():
        raise DomainError("Ghi vì sao mở lại.", field="because")
    row = Reopening.everything.create(meeting=meeting, because=because.strip(), by=by.account)
    meeting.closed_at = meeting.closed_by = None
    meeting.save(update_fields=["closed_at", "closed_by"])
    recount_of(meeting)  # figures are of closed logs alone, and so is proof
    prove_work_of(meeting.organisation_id, Evidence.everything.filter(meeting=meeting).values_list("task", flat=True))
    return row
