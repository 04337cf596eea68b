"""What the style guide shows its components with. All names and figures are invented; nothing is read or saved."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator

from portal.ui.forms import DayField, PickDay, PortalForm, Segments
from portal.ui.icons import icon_names
from portal.ui.plots.samples import PLOTS

TASK_KINDS = [("regular", "Sinh hoạt thường kỳ"), ("theme", "Sinh hoạt chuyên đề"), ("other", "Việc khác")]
QUALITY = [("good", "Tốt"), ("fair", "Khá"), ("poor", "Trung bình")]
QUALITY_FACES = {"good": ("ok", "check"), "fair": ("info", "check"), "poor": ("warn", "low")}
PEOPLE = [("", "Chọn trong danh sách"), ("1", "Trần Thị Hạnh"), ("2", "Đỗ Minh Tuấn"), ("3", "Phạm Đức Lợi")]


class DemoForm(PortalForm):
    """Every kind of control, checked as in earnest."""

    task = forms.CharField(label="Việc được giao", max_length=60, help_text="Một câu, bắt đầu bằng động từ.")
    person = forms.ChoiceField(label="Đồng chí phụ trách", choices=PEOPLE)
    born_on = DayField(label="Ngày sinh", not_after=date(2026, 1, 1), help_text="Ví dụ: 05 / 12 / 1985")
    due_on = forms.DateField(label="Hạn hoàn thành", widget=PickDay)
    households = forms.IntegerField(label="Số hộ vận động", min_value=1, max_value=500, required=False)
    kind = forms.ChoiceField(label="Loại việc", choices=TASK_KINDS, widget=forms.RadioSelect)
    quality = forms.ChoiceField(label="Chất lượng", choices=QUALITY, widget=Segments(QUALITY_FACES))
    helpers = forms.MultipleChoiceField(
        label="Cùng làm", choices=PEOPLE[1:], widget=forms.CheckboxSelectMultiple, required=False
    )
    email = forms.EmailField(label="Thư điện tử", required=False)
    note = forms.CharField(label="Ghi chú", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    paper = forms.FileField(label="Văn bản đính kèm", required=False, help_text="PDF hoặc ảnh chụp, tối đa 10 MB.")
    agreed = forms.BooleanField(label="Tôi đã xem lại các mục trên")

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if facts.get("kind") == "other" and not facts.get("note"):
            raise ValidationError("Việc khác thì phải có ghi chú.")
        return facts


def sample_facts() -> dict[str, Any]:
    return {
        "next_on": date(2026, 11, 4),
        "later_on": date(2026, 11, 20),
        "today": date(2026, 11, 6),
        "icons": icon_names(),
        "colours": COLOURS,
        "page": Paginator(range(240), 20).page(4),
        "one_page": Paginator(range(7), 20).page(1),
        "first_page": Paginator(range(45), 20).page(1),
        "months": MONTHS,
        "attendance": ATTENDANCE_BY_MONTH,
        "with_gap": [92.0, 91.0, None, 88.0, 93.0, 95.0],
        "prose_text": PROSE,
        "plots": PLOTS,
    }


COLOURS = {
    "Giấy và mực": ["paper", "surface", "sunk", "line", "line-strong", "ink", "ink-2", "ink-3"],
    "Thương hiệu": ["red", "red-deep", "red-wash", "gold", "gold-ink", "gold-line", "gold-wash", "focus"],
    "Trạng thái: chữ": ["ok-ink", "warn-ink", "bad-ink", "info-ink", "mute-ink"],
    "Trạng thái: nền đậm": ["ok-fill", "warn-fill", "bad-fill", "info-fill", "mute-fill"],
    "Trạng thái: nền nhạt": ["ok-wash", "warn-wash", "bad-wash", "info-wash", "mute-wash", "ok-deep"],
}

_LATE, _NOW = 7, 11
MONTHS = [
    {
        "text": f"Th {number}",
        "told": f"Tháng {number}: {told}",
        "tone": tone,
        "icon": icon,
        "url": "#dai-nam" if number <= _NOW else "",
    }
    for number in range(1, 13)
    for told, tone, icon in [
        ("họp muộn", "warn", "clock")
        if number == _LATE
        else ("đang ghi", "info", "edit")
        if number == _NOW
        else ("chưa đến", "mute", "dot")
        if number > _NOW
        else ("họp đúng hạn", "ok", "check")
    ]
]
ATTENDANCE_BY_MONTH = [88.5, 88.1, 87.9, 90.4, 92.2, 91.6, 89.8, 91.9, 93.4, 92.7, 94.0, 93.2]
PROSE = """Trước buổi họp, đồng chí chuẩn bị ba việc.

## Các bước
1. Mở mục Việc của tôi.
2. Bấm Ghi buổi họp.
3. Điểm danh từng đồng chí.

- Có mạng yếu vẫn ghi được.
- Chưa chắc thì để trống, ghi sau."""
