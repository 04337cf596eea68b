"""Saving the log, item by item. Two officers may mark half the room each; nobody's words are silently overwritten."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.db import models
from django.utils import timezone

from meetings.models import Meeting, SignedPaper
from meetings.services.item_kinds import HEAD, KINDS, ItemKind
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.history.actions import action
from portal.words.errors import DomainError

CLOSED = "Sổ của buổi họp này đã đóng. Bí thư hoặc văn phòng Đảng ủy mở lại được, kèm lý do."


@dataclass(frozen=True)
class Change:
    """What a device wants to be so, and which version it has seen: 0 for an item that it has made itself."""

    kind: str
    id: uuid.UUID
    version: int
    values: Mapping[str, Any] = field(default_factory=dict)
    gone: bool = False


class Outcome(StrEnum):
    SAVED = "saved"
    SAME = "same"  # it was so already: sent twice
    CONFLICT = "conflict"  # somebody else changed it meanwhile


@dataclass(frozen=True)
class Answer:
    change: Change
    outcome: Outcome
    row: Any  # as it stands now: in a conflict, theirs

    @property
    def version(self) -> int:
        return self.row.version if self.row else 0


@dataclass(frozen=True)
class Saved:
    meeting: Meeting
    answers: list[Answer]


@action("ghi sổ buổi họp")
def save_items(meeting: Meeting, changes: Sequence[Change], *, by: Actor) -> Saved:
    """All that is said of one meeting at once. Values were validated by the forms; the database has the last word."""
    meeting = open_for_writing(meeting, by=by)
    stamp = meeting.stamp + 1
    answers: list[Answer] = []
    for name, said in _by_kind(changes).items():
        answers += _save_kind(KINDS[name], said, meeting, stamp, by)
    if any(answer.outcome is Outcome.SAVED for answer in answers):
        _touch(meeting, stamp)
    return Saved(meeting, answers)


def open_for_writing(meeting: Meeting, *, by: Actor) -> Meeting:
    """The meeting, locked: one writer after the other."""
    row = Meeting.everything.select_for_update(of=("self",)).select_related("organisation").get(pk=meeting.pk)
    by.need(Permission.RECORD_MEETING, row.organisation.path)
    if row.called_off_at:
        raise DomainError("Buổi họp này đã hủy.")
    if row.closed_at:
        raise DomainError(CLOSED)
    return row


def _by_kind(changes: Iterable[Change]) -> dict[str, list[Change]]:
    """In the order of the registry: what others point to is written first."""
    found: dict[str, list[Change]] = {}
    for name in KINDS:
        said = [change for change in changes if change.kind == name]
        if said:
            found[name] = said
    return found


def _save_kind(kind: ItemKind, said: list[Change], meeting: Meeting, stamp: int, by: Actor) -> list[Answer]:
    rows = _rows_named(kind, said, meeting)
    answers: list[Answer] = []
    new: list[Any] = []
    changed: list[Any] = []
    for change in said:
        row = rows.get(change.id)
        if row is None:
            made = _made(kind, change, meeting, stamp, by)
            if made:
                new.append(made)
                rows[change.id] = made
            answers.append(Answer(change, Outcome.SAVED if made else Outcome.SAME, made))
        elif _is_so(kind, row, change):
            answers.append(Answer(change, Outcome.SAME, row))
        elif row.version != change.version:
            answers.append(Answer(change, Outcome.CONFLICT, row))
        else:
            _become(kind, row, change, stamp, by)
            changed.append(row)
            answers.append(Answer(change, Outcome.SAVED, row))
    if new:
        kind.model.everything.bulk_create(new)
    if changed:
        kind.model.everything.bulk_update(changed, _written(kind))
    return answers


def _rows_named(kind: ItemKind, said: list[Change], meeting: Meeting) -> dict[uuid.UUID, Any]:
    """By their UUID; where somebody else laid out the same line under another one, by what names it in the meeting."""
    if kind is HEAD:
        return {change.id: meeting for change in said}
    named = models.Q(pk__in=[change.id for change in said])
    for change in said:
        if kind.natural and all(column in change.values for column in kind.natural):
            named |= models.Q(**{column: change.values[column] for column in kind.natural})
    found = {row.pk: row for row in kind.rows_of(meeting).filter(named)}
    if kind.natural:
        by_nature = {tuple(_stored(row, column) for column in kind.natural): row for row in found.values()}
        for change in said:
            key = tuple(_plain(change.values.get(column)) for column in kind.natural)
            if change.id not in found and key in by_nature:
                found[change.id] = by_nature[key]
    return found


def _made(kind: ItemKind, change: Change, meeting: Meeting, stamp: int, by: Actor) -> Any:
    if change.gone:
        return None  # made and taken out again before it ever arrived
    if not kind.adds:
        raise DomainError("Danh sách của buổi họp vừa thay đổi. Tải lại trang rồi ghi tiếp; phần đã ghi vẫn còn.")
    return kind.model(
        id=change.id, **kind.fixed(meeting), **change.values, stamp=stamp, saved_by=by.account, saved_at=timezone.now()
    )


def _is_so(kind: ItemKind, row: Any, change: Change) -> bool:
    if kind.can_go and row.gone != change.gone:
        return False
    return change.gone or all(_stored(row, name) == _plain(value) for name, value in change.values.items())


def _become(kind: ItemKind, row: Any, change: Change, stamp: int, by: Actor) -> None:
    if change.gone:
        if not kind.can_go:
            raise DomainError("Dòng này không bỏ được.")
        row.gone = True
    else:
        if kind.can_go:
            row.gone = False
        for name, value in change.values.items():
            setattr(row, name, value)
    row.version, row.stamp = row.version + 1, stamp
    if kind is not HEAD:
        row.saved_by, row.saved_at = by.account, timezone.now()


def _written(kind: ItemKind) -> list[str]:
    if kind is HEAD:
        return [*kind.fields, "version", "stamp"]
    return [*kind.fields, "version", "stamp", "saved_by", "saved_at", *(["gone"] if kind.can_go else [])]


def _touch(meeting: Meeting, stamp: int) -> None:
    """The log has changed: a signed paper that was filed before does not stand for it any more."""
    Meeting.everything.filter(pk=meeting.pk).update(stamp=stamp)
    meeting.stamp = stamp
    SignedPaper.everything.filter(meeting=meeting, dropped_at=None).update(dropped_at=timezone.now())


def _stored(row: Any, name: str) -> Any:
    """Of a relation its number: what it leads to is not read for that."""
    return getattr(row, row._meta.get_field(name).attname)


def _plain(value: Any) -> Any:
    return value.pk if isinstance(value, models.Model) else value
