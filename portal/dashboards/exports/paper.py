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
MANY_COLUMNS = 7
MOST_DRAWN = (
    300_000  # letters of a chart: one that is larger has more rows than a page can show, and the table says the same
)
FACES = "".join(
    f'@font-face {{ font-family: "Be Vietnam Pro"; font-weight: {weight}; src: url("static:fonts/be-vietnam-pro-{weight}.woff2") }}'
    for weight in (400, 500, 600)
)
UPRIGHT, LYING = "@page { size: A4 }", "@page { size: A4 landscape }"


def pdf_of(block: Block, frame: Frame) -> bytes:
    lies = len(block.table.heads) > MANY_COLUMNS
    facts = {
        "block": block,
        "frame": frame,
        "chart": SafeString(block.chart) if len(block.chart) <= MOST_DRAWN else "",
        "rows": [[(cell, place in block.table.numbers) for place, cell in enumerate(row)] for row in block.table.rows],
        "heads": [(head, place in block.table.numbers) for place, head in enumerate(block.table.heads)],
        "at": timezone.localtime(),
    }
    return printed(render_to_string("dashboards/block_paper.html", facts), LYING if lies else UPRIGHT)


def printed(html: str, page: str) -> bytes:
    """`page`: the size, in our own words."""
    fetcher, fonts = OnlyOurs(), FontConfiguration()
    faces = CSS(string=FACES + page, url_fetcher=fetcher, base_url="static:", font_config=fonts)
    sheets = [CSS(url=SHEET, url_fetcher=fetcher), faces]
    pdf = HTML(string=html, base_url="static:", url_fetcher=fetcher).write_pdf(stylesheets=sheets, font_config=fonts)
    return pdf or b""
