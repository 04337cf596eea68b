from typing import Any

from django import forms

from branches.models import Area, BranchType, Organisation, Tag
from portal.ui.forms import DayField, PortalForm


class DescriptionForm(PortalForm):
    """What an organisation is, beside its name, rank and place, which are dated."""

    code = forms.CharField(label="Mã", max_length=30, help_text="Mã ngắn, không trùng tổ chức khác.")
    branch_type = forms.ChoiceField(label="Loại hình", choices=BranchType.choices, required=False)
    area = forms.ChoiceField(label="Địa bàn", choices=Area.choices, required=False)
    tags = forms.MultipleChoiceField(
        label="Diện ưu tiên", choices=Tag.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    joined_on = DayField(
        label="Dùng cổng từ ngày", required=False, help_text="Các tháng trước ngày này không bị tính là thiếu."
    )
    decision = forms.CharField(label="Quyết định thành lập", max_length=200, required=False)

    def __init__(self, *args: Any, organisation: Organisation, **options: Any) -> None:
        options.setdefault("initial", {name: getattr(organisation, name) for name in self.base_fields})
        super().__init__(*args, **options)
        if not organisation.is_typed:
            del self.fields["branch_type"]

    def clean(self) -> None:
        self.cleaned_data.setdefault("branch_type", BranchType.NONE)
