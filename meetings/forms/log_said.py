"""What a device says of a meeting, from JSON or from the plain form: read item by item, so that one that is wrong leaves the
others alone."""

import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from meetings.forms.log import FORMS
from meetings.queries.log_room import Room
from meetings.services.item_kinds import KINDS
from meetings.services.log import Change

MOST_ITEMS = 600
MOST_BYTES = 1_000_000
TOO_MUCH = "Gửi một lần nhiều quá. Hãy lưu từng phần."
UNREADABLE = "Cổng chưa đọc được nội dung gửi lên. Hãy tải lại trang; phần đã ghi trên máy vẫn còn."
UNKNOWN = "Cổng chưa biết mục này. Hãy tải lại trang rồi ghi lại."
TWICE = "Mục này có hai lần trong một lần gửi; đã giữ lần đầu."
# what makes a new item worth keeping: without any of it, its boxes were never touched
WRITTEN_BY = {
    "attendance": ("mark", "reason"), "guest": ("name", "post"), "sitting": ("place", "started_at", "ended_at"),
    "dues": ("paid", "excused"), "agenda": ("words", "notes"), "opinion": ("words", "member"),
    "vote": ("question", "in_favour"), "remark": ("member", "words"), "proposal": ("words",),
    "review": ("stand", "because"), "resolution": ("contents", "measures", "subject"),
    "action": ("words", "assignee", "assignee_words"), "decision": ("kind",),
    "quality": ("agreed", "comment"), "score": ("points", "reason"),
}  # fmt: skip


class Unreadable(ValueError):
    """Not even which items it speaks of."""


@dataclass(frozen=True)
class Said:
    kind: str
    id: uuid.UUID
    version: int
    values: dict[str, Any] = field(default_factory=dict)
    gone: bool = False

    @property
    def is_blank(self) -> bool:
        return not self.version and not any(self.values.get(name) for name in WRITTEN_BY.get(self.kind, ()))


@dataclass
class Read:
    """Sorted: what can be handed on, and what is refused with a sentence."""

    changes: list[Change] = field(default_factory=list)
    refused: list[tuple[Said, str]] = field(default_factory=list)


def said_in_json(body: bytes) -> list[Said]:
    if len(body) > MOST_BYTES:
        raise Unreadable(TOO_MUCH)
    try:
        items = json.loads(body)["items"]
        found = [_item(one) for one in items[: MOST_ITEMS + 1]]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Unreadable(UNREADABLE) from error
    if len(found) > MOST_ITEMS:
        raise Unreadable(TOO_MUCH)
    return found


def said_in_form(data: QueryDict) -> list[Said]:
    """Names are kind:uuid:field. A box that is not ticked is not sent, so its absence says no."""
    found: dict[tuple[str, uuid.UUID], dict[str, Any]] = {}
    for name in data:
        kind, _, rest = name.partition(":")
        key, _, column = rest.partition(":")
        try:
            found.setdefault((kind, uuid.UUID(key)), {})[column] = data[name]
        except ValueError:
            continue  # the token, the button
    said = []
    for (kind, number), values in found.items():
        version, gone = _whole(values.pop("version", 0)), bool(values.pop("gone", ""))
        said.append(Said(kind, number, version, _unticked(kind) | values, gone))
    return [one for one in said if not one.is_blank]


def read(said: Iterable[Said], room: Room) -> Read:
    result, seen = Read(), set()
    order = {kind: place for place, kind in enumerate(KINDS)}  # what others point to comes first
    for one in sorted(said, key=lambda one: order.get(one.kind, 0)):
        if one.kind not in KINDS:
            result.refused.append((one, UNKNOWN))
        elif (one.kind, one.id) in seen:
            result.refused.append((one, TWICE))
        elif one.gone:
            result.changes.append(Change(one.kind, one.id, one.version, gone=True))
        else:
            _read_values(one, room, result)
        seen.add((one.kind, one.id))
    return result


def _read_values(one: Said, room: Room, result: Read) -> None:
    form = FORMS[one.kind](one.values, room, new=not one.version and KINDS[one.kind].adds)
    if form.is_valid():
        result.changes.append(Change(one.kind, one.id, one.version, form.cleaned_data))
        room.about_to_be_made(one.kind, one.id)
    else:
        result.refused.append((one, form.sentence))


def _item(one: Any) -> Said:
    values = one.get("values") or {}
    kept = {str(name): _value(value) for name, value in values.items()} if isinstance(values, Mapping) else {}
    kind = one["kind"] if isinstance(one["kind"], str) else ""
    return Said(kind, uuid.UUID(str(one["id"])), _whole(one.get("version")), kept, one.get("gone") is True)


def _value(value: Any) -> str | bool:
    if isinstance(value, bool | str):
        return value
    return str(value) if isinstance(value, int) else ""


def _whole(value: Any) -> int:
    text = str(value)
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def _unticked(kind: str) -> dict[str, Any]:
    fields = FORMS[kind].base_fields if kind in FORMS else {}
    return {name: False for name, one in fields.items() if type(one).__name__ == "BooleanField"}
