"""One of several, yes or no, a line of text."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms

from branches.rules.shapes.base import ONLY, Shape, Unfit, offered
from portal.words.text import nfc

LONGEST_LINE = 200


@dataclass(frozen=True)
class Choice(Shape[str]):
    """`options`: the value in code → what people read."""

    options: Mapping[str, str] = field(hash=False)

    def load(self, stored: Any) -> str:
        if not isinstance(stored, str) or stored not in self.options:
            raise Unfit("Lựa chọn này không có.", field=ONLY)
        return stored

    def dump(self, value: str) -> str:
        return value

    def say(self, value: str) -> str:
        return self.options[value]

    def inputs(self) -> dict[str, forms.Field]:
        choices = offered(self.options.items())
        return {ONLY: forms.ChoiceField(label="Mức mới", choices=choices, widget=forms.RadioSelect)}

    def typed(self, cleaned: Mapping[str, Any]) -> str:
        return self.load(cleaned[ONLY])

    def shown(self, value: str) -> dict[str, Any]:
        return {ONLY: value}


@dataclass(frozen=True)
class YesNo(Shape[bool]):
    yes: str = "có"
    no: str = "không"

    def load(self, stored: Any) -> bool:
        if not isinstance(stored, bool):
            raise Unfit("Phải là có hoặc không.", field=ONLY)
        return stored

    def dump(self, value: bool) -> bool:
        return value

    def say(self, value: bool) -> str:
        return self.yes if value else self.no

    def inputs(self) -> dict[str, forms.Field]:
        choices = offered([("1", self.yes), ("0", self.no)])
        return {ONLY: forms.ChoiceField(label="Mức mới", choices=choices, widget=forms.RadioSelect)}

    def typed(self, cleaned: Mapping[str, Any]) -> bool:
        return cleaned[ONLY] == "1"

    def shown(self, value: bool) -> dict[str, Any]:
        return {ONLY: "1" if value else "0"}


@dataclass(frozen=True)
class Line(Shape[str]):
    """A line of text: the number of a document."""

    def load(self, stored: Any) -> str:
        found = " ".join(nfc(stored).split()) if isinstance(stored, str) else ""
        if not found:
            raise Unfit("Chưa viết gì.", field=ONLY)
        if len(found) > LONGEST_LINE:
            raise Unfit(f"Dài quá: tối đa {LONGEST_LINE} chữ.", field=ONLY)
        return found

    def dump(self, value: str) -> str:
        return value

    def say(self, value: str) -> str:
        return value

    def inputs(self) -> dict[str, forms.Field]:
        return {ONLY: forms.CharField(label="Mức mới", max_length=LONGEST_LINE)}

    def typed(self, cleaned: Mapping[str, Any]) -> str:
        return self.load(cleaned[ONLY])

    def shown(self, value: str) -> dict[str, Any]:
        return {ONLY: value}
