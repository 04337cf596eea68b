"""Old meetings: one by one, or from a sheet."""

from collections.abc import Sequence
from datetime import time
from typing import Any

from django import forms
from django.core import signing

from branches.models import Organisation
from meetings.models import Mark, MeetingKind
from meetings.services.past_sheets import COLUMNS, MOST_LINES, read_time
from members.imports.values import Unreadable
from members.models import Member
from portal.access.actor import Actor
from portal.files.kinds import MEGABYTE
from portal.files.refusals import FileRefused
from portal.files.sheets.headings import LOOKED_AT, Line, lines_of
from portal.files.sheets.reading import ACCEPT, MOST_BYTES, TAKEN, rows_of_file, rows_of_text
from portal.ui.forms import DayField, PortalForm, Segments

MOST_ROWS = LOOKED_AT + MOST_LINES * 4
SALT = "past meetings"
SHOWN_FOR = 12 * 3600
EXPIRED = "Bảng đã kiểm tra từ lâu hoặc không còn nguyên. Hãy kiểm tra lại từ đầu."
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


class PastSheetForm(PortalForm):
    file = forms.FileField(
        label="Tệp bảng",
        required=False,
        help_text=f"{TAKEN}; tối đa {MOST_BYTES // MEGABYTE} MB, {MOST_LINES} buổi họp.",
        widget=forms.FileInput({"accept": ACCEPT}),
    )
    pasted = forms.CharField(
        label="Hoặc dán từ Excel",
        required=False,
        max_length=500_000,
        widget=forms.Textarea({"rows": 6, "spellcheck": "false"}),
        help_text="Bôi đen cả dòng tên cột và các dòng bên dưới trong Excel, sao chép rồi dán vào đây.",
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        file, pasted = given.get("file"), given.get("pasted", "")
        if self.errors:
            return given
        if bool(file) is bool(pasted.strip()):
            raise forms.ValidationError(
                "Chỉ dùng một cách: chọn tệp, hoặc dán bảng." if file else "Hãy chọn tệp, hoặc dán bảng từ Excel."
            )
        try:
            rows = rows_of_file(file, most_rows=MOST_ROWS) if file else rows_of_text(pasted, most_rows=MOST_ROWS)
            return given | {"lines": lines_of(rows, COLUMNS)}
        except FileRefused as refusal:
            self.add_error("file" if file else "pasted", refusal.sentence)
            return given


class MendPastForm(PortalForm):
    """What was read, in a box to put right; goes where the sheet itself went."""

    pasted = forms.CharField(
        label="Bảng đã đọc",
        widget=forms.Textarea({"rows": 6, "spellcheck": "false"}),
        help_text="Sửa chữ sai rồi kiểm tra lại. Giữa hai cột là một dấu tab, xin đừng xóa.",
    )


class CheckedPastForm(PortalForm):
    """What was checked and shown, signed: it comes back unchanged or not at all."""

    sheet = forms.CharField(widget=forms.HiddenInput, max_length=2_000_000)

    def __init__(self, *args: Any, branch: Organisation, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        self.belongs_to = [branch.pk, actor.account.pk]

    @classmethod
    def sealed(cls, lines: Sequence[Line], *, branch: Organisation, actor: Actor) -> str:
        shown = [[line.number, *(line.cells[name] for name in COLUMNS)] for line in lines]
        return signing.dumps([branch.pk, actor.account.pk, shown], salt=SALT, compress=True)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        try:
            *belongs_to, shown = signing.loads(given.get("sheet", ""), salt=SALT, max_age=SHOWN_FOR)
        except signing.BadSignature:
            raise forms.ValidationError(EXPIRED) from None
        if belongs_to != self.belongs_to:
            raise forms.ValidationError(EXPIRED)
        return given | {"lines": [Line(number, dict(zip(COLUMNS, cells, strict=True))) for number, *cells in shown]}
