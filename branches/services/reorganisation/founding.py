from datetime import date

from branches.models import Deed, Organisation, Reorganisation
from branches.services.organisations import NewOrganisation
from branches.services.reorganisation.work import refuse_if_not_there, refuse_if_too_high, reorganising
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.history.actions import action


@action("lập tổ chức")
def found_organisation(
    *, new: NewOrganisation, parent: Organisation, on: date, decision: str = "", by: Actor
) -> Reorganisation:
    by.need(Permission.FOUND_ORGANISATION, parent.path)
    refuse_if_not_there(parent, on, field="on")
    refuse_if_too_high(new.kind, parent, field="kind")
    with reorganising(Deed.FOUND, on=on, decision=decision, by=by) as work:
        work.found(new, parent)
        work.touch(parent, changed=False)
        work.title = f"Lập {new.name}"
    return work.record
