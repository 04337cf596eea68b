"""The form that sets a rule: its inputs are those of the rule's shape."""

from collections.abc import Iterator
from datetime import date
from typing import Any, cast

from django import forms
from django.forms.boundfield import BoundField

from branches.rules.registry import Definition
from branches.rules.shapes import Unfit
from portal.ui.forms import DayField, PortalForm
from portal.words.quantities import day

OWN, ABOVE = "own", "above"


class RuleForm(PortalForm):
    """`above`: what holds above, in words, where there is something of one's own that could be ended."""

    definition: Definition
    inputs: tuple[str, ...]
    how = forms.ChoiceField(label="Từ nay về sau", widget=forms.RadioSelect)
    since = DayField(label="Áp dụng từ ngày")
    source = forms.CharField(
        label="Căn cứ", max_length=300, help_text="Số, ngày của văn bản, ví dụ Quy định 27-QĐ/TU ngày 30/10/2023."
    )

    def __init__(self, *args: Any, above: str, earliest: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self._ask_how(above)
        since = cast(DayField, self.fields["since"])
        since.not_before, since.help_text = earliest, f"Sớm nhất là {day(earliest)}."

    def _ask_how(self, above: str) -> None:
        if above:
            choices = [(OWN, "Đặt mức riêng"), (ABOVE, f"Theo cấp trên: {above}")]
            cast(forms.ChoiceField, self.fields["how"]).choices = choices
        else:
            del self.fields["how"]

    @property
    def follows_above(self) -> bool:
        return self.cleaned_data.get("how") == ABOVE

    @property
    def way(self) -> BoundField | None:
        return self["how"] if "how" in self.fields else None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.follows_above:
            for name in self.inputs:
                self.errors.pop(name, None)
        elif all(name in cleaned for name in self.inputs):
            try:
                cleaned["value"] = self.definition.shape.typed(cleaned)
            except Unfit as refusal:
                self.add_error(refusal.field if refusal.field in self.fields else None, refusal.sentence)
        return cleaned

    def parts(self) -> Iterator[tuple[str, list[BoundField]]]:
        """The inputs, those of a table row by row; a heading of nothing for an input of its own."""
        groups = list(self.definition.shape.groups())
        in_rows = {name for _, names in groups for name in names}
        yield from (("", [self[name]]) for name in self.inputs if name not in in_rows)
        yield from ((heading, [self[name] for name in names]) for heading, names in groups)

    def shown_parts(self) -> list[tuple[str, list[BoundField]]]:
        """Rows with something in them, and one more."""
        return self._divided()[0]

    def spare_parts(self) -> list[tuple[str, list[BoundField]]]:
        """Empty rows, folded away."""
        return self._divided()[1]

    def _divided(self) -> tuple[list, list]:
        parts = list(self.parts())
        used = [place for place, (heading, fields) in enumerate(parts) if not heading or any(f.value() for f in fields)]
        cut = (max(used) if used else -1) + 2
        return parts[:cut], parts[cut:]


def form_for(definition: Definition) -> type[RuleForm]:
    """The form of one rule."""
    inputs = definition.shape.inputs()
    order = ("how", *inputs, "since", "source")
    return type(
        "FormOfARule", (RuleForm,), {"definition": definition, "inputs": tuple(inputs), **inputs, "field_order": order}
    )
