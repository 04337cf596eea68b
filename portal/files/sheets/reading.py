"""An upload or a pasted text becomes rows of text, within limits, in letters that can be read."""

from django.core.files.base import File

from portal.files.inspection.first_look import first_look
from portal.files.kinds import MEGABYTE, SHEETS, Kind
from portal.files.refusals import FileRefused
from portal.files.sheets.letters import OLD_LETTERS, in_old_letters
from portal.files.sheets.texts import rows_of_csv, rows_pasted
from portal.files.sheets.workbooks import OLD_EXCEL, rows_of_workbook
from portal.words.text import nfc

MOST_BYTES = 2 * MEGABYTE
MOST_COLUMNS = 60
TAKEN = "Excel (.xlsx, .xls), bảng tính LibreOffice (.ods) hoặc .csv"
ACCEPT = ".xlsx,.xls,.ods,.csv"

Rows = list[list[str]]


def rows_of_file(upload: File, *, most_rows: int) -> Rows:
    if upload.size is None or upload.size > MOST_BYTES:
        raise FileRefused(f"Tệp lớn quá {MOST_BYTES // MEGABYTE} MB. Hãy chép phần bảng cần dùng sang một tệp mới.")
    return _fit(_rows(upload, most_rows + 1), most_rows)


def rows_of_text(text: str, *, most_rows: int) -> Rows:
    return _fit(rows_pasted(text), most_rows)


def _rows(upload: File, most_rows: int) -> Rows:
    upload.seek(0)
    if upload.read(len(OLD_EXCEL)) == OLD_EXCEL:  # the inspection keeps no such file; here it is read and let go
        return rows_of_workbook(upload, most_rows=most_rows, most_columns=MOST_COLUMNS)
    if first_look(upload, SHEETS) is Kind.CSV:
        return rows_of_csv(upload)
    return rows_of_workbook(upload, most_rows=most_rows, most_columns=MOST_COLUMNS)


def _fit(rows: Rows, most_rows: int) -> Rows:
    """Empty rows at the end are nothing; those in between keep their place, so that numbers of rows are Excel's."""
    rows = [[_visible(cell) for cell in row[:MOST_COLUMNS]] for row in rows]
    while rows and not any(rows[-1]):
        rows.pop()
    if not rows:
        raise FileRefused("Bảng này chưa có dòng nào.")
    if len(rows) > most_rows:
        raise FileRefused(f"Bảng dài quá {most_rows} dòng. Hãy chia thành nhiều bảng rồi làm lần lượt.")
    if sum(in_old_letters(" ".join(row)) for row in rows) > max(1, len(rows) // 10):
        raise FileRefused(OLD_LETTERS)
    return rows


def _visible(cell: str) -> str:
    """One line, composed letters, no controls and no marks that turn the reading direction."""
    return "".join(char for char in " ".join(nfc(cell).split()) if char.isprintable())
