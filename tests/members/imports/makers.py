"""Sheets of members as people bring them, good ones and awkward ones, made on the spot."""

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

from django.core.files.uploadedfile import SimpleUploadedFile

from portal.files.sheets.blank import blank_sheet

HEADINGS = ["Họ và tên", "Ngày sinh", "Giới tính", "Số thẻ đảng viên", "Chi bộ", "Ngày kết nạp", "Ngày chính thức"]
LAN = ["Nguyễn Thị Lan", "05/12/1980", "Nữ", "123456", "thôn Đông", "03/02/2005", "03/02/2006"]
PAO = ["Lý A Páo", "1960", "Nam", "", "PL-2", "19/5/1985", "19.5.1986"]
_HEAD = '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'


def upload(content: bytes, name: str = "danh-sach.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="image/x-lie")


def sheet(
    *rows: Sequence[str | float], more: dict[str, bytes] | None = None, cells: str = "", before: str = ""
) -> bytes:
    """An .xlsx of these rows; numbers stay numbers."""
    with zipfile.ZipFile(io.BytesIO(blank_sheet("", ["x"], [10]))) as folder:
        parts = {name: folder.read(name) for name in folder.namelist()}
    body = cells or "".join(
        f'<row r="{y}">{"".join(cell(y, x, value) for x, value in enumerate(row))}</row>'
        for y, row in enumerate(rows, start=1)
    )
    parts["xl/worksheets/sheet1.xml"] = f"{_HEAD}{before}<sheetData>{body}</sheetData></worksheet>".encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as folder:
        for name, part in (parts | (more or {})).items():
            folder.writestr(name, part)
    return out.getvalue()


def cell(y: int, x: int, value: str | float) -> str:
    at = f"{chr(65 + x)}{y}"
    if isinstance(value, str):
        return f'<c r="{at}" t="inlineStr"><is><t>{escape(value)}</t></is></c>' if value else ""
    return f'<c r="{at}"><v>{value}</v></c>'


def csv_of(*rows: Sequence[str], mark: str = "") -> bytes:
    return (mark + "\r\n".join(",".join(f'"{text}"' for text in row) for row in rows)).encode()
