"""Marking a passage: what the portal proposes stands in the boxes, a person confirms or corrects."""

from decimal import Decimal
from typing import Any

from django import forms

from directives.bearers import Bearer
from directives.models import Obligation, ObligationKind
from directives.reading.proposals import Proposal
from directives.reading.shares import Comparison
from directives.timing import EVENTS, PERIODS, Operator, Pace, Timing
from portal.ui.forms import PickDay, PortalForm

_MOST = 1_000_000_000


class ObligationFilterForm(PortalForm):
    tim = forms.CharField(label="Tìm trong lời văn, mã", max_length=120, required=False)


class PassageForm(PortalForm):
    """A passage of the text, from one letter to another, as what."""

    start = forms.IntegerField(min_value=0, max_value=_MOST, widget=forms.HiddenInput)
    end = forms.IntegerField(min_value=1, max_value=_MOST, widget=forms.HiddenInput)
    clause = forms.CharField(max_length=30, required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label="Là", choices=ObligationKind.choices, widget=forms.RadioSelect)
    who_words = forms.CharField(label="Ai làm, theo lời văn", max_length=300, required=False)
    bearers = forms.MultipleChoiceField(
        label="Ai làm", choices=Bearer.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    pace = forms.ChoiceField(label="Nhịp", choices=Pace.choices)
    when_words = forms.CharField(label="Thời gian, theo lời văn", max_length=200, required=False)
    operator = forms.ChoiceField(label="Hạn tính", choices=Operator.choices, required=False)
    due_on = forms.DateField(label="Ngày (việc làm một lần)", widget=PickDay, required=False)
    due_day = forms.IntegerField(label="Ngày trong tháng", min_value=1, max_value=31, required=False)
    due_month = forms.IntegerField(
        label="Tháng",
        min_value=1,
        max_value=12,
        required=False,
        help_text="Việc hằng năm: tháng 1–12. Hằng quý: tháng 1–3 của quý.",
    )
    times = forms.IntegerField(label="Số lần ít nhất mỗi kỳ", min_value=1, max_value=999, required=False)
    since = forms.DateField(label="Làm từ ngày", widget=PickDay, required=False)
    until = forms.DateField(label="Đến ngày", widget=PickDay, required=False)
    event = forms.CharField(
        label="Việc làm mốc", max_length=200, required=False, help_text="Ví dụ: có hướng dẫn của tỉnh."
    )
    event_days = forms.IntegerField(label="Trước, sau mốc mấy ngày", min_value=0, max_value=365, required=False)
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
        said = super().clean() or self.cleaned_data
        pace = said.get("pace")
        if pace == Pace.ONCE and not said.get("due_on"):
            self.add_error("due_on", "Việc làm một lần cần có ngày.")
        if pace in EVENTS and not said.get("event"):
            self.add_error("event", "Ghi việc làm mốc, ví dụ: có hướng dẫn của tỉnh.")
        if pace == Pace.QUARTER and (said.get("due_month") or 0) > 3:
            self.add_error("due_month", "Tháng của quý là 1, 2 hoặc 3.")
        if (said.get("due_on") or said.get("due_day")) and not said.get("operator") and pace in (Pace.ONCE, *PERIODS):
            self.add_error("operator", "Chọn “trước ngày” hay “đến hết ngày”.")
        if said.get("since") and said.get("until") and said["until"] < said["since"]:
            self.add_error("until", "Ngày kết thúc phải sau ngày bắt đầu.")
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
        return plain | {"timing": self._timing(), "detail": self._detail()}

    def _timing(self) -> Timing:
        """Only the columns that belong to the pace: what else was typed says nothing."""
        said, pace = self.cleaned_data, self.cleaned_data["pace"]
        facts: dict[str, Any] = {"pace": pace, "since": said["since"], "until": said["until"]}
        if pace == Pace.ONCE:
            facts |= {"due_on": said["due_on"], "operator": said["operator"]}
        if pace in PERIODS and said["due_day"]:
            facts |= {"due_day": said["due_day"], "operator": said["operator"]}
            facts["due_month"] = None if pace == Pace.MONTH else said["due_month"] or (12 if pace == Pace.YEAR else 3)
        if pace in EVENTS:
            facts |= {"event": said["event"], "event_days": said["event_days"]}
        if pace in (*PERIODS, Pace.TERM, Pace.MEETING):
            facts["times"] = said["times"]
        return Timing(**facts)

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
