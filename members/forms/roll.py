from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from members.models import Member, Sex, State, Theory
from members.party_age import months_later
from portal.ui.forms import PortalForm

RELIEVED = "relieved"


class RollFilter(PortalForm):
    """Stands in the address, so that a filtered roll can be kept and sent on."""

    tim = forms.CharField(label="Tìm theo tên, số thẻ, điện thoại", required=False, max_length=120)
    tinh_trang = forms.ChoiceField(
        label="Tình trạng",
        required=False,
        choices=[
            ("", "Đang sinh hoạt"),
            *((state.value, state.label) for state in State.present()),
            (RELIEVED, "Được miễn, hoãn"),
            ("gone", "Đã chuyển đi, đã ra khỏi danh sách"),
        ],
    )
    gioi_tinh = forms.ChoiceField(label="Giới tính", required=False, choices=[("", "Tất cả"), *Sex.choices[:2]])
    ly_luan = forms.ChoiceField(
        label="Lý luận chính trị", required=False, choices=[("", "Tất cả"), *Theory.choices[:4]]
    )
    tu_tuoi = forms.IntegerField(label="Từ tuổi", required=False, min_value=16, max_value=120)
    den_tuoi = forms.IntegerField(label="Đến tuổi", required=False, min_value=16, max_value=120)

    def narrowed(self, rows: QuerySet[Member]) -> QuerySet[Member]:
        """What is wrong in the address narrows nothing, and is said beside its field."""
        self.is_valid()
        asked: dict[str, Any] = self.cleaned_data
        rows = self._by_state(rows, asked.get("tinh_trang", ""))
        for name, column in (("gioi_tinh", "sex"), ("ly_luan", "theory")):
            if asked.get(name):
                rows = rows.filter(**{column: asked[name]})
        today = timezone.localdate()
        if asked.get("tu_tuoi"):
            rows = rows.filter(born_on__lte=months_later(today, -12 * asked["tu_tuoi"]))
        if asked.get("den_tuoi"):
            rows = rows.filter(born_on__gt=months_later(today, -12 * (asked["den_tuoi"] + 1)))
        return rows.matching(asked.get("tim", ""))  # type: ignore[attr-defined]

    @staticmethod
    def _by_state(rows: QuerySet[Member], state: str) -> QuerySet[Member]:
        if state == "gone":
            return rows.filter(state__in=State.gone())
        if state == RELIEVED:
            return rows.filter(state__in=State.present()).exclude(relief="")
        return rows.filter(state__in=[state] if state else State.present())

    @property
    def is_narrow(self) -> bool:
        return any(self.data.get(name) for name in self.fields)
