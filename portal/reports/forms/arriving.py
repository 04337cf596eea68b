from django import forms

from portal.reports.models import Arrival
from portal.ui.forms import PortalForm


class ReturnForm(PortalForm):
    remark = forms.CharField(
        label="Cần bổ sung, sửa gì", max_length=Arrival._meta.get_field("remark").max_length,
        widget=forms.Textarea(attrs={"rows": 5}), help_text="Nơi gửi đọc được đúng những lời này.",
    )  # fmt: skip
