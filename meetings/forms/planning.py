"""Planning a meeting, and changing what was planned."""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from django import forms
from django.db.models import QuerySet

from directives.models import Document
from meetings.models import Form, Meeting, MeetingKind
from meetings.models.kinds import Form as MeetingForms
from members.models import Member
from portal.files.forms import StoredFileField
from portal.ui.forms import PickDay, PortalForm, Proposing
from portal.words.quantities import weekday

OTHER_DAY = "khac"
CLOCK = forms.TimeInput({"type": "time"}, format="%H:%M")


class DayTiles(forms.RadioSelect):
    """Days side by side: the weekday, the day and month."""

    template_name = "components/day_tiles.html"


def _hour(**options: Any) -> forms.TimeField:
    return forms.TimeField(label="Giờ bắt đầu", widget=CLOCK, **options)


def _place(**options: Any) -> forms.CharField:
    return forms.CharField(label="Địa điểm", max_length=200, **options)


class PlanForm(PortalForm):
    day_choice = forms.ChoiceField(label="Ngày họp", widget=DayTiles)
    other_day = forms.DateField(label="Ngày khác", widget=PickDay, required=False)
    begins, place = _hour(), _place()
    also_thematic = forms.BooleanField(label="Kết hợp sinh hoạt chuyên đề trong cùng buổi", required=False)
    title = forms.CharField(label="Nội dung chính", max_length=200, required=False)

    def __init__(self, *args: Any, kind: str, days: Sequence[date], **options: Any) -> None:
        super().__init__(*args, **options)
        tiles = [(f"{day:%Y-%m-%d}", f"{weekday(day)} {day:%d/%m}") for day in days]
        choices = [*tiles, (OTHER_DAY, "Ngày khác")]
        cast(forms.ChoiceField, self.fields["day_choice"]).choices = choices
        self.initial.setdefault("day_choice", choices[0][0])
        if kind != MeetingKind.REGULAR:
            del self.fields["also_thematic"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        choice = cleaned.get("day_choice")
        if choice == OTHER_DAY:
            cleaned["day"] = cleaned.get("other_day")
            if not cleaned["day"] and "other_day" not in self.errors:
                self.add_error("other_day", "Chưa chọn ngày khác.")
        elif choice:
            cleaned["day"] = date.fromisoformat(choice)
        return cleaned

    @property
    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name not in ("day_choice", "other_day")}


class MeetingFactsForm(PortalForm):
    day = forms.DateField(label="Ngày họp", widget=PickDay)
    begins, place = _hour(required=False), _place(required=False)
    title = forms.CharField(label="Nội dung chính", max_length=200, required=False)
    chair = forms.ModelChoiceField(label="Người chủ trì", queryset=Member.objects.none(), required=False)
    clerk = forms.ModelChoiceField(label="Thư ký", queryset=Member.objects.none(), required=False)
    also_thematic = forms.BooleanField(label="Kết hợp sinh hoạt chuyên đề trong cùng buổi", required=False)
    form = forms.ChoiceField(label="Hình thức", choices=MeetingForms.choices, initial=Form.IN_PERSON)
    form_ground = forms.CharField(
        label="Lý do họp theo hình thức này", max_length=300, required=False,
        help_text="Chỉ ghi khi không họp trực tiếp.",
    )  # fmt: skip
    form_leave = forms.CharField(
        label="Cấp ủy đã đồng ý, văn bản số", max_length=200, required=False,
        help_text="Họp trực tuyến, kết hợp hoặc theo tổ đảng.",
    )  # fmt: skip
    cannot_gather = forms.IntegerField(
        label="Số đảng viên không thể tập trung", min_value=0, max_value=10_000, required=False,
        help_text="Chỉ ghi khi họp trực tuyến.",
    )  # fmt: skip
    OF_FORM = ("form_ground", "form_leave", "cannot_gather")

    def __init__(self, *args: Any, meeting: Meeting, people: QuerySet[Member], **options: Any) -> None:
        initial = {name: getattr(meeting, name) for name in self.base_fields}
        super().__init__(*args, initial=initial, **options)
        for name in ("chair", "clerk"):
            field = cast(forms.ModelChoiceField, self.fields[name])
            field.queryset, field.empty_label = people, "Chưa chọn"
        if meeting.kind != MeetingKind.REGULAR:
            del self.fields["also_thematic"]

    @property
    def first(self) -> list[forms.BoundField]:
        """What is changed each time; the form of the meeting stands folded below."""
        return [self[name] for name in self.fields if name not in ("form", *self.OF_FORM)]

    @property
    def of_form(self) -> list[forms.BoundField]:
        return [self["form"], *(self[name] for name in self.OF_FORM)]

    @property
    def is_of_form_open(self) -> bool:
        return any(name in self.errors for name in ("form", *self.OF_FORM)) or self["form"].value() != Form.IN_PERSON


class AddLineForm(PortalForm):
    words = forms.CharField(label="Thêm nội dung", max_length=300)
    presenter = forms.CharField(label="Người thực hiện", max_length=120, required=False)


class LibraryField(forms.CharField):
    """A document of the library by its number: the library is too long for a list."""

    widget = Proposing

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": 200, "required": False, "help_text": "Gõ số, ký hiệu rồi chọn."} | options)
        self.documents: QuerySet[Document] = Document.objects.none()

    def offer(self, documents: QuerySet[Document]) -> None:
        self.documents = documents
        self.widget.proposals = [one.dated_name[:200] for one in documents.select_related("issuer")[:500]]  # type: ignore[attr-defined]

    def clean(self, value: Any) -> Document | None:
        typed = super().clean(value).strip().casefold()
        if not typed:
            return None
        for one in self.documents.select_related("issuer"):
            if typed in (one.dated_name[:200].casefold(), one.symbol.casefold(), one.name.casefold()):
                return one
        raise forms.ValidationError("Không có văn bản này trong kho. Gõ số, ký hiệu rồi chọn trong danh sách hiện ra.")


class PaperForm(PortalForm):
    title = forms.CharField(label="Tên tài liệu", max_length=200, required=False, help_text="Để trống thì lấy tên tệp.")
    document = LibraryField(label="Văn bản trong kho")

    def __init__(self, *args: Any, documents: QuerySet[Document], kinds: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["file"] = StoredFileField(label="Tệp", kinds=kinds, required=False)
        self.order_fields(["file", "document", "title"])
        cast(LibraryField, self.fields["document"]).offer(documents)


class AskForm(PortalForm):
    member = forms.ModelChoiceField(label="Đảng viên", queryset=Member.objects.none())
    about = forms.CharField(label="Xin ý kiến về", max_length=300)

    def __init__(self, *args: Any, people: QuerySet[Member], **options: Any) -> None:
        super().__init__(*args, **options)
        cast(forms.ModelChoiceField, self.fields["member"]).queryset = people


class CallOffForm(PortalForm):
    because = forms.CharField(label="Lý do hủy", max_length=200)
