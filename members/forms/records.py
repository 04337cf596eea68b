from datetime import datetime
from typing import Any

from django import forms
from django.db.models import DateField
from django.utils import timezone

from members.models import Education, Member, Precision, Sex, State, Theory
from members.services.corrections import CORRECTABLE
from portal.accounts.phones import normal_phone
from portal.ui.forms import DayField, PortalForm
from portal.words.text import search_key


class RecordForm(PortalForm):
    """The open part of a record."""

    full_name = forms.CharField(label="Họ và tên", max_length=120)
    card_number = forms.CharField(label="Số thẻ đảng", max_length=20, required=False)
    born_on = DayField(label="Ngày sinh", required=False, help_text="Chỉ biết năm thì ghi ngày 01 tháng 01.")
    born_known_to = forms.ChoiceField(label="Ngày sinh biết đến", choices=Precision.choices, widget=forms.RadioSelect)
    sex = forms.ChoiceField(label="Giới tính", choices=Sex.choices, widget=forms.RadioSelect, required=False)
    ethnicity = forms.CharField(label="Dân tộc", max_length=40, required=False)
    home = forms.CharField(label="Quê quán", max_length=200, required=False)
    residence = forms.CharField(label="Nơi ở", max_length=200, required=False)
    phone = forms.CharField(label="Số điện thoại", max_length=20, required=False)
    job = forms.CharField(label="Nghề nghiệp", max_length=120, required=False)
    education = forms.ChoiceField(label="Trình độ", choices=Education.choices, required=False)
    theory = forms.ChoiceField(label="Lý luận chính trị", choices=Theory.choices, required=False)
    admitted_on = DayField(label="Ngày kết nạp (lễ)", required=False)
    decided_on = DayField(
        label="Ngày quyết định kết nạp", required=False, help_text="Tuổi đảng tính từ ngày ghi trong quyết định."
    )
    official_on = DayField(label="Ngày chính thức", required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["born_known_to"].initial = self.fields["born_known_to"].initial or Precision.DAY

    def clean_card_number(self) -> str | None:
        return self.cleaned_data["card_number"].strip() or None

    def clean_phone(self) -> str:
        typed = self.cleaned_data["phone"]
        number = normal_phone(typed) if typed else ""
        if number is None:
            raise forms.ValidationError("Số điện thoại gồm 10 chữ số, bắt đầu bằng 0.")
        return number


class EnterForm(RecordForm):
    """Somebody new on the roll."""

    since = DayField(label="Về chi bộ từ ngày", initial=timezone.localdate)
    state = forms.ChoiceField(
        label="Là đảng viên",
        widget=forms.RadioSelect,
        choices=[(state.value, state.label) for state in (State.FULL, State.PROBATIONARY)],
    )
    ground = forms.CharField(
        label="Vì sao về đây", max_length=200, required=False, help_text="Kết nạp, chuyển đến, ghi bổ sung …"
    )
    field_order = ["full_name", "since", "state", "ground"]


class ChangeForm(RecordForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


class CorrectionForm(PortalForm):
    """What the member finds wrong, and what is right."""

    column = forms.ChoiceField(label="Mục cần sửa")
    after = forms.CharField(label="Sửa thành", max_length=300, help_text="Ngày viết như 05/12/1960.")
    note = forms.CharField(label="Lý do, giấy tờ", max_length=300, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        labels = [(name, str(Member._meta.get_field(name).verbose_name).capitalize()) for name in CORRECTABLE]
        self.fields["column"].choices = labels  # type: ignore[attr-defined]

    def clean(self) -> None:
        """As people write it, turned into what the column holds."""
        column, typed = self.cleaned_data.get("column"), self.cleaned_data.get("after")
        if not column or not typed:
            return
        field = Member._meta.get_field(column)
        if isinstance(field, DateField):
            self._read_day(typed)
        elif field.choices:
            named = {search_key(str(label)): value for value, label in field.choices if value}
            if search_key(typed) not in named:
                self.add_error(
                    "after", f"Viết một trong các mức: {', '.join(str(label) for _, label in field.choices)}."
                )
            else:
                self.cleaned_data["after"] = named[search_key(typed)]

    def _read_day(self, typed: str) -> None:
        try:
            self.cleaned_data["after"] = datetime.strptime(typed.strip(), "%d/%m/%Y").date().isoformat()
        except ValueError:
            self.add_error("after", "Viết ngày như 05/12/1960.")
