from collections.abc import Mapping
from datetime import date
from typing import Any, cast

from django import forms

from branches.models import Organisation
from branches.summary.months import next_month
from meetings.models import MeetingKind, SlotChange
from meetings.slots import places_of
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.ui.forms import DayField, PortalForm

MONTHS_ON = 6


class SlotForm(PortalForm):
    organisation = forms.ModelChoiceField(label="Áp dụng cho", queryset=Organisation.objects.none(), empty_label=None)
    kind = forms.ChoiceField(
        label="Loại buổi họp",
        choices=[(kind.value, kind.label) for kind in MeetingKind.of_slots()],
        initial=MeetingKind.REGULAR.value,
        widget=forms.RadioSelect,
    )
    period = forms.TypedChoiceField(
        label="Kỳ", coerce=date.fromisoformat, help_text="Chuyên đề: chọn tháng nào trong quý cũng được."
    )
    change = forms.ChoiceField(
        label="Quyết định", choices=SlotChange.choices, initial=SlotChange.MOVED.value, widget=forms.RadioSelect
    )
    until = DayField(
        label="Được họp đến hết ngày", required=False, help_text="Khi dời ngày họp. Không phải họp thì để trống."
    )
    because = forms.CharField(
        label="Lý do", max_length=300, help_text="Ví dụ: nghỉ Tết Nguyên đán; bão số 3, đường chia cắt."
    )

    def __init__(self, *args: Any, organisation: Organisation, actor: Actor, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        where = cast(forms.ModelChoiceField, self.fields["organisation"])
        rows = Organisation.objects.allowed(actor, Permission.DIRECT_MEETINGS).at_or_below(organisation.path)
        where.queryset = rows.living(today).order_by("path")
        where.initial = organisation.pk
        cast(Any, where).label_from_instance = lambda row: (
            f"{row.name} và các chi bộ bên dưới" if row.pk == organisation.pk and row.kind != "branch" else row.name
        )
        month = cast(forms.TypedChoiceField, self.fields["period"])
        month.choices = [(f"{first:%Y-%m-%d}", f"Tháng {first:%m/%Y}") for first in _months(today)]
        month.initial = f"{next_month(today.replace(day=1)):%Y-%m-%d}"


KINDS = {"thuong-ky": MeetingKind.REGULAR, "chuyen-de": MeetingKind.THEMATIC, "chi-uy": MeetingKind.COMMITTEE}
YEARS_BACK = 3


class GridForm(PortalForm):
    """?nam=2026&loai=thuong-ky&xep=chu-y; nonsense shows what is shown without it."""

    nam = forms.TypedChoiceField(label="Năm", coerce=int)
    loai = forms.ChoiceField(label="Loại buổi họp", choices=[(slug, kind.label) for slug, kind in KINDS.items()])
    xep = forms.ChoiceField(label="Xếp", choices=[("chu-y", "Cần chú ý trước"), ("ten", "Theo tên chi bộ")])

    def __init__(self, asked: Mapping[str, Any], today: date) -> None:
        years = range(today.year + 1, today.year - YEARS_BACK - 1, -1)
        self.plain = {"nam": str(today.year), "loai": "thuong-ky", "xep": "chu-y"}
        fit = {
            "nam": [str(year) for year in years],
            "loai": list(KINDS),
            "xep": ["chu-y", "ten"],
        }
        self.said = {name: asked.get(name) if asked.get(name) in fit[name] else self.plain[name] for name in self.plain}
        super().__init__(initial=self.said)
        cast(forms.ChoiceField, self.fields["nam"]).choices = [(year, f"Năm {year}") for year in fit["nam"]]

    @property
    def is_asked(self) -> bool:
        return self.said != self.plain

    @property
    def year(self) -> int:
        return int(str(self.said["nam"]))

    @property
    def kind(self) -> MeetingKind:
        return KINDS[str(self.said["loai"])]

    @property
    def by_name(self) -> bool:
        return self.said["xep"] == "ten"


def _months(today: date) -> list[date]:
    """From the beginning of last year: what was decided then may still have to be written down."""
    months = {place.period for year in (today.year - 1, today.year, today.year + 1) for place in places_of(year)}
    last = today.replace(day=1)
    for _ in range(MONTHS_ON):
        last = next_month(last)
    return sorted((month for month in months if month <= last), reverse=True)
