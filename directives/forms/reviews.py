from typing import Any

from django import forms

from branches.models import Kind
from directives.forms.days import NearDay
from directives.models import ReviewKind, ReviewPart
from directives.models.review import ANSWERING, HEADINGS, LONGEST_JUDGEMENT
from portal.ui.forms import PortalForm
from portal.ui.versions import VersionForm

HINTS = {
    "results": "Việc làm được, cách làm hay; không chép lại số liệu. Có phần này mới gửi được.",
    "shortcomings": "Việc chưa làm được, làm chậm.",
    "proposals": "Đề nghị cấp trên việc gì.",
}


class OpenReviewForm(PortalForm):
    kind = forms.ChoiceField(label="Hình thức", choices=ReviewKind.choices, widget=forms.RadioSelect)
    since = NearDay(label="Kỳ báo cáo: từ ngày")
    until = NearDay(label="Đến hết ngày")
    answering = forms.ChoiceField(label="Nơi báo cáo", widget=forms.RadioSelect)
    due_on = NearDay(label="Hạn gửi, đến hết ngày")
    guidance = forms.CharField(
        label="Hướng dẫn", max_length=4_000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Cần nêu rõ việc gì; số liệu cổng tự tổng hợp.",
    )  # fmt: skip

    def __init__(self, *args: Any, kinds: list[str], **options: Any) -> None:
        """`kinds`: those that live below."""
        super().__init__(*args, **options)
        offered = [kind for kind in ANSWERING if kind.value in kinds]
        self.fields["answering"].choices = [(kind.value, WHOM[kind]) for kind in offered]  # type: ignore[attr-defined]
        if len(offered) == 1:
            self.fields["answering"].initial = offered[0].value


WHOM = {
    Kind.COMMUNE: "Các đảng ủy xã, phường, đặc khu",
    Kind.BASE: "Các đảng bộ cơ sở",
    Kind.PART: "Các đảng bộ bộ phận",
    Kind.BRANCH: "Các chi bộ",
}


class ChangeReviewForm(PortalForm):
    due_on = NearDay(label="Hạn gửi, đến hết ngày")
    guidance = forms.CharField(
        label="Hướng dẫn", max_length=4_000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )


class PartForm(VersionForm, PortalForm):
    """One box under each heading of the paper."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, heading in HEADINGS.items():
            self.fields[name] = forms.CharField(
                label=heading, max_length=LONGEST_JUDGEMENT, required=False, help_text=HINTS.get(name, ""),
                widget=forms.Textarea(attrs={"rows": 4}),
            )  # fmt: skip

    @property
    def words(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in HEADINGS}


def as_written(part: ReviewPart) -> dict[str, Any]:
    return {name: getattr(part, name) for name in HEADINGS} | {"version": part.version}


class JudgePartForm(PortalForm):
    remark = forms.CharField(
        label="Nhận xét", max_length=2_000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Trả lại thì ghi rõ cần bổ sung gì.",
    )  # fmt: skip


class ConclusionForm(VersionForm, PortalForm):
    conclusion = forms.CharField(
        label="Kết luận chung", max_length=20_000, widget=forms.Textarea(attrs={"rows": 14, "class": "input--tall"}),
        help_text="Phần này đứng sau số liệu trong báo cáo chung. Mỗi đoạn một dòng.",
    )  # fmt: skip
