from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from django import forms

from members.models import Education, Member, Precision, Sex, State, Theory
from members.models.ethnicities import ETHNICITIES
from portal.accounts.phones import normal_phone
from portal.ui.forms import DayField, PortalForm, Proposing, ThreeBoxes
from portal.ui.versions import VersionForm


class Birth(NamedTuple):
    """A day of birth, as far as it is known; what is not known stands as the first."""

    day: date
    known_to: Precision


class BirthBoxes(ThreeBoxes):
    def decompress(self, value: Birth | None) -> list[Any]:
        if not value:
            return ["", "", ""]
        day, month, year = super().decompress(value.day)
        known = value.known_to
        return [day if known == Precision.DAY else "", month if known != Precision.YEAR else "", year]


class BirthField(DayField):
    """Of the old often the year alone is known: day and month may stay empty."""

    widget = BirthBoxes

    def to_python(self, value: Any) -> Any:
        if value is None or isinstance(value, Birth):
            return value
        day, month, year = (str(part or "").strip() for part in value)
        if year and not day:
            known_to = Precision.MONTH if month else Precision.YEAR
            found = super().to_python(["1", month or "1", year])
        else:
            known_to, found = Precision.DAY, super().to_python(value)
        return Birth(found, known_to) if found else None


def _capital(choices: Iterable[tuple[str, Any]]) -> list[tuple[str, str]]:
    return [(value, f"{label}"[:1].upper() + f"{label}"[1:]) for value, label in choices]


class EthnicityField(forms.CharField):
    def __init__(self, **options: Any) -> None:
        widget = Proposing()
        widget.proposals = ETHNICITIES
        super().__init__(**{"label": "Dân tộc", "max_length": 40, "required": False, "widget": widget} | options)


class FactsForm(PortalForm):
    """What the record says of somebody. The names are those of the columns."""

    full_name = forms.CharField(label="Họ và tên", max_length=120)
    born = BirthField(
        label="Ngày sinh", required=False, help_text="Không rõ ngày, tháng thì để trống hai ô ấy, chỉ ghi năm."
    )
    sex = forms.ChoiceField(label="Giới tính", choices=_capital(Sex.choices), required=False, widget=forms.RadioSelect)
    ethnicity = EthnicityField()
    home = forms.CharField(label="Quê quán", max_length=200, required=False)
    residence = forms.CharField(label="Nơi ở", max_length=200, required=False)
    phone = forms.CharField(label="Số điện thoại", max_length=20, required=False)
    job = forms.CharField(label="Nghề nghiệp", max_length=120, required=False)
    education = forms.ChoiceField(label="Trình độ học vấn", choices=_capital(Education.choices), required=False)
    theory = forms.ChoiceField(label="Lý luận chính trị", choices=_capital(Theory.choices), required=False)
    card_number = forms.CharField(label="Số thẻ đảng", max_length=20, required=False)
    decided_on = DayField(
        label="Ngày ghi trong quyết định kết nạp", required=False, help_text="Tuổi Đảng tính từ ngày này."
    )
    admitted_on = DayField(
        label="Ngày tổ chức lễ kết nạp", required=False, help_text="Thời gian dự bị tính từ ngày này."
    )
    official_on = DayField(label="Ngày chính thức", required=False)
    months_not_counted = forms.IntegerField(
        label="Số tháng không tính tuổi Đảng", min_value=0, max_value=600, required=False, initial=0,
        help_text="Thời gian mất liên lạc, bị kỷ luật; không có thì để 0.",
    )  # fmt: skip

    def clean_phone(self) -> str:
        typed = self.cleaned_data["phone"]
        number = normal_phone(typed) if typed else ""
        if number is None:
            raise forms.ValidationError("Số điện thoại chưa đúng, ví dụ 0912 345 678.")
        return number

    def clean_card_number(self) -> str | None:
        return self.cleaned_data["card_number"] or None

    def clean_months_not_counted(self) -> int:
        return self.cleaned_data["months_not_counted"] or 0

    def clean(self) -> dict[str, Any]:
        """The birthday goes on as the two columns it is kept in."""
        cleaned = super().clean() or self.cleaned_data
        if "born" in cleaned:
            born = cleaned.pop("born")
            cleaned["born_on"], cleaned["born_known_to"] = born or (None, Precision.DAY)
        return cleaned

    def add_error(self, field: str | None, error: Any) -> None:
        super().add_error("born" if field == "born_on" else field, error)


def facts_of(member: Member) -> dict[str, Any]:
    """As the form begins."""
    facts = {name: getattr(member, name) for name in FactsForm.base_fields if name != "born"}
    born = Birth(member.born_on, Precision(member.born_known_to or Precision.DAY)) if member.born_on else None
    return facts | {"born": born}


class ChangeMemberForm(VersionForm, FactsForm):
    pass


class EnterMemberForm(FactsForm):
    state = forms.ChoiceField(
        label="Tình trạng",
        choices=[(state.value, state.label) for state in reversed(State.present())],
        widget=forms.RadioSelect,
    )
    since = DayField(label="Sinh hoạt ở chi bộ này từ ngày")
    ground = forms.CharField(
        label="Vì sao vào danh sách",
        max_length=200,
        required=False,
        help_text="Ví dụ: mới kết nạp, chuyển từ nơi khác đến.",
    )
    field_order = ["full_name", "state", "since", "ground"]


class ClosedForm(VersionForm, PortalForm):
    religion = forms.CharField(label="Tôn giáo", max_length=60, required=False)
    health = forms.CharField(label="Sức khỏe", max_length=200, required=False)
    remarks = forms.CharField(
        label="Ghi chú về người", max_length=4_000, required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
