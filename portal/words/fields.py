"""Text columns that hold NFC only, whatever road the text came by. A test of the house keeps all models on them."""

from collections.abc import Callable
from typing import Any

from django.db import models

from portal.words.text import nfc, sort_key


class _NfcMixin:
    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)  # type: ignore[misc]
        return nfc(value) if isinstance(value, str) else value

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)  # type: ignore[misc]
        return nfc(value) if isinstance(value, str) else value


class LineField(_NfcMixin, models.CharField):
    """One line of text."""


class ProseField(_NfcMixin, models.TextField):
    """Text of several lines."""


class CodeField(models.CharField):
    """Written by machines for machines (a path in the tree, a request's number): ASCII, compared byte by byte."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"db_collation": "C"} | options)


class SortKeyField(models.CharField):
    """The order of another column, computed whenever the row is saved and compared byte by byte (portal.words.text).

    A set-based update of the source column must set this one too: the database does not know Vietnamese.
    """

    def __init__(self, of: str = "", by: Callable[[str], str] = sort_key, **options: Any) -> None:
        self.of, self.by = of, by
        fixed: dict[str, Any] = {"max_length": 600, "editable": False, "db_collation": "C", "db_index": True}
        super().__init__(**fixed | options)

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        if not self.of:  # a model as a migration sees it does not carry functions
            return super().pre_save(model_instance, add)
        key = self.by(getattr(model_instance, self.of))[: self.max_length]
        setattr(model_instance, self.attname, key)
        return key
