"""Which models keep their history. The database writes it, so bulk updates and raw SQL leave a trace as well."""

from collections.abc import Callable
from typing import TypeVar

import pghistory
from django.db import models

M = TypeVar("M", bound=type[models.Model])


COMPUTED = ("sort_key", "search_key", "title_key")


def tracked(*, facts: bool = False, but: tuple[str, ...] = ()) -> Callable[[M], M]:
    """Class decorator. An event of a change keeps the row as it was before; as it is now it stands in its own table.

    `facts`: tables of millions of rows keep updates and deletes only: the history of an insert is the row itself.
    `but`: columns that nobody may read in a history, such as a password; computed keys are left out by themselves.
    """
    events: list[pghistory.RowEvent] = [
        pghistory.UpdateEvent("changed", row=pghistory.Old, trigger_name="history_changed"),
        pghistory.DeleteEvent("removed", trigger_name="history_removed"),
    ]
    if not facts:
        events.append(pghistory.InsertEvent("added", trigger_name="history_added"))

    def decorate(model: M) -> M:
        names = {field.name for field in model._meta.local_fields}
        left_out = [name for name in (*COMPUTED, *but) if name in names]
        return pghistory.track(*events, exclude=left_out or None, append_only=True)(model)

    return decorate
