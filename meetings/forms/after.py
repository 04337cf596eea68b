"""Short forms after a meeting: why it is opened again, how a thing stands, what is answered, what was paid."""

from datetime import date
from typing import Any, cast

from django import forms

from meetings.models import ProposalState, Stand
from meetings.services.dues import MOST
from meetings.services.signed import SCANS
from portal.files.forms import StoredFileField
from portal.ui.forms import DayField, PortalForm


class ReopenForm(PortalForm):
    because = forms.CharField(
        label="Vì sao mở lại", max_length=300, help_text="Lý do được giữ lại trong sổ cùng tên người mở."
    )


class SignedPaperForm(PortalForm):
    paper = StoredFileField(label="Bản chụp biên bản đã ký", kinds=SCANS)


class StandForm(PortalForm):
    stand = forms.ChoiceField(label="Tình trạng", choices=Stand.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label="Kết quả, lý do", max_length=300, required=False, help_text="Chưa xong thì ghi đã làm đến đâu, vì sao."
    )

    def __init__(self, *args: Any, may_drop: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not may_drop:
            offered = [choice for choice in Stand.choices if choice[0] != Stand.DROPPED]
            cast(forms.ChoiceField, self.fields["stand"]).choices = offered


class AnswerProposalForm(PortalForm):
    state = forms.ChoiceField(
        label="Trả lời thế nào",
        choices=[choice for choice in ProposalState.choices if choice[0] != ProposalState.RAISED],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(label="Nội dung trả lời", max_length=5_000, widget=forms.Textarea({"rows": 5}))


class PayForm(PortalForm):
    """Months that are owed, or any of the last two years."""

    month = forms.ChoiceField(label="Nộp cho tháng")
    owed = forms.IntegerField(label="Phải nộp (đồng)", min_value=0, max_value=MOST)
    paid = forms.IntegerField(label="Đã nộp (đồng)", min_value=0, max_value=MOST)
    on = DayField(label="Ngày nộp", required=False)

    def __init__(self, *args: Any, months: list[date], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(f"{month:%Y-%m}", f"Tháng {month:%m/%Y}") for month in months]
        cast(forms.ChoiceField, self.fields["month"]).choices = choices

    def clean_month(self) -> date:
        year, month = self.cleaned_data["month"].split("-")
        return date(int(year), int(month), 1)


def months_back(today: date, count: int = 24) -> list[date]:
    """This month and those before it."""
    whole = today.year * 12 + today.month - 1
    return [date((whole - back) // 12, (whole - back) % 12 + 1, 1) for back in range(count)]
