from collections.abc import Sequence
from datetime import date

from branches.models import Deed, Kind, Organisation, Reorganisation
from branches.services.reorganisation.work import above, refuse_if_not_there, refuse_if_too_high, reorganising
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.history.actions import action
from portal.words.errors import DomainError


@action("chuyển trực thuộc")
def move_organisations(
    *, moved: Sequence[Organisation], parent: Organisation, on: date, decision: str = "", by: Actor
) -> Reorganisation:
    """They hang under another from the day on, with all that is below them."""
    by.need(Permission.REORGANISE, parent.path)
    refuse_if_not_there(parent, on, field="parent")
    if not moved:
        raise DomainError("Chọn ít nhất một tổ chức để chuyển.", field="moved")
    for organisation in moved:
        by.need(Permission.REORGANISE, (organisation.parent or organisation).path)
        refuse_if_not_there(organisation, on, field="moved")
        refuse_if_too_high(Kind(organisation.kind), parent, field="parent")
    with reorganising(Deed.MOVE, on=on, decision=decision, by=by) as work:
        for organisation in moved:
            before = above(organisation, on)
            if before == parent:
                raise DomainError(f"{organisation.name} đã trực thuộc {parent.name}.", field="parent")
            work.hang(organisation, parent)
            work.touch(before, parent, changed=False)
            work.journal.tell(f"{organisation.name}: {before.name} → {parent.name}.")
        names = moved[0].name if len(moved) == 1 else f"{len(moved)} tổ chức"
        work.title = f"Chuyển {names} về {parent.name}"
    return work.record
