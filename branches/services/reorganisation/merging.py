from collections.abc import Sequence
from datetime import date

from branches.models import Deed, Kind, Organisation, Reorganisation
from branches.services.organisations import NewOrganisation
from branches.services.reorganisation.villages import hand_over_villages
from branches.services.reorganisation.work import Work, refuse_if_not_there, refuse_if_too_high, reorganising
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.history.actions import action
from portal.words.errors import DomainError


@action("sáp nhập tổ chức")
def merge_organisations(
    *,
    merged: Sequence[Organisation],
    into: Organisation | NewOrganisation,
    parent: Organisation,
    on: date,
    decision: str = "",
    carry_roles: bool = True,
    by: Actor,
) -> Reorganisation:
    """Several go on in one: a new one under `parent`, or one that is already there. Those below them follow."""
    _may_be_merged(merged, into, parent, on, by)
    with reorganising(Deed.MERGE, on=on, decision=decision, by=by) as work:
        if isinstance(into, NewOrganisation):
            target = work.found(into, parent)
        else:
            target = into
            work.receiving.append(target)
            work.touch(target, changed=False)
        for old in merged:
            _goes_on_in(work, old, target, carry_roles)
        names = ", ".join(old.name for old in merged)
        work.title = f"Sáp nhập {names} vào {target.name}"
    return work.record


def _goes_on_in(work: Work, old: Organisation, target: Organisation, carry_roles: bool) -> None:
    below = work.hand_down(old, target)
    if below:
        work.journal.tell(f"{below} tổ chức trực thuộc {old.name} chuyển về {target.name}.")
    hand_over_villages(work.journal, old, target)
    work.hand_over_roles(old, target if carry_roles else None)
    work.end(old, keeper=target, heirs=[target])
    work.heirs[old] = target
    work.journal.tell(f"{old.name} kết thúc; hồ sơ do {target.name} giữ.")


def _may_be_merged(
    merged: Sequence[Organisation],
    into: Organisation | NewOrganisation,
    parent: Organisation,
    on: date,
    by: Actor,
) -> None:
    new = isinstance(into, NewOrganisation)
    if len({old.pk for old in merged}) < (2 if new else 1):
        raise DomainError("Chọn ít nhất hai tổ chức để sáp nhập.", field="merged")
    for old in merged:
        by.need(Permission.REORGANISE, (old.parent or old).path)
        refuse_if_not_there(old, on, field="merged")
        if old.kind != into.kind:
            raise DomainError(f"{old.name} khác loại với tổ chức nhận: {Kind(into.kind).label}.", field="merged")
        if old == into:
            raise DomainError(f"{old.name} không thể sáp nhập vào chính mình.", field="merged")
    if isinstance(into, NewOrganisation):
        by.need(Permission.REORGANISE, parent.path)
        refuse_if_not_there(parent, on, field="on")
        refuse_if_too_high(into.kind, parent, field="parent")
    else:
        by.need(Permission.REORGANISE, (into.parent or into).path)
        refuse_if_not_there(into, on, field="into")
