"""Office files are ZIP folders. They are judged by their table of contents; nothing is unpacked but one small list of types.

What is not looked at: links to outside, embedded OLE objects, formulas. Whoever opens the file meets their own Office's protection.
"""

import re
import struct
import zipfile
import zlib

from django.core.files.base import File

from portal.files.kinds import Kind
from portal.files.refusals import FileRefused

MOST_MEMBERS = 2_000
MOST_BYTES_OF_CONTENTS = 1024 * 1024  # the table of contents, and the list of types
MOST_BYTES_UNPACKED = 200 * 1024 * 1024
MOST_TIMES_LARGER = 100  # sheets of repeated rows reach 30
SMALL_ENOUGH = 10 * 1024 * 1024  # below this a high ratio harms nobody

BROKEN = "Tệp này hỏng hoặc không phải tệp Word, Excel, LibreOffice. Hãy mở tệp gốc, lưu lại rồi chọn lại."
_BOMB = "Tệp này nén quá mức, mở ra sẽ làm treo máy nên không nhận. Hãy mở tệp gốc, lưu lại rồi chọn lại."
_MACRO = "Tệp có macro (mã chạy được) nên không nhận. Hãy lưu lại thành .docx, .xlsx không có macro, hoặc PDF."
_ODF_MACROS = ("basic/", "scripts/")
_RUNNABLE = re.compile(
    r"(vbaproject|vbadata|macrosheets/|\.(class|jar|exe|dll|vbs|js|bat|cmd|scr)\Z|\Ameta-inf/manifest\.mf\Z)"
)
_MAIN_PARTS = {
    b"wordprocessingml.document.main+xml": Kind.DOCX,
    b"spreadsheetml.sheet.main+xml": Kind.XLSX,
}
_ODF_TYPES = {kind.facts.content_type.encode(): kind for kind in (Kind.ODT, Kind.ODS)}
_END = struct.Struct("<4s4H2LH")  # end of central directory: signature, disks and counts, size, offset, comment
_LOCATOR, _ZIP64 = 20, b"PK\x06\x07"  # of a ZIP with large numbers; no file that we take is so large


def kind_of_office(upload: File) -> Kind:
    _must_be_one_plain_zip(upload)
    try:
        with zipfile.ZipFile(upload) as folder:
            members = folder.infolist()
            _must_be_sound(members)
            _must_not_unpack_to_a_bomb(members, upload.size)
            _must_not_run(members)
            return _kind_by_its_own_word(folder)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError, KeyError, zlib.error) as broken:
        raise FileRefused(BROKEN) from broken


def _must_be_one_plain_zip(upload: File) -> None:
    """From the first byte to the last it is one ZIP: nothing before, behind or between, where another file could hide.

    Read by hand, because zipfile is generous, and would read a table of contents of any size.
    """
    if upload.size < _LOCATOR + _END.size:
        raise FileRefused(BROKEN)
    upload.seek(upload.size - _END.size - _LOCATOR)
    tail = upload.read()
    signature, _, _, _, count, length, offset, comment = _END.unpack(tail[-_END.size :])
    whole = signature == b"PK\x05\x06" and comment == 0 and offset + length == upload.size - _END.size
    if not whole or tail.startswith(_ZIP64):
        raise FileRefused(BROKEN)
    if count > MOST_MEMBERS or length > MOST_BYTES_OF_CONTENTS:
        raise FileRefused(_BOMB)


def _must_be_sound(members: list[zipfile.ZipInfo]) -> None:
    names = [member.orig_filename for member in members]
    led_out = any(
        name.startswith("/") or "\\" in name or ":" in name or "\0" in name or ".." in name.split("/") for name in names
    )
    starts_at_once = min((member.header_offset for member in members), default=-1) == 0
    locked = any(member.flag_bits & 1 for member in members)
    # the other ways of packing let the file say how much memory unpacking takes
    odd = any(member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for member in members)
    if led_out or locked or odd or not starts_at_once or len({name.lower() for name in names}) < len(names):
        raise FileRefused(BROKEN)


def _must_not_unpack_to_a_bomb(members: list[zipfile.ZipInfo], size: int) -> None:
    """Judged against the size of the whole file, so that members that share their bytes gain nothing by it."""
    unpacked = sum(member.file_size for member in members)
    if len(members) > MOST_MEMBERS or unpacked > MOST_BYTES_UNPACKED:
        raise FileRefused(_BOMB)
    if unpacked > SMALL_ENOUGH and unpacked > size * MOST_TIMES_LARGER:
        raise FileRefused(_BOMB)


def _must_not_run(members: list[zipfile.ZipInfo]) -> None:
    names = [member.filename.lower() for member in members]
    if any(_RUNNABLE.search(name) or name.startswith(_ODF_MACROS) for name in names):
        raise FileRefused(_MACRO)


def _kind_by_its_own_word(folder: zipfile.ZipFile) -> Kind:
    """ODF names itself in its first member, unpacked; Microsoft's files in the list of types of their parts."""
    first = folder.infolist()[0]
    if first.filename == "mimetype" and first.compress_type == zipfile.ZIP_STORED:
        kind = _ODF_TYPES.get(_read(folder, first))
    else:
        kind = _kind_by_list_of_types(_read(folder, folder.getinfo("[Content_Types].xml")))
    if kind is None:
        raise FileRefused(BROKEN)
    return kind


def _kind_by_list_of_types(types: bytes) -> Kind | None:
    lowered = types.lower()
    if b"macroenabled" in lowered or b"vbaproject" in lowered:
        raise FileRefused(_MACRO)
    found = [kind for part, kind in _MAIN_PARTS.items() if part in lowered]
    return found[0] if len(found) == 1 else None


def _read(folder: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """As much as it says it holds, and no more: zipfile stops there."""
    if member.file_size > MOST_BYTES_OF_CONTENTS:
        raise FileRefused(BROKEN)
    return folder.read(member)
