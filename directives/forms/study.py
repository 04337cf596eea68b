from typing import Any

from django import forms

from members.models import Member
from portal.ui.forms import PickDay, PortalForm


class OrderStudyForm(PortalForm):
    due_on = forms.DateField(label="Hạn, đến hết ngày", widget=PickDay)
    note = forms.CharField(label="Yêu cầu thêm", max_length=300, required=False)


class StudySessionForm(PortalForm):
    held_on = forms.DateField(label="Ngày tổ chức", widget=PickDay)
    within_meeting = forms.BooleanField(label="Học trong buổi sinh hoạt chi bộ", required=False)
    everybody = forms.BooleanField(label="Tất cả đều có mặt", required=False)
    members = forms.MultipleChoiceField(
        label="Hoặc đánh dấu từng người", widget=forms.CheckboxSelectMultiple, required=False
    )
    note = forms.CharField(label="Ghi chú", max_length=300, required=False)

    def __init__(self, *args: Any, expected: list[Member], **options: Any) -> None:
        super().__init__(*args, **options)
        self.expected = expected
        self.fields["members"].choices = [(str(one.pk), one.full_name) for one in expected]  # type: ignore[attr-defined]

    @property
    def asked(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        chosen = {int(key) for key in said["members"]}
        everybody = said.pop("everybody")
        return said | {"members": [one for one in self.expected if everybody or one.pk in chosen]}
