"""Giving what a document obliges to, and answering for what one was given."""

from collections.abc import Iterable, Sequence
from typing import Any, cast

from django import forms
from django.db.models import QuerySet

from branches.models import Organisation
from directives.forms.timing import TimingForm
from directives.models import Obligation, OrderedTask, Target, To
from directives.services.assignments import PAPERS
from directives.timing import Pace
from portal.files.forms import StoredFileField
from portal.ui.forms import PickDay, PortalForm
from portal.ui.versions import VersionForm
from portal.words.text import search_key

MOST_LETTERS = 20_000
NOT_GIVEN = (Pace.TERM, Pace.MEETING)  # an order puts a day, a month, a quarter or a year in their place


class OrderForm(PortalForm):
    title = forms.CharField(
        label="Tên đợt giao việc", max_length=200, help_text="Ví dụ: Kế hoạch thực hiện Nghị quyết 21 năm 2026."
    )
    words = forms.CharField(label="Yêu cầu chung", max_length=2_000, required=False, widget=forms.Textarea({"rows": 4}))


class ChangeOrderForm(OrderForm, VersionForm):
    pass


class ChooseTasksForm(PortalForm):
    """Every task of the document, those that fit whoever gives already marked."""

    tasks = forms.MultipleChoiceField(label="Chọn việc để giao", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, offered: Sequence[Obligation], **options: Any) -> None:
        super().__init__(*args, **options)
        self.offered = offered
        field = cast(forms.MultipleChoiceField, self.fields["tasks"])
        field.choices = [(str(one.pk), one.words) for one in offered]
        field.error_messages["required"] = "Chọn ít nhất một việc."

    @property
    def chosen(self) -> list[Obligation]:
        keys = {int(key) for key in self.cleaned_data["tasks"]}
        return [one for one in self.offered if one.pk in keys]


class PlacesField(forms.CharField):
    """Names or codes, one a line, as an office has them in a sheet."""

    widget = forms.Textarea({"rows": 5})
    places: Iterable[Organisation] = ()  # read when something was typed

    def to_python(self, value: Any) -> Any:
        lines = [line.strip() for line in (super().to_python(value) or "").splitlines() if line.strip()]
        if not lines:
            return []
        known: dict[str, list[Organisation]] = {}
        for place in self.places:
            known.setdefault(place.search_key, []).append(place)
            known.setdefault(search_key(place.code), []).append(place)
        found, wrong = [], []
        for line in lines:
            places = {place.pk: place for place in known.get(search_key(line), [])}
            if len(places) == 1:
                found.append(next(iter(places.values())))
            else:
                wrong.append(f"“{line[:60]}”" + (" (nhiều nơi cùng tên, hãy ghi mã)" if places else ""))
        if wrong:
            raise forms.ValidationError(f"Không rõ nơi nào: {', '.join(wrong[:5])}{'…' if len(wrong) > 5 else ''}.")
        return found


class SetTaskForm(TimingForm):
    """One ordered task: its words, to whom, by when."""

    words = forms.CharField(label="Việc phải làm", max_length=1_000, widget=forms.Textarea({"rows": 3}))
    to = forms.ChoiceField(label="Giao cho", widget=forms.RadioSelect)
    chosen = PlacesField(
        label="Những nơi nào", max_length=MOST_LETTERS, required=False,
        help_text="Khi chọn “một số nơi”: mỗi dòng một tên hoặc mã tổ chức.",
    )  # fmt: skip
    by_proof = forms.BooleanField(label="Đủ minh chứng từ sổ họp, buổi quán triệt thì tự coi là xong", required=False)
    serves = forms.ModelMultipleChoiceField(
        label="Phục vụ chỉ tiêu", queryset=Target.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    field_order = ("words", "to", "chosen", "pace", "operator", "due_on", "by_proof", "serves")
    FIRST = ("words", "to", "chosen", "pace", "operator", "due_on", "by_proof")

    def __init__(
        self, *args: Any, offered: Sequence[To], places: Iterable[Organisation], targets: QuerySet[Target], **options: Any
    ) -> None:  # fmt: skip
        super().__init__(*args, **options)
        fields: dict[str, Any] = self.fields
        fields["to"].choices = [(one.value, one.label) for one in offered]
        fields["pace"].choices = [(one.value, one.label) for one in Pace if one not in NOT_GIVEN]
        fields["chosen"].places = places
        fields["serves"].queryset = targets
        fields["serves"].label_from_instance = lambda target: target.obligation.words
        if not targets:
            del fields["serves"]

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("to") == To.CHOSEN and not said.get("chosen") and "chosen" not in self.errors:
            self.add_error("chosen", "Ghi ít nhất một nơi.")
        return said

    @property
    def first_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.FIRST]

    @property
    def more_fields(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if field.name not in self.FIRST]

    @property
    def is_more_asked(self) -> bool:
        return any(field.errors for field in self.more_fields)

    @property
    def asked(self) -> dict[str, Any]:
        said = self.cleaned_data
        chosen = said["chosen"] if said["to"] == To.CHOSEN else []
        return {
            "words": said["words"], "to": said["to"], "chosen": chosen, "timing": self.timing,
            "by_proof": said["by_proof"], "serves": list(said.get("serves") or []),
        }  # fmt: skip


def as_set(row: OrderedTask) -> dict[str, Any]:
    chosen = row.chosen.order_by("sort_key").values_list("name", flat=True)
    return {
        "words": row.words, "to": row.to, "by_proof": row.by_proof, "chosen": "\n".join(chosen),
        "serves": list(row.serves.values_list("pk", flat=True)), **row.timing.columns,
    }  # fmt: skip


class OccurrenceForm(PortalForm):
    on = forms.DateField(label="Ngày", widget=PickDay)
    words = forms.CharField(label="Việc gì đã xảy ra", max_length=300)


class NoteForm(PortalForm, VersionForm):
    progress = forms.IntegerField(label="Tiến độ, phần trăm", min_value=0, max_value=100, required=False)
    words = forms.CharField(
        label="Đã làm được gì", max_length=2_000, required=False, widget=forms.Textarea({"rows": 3})
    )
    file = StoredFileField(label="Tệp kèm theo", kinds=PAPERS, required=False)


class HandInForm(PortalForm, VersionForm):
    result = forms.CharField(label="Kết quả", max_length=4_000, widget=forms.Textarea({"rows": 4}))
    file = StoredFileField(label="Tệp minh chứng", kinds=PAPERS, required=False)


class TimeForm(PortalForm, VersionForm):
    until = forms.DateField(label="Xin làm đến hết ngày", widget=PickDay)
    because = forms.CharField(label="Lý do", max_length=500)


class JudgeForm(PortalForm):
    words = forms.CharField(label="Ý kiến", max_length=500, required=False)


class AnswerTimeForm(PortalForm):
    until = forms.DateField(label="Cho làm đến hết ngày", widget=PickDay, required=False)
    words = forms.CharField(label="Trả lời", max_length=500, required=False)
