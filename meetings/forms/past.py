"""Old meetings: one by one, or from a sheet."""

from collections.abc import Sequence
from datetime import time
from typing import Any

from django import forms

from meetings.models import Mark, MeetingKind
from meetings.services.past_sheets import COLUMNS, MOST_LINES, read_time
from members.imports.values import Unreadable
from members.models import Member
from portal.files.sheets.forms import CheckedSheetForm, SheetForm
from portal.ui.forms import DayField, PortalForm, Segments

MARKS = [(Mark.PRESENT.value, "Có mặt"), (Mark.EXCUSED.value, "Có lý do"), (Mark.ABSENT.value, "Không lý do")]
FACES = {
    Mark.PRESENT.value: ("ok", "check"),
    Mark.EXCUSED.value: ("warn", "letter-p"),
    Mark.ABSENT.value: ("bad", "x"),
}


class HourField(forms.Field):
    """14:00 or 14h30."""

    def to_python(self, value: Any) -> time | None:
        typed = str(value or "").strip()
        if not typed:
            return None
        try:
            return read_time(typed)
        except Unreadable as unreadable:
            raise forms.ValidationError(str(unreadable)) from None


class PastDayForm(PortalForm):
    kind = forms.ChoiceField(
        label="Loại buổi họp",
        choices=[
            (kind.value, kind.label) for kind in (MeetingKind.REGULAR, MeetingKind.THEMATIC, MeetingKind.COMMITTEE)
        ],
        widget=forms.RadioSelect,
        initial=MeetingKind.REGULAR.value,
    )
    day = DayField(label="Ngày họp")


class PastMeetingForm(PortalForm):
    """Who was expected that day, each present until said otherwise."""

    started_at = HourField(label="Bắt đầu", help_text="Ví dụ 14:00")
    ended_at = HourField(label="Kết thúc", help_text="Ví dụ 15h45")
    contents = forms.CharField(
        label="Kết luận, nghị quyết", max_length=20_000, widget=forms.Textarea({"rows": 6}),
        help_text="Chép từ biên bản giấy: đã quyết những gì, giao ai, hạn nào.",
    )  # fmt: skip

    def __init__(self, *args: Any, people: Sequence[Member], **options: Any) -> None:
        self.people = people
        super().__init__(*args, **options)
        for member in people:
            self.fields[f"who_{member.pk}"] = forms.ChoiceField(
                label=member.full_name, choices=MARKS, initial=Mark.PRESENT.value, widget=Segments(FACES)
            )

    @property
    def head(self) -> list[forms.BoundField]:
        return [self["started_at"], self["ended_at"], self["contents"]]

    @property
    def roll(self) -> list[forms.BoundField]:
        return [self[f"who_{member.pk}"] for member in self.people]

    @property
    def absent(self) -> dict[int, Mark]:
        marks = {member.pk: Mark(self.cleaned_data[f"who_{member.pk}"]) for member in self.people}
        return {member: mark for member, mark in marks.items() if mark != Mark.PRESENT}


class PastSheetForm(SheetForm):
    columns, most_lines, noun = COLUMNS, MOST_LINES, "buổi họp"


class CheckedPastForm(CheckedSheetForm):
    columns, salt = COLUMNS, "past meetings"
