"""The wrong lines of a sheet as a sheet: the columns they came in, and behind them why; mended, it is brought again."""

from collections.abc import Iterator
from typing import IO

from members.imports.columns import COLUMNS
from members.imports.receiving import rows_of
from members.models import Import, ImportRow
from portal.files.sheets.blank import write_sheet

EXPLAINED = "Những dòng chưa nhập được. Sửa theo cột Lý do rồi đưa chính tệp này lên lại; không cần xóa cột Lý do."
WHY = "Lý do"


def write_wrong_rows(checked: Import, out: IO[bytes]) -> int:
    lines = ImportRow.everything.filter(of=checked, verdict=ImportRow.Verdict.WRONG)
    reasons = {number: in_words(said) for number, said in lines.values_list("number", "reasons")}
    headings = [*checked.headings, WHY]
    return write_sheet(out, EXPLAINED, headings, [18] * len(checked.headings) + [60], _rows(checked, reasons))


def _rows(checked: Import, reasons: dict[int, str]) -> Iterator[list[str]]:
    width = len(checked.headings)
    for number, row in enumerate(rows_of(checked), start=1):
        if number in reasons:
            yield [*(row + [""] * width)[:width], reasons[number]]


def in_words(reasons: list[list[str]]) -> str:
    return " ".join(f"{COLUMNS[column].title}: {sentence}" for column, sentence in reasons)
