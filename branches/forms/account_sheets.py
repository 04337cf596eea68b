from collections.abc import Sequence
from typing import Any

from django import forms
from django.core import signing

from branches.models import Organisation
from branches.services.account_sheets import MOST_LINES
from branches.services.sheet_people import COLUMNS
from portal.access.actor import Actor
from portal.files.kinds import MEGABYTE
from portal.files.refusals import FileRefused
from portal.files.sheets.headings import LOOKED_AT, Line, lines_of
from portal.files.sheets.reading import ACCEPT, MOST_BYTES, TAKEN, rows_of_file, rows_of_text
from portal.ui.forms import PortalForm

MOST_ROWS = LOOKED_AT + MOST_LINES * 4  # read so far, so that a longer sheet is told how long it is
SALT = "account sheet"
SHOWN_FOR = 12 * 3600  # a working day
EXPIRED = "Bảng đã kiểm tra từ lâu hoặc không còn nguyên. Hãy kiểm tra lại từ đầu."


class AccountSheetForm(PortalForm):
    """A file, or rows pasted from one: read into lines, whose people the service then checks."""

    file = forms.FileField(
        label="Tệp bảng",
        required=False,
        help_text=f"{TAKEN}; tối đa {MOST_BYTES // MEGABYTE} MB, {MOST_LINES} người.",
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


class MendingForm(PortalForm):
    """What was read, in a box to put right; goes where the sheet itself went."""

    pasted = forms.CharField(
        label="Bảng đã đọc",
        widget=forms.Textarea({"rows": 6, "spellcheck": "false"}),
        help_text="Sửa chữ sai rồi kiểm tra lại. Giữa hai cột là một dấu tab, xin đừng xóa.",
    )


class CheckedSheetForm(PortalForm):
    """What was checked and shown, signed, and the seal of how it looked. It comes back unchanged or not at all."""

    sheet = forms.CharField(widget=forms.HiddenInput, max_length=2_000_000)

    def __init__(self, *args: Any, organisation: Organisation, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        self.belongs_to = [organisation.pk, actor.account.pk]

    @classmethod
    def sealed(cls, lines: Sequence[Line], seal: str, *, organisation: Organisation, actor: Actor) -> str:
        shown = [[line.number, *(line.cells[name] for name in COLUMNS)] for line in lines]
        return signing.dumps([organisation.pk, actor.account.pk, shown, seal], salt=SALT, compress=True)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        try:
            *belongs_to, shown, seal = signing.loads(given.get("sheet", ""), salt=SALT, max_age=SHOWN_FOR)
        except signing.BadSignature:
            raise forms.ValidationError(EXPIRED) from None
        if belongs_to != self.belongs_to:
            raise forms.ValidationError(EXPIRED)
        lines = [Line(number, dict(zip(COLUMNS, cells, strict=True))) for number, *cells in shown]
        return given | {"seal": seal, "lines": lines}
