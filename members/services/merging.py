"""Two records that are one person become one, with everything that hangs on them; and apart again, to the row."""

from collections.abc import Iterator
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from members.models import Member, Merge
from members.services.records import COLUMNS, path_of
from members.services.roll import settle_rolls
from members.summary import recount_people
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.history.actions import action
from portal.history.journal import Journal, play_back
from portal.words.errors import DomainError

FILLED_TOGETHER = {"born_on": ("born_known_to",)}  # a day comes with how well it is known


@action("nhập hai hồ sơ của một người")
def merge_members(*, kept: Member, dropped: Member, by: Actor) -> Merge:
    """What the kept record does not say, it takes from the other. Where both say something, the kept one is right."""
    for member in (kept, dropped):
        by.need(Permission.MOVE_MEMBERS, path_of(member))
    if kept.pk == dropped.pk:
        raise DomainError("Chọn hai hồ sơ khác nhau.", field="dropped")
    if kept.merged_into_id or dropped.merged_into_id:
        raise DomainError("Một trong hai hồ sơ đã được nhập vào hồ sơ khác.", field="dropped")
    journal = Journal()
    for row, field in list(_hanging_on(dropped)):
        _hang_over(journal, row, field, kept)
    _fill_up(journal, kept, dropped)
    merge = Merge(kept=kept, dropped=dropped, told=journal.told, journal=journal.entries, by=by.account)
    merge.save()
    settle_rolls([kept.pk, dropped.pk])
    recount_people([kept.pk, dropped.pk], None)
    return merge


@action("tách lại hai hồ sơ đã nhập")
def undo_merge(merge: Merge, *, by: Actor) -> Merge:
    merge = Merge.everything.select_for_update().get(pk=merge.pk)
    by.need(Permission.MOVE_MEMBERS, path_of(merge.kept))
    if merge.undone_at:
        raise DomainError("Lần nhập này đã được tách lại.")
    play_back(merge.journal)
    merge.undone_at = timezone.now()
    merge.save(update_fields=["undone_at"])
    settle_rolls([merge.kept_id, merge.dropped_id])
    recount_people([merge.kept_id, merge.dropped_id], None)
    return merge


def _hanging_on(member: Member) -> Iterator[tuple[Any, str]]:
    """Rows of whatever app that point at the record."""
    for relation in Member._meta.related_objects:
        model = relation.related_model
        if hasattr(model, "pgh_tracked_model") or model is Merge or getattr(model, "is_derived", False):
            continue
        for row in model._base_manager.filter(**{relation.field.name: member}).order_by("pk"):
            yield row, relation.field.name


def _hang_over(journal: Journal, row: Any, field: str, kept: Member) -> None:
    """A row that the kept record cannot take, because it says something else of the same days, is left out; undoing
    brings it back."""
    try:
        with transaction.atomic():
            journal.change(row, **{field: kept})
    except IntegrityError:
        row.refresh_from_db()
        _leave_out(journal, row)
    else:
        journal.tell(f"Chuyển sang hồ sơ giữ lại: {row._meta.verbose_name}.")


def _leave_out(journal: Journal, row: Any) -> None:
    """What is locked, as a line of a closed log, stays where it is."""
    written = len(journal.entries)
    try:
        with transaction.atomic():
            journal.remove(row)
    except IntegrityError:
        del journal.entries[written:]
        journal.tell(f"Giữ nguyên ở hồ sơ trùng: {row._meta.verbose_name}, vì sổ đã đóng.")
    else:
        journal.tell(f"Bỏ một dòng trùng: {row._meta.verbose_name}.")


def _fill_up(journal: Journal, kept: Member, dropped: Member) -> None:
    taken: dict[str, Any] = {}
    for name in (*COLUMNS, "account", "photo"):
        if getattr(kept, name) in (None, "") and getattr(dropped, name) not in (None, ""):
            taken[name] = getattr(dropped, name)
            taken |= {other: getattr(dropped, other) for other in FILLED_TOGETHER.get(name, ())}
    unique = {name: None for name in ("card_number", "account", "photo") if getattr(dropped, name) is not None}
    journal.change(dropped, merged_into=kept, **unique)
    if taken:
        labels = [str(Member._meta.get_field(name).verbose_name) for name in taken if name != "born_known_to"]
        journal.change(kept, **taken)
        journal.tell(f"Bổ sung từ hồ sơ trùng: {', '.join(labels)}.")
