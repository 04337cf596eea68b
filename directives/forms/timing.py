"""When something is to be done, in boxes."""

from typing import Any

from django import forms

from directives.timing import EVENTS, PERIODS, Operator, Pace, Timing
from portal.ui.forms import PickDay, PortalForm


class TimingForm(PortalForm):
    pace = forms.ChoiceField(label="Nhịp", choices=Pace.choices)
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
        return said

    @property
    def timing(self) -> Timing:
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
