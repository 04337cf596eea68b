"""Shares of totals, and values by hand."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from branches.models import Organisation
from directives.models import Target
from directives.models.figures import LONGEST
from portal.ui.forms import PickDay, PortalForm

OWN = "rieng"
MOST = 1_000_000


class TotalForm(PortalForm):
    """`targets`: those of documents that want a number of something."""

    subject = forms.ChoiceField(label="Chỉ tiêu nào", widget=forms.RadioSelect)
    name = forms.CharField(
        label="Nội dung", max_length=200, required=False, help_text="Khi tự ghi, ví dụ: Kết nạp đảng viên."
    )
    period = forms.ChoiceField(label="Của kỳ nào", widget=forms.RadioSelect)
    amount = forms.IntegerField(label="Tổng số", min_value=1, max_value=MOST)
    unit = forms.CharField(label="Đơn vị", max_length=30, initial="đảng viên")

    def __init__(
        self, *args: Any, targets: Sequence[Target], today: date, term: tuple[int, int], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.targets = {str(one.pk): one for one in targets}
        named = [(key, one.obligation.words) for key, one in self.targets.items()]
        self.fields["subject"].choices = [*named, (OWN, "Nội dung khác, tự ghi")]  # type: ignore[attr-defined]
        years = [(f"{year}-{year}", f"Năm {year}") for year in (today.year, today.year + 1)]
        whole = (f"{term[0]}-{term[1]}", f"Cả nhiệm kỳ {term[0]}–{term[1]}")
        self.fields["period"].choices = [*years, whole]  # type: ignore[attr-defined]
        self.initial.setdefault("period", years[0][0])
        if not named:
            self.initial.setdefault("subject", OWN)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("subject") == OWN and not cleaned.get("name") and "name" not in self.errors:
            self.add_error("name", "Ghi nội dung của chỉ tiêu.")
        return cleaned

    @property
    def asked(self) -> dict[str, Any]:
        said = self.cleaned_data
        target = self.targets.get(said["subject"])
        first, _, last = said["period"].partition("-")
        return {
            "target": target, "name": "" if target else said["name"], "first_year": int(first), "last_year": int(last),
            "amount": said["amount"], "unit": said["unit"],
        }  # fmt: skip


def term_around(today: date) -> tuple[int, int]:
    """Congresses of the Party are held every five years: 2025, 2030."""
    first = today.year - today.year % LONGEST
    return first, first + LONGEST


class SharesForm(PortalForm):
    """A figure for each place directly below; empty: none."""

    def __init__(
        self, *args: Any, receivers: Sequence[Organisation], amounts: Mapping[int, int], own: int | None, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.receivers = receivers
        if own is not None:
            self.fields["amount"] = _amount("Tổng số", min_value=1, initial=own)
        for one in receivers:
            self.fields[key_of(one)] = _amount(one.name, min_value=0, required=False, initial=amounts.get(one.pk))

    @property
    def own(self) -> int | None:
        return self.cleaned_data.get("amount")

    @property
    def amounts(self) -> dict[int, int | None]:
        return {one.pk: self.cleaned_data[key_of(one)] for one in self.receivers}


def key_of(receiver: Organisation) -> str:
    return f"phan-{receiver.pk}"


class DayForm(PortalForm):
    den = forms.DateField(label="Tính đến ngày", widget=PickDay, required=False)


def _amount(label: str, **options: Any) -> forms.IntegerField:
    """Typed as text with the keyboard of digits, as PortalForm does for those that stand in the class."""
    return forms.IntegerField(label=label, max_value=MOST, localize=True, widget=forms.TextInput, **options)


class HandValueForm(PortalForm):
    as_of = forms.DateField(label="Số liệu đến ngày", widget=PickDay)
    value = forms.DecimalField(label="Kết quả", min_value=0, max_digits=12, decimal_places=2)
    words = forms.CharField(
        label="Nguồn số liệu, ghi chú", max_length=300, help_text="Ví dụ: Báo cáo số 12-BC/ĐU, hoặc rà soát của chi bộ."
    )

    def __init__(self, *args: Any, unit: str, **options: Any) -> None:
        super().__init__(*args, **options)
        if unit:
            self.fields["value"].label = f"Kết quả ({unit})"
