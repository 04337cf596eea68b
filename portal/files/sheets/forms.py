"""The forms of a sheet that people bring: chosen or pasted, shown as it was read, mended, and sent back unchanged to be written."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.core import signing

from portal.files.kinds import MEGABYTE
from portal.files.refusals import FileRefused
from portal.files.sheets.headings import LOOKED_AT, Column, Line, lines_of
from portal.files.sheets.reading import ACCEPT, MOST_BYTES, TAKEN, rows_of_file, rows_of_text
from portal.ui.forms import PortalForm

SHOWN_FOR = 12 * 3600  # a working day
EXPIRED = "Bảng đã kiểm tra từ lâu hoặc không còn nguyên. Hãy kiểm tra lại từ đầu."


class SheetForm(PortalForm):
    """A file, or rows pasted from one: read into lines, which the app's service then checks."""

    columns: ClassVar[Mapping[str, Column]]
    most_lines: ClassVar[int]
    noun: ClassVar[str]  # what a line is one of

    file = forms.FileField(label="Tệp bảng", required=False, widget=forms.FileInput({"accept": ACCEPT}))
    pasted = forms.CharField(
        label="Hoặc dán từ Excel",
        required=False,
        max_length=500_000,
        widget=forms.Textarea({"rows": 6, "spellcheck": "false"}),
        help_text="Bôi đen cả dòng tên cột và các dòng bên dưới trong Excel, sao chép rồi dán vào đây.",
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["file"].help_text = f"{TAKEN}; tối đa {MOST_BYTES // MEGABYTE} MB, {self.most_lines} {self.noun}."

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        file, pasted = given.get("file"), given.get("pasted", "")
        if self.errors:
            return given
        if bool(file) is bool(pasted.strip()):
            raise forms.ValidationError(
                "Chỉ dùng một cách: chọn tệp, hoặc dán bảng." if file else "Hãy chọn tệp, hoặc dán bảng từ Excel."
            )
        most = LOOKED_AT + self.most_lines * 4  # read so far, so that a longer sheet is told how long it is
        try:
            rows = rows_of_file(file, most_rows=most) if file else rows_of_text(pasted, most_rows=most)
            return given | {"lines": lines_of(rows, self.columns)}
        except FileRefused as refusal:
            self.add_error("file" if file else "pasted", refusal.sentence)
            return given


class MendSheetForm(PortalForm):
    """What was read, in a box to put right; goes where the sheet itself went."""

    pasted = forms.CharField(
        label="Bảng đã đọc",
        widget=forms.Textarea({"rows": 6, "spellcheck": "false"}),
        help_text="Sửa chữ sai rồi kiểm tra lại. Giữa hai cột là một dấu tab, xin đừng xóa.",
    )


class CheckedSheetForm(PortalForm):
    """What was checked and shown, signed: it comes back unchanged, to whom and where it was shown, or not at all."""

    columns: ClassVar[Mapping[str, Column]]
    salt: ClassVar[str]

    sheet = forms.CharField(widget=forms.HiddenInput, max_length=2_000_000)

    def __init__(self, *args: Any, belongs_to: Sequence[int], **options: Any) -> None:
        super().__init__(*args, **options)
        self.belongs_to = list(belongs_to)

    @classmethod
    def sealed(cls, lines: Sequence[Line], *, belongs_to: Sequence[int], seal: str = "") -> str:
        """`seal`: how what it is compared with looked, where the app wants to know."""
        shown = [[line.number, *(line.cells[name] for name in cls.columns)] for line in lines]
        return signing.dumps([list(belongs_to), shown, seal], salt=cls.salt, compress=True)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        try:
            belongs_to, shown, seal = signing.loads(given.get("sheet", ""), salt=self.salt, max_age=SHOWN_FOR)
        except signing.BadSignature:
            raise forms.ValidationError(EXPIRED) from None
        if belongs_to != self.belongs_to:
            raise forms.ValidationError(EXPIRED)
        lines = [Line(number, dict(zip(self.columns, cells, strict=True))) for number, *cells in shown]
        return given | {"seal": seal, "lines": lines}
