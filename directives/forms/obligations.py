"""Marking a passage: what the portal proposes stands in the boxes, a person confirms or corrects."""

from decimal import Decimal
from typing import Any

from django import forms

from directives.bearers import Bearer
from directives.forms.timing import TimingForm
from directives.models import Obligation, ObligationKind
from directives.reading.proposals import Proposal
from directives.reading.shares import Comparison
from portal.ui.forms import PortalForm

_MOST = 1_000_000_000


class ObligationFilterForm(PortalForm):
    tim = forms.CharField(label="Tìm trong lời văn, mã", max_length=120, required=False)


class PassageForm(TimingForm):
    """A passage of the text, from one letter to another, as what."""

    field_order = ("start", "end", "clause", "kind", "who_words", "bearers", "pace", "when_words")

    start = forms.IntegerField(min_value=0, max_value=_MOST, widget=forms.HiddenInput)
    end = forms.IntegerField(min_value=1, max_value=_MOST, widget=forms.HiddenInput)
    clause = forms.CharField(max_length=30, required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label="Là", choices=ObligationKind.choices, widget=forms.RadioSelect)
    who_words = forms.CharField(label="Ai làm, theo lời văn", max_length=300, required=False)
    bearers = forms.MultipleChoiceField(
        label="Ai làm", choices=Bearer.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    when_words = forms.CharField(label="Thời gian, theo lời văn", max_length=200, required=False)
    comparison = forms.ChoiceField(
        label="Chỉ tiêu: so sánh", choices=[("", "Không nêu mức"), *Comparison.choices], required=False
    )
    value = forms.DecimalField(label="Mức", max_digits=10, decimal_places=2, min_value=0, required=False)
    most = forms.DecimalField(label="Đến mức", max_digits=10, decimal_places=2, min_value=0, required=False)
    unit = forms.CharField(label="Đơn vị", max_length=30, required=False)
    product = forms.CharField(label="Sản phẩm phải có", max_length=200, required=False)
    proof = forms.CharField(label="Minh chứng", max_length=200, required=False)

    PLAIN = ("kind", "start", "end", "clause", "when_words", "bearers", "who_words")
    FIRST = ("pace", "operator", "due_on", "due_day", "due_month", "comparison", "value", "unit")

    @property
    def first_fields(self) -> list[forms.BoundField]:
        """Those that are mostly wanted; of them those of a target only where a figure was read, or is wanted."""
        is_target = self["kind"].value() == ObligationKind.TARGET
        return [self[name] for name in self.FIRST if is_target or name not in ("comparison", "value", "unit")]

    @property
    def more_fields(self) -> list[forms.BoundField]:
        first = {field.name for field in self.first_fields}
        return [field for field in self.visible_fields() if field.name != "kind" and field.name not in first]

    @property
    def is_more_asked(self) -> bool:
        return any(field.errors for field in self.more_fields)

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        self._check_value(said)
        return said

    def _check_value(self, said: dict[str, Any]) -> None:
        if said.get("kind") != ObligationKind.TARGET:
            return
        if said.get("comparison") and said.get("value") is None:
            self.add_error("value", "Ghi mức của chỉ tiêu.")
        if said.get("value") is not None and not said.get("comparison"):
            self.add_error("comparison", "Chọn cách so sánh, ví dụ “trên”.")
        is_between = said.get("comparison") == Comparison.BETWEEN
        if is_between and (said.get("most") is None or said.get("value") is None or said["most"] <= said["value"]):
            self.add_error("most", "Mức sau phải lớn hơn mức trước.")

    @property
    def asked(self) -> dict[str, Any]:
        """For the service."""
        plain = {name: self.cleaned_data[name] for name in self.PLAIN}
        return plain | {"timing": self.timing, "detail": self._detail()}

    def _detail(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said["kind"] == ObligationKind.TASK:
            return {"product": said["product"], "proof": said["proof"]}
        if said["kind"] != ObligationKind.TARGET:
            return {}
        if said["value"] is None:
            return {"comparison": "", "value": None, "most": None, "unit": said["unit"]}
        most = said["most"] if said["comparison"] == Comparison.BETWEEN else None
        return {"comparison": said["comparison"], "value": said["value"], "most": most, "unit": said["unit"]}


class CorrectionForm(PassageForm):
    """Of one that stands. Its words may be others of the same text."""

    start = None
    end = None
    words = forms.CharField(
        label="Nguyên văn", max_length=2_000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Đúng từng chữ như trong bài; thêm bớt thì chép lại từ toàn văn.",
    )  # fmt: skip
    clause = forms.CharField(label="Mục", max_length=30, required=False)

    PLAIN = ("kind", "words", "clause", "when_words", "bearers", "who_words")
    FIRST = ("words", "clause", *PassageForm.FIRST)


def as_marked(row: Obligation) -> dict[str, Any]:
    said: dict[str, Any] = {name: getattr(row, name) for name in CorrectionForm.PLAIN} | row.timing.columns
    if row.kind == ObligationKind.TASK:
        said |= {"product": row.task.product, "proof": row.task.proof}
    if row.kind == ObligationKind.TARGET:
        value, most = _plain(row.target.value), _plain(row.target.most)
        said |= {"comparison": row.target.comparison, "value": value, "most": most, "unit": row.target.unit}
    return said


def initial_of(proposal: Proposal) -> dict[str, Any]:
    share = proposal.shares[0] if proposal.shares else None
    timing = {name: value for name, value in proposal.timing.columns.items() if value not in (None, "")}
    said: dict[str, Any] = {
        "start": proposal.start, "end": proposal.end, "clause": proposal.clause, "kind": proposal.kind,
        "when_words": proposal.when_words, "bearers": [one.value for one in proposal.bodies], **timing,
    }  # fmt: skip
    if share:
        said |= {
            "comparison": share.comparison,
            "value": _plain(share.value),
            "most": _plain(share.most),
            "unit": share.unit,
        }
    return said


def _plain(value: Decimal | None) -> Decimal | None:
    return (
        value.normalize() + 0
        if value is not None and value % 1
        else (None if value is None else value.quantize(Decimal(1)))
    )
