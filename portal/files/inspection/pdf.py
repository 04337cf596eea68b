"""PDFs are kept byte for byte, for a signature on them must stay valid. They are searched for what runs or hides.

Its limits: names are found in the open part of the file and in object streams packed the usual way (Flate), also when
written with #-escapes. An encrypted PDF, or one packed by an unusual filter, can hide them from us. Readers ask before they
run anything, and the portal serves PDFs as downloads or in the browser's own viewer; this search is one fence of several.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator

from django.core.files.base import File

from portal.files.refusals import FileRefused

END = b"%%EOF"
MOST_UNPACKED = 50 * 1024 * 1024
MOST_OBJECT_STREAMS = 5_000
PIECE = 64 * 1024

_ODD = "Tệp PDF này hỏng, hoặc có phần lạ gắn vào, nên không nhận. Hãy xuất hoặc quét lại thành PDF mới."
_RUNS = (
    "Tệp PDF này có mã chạy được hoặc tệp khác giấu bên trong nên không nhận. Hãy in lại thành PDF mới rồi chọn lại."
)
_BOMB = "Tệp PDF này nén quá mức nên không kiểm tra được. Hãy in lại thành PDF mới rồi chọn lại."


def _name(word: bytes) -> bytes:
    """/JS may be written /#4a#53: each letter as itself or by its number."""
    return b"".join(b"(?:%c|#(?i:%02x))" % (letter, letter) for letter in word)


_REFUSED_NAMES = (b"JavaScript", b"Launch", b"EmbeddedFile", b"RichMedia")
# “/JS” is too short to look for alone: a scanned page of 20 MB holds it by chance. With what must follow, it does not.
_SCRIPT = _name(b"JS") + rb"\s*(?:\((?:\xfe\xff|[\t\n\r\x20-\x7e]{4})|<[0-9A-Fa-f\s]{4}|\d{1,7}\s+\d{1,5}\s+R\b)"
_ACTIVE = re.compile(b"/(?:" + b"|".join([*map(_name, _REFUSED_NAMES), _SCRIPT]) + b")")
_OBJECT_STREAM = re.compile(b"/" + _name(b"ObjStm"))
LONGEST_DICTIONARY = 5_000
_PAGE_IN_DISGUISE = re.compile(rb"<(script|html|!doctype|svg)\b", re.IGNORECASE)


def must_be_calm_pdf(upload: File) -> None:
    upload.seek(0)
    content = upload.read()  # first_look saw to its size
    _must_be_only_a_pdf(upload, content)
    if _ACTIVE.search(content):
        raise FileRefused(_RUNS)
    _search_object_streams(content)


def _must_be_only_a_pdf(upload: File, content: bytes) -> None:
    """It begins with its header (first_look), ends with its end mark, and is no ZIP (JAR, APK) read from behind."""
    after = content[-1024:].rpartition(END)
    if not after[1] or after[2].strip(b"\r\n\t \0") or zipfile.is_zipfile(upload):
        raise FileRefused(_ODD)
    if _PAGE_IN_DISGUISE.search(content[:1024]):
        raise FileRefused(_ODD)


def _search_object_streams(content: bytes) -> None:
    """Most programs pack the catalogue of a PDF: what runs would stand there, out of sight."""
    left, packed_so_far = MOST_UNPACKED, 0
    for number, packed in enumerate(_object_streams(content)):
        packed_so_far += len(packed)
        if number >= MOST_OBJECT_STREAMS or packed_so_far > len(content):  # honest streams stand one after the other
            raise FileRefused(_BOMB)
        unpacked = _unpacked(packed, left)
        left -= len(unpacked)
        if _ACTIVE.search(unpacked):
            raise FileRefused(_RUNS)


def _object_streams(content: bytes) -> Iterator[memoryview]:
    """What stands between “stream” and “endstream”. The end is looked for once however often a hostile file begins."""
    view, end = memoryview(content), 0
    for found in _OBJECT_STREAM.finditer(content):
        start = content.find(b"stream", found.end(), found.end() + LONGEST_DICTIONARY) + len(b"stream")
        start += len(content[start : start + 2]) - len(content[start : start + 2].lstrip(b"\r\n"))
        if end < start:
            end = content.find(b"endstream", start)
            end = end if end >= 0 else len(content)
        yield view[start:end]


def _unpacked(packed: memoryview, most: int) -> bytes:
    """What stands in it, as far as it can be read; piece by piece, so that a bomb is left when it has grown too large."""
    inflate, unpacked = zlib.decompressobj(), bytearray()
    try:
        for start in range(0, len(packed), PIECE):
            unpacked += inflate.decompress(packed[start : start + PIECE], most + 1 - len(unpacked))
            if len(unpacked) > most:
                raise FileRefused(_BOMB)
            if inflate.eof:
                break
    except zlib.error:
        pass
    return bytes(unpacked)
