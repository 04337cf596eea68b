"""Tables as plain text: .csv files, and what is pasted from Excel."""

import csv
import io
from collections import Counter
from collections.abc import Iterator

from django.core.files.base import File

from portal.files.refusals import FileRefused

BROKEN = "Không đọc được bảng này: có dấu nháy kép mở ra mà không đóng lại. Hãy lưu tệp thành .xlsx rồi chọn lại."
SEPARATORS = ",;\t|"


def rows_of_csv(upload: File) -> Iterator[list[str]]:
    """UTF-8 with or without the mark that Excel puts first; the inspection has seen that it is."""
    upload.seek(0)
    text = upload.read().decode("utf-8-sig")
    said = [line for line in text.splitlines()[:20] if line.strip()]
    counted = Counter(sign for line in said for sign in line if sign in SEPARATORS)
    separator = max(SEPARATORS, key=lambda sign: counted[sign])  # the first of them where there is none
    return _read(text, separator)


def rows_pasted(text: str) -> Iterator[list[str]]:
    """Excel separates cells by tabs, and puts quotes around a cell of several lines."""
    return _read(text, "\t")


def as_pasted(rows: list[list[str]]) -> str:
    """The same table, ready to be put right in a box and sent again."""
    out = io.StringIO()
    csv.writer(out, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_MINIMAL).writerows(rows)
    return out.getvalue()


def _read(text: str, separator: str) -> Iterator[list[str]]:
    """A quote that is never closed would swallow the rows behind it: said, and not guessed."""
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            yield [" ".join(cell.split()) for cell in row]
    except csv.Error as broken:
        raise FileRefused(BROKEN) from broken
