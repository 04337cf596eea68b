"""The tasks of one member on the screen of the branch; and the short forms around it."""

from typing import Any

from django import forms
from django.utils import timezone

from members.models import Assignment, Outcome
from portal.ui.forms import DayField, PortalForm
from portal.words.text import nfc


class TasksForm(PortalForm):
    """One box for each task that is still proposed, and an empty one for another. Emptied is dropped.

    `after`: what was saved just now. Its boxes stay where they are, with what is being written into them meanwhile; but for those
    whose words somebody else changed in that moment.
    """

    def __init__(
        self, *args: Any, proposed: list[Assignment], after: "TasksForm | None" = None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.proposed = proposed
        written = after.written if after else {}
        for place, row in enumerate(proposed, start=1):
            self.fields[f"words_{row.pk}"] = forms.CharField(
                label=f"Nhiệm vụ {place}", max_length=300, required=False, initial=row.words
            )
            box = self.fields[f"words_{row.pk}"].widget
            if written.get(row) == row.words:
                box.attrs["hx-preserve"] = "true"
            if self.is_bound:  # a box that was refused does not stay
                box.attrs["id"] = f"{self[f'words_{row.pk}'].auto_id}_refused"
            self.fields[f"version_{row.pk}"] = forms.IntegerField(
                initial=row.version, widget=forms.HiddenInput, required=False
            )
        self.fields["new"] = forms.CharField(label="Thêm nhiệm vụ", max_length=300, required=False)
        for field in self.fields.values():
            field.widget.attrs.pop("maxlength", None)

    @property
    def changed(self) -> dict[Assignment, tuple[str, int]]:
        """What was typed over: the task → its new words, and the version that they were typed over."""
        return {
            row: (words, self.cleaned_data[f"version_{row.pk}"] or 0)
            for row, words in self.written.items()
            if words != row.words
        }

    @property
    def written(self) -> dict[Assignment, str]:
        return {row: " ".join(nfc(self.cleaned_data[f"words_{row.pk}"]).split()) for row in self.proposed}

    @property
    def boxes(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"words_{row.pk}"], self[f"version_{row.pk}"]) for row in self.proposed]


class AgreeForm(PortalForm):
    on = DayField(label="Chi bộ thông qua ngày", help_text="Ngày họp chi bộ.")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"initial": {"on": timezone.localdate()}} | options)


class MarkForm(PortalForm):
    month = forms.TypedChoiceField(label="Tháng", choices=[(n, f"Tháng {n}") for n in range(1, 13)], coerce=int)
    outcome = forms.ChoiceField(label="Kết quả", choices=Outcome.choices, widget=forms.RadioSelect)
    note = forms.CharField(label="Ghi chú", max_length=300, required=False)

    def clean_outcome(self) -> Outcome:
        return Outcome(self.cleaned_data["outcome"])


class JudgeForm(PortalForm):
    result = forms.ChoiceField(label="Kết quả cả năm", choices=Outcome.choices, widget=forms.RadioSelect)
    remark = forms.CharField(label="Nhận xét", max_length=300, required=False)

    def clean_result(self) -> Outcome:
        return Outcome(self.cleaned_data["result"])


class EndAssignmentForm(PortalForm):
    on = DayField(label="Thôi từ ngày", help_text="Ngày đầu tiên không còn nhiệm vụ này.")
    because = forms.CharField(label="Lý do", max_length=200)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"initial": {"on": timezone.localdate()}} | options)
