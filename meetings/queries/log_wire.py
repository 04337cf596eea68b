"""How an item of the log stands on the page and goes over the wire: every value as the control beside it holds it."""

import uuid
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from django.utils import timezone

from meetings.models import Meeting


@dataclass(frozen=True)
class Theirs:
    """What somebody else saved meanwhile: shown beside one's own, never in its place."""

    version: int
    values: dict[str, Any]
    by: str
    at: str
    gone: bool = False

    @property
    def words(self) -> str:
        who = f"Đ/c {self.by}" if self.by else "Người khác"
        return f"{who} đã ghi khác{' lúc ' + self.at if self.at else ''}"

    def as_json(self) -> dict[str, Any]:
        return {
            "version": self.version,
            "values": self.values,
            "by": self.by,
            "at": self.at,
            "gone": self.gone,
            "words": self.words,
        }


@dataclass
class Line:
    """One item on the page: as it is stored, or as it was typed and refused."""

    kind: str
    id: uuid.UUID
    version: int
    v: dict[str, Any]
    row: Any = None
    error: str = ""
    theirs: Theirs | None = None
    facts: dict[str, Any] = field(default_factory=dict)  # what stands beside it and cannot be changed here

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.id}"

    @property
    def at(self) -> str:
        """A name for ids of the page."""
        return f"{self.kind}-{self.id}"


def held(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return value
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return value.isoformat() if isinstance(value, date) else str(value)


def written(row: Any, fields: tuple[str, ...]) -> dict[str, Any]:
    """By the names that a device knows; a relation by the number of what it leads to."""
    return {name: held(getattr(row, row._meta.get_field(name).attname)) for name in fields}


def line_of(kind: str, row: Any, fields: tuple[str, ...], **facts: Any) -> Line:
    return Line(kind, row.pk, row.version, written(row, fields), row, facts=facts)


def blank_line(of: str, fields: tuple[str, ...], name: uuid.UUID | None = None, /, **values: Any) -> Line:
    """Not written yet: version 0."""
    return Line(of, name or uuid.uuid4(), 0, dict.fromkeys(fields, "") | values)


def name_within(meeting: Meeting, *what: object) -> uuid.UUID:
    """The same on every device, for what a meeting has once: the dues of a member, the review of an item."""
    return uuid.uuid5(meeting.pk, ":".join(map(str, what)))


def theirs_of(row: Any, fields: tuple[str, ...]) -> Theirs:
    by = getattr(row, "saved_by", None)
    at = getattr(row, "saved_at", None)
    return Theirs(
        version=row.version,
        values=written(row, fields),
        by=by.full_name if by else "",
        at=f"{timezone.localtime(at):%H:%M}" if at else "",
        gone=getattr(row, "gone", False),
    )
