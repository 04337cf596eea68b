"""The history of one record in words: who, when, in which capacity, what they did, and what was before and after."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.postgres.fields import ArrayField
from django.db import models

from portal.words.quantities import DOES_NOT_APPLY, day

LABELS = {"added": "thêm", "changed": "sửa", "removed": "bỏ"}


@dataclass(frozen=True)
class Change:
    what: str
    before: str
    after: str


@dataclass(frozen=True)
class Entry:
    at: datetime
    who: str
    capacity: str
    action: str
    request: str
    changes: list[Change]


def history_of(record: Any, *, most: int = 100) -> list[Entry]:
    """Newest first: two queries, however long the history."""
    events = list(record.events.order_by("-pgh_id")[:most])
    names = _names({(event.pgh_context or {}).get("account") for event in events})
    entries, after = [], record
    for event in events:
        entries.append(_entry(event, after, names))
        after = event
    return entries


def _entry(event: Any, after: models.Model, names: dict[int, str]) -> Entry:
    context = event.pgh_context or {}
    return Entry(
        at=event.pgh_created_at,
        who=names.get(context.get("account", 0), "Cổng tự"),
        capacity=context.get("capacity", ""),
        action=context.get("action") or LABELS[event.pgh_label],
        request=context.get("request", ""),
        changes=_changes(event, after) if event.pgh_label == "changed" else [],
    )


def _changes(before: models.Model, after: models.Model) -> list[Change]:
    """An event keeps the row as it was; what it became stands in the next event, or in the record itself."""
    fields = [field for field in before._meta.concrete_fields if not field.name.startswith("pgh_")]
    return [
        Change(str(field.verbose_name), _said(before, field), _said(after, field))
        for field in fields
        if field.editable and getattr(before, field.attname) != getattr(after, field.attname, None)
    ]


def _said(row: models.Model, field: models.Field) -> str:
    value = getattr(row, field.attname)
    if value in (None, "", []):
        return DOES_NOT_APPLY
    if isinstance(field, ArrayField):
        names = dict(field.base_field.flatchoices)
        return ", ".join(str(names.get(one, one)) for one in value)
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField):
        return day(value)
    if field.is_relation:
        return str(getattr(row, field.name))
    return str(dict(field.flatchoices).get(value, value))


def _names(accounts: set[Any]) -> dict[int, str]:
    return dict(get_user_model().objects.filter(pk__in=accounts - {None}).values_list("pk", "full_name"))
