from typing import Any

from django import forms

from members.models import Education, Member, Sex, Theory
from members.services.corrections import CORRECTABLE
from portal.ui.forms import DayField, PortalForm

CHOICES = {"sex": Sex, "education": Education, "theory": Theory}
DAYS = ("born_on", "admitted_on", "decided_on", "official_on")


class CorrectionForm(PortalForm):
    """One thing of one's own record: what should stand there, and by which paper."""

    note = forms.CharField(
        label="Căn cứ",
        max_length=300,
        required=False,
        help_text="Giấy tờ nào cho thấy, ví dụ: căn cước, quyết định kết nạp.",
    )

    def __init__(self, *args: Any, column: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["after"] = self._field(column)
        self.order_fields(["after", "note"])

    def _field(self, column: str) -> forms.Field:
        label = "Xin sửa thành"
        if column in DAYS:
            return DayField(label=label)
        if column in CHOICES:
            chosen = [choice for choice in CHOICES[column].choices if choice[0]]
            return forms.ChoiceField(label=label, choices=chosen, widget=forms.RadioSelect)
        longest = Member._meta.get_field(column).max_length
        return forms.CharField(label=label, max_length=longest, required=column == "full_name")

    def clean_after(self) -> str:
        return str(self.cleaned_data["after"] or "")


class AnswerForm(PortalForm):
    answer = forms.ChoiceField(
        label="Trả lời",
        choices=[("accept", "Đúng, sửa hồ sơ theo đề nghị"), ("refuse", "Không sửa")],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label="Vì sao không sửa", max_length=300, required=False, help_text="Người xin đọc được câu này."
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("answer") == "refuse" and not cleaned.get("reason"):
            self.add_error("reason", "Ghi vì sao không sửa.")
        return cleaned


def column_named(name: str) -> str | None:
    return name if name in CORRECTABLE else None
