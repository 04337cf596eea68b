import re
from typing import Any, cast

from django import forms
from django.db.models import QuerySet

from branches.models import NumberState, Term
from branches.models.number import SERIES, TYPES, number_text
from branches.queries.numbers import SeriesStanding
from portal.ui.forms import DayField, PortalForm


class TermForm(PortalForm):
    name = forms.CharField(label="Tên nhiệm kỳ", max_length=60, help_text="Ví dụ: nhiệm kỳ 2025–2030.")
    since = DayField(label="Từ ngày", help_text="Ngày sau hôm bế mạc đại hội bầu ra cấp ủy.")
    until = DayField(label="Đến hết ngày", required=False, help_text="Để trống nếu chưa có đại hội sau.")


class SeriesForm(PortalForm):
    """What every form of the register asks first."""

    type = forms.ChoiceField(label="Loại văn bản", choices=[("", "Chọn trong danh sách"), *TYPES.items()])
    congress = forms.BooleanField(label="Là văn bản của đại hội: mọi loại chung một dãy số, ký hiệu ĐH", required=False)

    def __init__(self, *args: Any, standings: dict[str, SeriesStanding], **options: Any) -> None:
        """Beside each type stands the number that would come next."""
        super().__init__(*args, **options)
        coming = {code: standings[code].next if code in standings else 1 for code in TYPES}
        offered = [(code, f"{name} ({code}), số tiếp theo {number_text(coming[code])}") for code, name in TYPES.items()]
        cast(forms.ChoiceField, self.fields["type"]).choices = [("", "Chọn trong danh sách"), *offered]


SUBJECT_HINT = "Văn bản nói về việc gì."


class TakeNumberForm(SeriesForm):
    on = DayField(label="Ngày văn bản", help_text="Hôm nay hoặc ngày trước đó.")
    subject = forms.CharField(label="Trích yếu", max_length=300, help_text=SUBJECT_HINT)
    field_order = ["type", "on", "subject", "congress"]


class ReserveNumbersForm(SeriesForm):
    count = forms.IntegerField(label="Giữ mấy số", min_value=1, max_value=50, initial=1)
    reason = forms.CharField(
        label="Để làm gì", max_length=200, help_text="Ví dụ: văn bản ký tay sáng nay, mạng đang mất."
    )
    field_order = ["type", "count", "reason", "congress"]


class RecordNumberForm(SeriesForm):
    number = forms.CharField(label="Số trên giấy", max_length=10, help_text="Ví dụ 12, hoặc 12a.")
    on = DayField(label="Ngày văn bản")
    subject = forms.CharField(label="Trích yếu", max_length=300, help_text=SUBJECT_HINT)
    field_order = ["type", "number", "on", "subject", "congress"]

    def clean(self) -> dict[str, Any]:
        """12a → number 12, suffix a."""
        cleaned = super().clean() or self.cleaned_data
        if "number" in cleaned:
            parts = re.fullmatch(r"([0-9]{1,5})([a-zđ]?)", cleaned["number"].strip().lower())
            if parts is None or int(parts[1]) < 1:
                self.add_error("number", "Số trên giấy gồm chữ số, có thể kèm một chữ cái, ví dụ 12 hoặc 12a.")
            else:
                cleaned["number"], cleaned["suffix"] = int(parts[1]), parts[2]
        return cleaned


class UseNumberForm(PortalForm):
    on = DayField(label="Ngày văn bản")
    subject = forms.CharField(label="Trích yếu", max_length=300, help_text=SUBJECT_HINT)


class VoidNumberForm(PortalForm):
    reason = forms.CharField(label="Vì sao hủy", max_length=200)


class RegisterFilter(PortalForm):
    """Stands in the address, so a filtered register can be kept and sent on."""

    nhiem_ky = forms.ModelChoiceField(label="Nhiệm kỳ", queryset=Term.objects.none(), required=False, empty_label=None)
    loai = forms.ChoiceField(label="Loại văn bản", required=False, choices=[("", "Mọi loại"), *SERIES.items()])
    trang_thai = forms.ChoiceField(
        label="Trạng thái", required=False, choices=[("", "Mọi trạng thái"), *((s.value, s.label) for s in NumberState)]
    )

    def __init__(self, asked: dict[str, Any], *, terms: QuerySet[Term], term: Term) -> None:
        super().__init__({"nhiem_ky": term.pk} | asked, auto_id="loc_%s")
        cast(forms.ModelChoiceField, self.fields["nhiem_ky"]).queryset = terms
        if len(terms) == 1:
            self.fields["nhiem_ky"].widget = forms.HiddenInput()
        self.is_valid()

    def chosen(self, name: str) -> Any:
        return self.cleaned_data.get(name) or None
