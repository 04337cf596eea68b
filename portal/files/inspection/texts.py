"""Plain text. No signature tells it, so the whole file must read as UTF-8 without control characters or markup."""

import codecs
import re

from django.core.files.base import File

from portal.files import names
from portal.files.kinds import Kind
from portal.files.refusals import FileRefused

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_MARKUP = re.compile(rb"\A\s*<|<(script|svg|html|body|iframe|object|embed|!doctype|\?xml|\?php)\b", re.IGNORECASE)
_BOM = codecs.BOM_UTF8
UNKNOWN = "Không nhận ra tệp này là loại gì, hoặc tệp đã hỏng. Hãy mở tệp gốc, lưu lại thành PDF rồi chọn lại."


def kind_of_text(upload: File, head: bytes) -> Kind:
    """Text is text: whether it is a table, only the name can say, and both are shown the same harmless way."""
    _must_not_be_markup(head)
    _must_read_as_text(upload)
    return Kind.CSV if names.extension(upload.name or "") == "csv" else Kind.TXT


def _must_not_be_markup(head: bytes) -> None:
    """The head is what browsers look at; besides, text is only ever offered as text/plain for download, nosniff."""
    if not _MARKUP.search(head.removeprefix(_BOM)):
        return
    if b"<svg" in head.lower():
        raise FileRefused("Ảnh SVG có thể chứa mã chạy được nên không nhận. Hãy lưu ảnh thành PNG hoặc JPG.")
    raise FileRefused("Trang web (HTML, XML) có thể chứa mã chạy được nên không nhận. Hãy lưu thành PDF.")


def _must_read_as_text(upload: File) -> None:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for chunk in upload.chunks():
            if _CONTROLS.search(decoder.decode(chunk)):
                raise FileRefused(UNKNOWN)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as broken:
        raise FileRefused(_said_of_other_letters(upload)) from broken


def _said_of_other_letters(upload: File) -> str:
    if names.extension(upload.name or "") in ("txt", "csv"):
        return "Tệp chữ này không theo bảng mã UTF-8 nên chữ Việt sẽ hỏng. Hãy lưu lại, chọn mã hóa UTF-8."
    return UNKNOWN
