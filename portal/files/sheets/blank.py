"""Sheets as .xlsx, empty to fill in or filled: headings, a line that explains, columns of text so that 0912 keeps its zero.

A sheet of figures says which columns are numbers; there 1.234,5 and 98,8 % become what a sheet can add up.

Written by hand: six small parts are all it takes, and a list of a whole province goes out row by row.
"""

import io
import re
import zipfile
from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal
from typing import IO
from xml.sax.saxutils import escape

_OOXML = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # XML has no way to say them
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
CONTENT_TYPE = f"{_TYPE}.sheet"
_AS_WRITTEN = re.compile(
    r"(?P<whole>[-−+]?(?:0|[1-9][0-9]{0,2}(?:\.[0-9]{3})+|[1-9][0-9]{0,14}))(?:,(?P<rest>[0-9]{1,6}))?(?P<percent>\s?%)?"
)
FORMULAS = ("=", "+", "-", "@", "\t", "\r")
_PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{_OOXML}" xmlns:r="{_RELATIONS}"><sheets>'
        '<sheet name="Bảng" sheetId="1" r:id="r1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{_RELATIONS}/styles" Target="styles.xml"/></Relationships>'
    ),
    # 0: text; 1: bold text, the headings; 2: grey italics, what explains. 49 is Excel's number for “text”. 3 to 6: 1.234,
    # 1.234,5, 98 %, 98,8 %.
    "xl/styles.xml": (
        f'<styleSheet xmlns="{_OOXML}"><numFmts count="2"><numFmt numFmtId="164" formatCode="#,##0.0#"/>'
        '<numFmt numFmtId="165" formatCode="0.0#%"/></numFmts>'
        '<fonts count="3"><font><sz val="12"/><name val="Times New Roman"/></font>'
        '<font><b/><sz val="12"/><name val="Times New Roman"/></font>'
        '<font><i/><sz val="11"/><color rgb="FF5B5249"/><name val="Times New Roman"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
        '</fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
        '<cellXfs count="7"><xf numFmtId="49" applyNumberFormat="1"/>'
        '<xf numFmtId="49" fontId="1" applyNumberFormat="1" applyFont="1"/>'
        '<xf numFmtId="49" fontId="2" applyNumberFormat="1" applyFont="1" applyAlignment="1">'
        '<alignment wrapText="1" vertical="top"/></xf>'
        + "".join(f'<xf numFmtId="{format}" applyNumberFormat="1"/>' for format in (3, 164, 9, 165))
        + "</cellXfs></styleSheet>"
    ),
}


def blank_sheet(explained: str, headings: Sequence[str], widths: Sequence[int]) -> bytes:
    """The explanation on the first line, the headings on the second."""
    out = io.BytesIO()
    write_sheet(out, explained, headings, widths, ())
    return out.getvalue()


def write_sheet(
    out: IO[bytes],
    explained: str,
    headings: Sequence[str],
    widths: Sequence[int],
    rows: Iterable[Sequence[str]],
    *,
    numbers: Collection[int] = (),
) -> int:
    """The same with rows below, row after row: however many there are, one is in memory. Says how many it wrote.

    `numbers`: columns, the first is 0, where what reads as a number is one.
    """
    begin, end = _around(explained, headings, widths)
    letters, count = [_letter(place) for place in range(1, len(headings) + 1)], 0
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as folder:
        for name, part in _PARTS.items():
            folder.writestr(zipfile.ZipInfo(name), _HEAD + part, zipfile.ZIP_DEFLATED)
        entry = zipfile.ZipInfo("xl/worksheets/sheet1.xml")  # of no day: the same sheet is the same bytes
        entry.compress_type = zipfile.ZIP_DEFLATED
        with folder.open(entry, "w") as sheet:
            sheet.write((_HEAD + begin).encode())
            for count, row in enumerate(rows, start=1):
                number = count + 2
                cells = [
                    (place in numbers and _number(f"{at}{number}", text)) or _cell(f"{at}{number}", harmless(text), 0)
                    for place, (at, text) in enumerate(zip(letters, row, strict=True))
                    if text
                ]
                sheet.write(f'<row r="{number}">{"".join(cells)}</row>'.encode())
            sheet.write(end.encode())
    return count


def harmless(text: str) -> str:
    """What Excel would calculate is text: an apostrophe before it says so, in every program and when kept as .csv too."""
    return f"'{text}" if text[0] in FORMULAS else text


def _around(explained: str, headings: Sequence[str], widths: Sequence[int]) -> tuple[str, str]:
    columns = "".join(
        f'<col min="{place}" max="{place}" width="{width}" style="0" customWidth="1"/>'
        for place, width in enumerate(widths, start=1)
    )
    last = _letter(len(headings))
    cells = "".join(_cell(f"{_letter(place)}2", text, 1) for place, text in enumerate(headings, start=1))
    begin = (
        f'<worksheet xmlns="{_OOXML}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="2" topLeftCell="A3" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f'<cols>{columns}</cols><sheetData><row r="1" ht="64" customHeight="1">{_cell("A1", explained, 2)}</row>'
        f'<row r="2">{cells}</row>'
    )
    return begin, f'</sheetData><mergeCells count="1"><mergeCell ref="A1:{last}1"/></mergeCells></worksheet>'


def _cell(reference: str, text: str, style: int) -> str:
    said = escape(_CONTROLS.sub("", text))
    return f'<c r="{reference}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{said}</t></is></c>'


def _number(reference: str, text: str) -> str:
    """Empty where the text is no number as our pages write them: a dash, or “34/36 (94,4 %)”."""
    found = _AS_WRITTEN.fullmatch(text)
    if not found:
        return ""
    value = Decimal(found["whole"].replace(".", "").replace("−", "-") + "." + (found["rest"] or "0"))
    has_rest = bool(found["rest"])
    style = 5 + has_rest if found["percent"] else 3 + has_rest
    return f'<c r="{reference}" s="{style}"><v>{(value / 100 if found["percent"] else value).normalize():f}</v></c>'


def _letter(place: int) -> str:
    return (chr(ord("A") + (place - 1) // 26 - 1) if place > 26 else "") + chr(ord("A") + (place - 1) % 26)
