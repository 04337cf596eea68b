from datetime import date
from typing import Any

from django import forms

from branches.models import Organisation
from portal.figures.periods import Length, Period, lengths, period_of, term_of, usual_day
from portal.ui.days import PickDay
from portal.ui.forms import PortalForm
from portal.words.quantities import day as in_words

EARLIEST = date(2000, 1, 1)
NO_TERM = "Chưa ghi nhiệm kỳ nào vào ngày này; văn phòng ghi ở sổ số văn bản. Đang xem theo năm."


class PeriodForm(PortalForm):
    """?ky=quy&den=2026-09-30; what is not asked is this year to today. A wrong day is said, and today shown."""

    ky = forms.ChoiceField(label="Kỳ", choices=lengths, required=False, widget=forms.HiddenInput)  # chosen by links
    den = forms.DateField(label="Tính đến ngày", required=False, widget=PickDay(), input_formats=["%Y-%m-%d"])

    def __init__(self, asked: Any, *, place: Organisation, today: date) -> None:
        self.place, self.today = place, today
        usual = {"ky": Length.YEAR.value, "den": usual_day(today).isoformat()}
        given = {name: asked.get(name) or value for name, value in usual.items()}
        self.is_asked = bool(asked.get("den"))
        super().__init__(given)

    def clean_den(self) -> date:
        found: date = self.cleaned_data["den"]
        if found > self.today:
            raise forms.ValidationError(f"Ngày xem không được sau hôm nay, {in_words(self.today)}.")
        if found < EARLIEST:
            raise forms.ValidationError(f"Ngày xem phải từ {in_words(EARLIEST)} trở đi.")
        return found

    @property
    def period(self) -> Period:
        """Where something was wrong, what is usual stands in its place."""
        self.full_clean()
        day = self.cleaned_data.get("den") or usual_day(self.today)
        length = Length(self.cleaned_data.get("ky") or Length.YEAR)
        if length is not Length.TERM:
            return period_of(length, day)
        term = term_of(self.place, day)
        if term is None:
            self.add_error("ky", NO_TERM)
        return term or period_of(Length.YEAR, day)
