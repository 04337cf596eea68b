"""What people write in a report: all parts in one form where there is no script, one at a time where there is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from portal.reports.kinds.kind import Part
from portal.reports.models import Words
from portal.reports.models.words import LONGEST
from portal.ui.forms import PortalForm
from portal.ui.versions import VersionForm

MOST = 2_147_483_646


@dataclass(frozen=True)
class PartShown:
    """A part as it stands in the page. `newer`: what somebody else wrote meanwhile, to be seen beside one's own."""

    code: str
    id: str
    words: str
    version: int
    row: Words | None
    errors: Sequence[str] = ()
    newer: Words | None = None


class PartField(forms.CharField):
    """One kind of line ending, whatever the browser sends."""

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")


class WordsForm(PortalForm):
    """Of each part its text, and the version that the writer had before them."""

    def __init__(self, data: Any = None, *, parts: Sequence[Part], rows: Mapping[str, Words]) -> None:
        super().__init__(data)
        sent = [part for part in parts if data is None or f"words_{part.code}" in data]
        for part in sent:
            row = rows.get(part.code)
            said = forms.Textarea({"rows": 6, "class": "input--part"})
            self.fields[f"words_{part.code}"] = PartField(
                label=part.heading, max_length=LONGEST, required=False, widget=said, initial=row.words if row else "",
                strip=False,
            )  # fmt: skip
            self.fields[f"version_{part.code}"] = forms.IntegerField(
                min_value=0, max_value=MOST, required=False, widget=forms.HiddenInput, initial=row.version if row else 0
            )
        self.codes = [part.code for part in sent]

    def written(self) -> list[tuple[str, str, int]]:
        """Part, text, version: of what was understood."""
        said = self.cleaned_data
        return [
            (code, said[f"words_{code}"], said[f"version_{code}"] or 0)
            for code in self.codes
            if f"words_{code}" in said and f"version_{code}" in said
        ]

    def unsaved(self, rows: Mapping[str, Words]) -> list[tuple[str, str]]:
        """What was typed and stands nowhere, under its heading: where nothing can be written any more it is shown."""
        fields = [(code, self[f"words_{code}"]) for code in self.codes]
        typed = [(code, field.label, field.value() or "") for code, field in fields]
        return [(label, words) for code, label, words in typed if words != (rows[code].words if code in rows else "")]

    def shown(self, code: str, rows: Mapping[str, Words]) -> PartShown:
        """After a save with the version that now stands; where another was quicker, with the writer's own."""
        field, row = self[f"words_{code}"], rows.get(code)
        based_on = self[f"version_{code}"].value() or 0
        version = row.version if row else 0
        is_behind = bool(field.errors) and row is not None and str(based_on) != str(version)
        errors = [*field.errors, *self.non_field_errors()]
        words = field.value() or ""
        return PartShown(
            code, field.auto_id, words, based_on if is_behind else version, row, errors, row if is_behind else None
        )


class ExplainForm(PortalForm, VersionForm):
    words = PartField(
        label="Giải thích", max_length=2_000, required=False, widget=forms.Textarea({"rows": 5}),
        help_text="In ngay sau các phần của báo cáo. Xóa hết chữ là bỏ lời giải thích.",
    )  # fmt: skip
