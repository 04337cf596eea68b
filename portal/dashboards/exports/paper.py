"""A block on paper: title, chart, the whole table. Plain sheets of A4, lying where it is wide; nothing is fetched."""

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from portal.dashboards.blocks import Block
from portal.dashboards.frame import Frame
from portal.papers.fetching import OnlyOurs

SHEET = "static:css/papers/block.css"
MANY_COLUMNS, FEW_COLUMNS, SHORT = 7, 3, 12
MOST_DRAWN = (
    300_000  # letters of a chart: one that is larger has more rows than a page can show, and the table says the same
)
FACES = "".join(
    f'@font-face {{ font-family: "Be Vietnam Pro"; font-weight: {weight}; src: url("static:fonts/be-vietnam-pro-{weight}.woff2") }}'
    for weight in (400, 500, 600)
)
PAGE = (
    "margin: 14mm 14mm 17mm; @bottom-left { content: element(foot); vertical-align: top; padding-top: 3mm } "
    "@bottom-right { content: 'Trang ' counter(page) '/' counter(pages); vertical-align: top; padding-top: 3mm; "
    "font: 8.5pt 'Be Vietnam Pro'; color: #51463C; white-space: nowrap }"
)
UPRIGHT, LYING = f"@page {{ size: A4; {PAGE} }}", f"@page {{ size: A4 landscape; {PAGE} }}"


def pdf_of(block: Block, frame: Frame) -> bytes:
    lies = len(block.table.heads) > MANY_COLUMNS
    facts = {
        "block": block,
        "frame": frame,
        "chart": SafeString(block.chart) if len(block.chart) <= MOST_DRAWN else "",
        "rows": [[(cell, _kind(block, place, cell)) for place, cell in enumerate(row)] for row in block.table.rows],
        "heads": [(head, "n" if place in block.table.numbers else "") for place, head in enumerate(block.table.heads)],
        "is_slim": len(block.table.heads) <= FEW_COLUMNS,
        "at": timezone.localtime(),
    }
    return printed(render_to_string("dashboards/block_paper.html", facts), LYING if lies else UPRIGHT)


def _kind(block: Block, place: int, cell: str) -> str:
    """n: a number, on the right. s: short, a day or a number of a document, which is not broken."""
    return "n" if place in block.table.numbers else "s" if len(cell) <= SHORT else ""


def printed(html: str, page: str) -> bytes:
    """`page`: the size, in our own words."""
    fetcher, fonts = OnlyOurs(), FontConfiguration()
    faces = CSS(string=FACES + page, url_fetcher=fetcher, base_url="static:", font_config=fonts)
    sheets = [CSS(url=SHEET, url_fetcher=fetcher), faces]
    pdf = HTML(string=html, base_url="static:", url_fetcher=fetcher).write_pdf(stylesheets=sheets, font_config=fonts)
    return pdf or b""
