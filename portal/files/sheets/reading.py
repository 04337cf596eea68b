"""An upload or a pasted text becomes rows of text, within limits, in letters that can be read."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

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
    _must_not_weigh_more(upload, MOST_BYTES)
    return list(_fit(_rows(upload, most_rows + 1, seconds=10), most_rows))


def long_rows_of_file(upload: File, *, most_rows: int, most_bytes: int) -> Iterator[list[str]]:
    """Of a sheet that may be long: row by row. That it is too long, or in old letters, is said when it is noticed."""
    _must_not_weigh_more(upload, most_bytes)
    return _fit(_rows(upload, most_rows + 1, seconds=60), most_rows)


def rows_of_text(text: str, *, most_rows: int) -> Rows:
    return list(_fit(rows_pasted(text), most_rows))


def _must_not_weigh_more(upload: File, most: int) -> None:
    if upload.size is None or upload.size > most:
        raise FileRefused(f"Tệp lớn quá {most // MEGABYTE} MB. Hãy chép phần bảng cần dùng sang một tệp mới.")


def _rows(upload: File, most_rows: int, *, seconds: int) -> Iterable[list[str]]:
    upload.seek(0)
    old = upload.read(len(OLD_EXCEL)) == OLD_EXCEL  # the inspection keeps no such file; here it is read and let go
    if not old and first_look(upload, SHEETS) is Kind.CSV:
        return rows_of_csv(upload)
    return rows_of_workbook(upload, most_rows=most_rows, most_columns=MOST_COLUMNS, seconds=seconds)


def _fit(rows: Iterable[list[str]], most_rows: int) -> Iterator[list[str]]:
    """Empty rows at the end are nothing; those in between keep their place, so that numbers of rows are Excel's."""
    visible = lru_cache(maxsize=20_000)(_visible)
    empty: list[list[str]] = []
    count = in_old = 0
    for row in rows:
        cells = [visible(cell) if cell else "" for cell in row[:MOST_COLUMNS]]
        empty.append(cells)
        if not any(cells):
            continue
        count += len(empty)
        if count > most_rows:
            raise FileRefused(f"Bảng dài quá {most_rows} dòng. Hãy chia thành nhiều bảng rồi làm lần lượt.")
        in_old += in_old_letters(" ".join(cells))
        yield from empty
        empty = []
    if not count:
        raise FileRefused("Bảng này chưa có dòng nào.")
    if in_old > max(1, count // 10):
        raise FileRefused(OLD_LETTERS)


def _visible(cell: str) -> str:
    """One line, composed letters, no controls and no marks that turn the reading direction."""
    line = " ".join(nfc(cell).split())
    return line if line.isprintable() else "".join(char for char in line if char.isprintable())
