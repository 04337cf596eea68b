from datetime import date

from branches.models import Deed, Organisation, Rank, Reorganisation
from branches.services.reorganisation.work import refuse_if_not_there, reorganising
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.history.actions import action
from portal.words.errors import DomainError


@action("đổi tên, đổi cấp tổ chức")
def rename_organisation(
    organisation: Organisation, *, name: str, symbol: str, rank: Rank, on: date, decision: str = "", by: Actor
) -> Reorganisation:
    """A new name, symbol or rank from a day on; papers and figures of before keep the old ones."""
    by.need(Permission.REORGANISE, (organisation.parent or organisation).path)
    refuse_if_not_there(organisation, on, field="on")
    before = organisation.standings.on(on).get()
    if (before.name, before.symbol, before.rank) == (name, symbol, rank):
        raise DomainError("Tên, ký hiệu và cấp đều như cũ: không có gì để đổi.", field="name")
    with reorganising(Deed.RENAME, on=on, decision=decision, by=by) as work:
        work.rename(organisation, name=name, symbol=symbol, rank=rank)
        work.title = f"{before.name} đổi thành {name}" if name != before.name else f"{name}: đổi ký hiệu, cấp"
        for what, old, new in [
            ("Tên", before.name, name),
            ("Ký hiệu", before.symbol or "chưa có", symbol or "bỏ trống"),
            ("Cấp", Rank(before.rank).label, Rank(rank).label),
        ]:
            if old != new:
                work.journal.tell(f"{what}: {old} → {new}.")
    return work.record
