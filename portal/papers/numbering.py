"""Page numbers, put on when all parts are bound: only then is it known which page is which.

They are drawn with the digits of the paper's own face, embedded like all its letters, and marked as what no reader reads aloud.
"""

import re
from dataclasses import dataclass
from functools import cache
from io import BytesIO

from pikepdf import Dictionary, Name, Object, Page, Pdf

from portal.papers.apart import tagged

POINTS = 72 / 25.4  # a millimetre
WIDE = 0.5  # of a digit in this face, in em: all alike
HIGH = 0.677
FACE = Name("/PageDigits")
HTML = '<!doctype html><html lang="vi"><title>0</title><body><p>0123456789</p></body></html>'
CSS = 'p { font-family: "Liberation Serif", "Tinos", "Times New Roman", serif }'
_PAIR = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]{4})>")


@dataclass(frozen=True)
class Numbering:
    """`since`: the first page that carries its number; `size` in points, `at` in millimetres from the upper edge, or the lower."""

    since: int = 2
    size: float = 13
    at: float = 10
    at_foot: bool = False  # of a volume, whose papers have numbers of their own above


def number_pages(whole: Pdf, numbering: Numbering) -> None:
    face, codes = _digits(whole)
    for number, page in enumerate(whole.pages, 1):
        if number >= numbering.since:
            _put(whole, page, str(number), face, codes, numbering)


def _put(whole: Pdf, page: Page, text: str, face: Object, codes: dict[str, str], numbering: Numbering) -> None:
    left, bottom, right, top = (float(one) for one in page.mediabox)
    width = len(text) * WIDE * numbering.size
    x = (left + right - width) / 2
    y = bottom + numbering.at * POINTS if numbering.at_foot else top - numbering.at * POINTS - HIGH * numbering.size
    shown = "".join(codes[digit] for digit in text)
    drawn = f"/Artifact <</Type /Pagination>> BDC q BT {FACE} {numbering.size:g} Tf 1 0 0 1 {x:.2f} {y:.2f} Tm <{shown}> Tj ET Q EMC"
    if Name.Resources not in page.obj:
        page.obj.Resources = Dictionary()
    fonts = page.obj.Resources.get(Name.Font, Dictionary())
    page.obj.Resources.Font = Dictionary({**dict(fonts.items()), str(FACE): face})
    page.contents_add(b"q", prepend=True)  # whatever the page leaves turned or scaled is put back before
    page.contents_add(b"Q\n" + drawn.encode())


def _digits(whole: Pdf) -> tuple[Object, dict[str, str]]:
    """The face, and under which code each digit stands in it."""
    with Pdf.open(BytesIO(_page_of_digits())) as sample:
        fonts = sample.pages[0].obj.Resources.Font
        font = fonts[next(iter(fonts.keys()))]
        codes = {chr(int(letter, 16)): code.decode() for code, letter in _PAIR.findall(font.ToUnicode.read_bytes())}
        return whole.copy_foreign(font), {digit: codes[digit] for digit in "0123456789"}


@cache
def _page_of_digits() -> bytes:
    return tagged(HTML, [CSS], 0)
