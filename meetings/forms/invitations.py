from typing import Any, cast

from django import forms
from django.db.models import QuerySet

from meetings.models import AgendaItem, Answer
from portal.ui.forms import PortalForm, Segments

FACES = {Answer.COMING: ("ok", "check"), Answer.NOT_COMING: ("warn", "x")}


class AnswerForm(PortalForm):
    answer = forms.ChoiceField(
        label="Đồng chí dự họp không?",
        choices=[(one.value, one.label) for one in (Answer.COMING, Answer.NOT_COMING)],
        widget=Segments({str(one.value): face for one, face in FACES.items()}),
    )
    because = forms.CharField(
        label="Lý do không dự được", max_length=200, required=False, help_text="Chỉ ghi khi không dự được."
    )


class OpinionForm(PortalForm):
    agenda_item = forms.ModelChoiceField(
        label="Về nội dung", queryset=AgendaItem.objects.none(), required=False, empty_label="Chung"
    )
    words = forms.CharField(label="Ý kiến của đồng chí", max_length=5_000, widget=forms.Textarea)

    def __init__(self, *args: Any, agenda: QuerySet[AgendaItem], **options: Any) -> None:
        super().__init__(*args, **options)
        field = cast(forms.ModelChoiceField, self.fields["agenda_item"])
        field.queryset, field.empty_label = agenda, "Chung cho cả buổi"
