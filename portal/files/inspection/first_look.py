"""The cheap part of the inspection, which a form can afford too: size, kind by content, and whether the name agrees."""

from collections.abc import Collection

from django.core.files.base import File

from portal.files import kinds as words
from portal.files import names
from portal.files.inspection.office import kind_of_office
from portal.files.inspection.texts import kind_of_text
from portal.files.kinds import MEGABYTE, Kind
from portal.files.refusals import FileRefused

HEAD = 1024
_ZIP = b"PK\x03\x04"
_SIGNATURES = {b"%PDF-": Kind.PDF, b"\xff\xd8\xff": Kind.JPEG, b"\x89PNG\r\n\x1a\n": Kind.PNG}
_IPHONE = (b"ftypheic", b"ftypheix", b"ftyphevc", b"ftypmif1", b"ftypmsf1", b"ftypheim", b"ftypheis")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def first_look(upload: File, taken: Collection[Kind]) -> Kind:
    """Its kind, if it is one of those taken here. A file that is too large is refused before more than its size is read."""
    _must_not_weigh_more(upload, max(kind.most_bytes for kind in taken), taken)
    kind = _kind_of(upload)
    if kind not in taken:
        raise FileRefused(f"Chỗ này không nhận {kind.label}. Hãy chọn tệp {words.in_words(taken)}.")
    _must_not_weigh_more(upload, kind.most_bytes, taken)
    names.must_agree(upload.name or "", kind)
    return kind


def _must_not_weigh_more(upload: File, most: int, taken: Collection[Kind]) -> None:
    if upload.size == 0:
        raise FileRefused("Tệp này không có gì bên trong. Hãy chọn tệp khác.")
    if upload.size > most:
        weighs = -(-upload.size // MEGABYTE)
        raise FileRefused(
            f"Tệp nặng {weighs} MB, lớn quá: {words.limits_in_words(taken)}. "
            "Ảnh thì chụp hoặc lưu lại ở cỡ nhỏ hơn; tài liệu thì quét ở độ nét thấp hơn hoặc chia thành nhiều tệp."
        )


def _kind_of(upload: File) -> Kind:
    upload.seek(0)
    head = upload.read(HEAD)
    for signature, kind in _SIGNATURES.items():
        if head.startswith(signature):
            return kind
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return Kind.WEBP
    if head.startswith(_ZIP):
        return kind_of_office(upload)
    _refuse_by_name(head)
    return kind_of_text(upload, head)


def _refuse_by_name(head: bytes) -> None:
    """Kinds that we know and do not take get a sentence that says what to do instead."""
    if b"%PDF-" in head:  # readers look for it in the first kilobyte; what stands before it is another file
        raise FileRefused("Tệp PDF này có phần lạ ở đầu nên không nhận. Hãy xuất hoặc quét lại thành PDF mới.")
    if head[4:12] in _IPHONE:
        raise FileRefused("Ảnh kiểu HEIC của iPhone chưa nhận được. Hãy chuyển ảnh sang JPG rồi chọn lại.")
    if head.startswith(_OLD_OFFICE):
        raise FileRefused(
            "Tệp Word, Excel kiểu cũ (.doc, .xls) hoặc có đặt mật khẩu không nhận được. "
            "Hãy mở tệp, bỏ mật khẩu nếu có, lưu lại thành .docx, .xlsx hoặc PDF."
        )
    if head.startswith((b"GIF8", b"BM", b"II*\x00", b"MM\x00*")):
        raise FileRefused("Ảnh kiểu này không nhận được. Hãy lưu lại thành JPG hoặc PNG rồi chọn lại.")
