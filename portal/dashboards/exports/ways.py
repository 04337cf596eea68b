"""The ways out, what each makes of a block, and the name that its file bears."""

from enum import StrEnum

from django.utils.text import slugify

from portal.dashboards.blocks import Block
from portal.dashboards.exports.paper import pdf_of
from portal.dashboards.exports.picture import png_of, svg_of
from portal.dashboards.exports.sheet import sheet_of
from portal.dashboards.frame import Frame
from portal.files.sheets.blank import CONTENT_TYPE
from portal.words.text import search_key


class Way(StrEnum):
    """?dang=xlsx"""

    XLSX = "xlsx"
    SVG = "svg"
    PNG = "png"
    PDF = "pdf"

    @property
    def label(self) -> str:
        return {"xlsx": "Bảng Excel", "svg": "Hình vẽ nét", "png": "Ảnh", "pdf": "Bản in"}[self]

    @property
    def content_type(self) -> str:
        return {"xlsx": CONTENT_TYPE, "svg": "image/svg+xml", "png": "image/png", "pdf": "application/pdf"}[self]


_MAKERS = {Way.XLSX: sheet_of, Way.SVG: svg_of, Way.PNG: png_of, Way.PDF: pdf_of}


def made(block: Block, frame: Frame, way: Way) -> bytes:
    return _MAKERS[way](block, frame)


def name_of(block: Block, frame: Frame, way: Way) -> str:
    """chi-tieu-xa-phu-luong-2026-11-21.xlsx"""
    place = frame.place.name.removeprefix("Đảng ủy ").removeprefix("Đảng bộ ")
    words = search_key(f"{block.slug} {place}")
    return f"{slugify(words)[:90].strip('-')}-{frame.period.last:%Y-%m-%d}.{way}"
