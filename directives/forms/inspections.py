from typing import Any

from django import forms
from django.db.models import QuerySet

from branches.forms.reorganisation import OrganisationField
from branches.models import Organisation
from directives.forms.days import NearDay
from directives.models import Document, FindingKind, InspectedBy, InspectionKind, PlannedInspection
from directives.services.demands import PAPERS
from portal.files.forms import StoredFileField
from portal.ui.forms import PortalForm
from portal.ui.versions import VersionForm

MOST_DOCUMENTS = 10


class ProgrammeForm(PortalForm):
    year = forms.IntegerField(label="Năm", min_value=2000, max_value=2098)
    conducted_by = forms.ChoiceField(label="Do ai tiến hành", choices=InspectedBy.choices, widget=forms.RadioSelect)
    copied = forms.BooleanField(label="Chép từ chương trình năm trước", required=False)


class AgreeForm(PortalForm):
    agreed_on = NearDay(label="Thông qua ngày")


class PlannedForm(PortalForm):
    subject = OrganisationField(label="Tổ chức được kiểm tra, giám sát", help_text="Gõ tên hoặc mã rồi chọn.")
    kind = forms.ChoiceField(label="Hình thức", choices=InspectionKind.choices, widget=forms.RadioSelect)
    contents = forms.CharField(label="Nội dung", max_length=2_000, widget=forms.Textarea(attrs={"rows": 3}))
    documents = forms.CharField(
        label="Việc thực hiện văn bản nào", max_length=1_000, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Mỗi dòng một số, ký hiệu của văn bản trong kho.",
    )  # fmt: skip
    since = NearDay(label="Tiến hành từ ngày")
    until = NearDay(label="Đến hết ngày")
    led_by = forms.CharField(
        label="Phụ trách", max_length=200, required=False, help_text="Chức danh hoặc bộ phận; không bắt buộc ghi tên."
    )

    def __init__(
        self, *args: Any, below: QuerySet[Organisation], documents: QuerySet[Document], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["subject"].offer(below)  # type: ignore[attr-defined]
        self.known = documents

    def clean_documents(self) -> list[Document]:
        typed = [line.strip() for line in self.cleaned_data["documents"].splitlines() if line.strip()]
        if len(typed) > MOST_DOCUMENTS:
            raise forms.ValidationError(f"Ghi tối đa {MOST_DOCUMENTS} văn bản.")
        rows = list(self.known) if typed else []
        return list({one.pk: one for one in (self._found(line, rows) for line in typed)}.values())

    def _found(self, line: str, rows: list[Document]) -> Document:
        key = line.casefold()
        same = [one for one in rows if key in (one.symbol.casefold(), one.name.casefold(), one.dated_name.casefold())]
        if not same:
            raise forms.ValidationError(f"Không có văn bản “{line[:80]}” trong kho.")
        if len(same) > 1:
            raise forms.ValidationError(f"Có nhiều văn bản mang số này; ghi đủ, ví dụ: {same[0].dated_name}.")
        return same[0]


def as_planned(planned: PlannedInspection) -> dict[str, Any]:
    names = ("kind", "contents", "since", "until", "led_by")
    written = {name: getattr(planned, name) for name in names}
    documents = "\n".join(one.dated_name for one in planned.documents.all())
    return written | {"subject": OrganisationField.written(planned.subject), "documents": documents}


class DropForm(PortalForm):
    """Out of a draft it goes without a word."""

    because = forms.CharField(label="Lý do thôi tiến hành", max_length=300)

    def __init__(self, *args: Any, is_draft: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if is_draft:
            del self.fields["because"]


class BeginForm(PortalForm):
    opened_on = NearDay(label="Bắt đầu ngày")


class ConcludeForm(VersionForm, PortalForm):
    concluded_on = NearDay(label="Kết luận ngày")
    conclusion = forms.CharField(
        label="Kết luận", max_length=20_000, widget=forms.Textarea(attrs={"rows": 10}),
        help_text="Tổ chức được kiểm tra đọc được phần này. Không ghi nhận xét về từng người; phần đó ghi ở phát hiện.",
    )  # fmt: skip


class FindingForm(PortalForm):
    kind = forms.ChoiceField(label="Loại", choices=FindingKind.choices, widget=forms.RadioSelect)
    words = forms.CharField(label="Nội dung", max_length=4_000, widget=forms.Textarea(attrs={"rows": 3}))


class EndForm(PortalForm):
    ended_on = NearDay(label="Kết thúc ngày")


class DemandForm(PortalForm):
    words = forms.CharField(label="Yêu cầu", max_length=2_000, widget=forms.Textarea(attrs={"rows": 4}))
    due_on = NearDay(label="Hạn, đến hết ngày")


class ChangeDemandForm(VersionForm, DemandForm):
    pass


class AnswerDemandForm(PortalForm):
    answer = forms.CharField(label="Đã làm gì", max_length=4_000, widget=forms.Textarea(attrs={"rows": 5}))
    done_on = NearDay(label="Làm xong ngày")
    file = StoredFileField(label="Tệp kèm theo", kinds=PAPERS, required=False)


class JudgeDemandForm(PortalForm):
    remark = forms.CharField(
        label="Nhận xét, lý do", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Trả lại hoặc thôi theo dõi thì ghi rõ lý do.",
    )  # fmt: skip
