from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from django import forms

from members.party_age import DayOfYear, rounds_of
from portal.ui.forms import PortalForm

YEARS_BACK, YEARS_ON = 1, 3


class RoundForm(PortalForm):
    """Which round of which year: ?nam=2027&dot=03-02."""

    nam = forms.TypedChoiceField(label="Năm", coerce=int)
    dot = forms.ChoiceField(label="Đợt")

    def __init__(self, *args: Any, award_days: Sequence[DayOfYear], today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.award_days = award_days
        years = range(today.year - YEARS_BACK, today.year + YEARS_ON + 1)
        cast(forms.ChoiceField, self.fields["nam"]).choices = [(str(year), str(year)) for year in years]
        days = rounds_of(today.year, award_days)
        cast(forms.ChoiceField, self.fields["dot"]).choices = [(f"{day:%d-%m}", f"{day:%d/%m}") for day in days]

    @property
    def round_on(self) -> date | None:
        """The day that was asked for; None for nothing and for nonsense."""
        if not self.is_valid():
            return None
        days = rounds_of(self.cleaned_data["nam"], self.award_days)
        return next((day for day in days if f"{day:%d-%m}" == self.cleaned_data["dot"]), None)
