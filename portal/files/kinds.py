"""The kinds of files the portal takes, and what each is called by people, browsers and disks."""

from collections.abc import Collection
from dataclasses import dataclass

from django.conf import settings
from django.db import models

MEGABYTE = 1024 * 1024


class Kind(models.TextChoices):
    """What a file is by its content."""

    PDF = "pdf", "PDF"
    DOCX = "docx", "Word (.docx)"
    XLSX = "xlsx", "Excel (.xlsx)"
    ODT = "odt", "văn bản LibreOffice (.odt)"
    ODS = "ods", "bảng tính LibreOffice (.ods)"
    TXT = "txt", "văn bản thuần (.txt)"
    CSV = "csv", "bảng CSV (.csv)"
    JPEG = "jpeg", "ảnh JPG"
    PNG = "png", "ảnh PNG"
    WEBP = "webp", "ảnh WebP"  # comes in, is stored as JPEG or PNG
    ZIP = "zip", "tệp nén (.zip)"  # made by the portal, never taken in: first_look knows none

    @property
    def facts(self) -> "Facts":
        return _FACTS[self]

    @property
    def is_image(self) -> bool:
        return self in IMAGES

    @property
    def most_bytes(self) -> int:
        return settings.FILES_MOST_BYTES_OF_A_PHOTO if self.is_image else settings.FILES_MOST_BYTES_OF_A_DOCUMENT


@dataclass(frozen=True)
class Facts:
    extensions: tuple[str, ...]  # the first is ours
    content_type: str


_OOXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."
_FACTS = {
    Kind.PDF: Facts(("pdf",), "application/pdf"),
    Kind.DOCX: Facts(("docx",), _OOXML + "wordprocessingml.document"),
    Kind.XLSX: Facts(("xlsx",), _OOXML + "spreadsheetml.sheet"),
    Kind.ODT: Facts(("odt",), _ODF + "text"),
    Kind.ODS: Facts(("ods",), _ODF + "spreadsheet"),
    Kind.TXT: Facts(("txt",), "text/plain; charset=utf-8"),
    Kind.CSV: Facts(("csv",), "text/csv; charset=utf-8"),
    Kind.JPEG: Facts(("jpg", "jpeg", "jfif"), "image/jpeg"),
    Kind.PNG: Facts(("png",), "image/png"),
    Kind.WEBP: Facts(("webp",), "image/webp"),
    Kind.ZIP: Facts(("zip",), "application/zip"),
}

IMAGES = frozenset({Kind.JPEG, Kind.PNG, Kind.WEBP})
PAPERS = frozenset({Kind.PDF, Kind.DOCX, Kind.ODT})
SHEETS = frozenset({Kind.XLSX, Kind.ODS, Kind.CSV})
OFFICE = frozenset({Kind.DOCX, Kind.XLSX, Kind.ODT, Kind.ODS})
TEXTS = frozenset({Kind.TXT, Kind.CSV})
STORED = frozenset(Kind) - {Kind.WEBP}


def in_words(kinds: Collection[Kind]) -> str:
    """PDF, Word (.docx), ảnh JPG hoặc ảnh PNG: always in the order of the list above."""
    *others, last = [str(kind.label) for kind in Kind if kind in kinds]
    return f"{', '.join(others)} hoặc {last}" if others else last


def limits_in_words(kinds: Collection[Kind]) -> str:
    """tối đa 20 MB; where both are taken: tài liệu tối đa 20 MB, ảnh tối đa 25 MB."""
    photos = f"tối đa {settings.FILES_MOST_BYTES_OF_A_PHOTO // MEGABYTE} MB"
    documents = f"tối đa {settings.FILES_MOST_BYTES_OF_A_DOCUMENT // MEGABYTE} MB"
    if all(kind.is_image for kind in kinds):
        return photos
    if not any(kind.is_image for kind in kinds):
        return documents
    return f"tài liệu {documents}, ảnh {photos}"
