from django import forms

from portal.ui.forms import PortalForm


class EnquiryForm(PortalForm):
    reason = forms.CharField(
        label="Lý do xem",
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        help_text="Ghi việc đang làm và văn bản giao việc, nếu có. Chi bộ và Đảng ủy nơi đó đọc được lý do này.",
    )
