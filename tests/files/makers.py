"""Files as people bring them, good ones and awkward ones, made on the spot."""

import io
import struct
import zipfile
import zlib
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from PIL import Image

from portal.access.actor import Actor
from portal.files.kinds import Kind
from portal.files.models import StoredFile
from portal.files.services.storing import store_file

EVERY_KIND = frozenset(Kind)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
WORD_WITH_MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    """The browser's own word on the kind is a lie in every test."""
    return SimpleUploadedFile(name, content, content_type="image/x-lie")


def store(name: str, content: bytes, *, by: Actor, **options: object) -> StoredFile:
    return store_file(upload(name, content), kinds=EVERY_KIND, by=by, **options)


def on_disk(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def sparse(name: str, head: bytes, size: int) -> TemporaryUploadedFile:
    """As large as it says, without its bytes being written anywhere: a hole in a file."""
    made = TemporaryUploadedFile(name, "image/jpeg", size, None)
    made.write(head)
    made.truncate(size)
    made.seek(0)
    return made


def pdf(inside: bytes = b"<< /Type /Catalog >>", after: bytes = b"\n") -> bytes:
    return b"%PDF-1.7\n1 0 obj\n" + inside + b"\nendobj\ntrailer << /Root 1 0 R >>\nstartxref\n0\n%%EOF" + after


def packed_object(inside: bytes) -> bytes:
    """An object stream, in which most programs put the catalogue."""
    packed = zlib.compress(inside)
    return b"<< /Type /ObjStm /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(packed), packed)


def zipped(
    members: dict[str, bytes], comment: bytes = b"", packing: int = zipfile.ZIP_DEFLATED, before: bytes = b""
) -> bytes:
    """`before`: what stands in the file and not in its table of contents, which counts it in all the same."""
    out = io.BytesIO(before)
    with zipfile.ZipFile(out, "a", packing) as folder:
        for name, content in members.items():
            folder.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else packing)
        folder.comment = comment
    return out.getvalue()


def with_a_second_end(content: bytes) -> bytes:
    """The note of its last member reads like the sign that another, larger table of contents holds."""
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a") as folder:
        folder.infolist()[-1].comment = b"PK\x06\x07" + bytes(16)
        folder.comment = b""  # has the table written anew
    return out.getvalue()


def word(more: dict[str, bytes] | None = None, main: str = WORD, **options: object) -> bytes:
    types = f'<Types><Override PartName="/word/document.xml" ContentType="{main}"/></Types>'.encode()
    return zipped({"[Content_Types].xml": types, "word/document.xml": b"<w/>"} | (more or {}), **options)


def opendocument(kind: Kind, more: dict[str, bytes] | None = None) -> bytes:
    return zipped({"mimetype": kind.facts.content_type.encode(), "content.xml": b"<o/>"} | (more or {}))


def photo(kind: str = "JPEG", size: tuple[int, int] = (60, 40), mode: str = "RGB", **saved: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, "red").save(out, kind, **saved)
    return out.getvalue()


def photo_of_a_telephone(orientation: int = 1) -> bytes:
    """Its left half red, its right half blue; it knows where it was taken, and by what."""
    image = Image.new("RGB", (60, 40), "red")
    image.paste("blue", (30, 0, 60, 40))
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = orientation, "MayAnhBiMat"
    exif.get_ifd(0x8825).update({1: "N", 2: (21.0, 35.0, 12.0), 3: "E", 4: (105.0, 8.0, 44.0)})
    out = io.BytesIO()
    image.save(out, "JPEG", quality=95, exif=exif, comment=b"ghi chu bi mat", icc_profile=b"ho so mau bi mat")
    return out.getvalue()


def huge_picture(side: int) -> bytes:
    """A PNG of a few bytes that promises side × side pixels."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1_000)) + chunk(b"IEND", b"")
    )
