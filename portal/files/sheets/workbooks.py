""".xlsx, .ods and .xls: looked at by the inspection as every file, then read apart (apart.py)."""

import io
import json
import struct
import subprocess
import sys
import tempfile
import threading
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from django.core.files.base import File

from portal.files.refusals import FileRefused
from portal.files.sheets import apart

OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .xls; a new file with a password looks the same from outside
LOCKED = "Tệp có đặt mật khẩu. Hãy mở tệp, bỏ mật khẩu, lưu lại rồi chọn lại."
BROKEN = "Không đọc được tệp này: tệp hỏng hoặc không phải bảng tính. Hãy mở tệp gốc, lưu lại thành .xlsx rồi chọn lại."
TOO_MUCH = "Bảng trong tệp rộng hoặc dài quá mức, có thể do định dạng kéo tới cuối trang tính. Hãy chép phần có chữ sang tệp mới."
MACRO = "Tệp có macro (mã chạy được) nên không nhận. Hãy lưu lại thành .xlsx không có macro."
_RECORD = struct.Struct("<2H")  # of an .xls: its kind and its length
_BEGIN, _PASSWORD = b"\x09\x08\x10\x00\x00\x06\x05\x00", 0x2F
_CONTENTS, _MOST_OF_CONTENTS = "META-INF/manifest.xml", 65_536
_LOCKED_STREAM = "EncryptedPackage".encode("utf-16-le")
_MACRO_STREAM = "_VBA_PROJECT".encode("utf-16-le")


def rows_of_workbook(upload: File, *, most_rows: int, most_columns: int, seconds: int = 10) -> Iterator[list[str]]:
    """One at a time, while the rest is still being read: however long the sheet, the portal holds a row of it.

    What turns out not to be readable is refused where it does; who looks at the first rows only has the reading ended.
    """
    upload.seek(0)
    content = upload.read()
    if content.startswith(OLD_EXCEL):
        _must_be_plain_old_excel(content)
    elif _is_locked_opendocument(content):
        raise FileRefused(LOCKED)
    command = [
        sys.executable,
        "-I",
        "-X",
        "utf8",
        str(Path(apart.__file__)),
        *map(str, (most_rows, most_columns, seconds)),
    ]
    with tempfile.TemporaryFile() as given:
        given.write(content)
        given.seek(0)
        reader = subprocess.Popen(command, stdin=given, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    del content
    hung = threading.Timer(4 * seconds, reader.kill)  # its own limit counts its work only, not its waiting
    hung.start()
    try:
        yield from map(json.loads, reader.stdout or ())
        reader.wait()
    finally:
        hung.cancel()
        _end(reader)
    if reader.returncode:
        raise FileRefused({apart.LOCKED: LOCKED, apart.BROKEN: BROKEN}.get(reader.returncode, TOO_MUCH))


def _end(reader: subprocess.Popen) -> None:
    reader.kill()  # of one that has ended this does nothing
    if reader.stdout:
        reader.stdout.close()
    reader.wait()


def _is_locked_opendocument(content: bytes) -> bool:
    """LibreOffice keeps the folder open and locks what lies in it: its list of contents says so."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as folder, folder.open(_CONTENTS) as contents:
            return b"encryption-data" in contents.read(_MOST_OF_CONTENTS)
    except (KeyError, zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, zlib.error):
        return False  # an .xlsx; or it is broken, which the reader finds


def _must_be_plain_old_excel(content: bytes) -> None:
    """The names of a compound file's streams stand in it as they are."""
    if _LOCKED_STREAM in content or _is_locked(content):
        raise FileRefused(LOCKED)
    if _MACRO_STREAM in content:
        raise FileRefused(MACRO)


def _is_locked(content: bytes) -> bool:
    """The record of a password is among the first of the workbook, and stays readable."""
    at = content.find(_BEGIN)
    for _ in range(4 if at >= 0 else 0):
        if len(content) < at + _RECORD.size:
            break
        kind, length = _RECORD.unpack_from(content, at)
        if kind == _PASSWORD:
            return True
        at += _RECORD.size + length
    return False
