"""The one hand that writes in an act that can be taken back. It notes every row before and after."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from portal.words.errors import DomainError

_json = DjangoJSONEncoder()


@dataclass
class Journal:
    """Upper apps that move rows of their own along (receivers of `reorganised`) write them through this one as well."""

    entries: list[dict[str, Any]] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def add(self, row: Any) -> Any:
        row.save(force_insert=True)
        self._note(row, None, state(row))
        return row

    def note_new(self, row: Any) -> None:
        """A row that another service wrote."""
        self._note(row, None, state(row))

    def change(self, row: Any, **values: Any) -> None:
        before = state(row)
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
        self._note_change(row, before)

    def remove(self, row: Any) -> None:
        """With what hangs on it, which the database would take along unseen."""
        for relation in row._meta.related_objects:
            if relation.on_delete is models.CASCADE:
                for hanging in relation.related_model._base_manager.filter(**{relation.field.name: row}).order_by("pk"):
                    self.remove(hanging)
        self._note(row, state(row), None)
        row.delete()

    def change_all(self, rows: models.QuerySet, **values: Any) -> int:
        """The same values into many rows: two statements, however many."""
        found = list(rows)
        befores = [state(row) for row in found]
        for row in found:
            for name, value in values.items():
                setattr(row, name, value)
        if found:
            type(found[0])._base_manager.bulk_update(found, list(values))
        for row, before in zip(found, befores, strict=True):
            self._note_change(row, before)
        return len(found)

    def add_all(self, rows: Iterable[Any]) -> int:
        made = list(rows)
        if made:
            type(made[0])._base_manager.bulk_create(made)
        for row in made:
            self._note(row, None, state(row))
        return len(made)

    def tell(self, sentence: str) -> None:
        """For the person: what was done, or what they still have to do."""
        self.told.append(sentence)

    def created(self, model: type[models.Model]) -> set[Any]:
        label = model._meta.label_lower
        return {note["pk"] for note in self.entries if note["model"] == label and note["before"] is None}

    def _note_change(self, row: models.Model, before: dict[str, Any]) -> None:
        after = state(row)
        changed = [name for name in after if after[name] != before[name]]
        self._note(row, {name: before[name] for name in changed}, {name: after[name] for name in changed})

    def _note(self, row: models.Model, before: dict | None, after: dict | None) -> None:
        self.entries.append({"model": row._meta.label_lower, "pk": row.pk, "before": before, "after": after})


def play_back(entries: list[dict[str, Any]]) -> None:
    """From the last to the first, each row becomes what it was; one that changed since stands in the way."""
    for note in reversed(entries):
        model = apps.get_model(note["model"])
        row = model._base_manager.filter(pk=note["pk"]).first()
        if note["after"] is None:
            model(**note["before"]).save(force_insert=True)
        elif row is None or any(state(row)[name] != value for name, value in note["after"].items()):
            raise DomainError(f"Không hoàn tác được: {model._meta.verbose_name} đã thay đổi sau lần sắp xếp này.")
        elif note["before"] is None:
            row.delete()
        else:
            _become(row, note["before"])


def _become(row: Any, before: dict[str, Any]) -> None:
    for name, value in before.items():
        setattr(row, name, row._meta.get_field(name).to_python(value))
    row.save()


def state(row: models.Model) -> dict[str, Any]:
    """Its own columns; what is only copied into it from elsewhere is not its own."""
    copied = getattr(row, "COPIED", ())
    return {
        column.attname: _plain(getattr(row, column.attname))
        for column in row._meta.concrete_fields
        if column.attname not in copied
    }


def _plain(value: Any) -> Any:
    """As it comes back from JSON. Django's encoder would cut a time to milliseconds: another time than it was."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value if value is None or isinstance(value, str | int | float | bool) else _json.default(value)
