from datetime import date

from branches.models import Deed, Kind, Organisation, Reorganisation
from branches.services.reorganisation.work import above, reorganising
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.history.actions import action
from portal.words.errors import DomainError
from portal.words.quantities import day


@action("kết thúc một cấp tổ chức")
def abolish_level(*, kind: Kind, within: Organisation, on: date, decision: str = "", by: Actor) -> Reorganisation:
    """All of one kind below an organisation end on one day; those below them hang one step higher. The districts, 01/07/2025."""
    by.need(Permission.REORGANISE, within.path)
    rows = Organisation.objects.everywhere(reason="the level is abolished whole, below what the author may reorganise")
    level = list(rows.below_as_of(within, on).living(on).filter(kind=kind).exclude(pk=within.pk).in_order())
    if not level:
        raise DomainError(f"Dưới {within.name} không có {Kind(kind).label} nào vào ngày {day(on)}.", field="kind")
    with reorganising(Deed.ABOLISH, on=on, decision=decision, by=by) as work:
        for organisation in level:
            upper = above(organisation, on)
            below = work.hand_down(organisation, upper)
            work.hand_over_roles(organisation, None)
            work.end(organisation, keeper=upper)
            work.heirs[organisation] = None
            work.touch(upper, changed=False)
            work.journal.tell(f"{organisation.name} kết thúc; {below} tổ chức trực thuộc chuyển về {upper.name}.")
        work.title = f"Kết thúc cấp {Kind(kind).label}: {len(level)} tổ chức"
    return work.record
