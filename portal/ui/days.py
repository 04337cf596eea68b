"""Days in forms. A day one knows by heart is typed in three boxes; a day one looks for is picked from a calendar."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from portal.words.quantities import day as in_words

EARLIEST_YEAR, LATEST_YEAR = 1900, 2100
LONGEST_PART = 4  # digits; what is longer is no day, and too much for a date


class PickDay(forms.DateInput):
    """The browser's own calendar. It understands one way of writing only, whatever the language of the page."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class ThreeBoxes(forms.MultiWidget):
    """Day, month, year, each with the keyboard of digits. What was typed stays, right or wrong."""

    template_name = "components/three_boxes.html"
    parts = ("Ngày", "Tháng", "Năm")

    def __init__(self, attrs: dict[str, Any] | None = None, autocomplete: str = "") -> None:
        """`autocomplete="bday"` lets the browser offer the reader's own birthday."""
        kinds = [f"{autocomplete}-{part}" if autocomplete else "off" for part in ("day", "month", "year")]
        boxes = [forms.TextInput({"inputmode": "numeric", "autocomplete": kind}) for kind in kinds]
        super().__init__(dict(zip(("day", "month", "year"), boxes, strict=True)), attrs)

    def decompress(self, value: date | None) -> list[Any]:
        return [f"{value:%d}", f"{value:%m}", value.year] if value else ["", "", ""]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for box, part in zip(context["widget"]["subwidgets"], self.parts, strict=True):
            box["label"] = part
        return context


class DayField(forms.Field):
    """A day in three boxes. Says which part is wrong, in a sentence with the field's name."""

    widget = ThreeBoxes

    def __init__(self, *, not_before: date | None = None, not_after: date | None = None, **options: Any) -> None:
        super().__init__(**options)
        self.not_before, self.not_after = not_before, not_after

    def to_python(self, value: Any) -> date | None:
        if value is None or isinstance(value, date):
            return value
        typed = [str(part or "").strip() for part in value]
        if not any(typed):
            return None
        found = self._day(*typed)
        self._within_bounds(found)
        return found

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(data) != initial
        except ValidationError:
            return True

    def _day(self, day: str, month: str, year: str) -> date:
        empty = [part for part, text in zip(("ngày", "tháng", "năm"), (day, month, year), strict=True) if not text]
        if empty:
            raise self._refusal(f"còn thiếu {' và '.join(empty)}.")
        if not all(text.isdecimal() and len(text) <= LONGEST_PART for text in (day, month, year)):
            raise self._refusal("chỉ viết chữ số, ví dụ 05 / 12 / 2025.")
        return self._existing(int(day), int(month), int(year))

    def _existing(self, day: int, month: int, year: int) -> date:
        if not EARLIEST_YEAR <= year <= LATEST_YEAR:
            raise self._refusal("năm phải viết đủ bốn chữ số, ví dụ 1985.")
        if not 1 <= month <= 12:
            raise self._refusal("tháng phải từ 1 đến 12.")
        try:
            return date(year, month, day)
        except ValueError:
            raise self._refusal(f"tháng {month} năm {year} không có ngày {day}.") from None

    def _within_bounds(self, found: date) -> None:
        if self.not_before and found < self.not_before:
            raise self._refusal(f"phải từ ngày {in_words(self.not_before)} trở đi.")
        if self.not_after and found > self.not_after:
            raise self._refusal(f"không được sau ngày {in_words(self.not_after)}.")

    def _refusal(self, sentence: str) -> ValidationError:
        """Read alone in the summary on top, it must say which day it speaks of."""
        return ValidationError(f"{self.label or 'Ngày'}: {sentence}", code="invalid")
