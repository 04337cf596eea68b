from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from branches.models import BranchType, Organisation
from members.models import Sex, State, Theory
from members.models.ethnicities import ETHNICITIES
from members.queries.roll import MAJORITY, MINORITIES
from members.services.records import MEMBERS_LIVE_IN
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.ui.forms import PortalForm

Choices = list[tuple[str, str]]


def _any(choices: Choices) -> Choices:
    return [("", "Tất cả"), *[(value, label) for value, label in choices if value]]


STATES = [(state.value, state.label) for state in (State.FULL, State.PROBATIONARY, State.EXEMPT, State.DEFERRED)]
PEOPLES = [(MAJORITY, MAJORITY), (MINORITIES, "Dân tộc thiểu số"), *[(one, one) for one in ETHNICITIES[1:]]]


def below_for_filter(organisation: Organisation, actor: Actor) -> QuerySet[Organisation] | None:
    if organisation.kind in MEMBERS_LIVE_IN:
        return None
    seen = Organisation.objects.allowed(actor, Permission.SEE_ORGANISATION)
    return seen.filter(parent=organisation).living(timezone.localdate()).in_order()


class RollForm(PortalForm):
    """The filters of the roll, as they stand in the address."""

    tim = forms.CharField(
        label="Tìm theo tên", max_length=120, required=False, help_text="Có dấu hay không dấu đều được."
    )
    tinh_trang = forms.ChoiceField(label="Tình trạng", choices=_any(STATES), required=False)
    tuoi_tu = forms.IntegerField(label="Tuổi từ", min_value=0, max_value=150, required=False)
    tuoi_den = forms.IntegerField(label="Tuổi đến", min_value=0, max_value=150, required=False)
    gioi_tinh = forms.ChoiceField(label="Giới tính", choices=_any(Sex.choices), required=False)
    dan_toc = forms.ChoiceField(label="Dân tộc", choices=_any(PEOPLES), required=False)
    ly_luan = forms.ChoiceField(label="Lý luận chính trị", choices=_any(Theory.choices), required=False)
    loai_hinh = forms.ChoiceField(label="Loại hình chi bộ", choices=_any(BranchType.choices), required=False)
    noi = forms.ModelChoiceField(label="Nơi", queryset=Organisation.objects.none(), required=False)

    def __init__(self, *args: Any, below: QuerySet[Organisation] | None, **options: Any) -> None:
        """`below`: what hangs directly under the organisation of the roll; None for a branch, which has nothing below."""
        super().__init__(*args, **options)
        if below is None:
            del self.fields["loai_hinh"], self.fields["noi"]
        else:
            field = cast(forms.ModelChoiceField, self.fields["noi"])
            field.queryset, field.empty_label = below, "Tất cả"

    @property
    def asked(self) -> dict[str, Any]:
        """What was asked for and makes sense."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}

    @property
    def further(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if field.name != "tim"]

    @property
    def is_further_asked(self) -> bool:
        """Some of the further filters say something; wrong ones too, so that their sentence is seen."""
        return any(field.value() or field.errors for field in self.further)
