"""Columns for searching without diacritics: the database indexes words that Python has made bare."""

from typing import Any

from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models

from portal.words.fields import ProseField
from portal.words.text import search_key


class BareTextField(ProseField):
    """Another column without tones and marks, made whenever the row is saved: what full-text search reads."""

    def __init__(self, of: str = "", **options: Any) -> None:
        self.of = of
        super().__init__(**{"editable": False, "blank": True, "default": ""} | options)

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        if not self.of:  # a model as a migration sees it does not carry the name
            return super().pre_save(model_instance, add)
        key = search_key(getattr(model_instance, self.of))
        setattr(model_instance, self.attname, key)
        return key


def words_of(*weighted: tuple[str, str]) -> models.GeneratedField:
    """The words of columns, each with its weight (A before D), kept by the database itself."""
    first, *others = (SearchVector(column, weight=weight, config="simple") for column, weight in weighted)
    for one in others:
        first = first + one
    return models.GeneratedField(expression=first, output_field=SearchVectorField(), db_persist=True)
