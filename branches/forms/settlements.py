from typing import Any, cast

from django import forms
from django.db.models import QuerySet

from branches.models import Organisation, SettlementKind
from portal.ui.forms import DayField, PortalForm

KINDS_OF_SETTLEMENT = [(kind.value, kind.label) for kind in SettlementKind]


class SettlementForm(PortalForm):
    kind = forms.ChoiceField(label="Loại", choices=KINDS_OF_SETTLEMENT)
    name = forms.CharField(
        label="Tên", max_length=120, help_text="Không ghi lại loại: “Nà Pài”, không phải “thôn Nà Pài”."
    )
    households = forms.IntegerField(label="Số hộ", min_value=0, max_value=100_000, required=False)
    households_year = forms.IntegerField(
        label="Số hộ tính đến năm", min_value=1945, max_value=2100, required=False, help_text="Ví dụ 2026."
    )
    note = forms.CharField(label="Ghi chú", max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("households") is not None and cleaned.get("households_year") is None:
            self.add_error("households_year", "Số hộ là của năm nào?")
        if cleaned.get("households_year") is not None and cleaned.get("households") is None:
            self.add_error("households", "Đã ghi năm thì ghi cả số hộ.")
        return cleaned


class SettlementLinesForm(PortalForm):
    lines = forms.CharField(
        label="Danh sách",
        max_length=40_000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="Mỗi dòng một nơi, ví dụ “thôn Nà Pài”. Chép từ văn bản hay bảng tính đều được.",
    )
    otherwise = forms.ChoiceField(
        label="Dòng không ghi loại thì hiểu là", choices=KINDS_OF_SETTLEMENT, initial=SettlementKind.VILLAGE.value
    )


class CoveringBranchForm(PortalForm):
    branch = forms.ModelChoiceField(
        label="Chi bộ phụ trách",
        queryset=Organisation.objects.none(),
        required=False,
        help_text="Để trống nếu chưa có chi bộ nào.",
    )

    def __init__(self, *args: Any, branches: QuerySet[Organisation], **options: Any) -> None:
        super().__init__(*args, **options)
        field = cast(forms.ModelChoiceField, self.fields["branch"])
        field.queryset, field.empty_label = branches, "Chưa có chi bộ nào"


class EndSettlementForm(PortalForm):
    on = DayField(label="Kết thúc từ ngày", help_text="Ngày sáp nhập, giải thể theo nghị quyết.")
