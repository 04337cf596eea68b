"""What stands on an organisation: the rows of any app that point at it."""

from collections.abc import Iterator
from typing import Any

from branches.models import Organisation


def rows_standing_on(organisation: Organisation) -> dict[str, int]:
    """How many of each kind. What is only written out of other rows does not count."""
    counts = {}
    for relation in _relations():
        found = relation.related_model._base_manager.filter(**{relation.field.name: organisation}).count()
        if found:
            counts[f"{relation.related_model._meta.label_lower}.{relation.field.name}"] = found
    return counts


def said(name: str) -> str:
    """ "branches.grant.organisation" → vai trò được giao"""
    for relation in _relations():
        if name == f"{relation.related_model._meta.label_lower}.{relation.field.name}":
            return str(relation.related_model._meta.verbose_name)
    return name


def _relations() -> Iterator[Any]:
    for relation in Organisation._meta.related_objects:
        model = relation.related_model
        if hasattr(model, "pgh_tracked_model") or getattr(model, "is_derived", False):
            continue
        if relation.field.attname in getattr(model, "COPIED", ()):
            continue
        yield relation
