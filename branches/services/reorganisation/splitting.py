from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from branches.models import Deed, Kind, Organisation, Reorganisation
from branches.services.organisations import NewOrganisation
from branches.services.reorganisation.villages import hand_over_villages
from branches.services.reorganisation.work import above, refuse_if_not_there, reorganising
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.history.actions import action
from portal.words.errors import DomainError


@dataclass(frozen=True)
class Part:
    """One of the new ones, and which of those below the old one go with it."""

    new: NewOrganisation
    below: list[Organisation] = field(default_factory=list)


@action("chia tách tổ chức")
def split_organisation(
    organisation: Organisation,
    *,
    parts: Sequence[Part],
    remains: bool,
    on: date,
    decision: str = "",
    carry_roles: bool = True,
    by: Actor,
) -> Reorganisation:
    """New ones beside the old one, which remains; or in its place: then the first of them keeps its records."""
    by.need(Permission.REORGANISE, (organisation.parent or organisation).path)
    refuse_if_not_there(organisation, on, field="on")
    if len(parts) < (1 if remains else 2):
        raise DomainError("Chia một tổ chức thì phải có ít nhất hai tổ chức mới.", field="parts")
    if any(part.new.kind != organisation.kind for part in parts):
        raise DomainError(f"Tổ chức mới phải cùng loại: {Kind(organisation.kind).label}.", field="parts")
    for below in (child for part in parts for child in part.below):
        if below.parent != organisation:
            raise DomainError(f"{below.name} không trực thuộc {organisation.name}.", field="parts")
    parent = above(organisation, on)
    refuse_if_not_there(parent, on, field="on")
    with reorganising(Deed.SPLIT, on=on, decision=decision, by=by) as work:
        made = [work.found(part.new, parent) for part in parts]
        for target, part in zip(made, parts, strict=True):
            for below in part.below:
                work.hang(below, target)
                work.journal.tell(f"{below.name} chuyển về {target.name}.")
        work.touch(organisation)
        if not remains:
            keeper = made[0]
            rest = work.hand_down(organisation, keeper)
            if rest:
                work.journal.tell(f"{rest} tổ chức còn lại chuyển về {keeper.name}.")
            hand_over_villages(work.journal, organisation, keeper)
            work.hand_over_roles(organisation, keeper if carry_roles else None)
            work.end(organisation, keeper=keeper, heirs=made)
            work.heirs[organisation] = keeper
            work.journal.tell(f"{organisation.name} kết thúc; hồ sơ do {keeper.name} giữ.")
        names = ", ".join(target.name for target in made)
        work.title = f"Tách {names} từ {organisation.name}" if remains else f"Chia {organisation.name} thành {names}"
    return work.record
