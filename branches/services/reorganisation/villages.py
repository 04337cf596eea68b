"""Villages follow the commune and the branch that they belong to."""

from branches.models import Kind, Organisation, Settlement
from portal.history.journal import Journal


def hand_over_villages(journal: Journal, old: Organisation, heir: Organisation | None) -> None:
    """Those of a commune to the new one, which must exist; those that a branch covers to its heir, or to nobody."""
    if old.kind == Kind.COMMUNE and heir:
        villages = list(Settlement.everything.filter(commune=old, ended_on=None).order_by("pk"))
        for village in villages:
            _to(journal, village, old, heir)
        if villages:
            journal.tell(f"{len(villages)} thôn, tổ dân phố của {old.name} thuộc {heir.name}.")
    covered = journal.change_all(Settlement.everything.filter(branch=old, ended_on=None), branch=heir)
    if covered and heir is None:
        journal.tell(f"{covered} thôn, tổ dân phố do {old.name} phụ trách nay chưa có chi bộ.")


def _to(journal: Journal, village: Settlement, old: Organisation, heir: Organisation) -> None:
    """Two communes may each have a thôn Đông; the second then carries the name of the commune it came from."""
    same = Settlement.everything.filter(
        commune=heir, kind=village.kind, sort_key=village.sort_key, ended_on=None
    ).exclude(pk=village.pk)
    doubled = same.exists()
    journal.change(village, commune=heir, name=f"{village.name} ({old.name})"[:120] if doubled else village.name)
    if doubled:
        journal.tell(f"{village} trùng tên một nơi khác: hãy đặt tên mới.")
