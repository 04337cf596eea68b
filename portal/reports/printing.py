"""A report set as PDF: the text, its annexes in parts that are set beside each other, bound, numbered through, with its tables attached."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import groupby

from django.template.loader import render_to_string

from portal.files.sheets.blank import CONTENT_TYPE, write_sheet
from portal.papers.binding import Attached, Part, bound, pages_in
from portal.papers.content import Note, Paper
from portal.papers.drawing import Sheet as Page
from portal.papers.drawing import Told as Progress
from portal.papers.drawing import drawn, drawn_at_once
from portal.papers.form import Form
from portal.papers.form import Part as PartOfForm
from portal.papers.numbering import Numbering
from portal.papers.pdf import html_of
from portal.reports.charts import chart_of
from portal.reports.facts import Sheet
from portal.reports.sections.section import table_of

AT_ONCE = 2
FEW, LONG = 2, 100_000  # parts, letters of their HTML
SOME_PAGES = 50  # in the first setting of the text, whose numbers nobody will see
ROWS = 250  # of a table that are set together, or as many more as its group has
OF_ANNEX = "table { font-size: 11pt; }"
LYING_PAGE = "size: A4 landscape; margin: 20mm 15mm 15mm 20mm;"
LYING = f"@page {{ {LYING_PAGE} }} {OF_ANNEX}"
CSS_WHOLE = f"""
@page lying {{ {LYING_PAGE} }}
section {{ break-before: page; }} section {OF_ANNEX} .lying {{ page: lying; }}
"""
NAMES = 38  # millimetres that are left for names at the least; else the sheet lies


@dataclass(frozen=True)
class Annex:
    number: int
    sheet: Sheet

    @property
    def title(self) -> str:
        return f"Phụ lục {self.number}. {self.sheet.title}"

    def is_lying(self, form: Form) -> bool:
        return form.width - sum(self.sheet.widths) < NAMES * self.sheet.widths.count(0)


def printed(
    paper: Paper, annexes: Sequence[Sheet], form: Form, *, facts: dict, told: Progress = lambda done, all_: None,
    at_once: int = AT_ONCE,
) -> bytes:  # fmt: skip
    """The text last: it says on which page each annex begins. How long it is itself is known from a first setting beside them."""
    numbered = [Annex(number, sheet) for number, sheet in enumerate(annexes, 1)]
    pages = [(annex, first, html) for annex in numbered for first, html in _parts_of(annex)]
    sheets = [
        Page(html, form, numbered=False, css=LYING if annex.is_lying(form) else OF_ANNEX) for annex, _, html in pages
    ]
    draft = _text(paper, [(annex, SOME_PAGES) for annex, _, _ in pages], SOME_PAGES, form)
    text, *parts = _drawn([draft, *sheets], at_once, told)
    if pages:
        lengths = [(annex, pages_in(part)) for (annex, _, _), part in zip(pages, parts, strict=True)]
        (text,) = _drawn([_text(paper, lengths, pages_in(text), form)], at_once)
    whole = [Part(text)]
    whole += [Part(part, annex.title if first else "") for (annex, first, _), part in zip(pages, parts, strict=True)]
    return bound(whole, attached=list(_attached(numbered, facts)), numbering=_numbering(form))


def _drawn(sheets: Sequence[Page], at_once: int, told: Progress = lambda done, all_: None) -> list[bytes]:
    """Few and short: here and now, for a process of its own takes longer to begin than to set them."""
    if len(sheets) <= FEW and sum(len(sheet.html) for sheet in sheets) < LONG:
        return [drawn_at_once(sheet, number) for number, sheet in enumerate(sheets)]
    return drawn(sheets, at_once=at_once, told=told)


def html_whole(paper: Paper, annexes: Sequence[Sheet], form: Form) -> str:
    """All of it as one page of HTML, which sets to the same pages: what it is measured against. Its sheet: CSS_WHOLE."""
    found = []
    for annex in (Annex(number, sheet) for number, sheet in enumerate(annexes, 1)):
        for _, html in _parts_of(annex):
            body = html.partition("<body>")[2].partition("</body>")[0]
            found.append(f'<section class="{"lying" if annex.is_lying(form) else "standing"}">{body}</section>')
    return html_of(paper).replace("</body>", f"{''.join(found)}</body>")


def _text(paper: Paper, lengths: Sequence[tuple[Annex, int]], before: int, form: Form) -> Page:
    return Page(html_of(_with_contents(paper, lengths, before)), form, numbered=False)


def _with_contents(paper: Paper, lengths: Sequence[tuple[Annex, int]], before: int) -> Paper:
    """Phụ lục 1. Kết quả của từng chi bộ, từ trang 5."""
    begins: dict[str, int] = {}
    at = before + 1
    for annex, pages in lengths:
        begins.setdefault(annex.title, at)
        at += pages
    said = "; ".join(f"{title}, từ trang {page}" for title, page in begins.items())
    return replace(paper, blocks=(*paper.blocks, Note(f"Kèm theo: {said}."))) if said else paper


def _parts_of(annex: Annex) -> Iterator[tuple[bool, str]]:
    """The first carries the title. A group that stands together (the branches of one commune) is not torn apart."""
    for number, rows in enumerate(_together(annex.sheet)):
        sheet = replace(
            annex.sheet, rows=tuple(rows), title="", sums=annex.sheet.sums and rows[-1] is annex.sheet.rows[-1]
        )
        chart = chart_of(annex.sheet) if rows[-1] is annex.sheet.rows[-1] else None
        facts = {"annex": annex, "block": table_of(sheet), "is_first": number == 0, "chart": chart}
        yield number == 0, render_to_string("reports/annex.html", facts)


def _together(sheet: Sheet) -> Iterator[list[tuple[str, ...]]]:
    waiting: list[tuple[str, ...]] = []
    for _, group in groupby(sheet.rows, key=lambda row: row[2] if len(row) > 2 else ""):
        rows = list(group)
        if waiting and len(waiting) + len(rows) > ROWS:
            yield waiting
            waiting = []
        waiting += rows
    if waiting:
        yield waiting


def _attached(annexes: Sequence[Annex], facts: dict) -> Iterator[Attached]:
    for annex in annexes:
        out = BytesIO()
        widths = [width // 2 + 4 if width else 40 for width in annex.sheet.widths]  # in letters
        numbers = [place for place, column in enumerate(table_of(annex.sheet).columns) if column.align == "right"]
        write_sheet(out, annex.title, annex.sheet.heads, widths, annex.sheet.rows, numbers=numbers)
        yield Attached(f"phu-luc-{annex.number}.xlsx", out.getvalue(), CONTENT_TYPE, annex.title)
    said = json.dumps(facts, ensure_ascii=False, sort_keys=True).encode()
    yield Attached("so-lieu.json", said, "application/json", "Số liệu mà báo cáo dựa vào")


def _numbering(form: Form) -> Numbering:
    return Numbering(since=form.numbered_from, size=form.size(PartOfForm.BODY), at=form.number_at)
