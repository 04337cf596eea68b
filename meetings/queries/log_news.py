"""What was saved in a log after a stamp: for the other device that has the same page open."""

from collections.abc import Mapping
from typing import Any

from meetings.models import Meeting
from meetings.queries.log_wire import theirs_of
from portal.access.actor import Actor
from portal.access.permissions import Permission


def news_since(meeting: Meeting, stamp: int, actor: Actor, kinds: Mapping[str, Any]) -> list[dict[str, Any]]:
    """`kinds`: by name, each with its model and the fields that a device knows."""
    found = []
    for name, kind in kinds.items():
        if kind.model is Meeting:
            rows = [meeting]
        else:
            rows = kind.model.objects.allowed(actor, Permission.RECORD_MEETING)
            rows = rows.filter(meeting=meeting, stamp__gt=stamp).select_related("saved_by")
        for row in rows:
            theirs = theirs_of(row, kind.fields)
            found.append({"kind": name, "id": str(row.pk)} | theirs.as_json())
    return found
