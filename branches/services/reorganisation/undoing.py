from django.utils import timezone

from branches.models import Organisation, Reorganisation
from branches.services.reorganisation.remains import rows_standing_on, said
from branches.services.tree import settle_tree
from branches.signals import undone
from branches.summary.recount import recount_since
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.history.actions import action
from portal.history.journal import play_back
from portal.words.errors import DomainError


@action("hoàn tác sắp xếp tổ chức")
def undo_reorganisation(record: Reorganisation, *, by: Actor) -> Reorganisation:
    """Everything is as it was before, to the row; until something was recorded on those who received."""
    record = Reorganisation.everything.select_for_update().get(pk=record.pk)
    _may_undo(record, by)
    _refuse_if_too_late(record)
    touched = list(record.touches.values_list("organisation", flat=True))
    founded = [note["pk"] for note in record.journal if note["model"] == _ORGANISATION and note["before"] is None]
    play_back([note for note in record.journal if not _founds(note)])
    settle_tree()  # nothing hangs under the new ones any more
    for pk in reversed(founded):
        Organisation.everything.get(pk=pk).delete()
    settle_tree()
    undone.send(sender=Reorganisation, record=record)
    recount_since(Organisation.everything.filter(pk__in=touched), min(record.on, timezone.localdate()))
    record.undone_at = timezone.now()
    record.save(update_fields=["undone_at"])
    return record


_ORGANISATION = Organisation._meta.label_lower


def _founds(note: dict) -> bool:
    return note["model"] == _ORGANISATION and note["before"] is None


def _may_undo(record: Reorganisation, by: Actor) -> None:
    """Whoever could do it: what was changed lies below them, what only gave or received within their reach."""
    for touch in record.touches.select_related("organisation__parent"):
        above = (touch.organisation.parent if touch.changed else None) or touch.organisation
        by.need(Permission.REORGANISE, above.path)


def _refuse_if_too_late(record: Reorganisation) -> None:
    if record.undone_at:
        raise DomainError("Lần sắp xếp này đã được hoàn tác.")
    touched = record.touches.values("organisation")
    later = Reorganisation.everything.filter(touches__organisation__in=touched, undone_at=None, pk__gt=record.pk)
    if (after := later.order_by("-pk").first()) is not None:
        raise DomainError(f"Hoàn tác lần sắp xếp sau trước: {after.title}.")
    for number, counted in record.counts.items():
        organisation = Organisation.everything.get(pk=number)
        for name, count in rows_standing_on(organisation).items():
            if count != counted.get(name, 0):
                raise DomainError(f"{organisation.name} đã có ghi chép mới ({said(name)}): không hoàn tác được nữa.")
