"""A paper as PDF: fonts embedded, bookmarks, language and title; nothing fetched."""

from collections.abc import Iterator
from functools import lru_cache

import weasyprint
from django.template.loader import render_to_string

from portal.papers.content import Book, Paper
from portal.papers.fetching import OnlyOurs
from portal.papers.form import Face, Form, Part

LIKE_TIMES = '"Liberation Serif", "Tinos", "Times New Roman", serif'
# How a digit stands in its face, in em: so high, and a line of that height begins where the digit does.
DIGIT = 0.677
WIDEST = 100  # of a column, in millimetres
NARROW = 130  # a text so wide has no room for the Party's name in one line beside the issuer


def pdf_of(paper: Paper | Book, form: Form) -> bytes:
    return printed(html_of(paper), form)


def html_of(paper: Paper | Book) -> str:
    papers = paper.papers if isinstance(paper, Book) else (paper,)
    facts = {"whole": paper, "is_book": isinstance(paper, Book), "papers": papers}
    return render_to_string("papers/paper.html", facts)


def printed(html: str, form: Form) -> bytes:
    """The sheets of one form are read once for all its papers."""
    page = weasyprint.HTML(string=html, base_url="static:", url_fetcher=OnlyOurs())
    return page.write_pdf(stylesheets=[*_sheets(form)]) or b""


@lru_cache(maxsize=32)
def _sheets(form: Form) -> tuple[weasyprint.CSS, ...]:
    fetcher = OnlyOurs()
    return (
        weasyprint.CSS(url="static:css/papers/paper.css", url_fetcher=fetcher),
        weasyprint.CSS(string=css_of(form), url_fetcher=fetcher),
    )


def css_of(form: Form) -> str:
    """What the rules say, as a style sheet: our own numbers and words only."""
    columns = (f".w{width} {{ width: {width}mm; }}" for width in range(1, WIDEST + 1))
    tables = f"table {{ font-size: {form.in_tables}pt; }}"
    narrow = ".head__party b { white-space: normal; }" if form.width < NARROW else ""
    return "\n".join([*_page(form), *(_part(part, form) for part in Part), tables, narrow, *columns])


def _page(form: Form) -> Iterator[str]:
    number = (
        f"font: {form.size(Part.BODY)}pt/{DIGIT} {LIKE_TIMES}; padding-top: {form.number_at}mm; vertical-align: top;"
    )
    margins = f"{form.top}mm {form.right}mm {form.bottom}mm {form.left}mm"
    yield f"@page {{ size: {form.sheet}; margin: {margins}; @top-center {{ content: counter(page); {number} }} }}"
    for page in range(1, form.numbered_from):
        yield f"@page :nth({page}) {{ @top-center {{ content: none; }} }}"
    if form.mirrored:
        yield f"@page :left {{ margin-left: {form.right}mm; margin-right: {form.left}mm; }}"
    yield f"html {{ font-family: {LIKE_TIMES}; font-size: {form.size(Part.BODY)}pt; }}"


def _part(part: Part, form: Form) -> str:
    face: Face = form.face(part)
    said = [
        f"font-size: {form.size(part)}pt",
        f"font-weight: {'bold' if face.bold else 'normal'}",
        f"font-style: {'italic' if face.italic else 'normal'}",
        f"text-transform: {'uppercase' if face.upper else 'none'}",
        f"text-decoration: {'underline' if face.underlined else 'none'}",
    ]
    if face.boxed:
        said.append("border: 1pt solid; padding: 0 2mm")
    return f".p{part.value} {{ {'; '.join(said)}; }}"
