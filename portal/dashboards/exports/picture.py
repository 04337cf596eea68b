"""A block as a picture that explains itself: whose it is, what it shows, of when."""

import re
from io import BytesIO

import pypdfium2
from django.utils.safestring import SafeString

from portal.dashboards.blocks import Block
from portal.dashboards.exports.paper import printed
from portal.dashboards.exports.table import table_picture
from portal.dashboards.frame import Frame
from portal.ui.plots.colours import GOLD, INK_2, RED, SURFACE
from portal.ui.plots.marks import NORMAL, SMALL, box, broken, picture, short, stroke, words

MARGIN, NARROWEST = 32, 500  # of what stands between the margins
LARGEST = 1.35  # times a small chart may be enlarged
PIXELS_WIDE, MOST_PIXELS = 1600, 16_000_000
SITE = "Cổng sinh hoạt chi bộ"
_SIZE = re.compile(r'<svg [^>]*?width="([\d.]+)" height="([\d.]+)"')


def svg_of(block: Block, frame: Frame) -> bytes:
    return framed(block, frame).encode()


def png_of(block: Block, frame: Frame) -> bytes:
    """The same picture on a page of its size, as dots."""
    drawn = framed(block, frame)
    width, height = size_of(drawn)
    pdf = printed(drawn, f"@page {{ size: {short(width)}px {short(height)}px; margin: 0 }}")
    scale = min(PIXELS_WIDE / width, (MOST_PIXELS / (width * height)) ** 0.5)
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        image = page.render(scale=scale * width / page.get_width()).to_pil()
    out = BytesIO()
    image.convert("RGB").save(out, "PNG")
    return out.getvalue()


def framed(block: Block, frame: Frame) -> SafeString:
    label = f"{block.title}. {frame.place.name}. {block.lead}".rstrip(". ") + "."
    chart = block.chart or table_picture(block.table, label=label)
    width, height = size_of(chart)
    inner = max(width, NARROWEST)
    scale = min(inner / width, LARGEST) if block.chart else 1
    head, top = _head(block, frame, inner)
    whole = inner + 2 * MARGIN
    foot = top + height * scale + 34
    marks = [
        box(0, 0, whole, foot + 20, fill=SURFACE, round=0),
        box(0, 0, whole, 5, fill=RED, round=0),
        head,
        f'<g transform="translate({MARGIN} {short(top)})">{_resized(chart, width * scale, height * scale)}</g>',
        stroke(MARGIN, foot - 17, MARGIN + inner, foot - 17, ink=GOLD, width=0.75),
        words(MARGIN, foot, frame.day_words, size=12, ink=INK_2),
        words(MARGIN + inner, foot, SITE, size=12, ink=INK_2, anchor="end"),
    ]
    return picture("framed", whole, foot + 20, "".join(marks), label=label)


def size_of(drawn: str) -> tuple[float, float]:
    found = _SIZE.match(drawn)
    assert found, "a picture says how large it is"
    return float(found[1]), float(found[2])


def _head(block: Block, frame: Frame, width: float) -> tuple[str, float]:
    marks, y = [words(MARGIN, 40, frame.place.name, size=SMALL, ink=INK_2, weight=600)], 40.0
    for line in broken(block.title, width, 21):
        y += 28
        marks.append(words(MARGIN, y, line, size=21, weight=600))
    for line in broken(block.lead, width, NORMAL, lines=3) if block.lead else ():
        y += 21
        marks.append(words(MARGIN, y, line, size=NORMAL, ink=INK_2))
    return "".join(marks), y + 24


def _resized(chart: str, width: float, height: float) -> str:
    """The opening of the chart with another size; its viewBox does the rest."""
    found = _SIZE.match(chart)
    assert found
    opening = found[0].rsplit(' width="', 1)[0]
    return f'{opening} width="{short(width)}" height="{short(height)}"' + chart[found.end() :]
