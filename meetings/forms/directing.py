"""What a committee wants of its branches: the month's orientation, the year's themes."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet

from directives.models import Document, Task
from meetings.forms.planning import LibraryField
from portal.ui.forms import PortalForm

QUARTERS = [(quarter, f"Quý {quarter}") for quarter in (1, 2, 3, 4)]


class OrientationForm(PortalForm):
    contents = forms.CharField(
        label="Nội dung định hướng", max_length=20_000, widget=forms.Textarea,
        help_text="Tình hình, trọng tâm của tháng. Việc cụ thể ghi thành từng nội dung bên dưới.",
    )  # fmt: skip
    calendar = forms.CharField(
        label="Lịch công tác trong tháng", max_length=5_000, required=False, widget=forms.Textarea
    )


class TaskChoice(forms.ModelChoiceField):
    """A task of a document, by its code and first words."""

    def label_from_instance(self, task: Any) -> str:
        words = task.obligation.words
        return words if len(words) <= 90 else f"{words[:90]}…"


def _task() -> TaskChoice:
    return TaskChoice(label="Thuộc nhiệm vụ", queryset=Task.objects.none(), required=False)


class OfTaskForm(PortalForm):
    """May be for a task of a document; not asked where there is none to choose."""

    def __init__(self, *args: Any, tasks: QuerySet[Task], **options: Any) -> None:
        super().__init__(*args, **options)
        field = cast(forms.ModelChoiceField, self.fields["task"])
        field.queryset, field.empty_label = tasks, "Không thuộc nhiệm vụ nào"
        if not tasks.exists():
            del self.fields["task"]


class LineForm(PortalForm):
    words = forms.CharField(label="Thêm nội dung", max_length=300)
    document = LibraryField(label="Văn bản")
    task = _task()

    def __init__(self, *args: Any, documents: QuerySet[Document], tasks: QuerySet[Task], **options: Any) -> None:
        super().__init__(*args, **options)
        cast(LibraryField, self.fields["document"]).offer(documents)
        field = cast(forms.ModelChoiceField, self.fields["task"])
        field.queryset, field.empty_label = tasks, "Không thuộc nhiệm vụ nào"


class TopicForm(OfTaskForm):
    quarter = forms.TypedChoiceField(label="Quý", choices=QUARTERS, coerce=int)
    words = forms.CharField(label="Chuyên đề", max_length=300)
    task = _task()


class SuggestionForm(OfTaskForm):
    words = forms.CharField(label="Chuyên đề gợi ý", max_length=300)
    task = _task()


class DecideForm(PortalForm):
    remark = forms.CharField(label="Ý kiến của cấp trên", max_length=500, required=False)
