from datetime import date

from branches.models import Deed, Kind, Organisation, Reorganisation
from branches.services.reorganisation.villages import hand_over_villages
from branches.services.reorganisation.work import above, refuse_if_not_there, reorganising
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.history.actions import action
from portal.words.errors import DomainError


@action("giải thể tổ chức")
def dissolve_organisation(
    organisation: Organisation, *, heir: Organisation | None = None, on: date, decision: str = "", by: Actor
) -> Reorganisation:
    """It ends. Its people and records go to the heir, where one is named; else its records go to the level above."""
    if organisation.parent is None:
        raise DomainError("Tổ chức gốc của cổng không giải thể được.")
    by.need(Permission.REORGANISE, organisation.parent.path)
    refuse_if_not_there(organisation, on, field="on")
    if heir:
        by.need(Permission.REORGANISE, (heir.parent or heir).path)
        refuse_if_not_there(heir, on, field="heir")
        if heir == organisation or heir.kind != organisation.kind:
            raise DomainError(f"Nơi nhận phải là một {Kind(organisation.kind).label} khác.", field="heir")
    with reorganising(Deed.DISSOLVE, on=on, decision=decision, by=by) as work:
        upper = above(organisation, on)
        keeper = heir or upper
        below = work.hand_down(organisation, keeper)
        if below:
            work.journal.tell(f"{below} tổ chức trực thuộc chuyển về {keeper.name}.")
        hand_over_villages(work.journal, organisation, heir)
        work.hand_over_roles(organisation, None)
        work.end(organisation, keeper=keeper, heirs=[heir] if heir else [])
        work.heirs[organisation] = heir
        work.touch(keeper, changed=False)
        work.receiving += [heir] if heir else []
        work.journal.tell(f"{organisation.name} kết thúc; hồ sơ do {keeper.name} giữ.")
        work.title = f"Giải thể {organisation.name}"
    return work.record
