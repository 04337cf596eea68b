"""Lists: lines of text, whole numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms

from branches.rules.shapes.base import ONLY, Shape, Unfit, words_joined
from branches.rules.shapes.numbers import whole
from portal.words.quantities import number
from portal.words.text import nfc

LONGEST_ITEM = 300


@dataclass(frozen=True)
class TextList(Shape[tuple[str, ...]]):
    """Lines of text, in their order."""

    most: int = 40

    def load(self, stored: Any) -> tuple[str, ...]:
        if not isinstance(stored, list) or not all(isinstance(line, str) for line in stored):
            raise Unfit("Phải là các dòng chữ.", field=ONLY)
        lines = tuple(line for line in (" ".join(nfc(line).split()) for line in stored) if line)
        if not lines:
            raise Unfit("Phải có ít nhất một dòng.", field=ONLY)
        if len(lines) > self.most:
            raise Unfit(f"Nhiều dòng quá: tối đa {self.most}.", field=ONLY)
        if too_long := next((line for line in lines if len(line) > LONGEST_ITEM), ""):
            raise Unfit(f"Dòng “{too_long[:40]}…” dài quá: tối đa {LONGEST_ITEM} chữ.", field=ONLY)
        return lines

    def dump(self, value: tuple[str, ...]) -> list[str]:
        return list(value)

    def say(self, value: tuple[str, ...]) -> str:
        return "; ".join(value)

    def lines(self, value: tuple[str, ...]) -> list[str]:
        return list(value)

    def inputs(self) -> dict[str, forms.Field]:
        hint = "Mỗi dòng một mục, theo thứ tự."
        return {ONLY: forms.CharField(label="Mức mới", help_text=hint, widget=forms.Textarea)}

    def typed(self, cleaned: Mapping[str, Any]) -> tuple[str, ...]:
        return self.load(cleaned[ONLY].splitlines())

    def shown(self, value: tuple[str, ...]) -> dict[str, Any]:
        return {ONLY: "\n".join(value)}


@dataclass(frozen=True)
class WholeList(Shape[tuple[int, ...]]):
    """Whole numbers, each once: “30, 7, 1 ngày”. Kept from the largest to the smallest or the other way, as `falling` says."""

    unit: str
    least: int = 0
    most: int = 366
    falling: bool = False
    longest: int = 20

    def load(self, stored: Any) -> tuple[int, ...]:
        if not isinstance(stored, list):
            raise Unfit("Phải là các số nguyên.", field=ONLY)
        numbers = {whole(item, self.least, self.most, field=ONLY) for item in stored}
        if not 1 <= len(numbers) <= self.longest:
            raise Unfit(f"Phải có từ 1 đến {self.longest} số.", field=ONLY)
        return tuple(sorted(numbers, reverse=self.falling))

    def dump(self, value: tuple[int, ...]) -> list[int]:
        return list(value)

    def say(self, value: tuple[int, ...]) -> str:
        return f"{words_joined(number(item) for item in value)} {self.unit}"

    def inputs(self) -> dict[str, forms.Field]:
        hint = "Cách nhau bằng dấu phẩy, ví dụ 30, 7, 1."
        return {ONLY: forms.CharField(label=f"Mức mới ({self.unit})", help_text=hint, max_length=200)}

    def typed(self, cleaned: Mapping[str, Any]) -> tuple[int, ...]:
        parts = [part.strip() for part in cleaned[ONLY].replace(";", ",").split(",") if part.strip()]
        if not all(part.isascii() and part.isdecimal() and len(part) < 7 for part in parts):
            raise Unfit("Chỉ viết số nguyên và dấu phẩy, ví dụ 30, 7, 1.", field=ONLY)
        return self.load([int(part) for part in parts])

    def shown(self, value: tuple[int, ...]) -> dict[str, Any]:
        return {ONLY: words_joined(str(item) for item in value)}
