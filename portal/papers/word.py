"""A paper as .docx, so that an office can go on in Word: the same content, the same measures."""

from io import BytesIO
from typing import Any

from django.utils import timezone
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from portal.papers.content import Block, Heading, Note, PageBreak, Paper, Points, Table, Text, Title
from portal.papers.form import SHEETS, Form, Part

TIMES = "Times New Roman"
SIDES = {
    "left": WD_ALIGN_PARAGRAPH.LEFT, "center": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}  # fmt: skip
TITLES = {1: Part.SECTION, 2: Part.ARTICLE, 3: Part.ARTICLE}
ISSUERS_SHARE = 0.44
ABOVE_DIGITS = 0.215  # of the size: between the top of a line and the top of its digits
TALL = 9.5  # mm
CELL_SIDES, CELL_ENDS = 1.2, 0.9  # mm
NOT_IN_XML = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 65534, 65535))


def docx_of(paper: Paper, form: Form) -> bytes:
    document = Document()
    _set_up(document, paper, form)
    _head(document, paper.heading, paper.draft, form)
    _say(document.add_paragraph(), paper.type, form, Part.TYPE, "center")
    if paper.abstract:
        _say(document.add_paragraph(), paper.abstract, form, Part.ABSTRACT, "center")
        _say(document.add_paragraph(), "-----", form, Part.NUMBER, "center", after=8)
    if paper.addressee:
        to = document.add_paragraph()
        _say(to, "Kính gửi: ", form, Part.ADDRESSEE, "center")
        _say(to, paper.addressee, form, Part.BODY, "center", after=8)
    for block in paper.blocks:
        _block(document, block, form)
    _close(document, paper, form)
    for words in paper.beneath:
        _say(document.add_paragraph(), words, form, Part.TO_LIST, after=2).font.italic = True
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _set_up(document: Any, paper: Paper, form: Form) -> None:
    facts, now = document.core_properties, timezone.now()
    facts.title, facts.author, facts.language = paper.title[:255], paper.heading.issuer[:255], "vi-VN"
    facts.comments, facts.created, facts.modified = "", now, now
    section = document.sections[0]
    width, height = SHEETS[form.sheet]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.PORTRAIT, Mm(width), Mm(height)
    section.top_margin, section.bottom_margin = Mm(form.top), Mm(form.bottom)
    section.left_margin, section.right_margin = Mm(form.left), Mm(form.right)
    size = form.size(Part.BODY)
    section.header_distance = Mm(form.number_at) - Pt(ABOVE_DIGITS * size)
    section.different_first_page_header_footer = form.numbered_from > 1
    _page_number(section.header.paragraphs[0], size)
    if form.mirrored:
        document.settings.element.insert(
            1, OxmlElement("w:mirrorMargins")
        )  # behind the zoom, where the schema wants it
    for name in ("Normal", "Header", "Heading 1", "Heading 2", "Heading 3"):
        _plain_face(document.styles[name], size)


def _plain_face(style: Any, size: float) -> None:
    """Word's own headings are blue, and of another face."""
    style.font.name, style.font.size, style.font.color.rgb = TIMES, Pt(size), RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for kind in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{kind}"), TIMES)
    lang = OxmlElement("w:lang")
    lang.set(qn("w:val"), "vi-VN")
    style.element.get_or_add_rPr().append(lang)
    style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)


def _page_number(paragraph: Any, size: float) -> None:
    paragraph.alignment = SIDES["center"]
    run = paragraph.add_run()
    run.font.size = Pt(size)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._r.append(part)


def _head(document: Any, heading: Heading, draft: str, form: Form) -> None:
    left, right = _side_by_side(document, form, ISSUERS_SHARE)
    lines = [(heading.upper, Part.UPPER), (heading.issuer, Part.ISSUER), (heading.STAR, Part.NUMBER)]
    lines += [(heading.number, Part.NUMBER), (draft, Part.STAMP)]
    _stack(left, [(words, part) for words, part in lines if words], form)
    _stack(right, [(heading.PARTY, Part.PARTY), (heading.place_and_day, Part.PLACE)], form)
    for run in right.paragraphs[0].runs:
        run.font.underline = True  # the line under it, as long as it
    right.paragraphs[1].paragraph_format.space_before = Pt(5)
    document.add_paragraph()


def _side_by_side(document: Any, form: Form, *shares: float) -> list[Any]:
    """Cells of a table without lines; the last takes what is left."""
    widths = [form.width * share for share in shares]
    widths.append(form.width - sum(widths))
    table = document.add_table(rows=1, cols=len(widths))
    table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.CENTER
    _inner_edges(table, 0)
    for place, width in enumerate(widths):
        table.columns[place].width = table.rows[0].cells[place].width = Mm(width)
    _keep_together(table.rows[0])
    return list(table.rows[0].cells)


def _inner_edges(table: Any, sides: float, ends: float = 0) -> None:
    """Room inside the cells, in millimetres; Word's own is wider than ours."""
    edges = OxmlElement("w:tblCellMar")
    for name, room in (("top", ends), ("left", sides), ("bottom", ends), ("right", sides)):
        edge = OxmlElement(f"w:{name}")
        edge.set(qn("w:w"), str(round(Mm(room).twips)))
        edge.set(qn("w:type"), "dxa")
        edges.append(edge)
    facts = table._tbl.tblPr
    look = facts.find(qn("w:tblLook"))
    look.addprevious(edges) if look is not None else facts.append(edges)


def _stack(cell: Any, lines: list[tuple[str, Part]], form: Form, side: str = "center") -> None:
    for place, (words, part) in enumerate(lines):
        paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
        _say(paragraph, words, form, part, side)


def _say(paragraph: Any, words: str, form: Form, part: Part, side: str = "left", *, after: float = 0) -> Any:
    face = form.face(part)
    run = paragraph.add_run(words.translate(NOT_IN_XML))
    run.font.size, run.font.bold, run.font.italic = Pt(form.size(part)), face.bold, face.italic
    run.font.all_caps, run.font.underline = face.upper or None, face.underlined or None
    if face.boxed:
        _box(run)
    paragraph.alignment = SIDES[side]
    paragraph.paragraph_format.space_after = Pt(after)
    return run


def _box(run: Any) -> None:
    border = OxmlElement("w:bdr")
    for name, value in (("val", "single"), ("sz", "8"), ("space", "0"), ("color", "auto")):
        border.set(qn(f"w:{name}"), value)
    run._r.get_or_add_rPr().append(border)


def _block(document: Any, block: Block, form: Form) -> None:
    if isinstance(block, Text):
        for place, line in enumerate(block.lines):
            _paragraph(document, line, form, lead=block.lead if place == 0 else "")
    elif isinstance(block, Points):
        for item in block.items:
            _paragraph(document, f"- {item}", form)
    elif isinstance(block, Title):
        _title(document, block, form)
    elif isinstance(block, Table):
        _table(document, block, form)
    elif isinstance(block, Note):
        _say(document.add_paragraph(), block.words, form, Part.TO_LIST, after=4).font.italic = True
    elif isinstance(block, PageBreak):
        document.add_page_break()


def _paragraph(document: Any, words: str, form: Form, *, lead: str = "") -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.first_line_indent, paragraph.paragraph_format.line_spacing = Mm(10), 1.15
    if lead:
        _say(paragraph, f"{lead} ", form, Part.BODY).font.bold = True
    _say(paragraph, words, form, Part.BODY, "justify", after=4)


def _title(document: Any, title: Title, form: Form) -> None:
    paragraph = document.add_paragraph(style=f"Heading {title.level}")
    run = _say(paragraph, title.words, form, TITLES[title.level], after=3)
    run.font.italic = title.level == 3
    paragraph.paragraph_format.first_line_indent, paragraph.paragraph_format.space_before = Mm(10), Pt(7)
    paragraph.paragraph_format.keep_with_next = True


def _table(document: Any, table: Table, form: Form) -> None:
    if table.caption:
        caption = document.add_paragraph()
        _say(caption, table.caption, form, Part.BODY, "center", after=4).font.bold = True
        caption.paragraph_format.keep_with_next = True
    made = document.add_table(rows=1, cols=len(table.columns), style="Table Grid")
    made.autofit, made.alignment = False, WD_TABLE_ALIGNMENT.CENTER
    _inner_edges(made, CELL_SIDES, CELL_ENDS)
    for place, width in enumerate(_widths(table, form)):
        made.columns[place].width = made.rows[0].cells[place].width = Mm(width)
    _repeat(made.rows[0])
    _cells(made.rows[0], [(column.head, "center") for column in table.columns], form, bold=True)
    for place, row in enumerate(table.drawn, 1):
        line = made.add_row()
        _keep_together(line)
        if table.tall:
            line.height = Mm(TALL)
        _cells(line, row, form, bold=table.sums and place == len(table.rows))
    document.add_paragraph().paragraph_format.space_after = Pt(2)


def _widths(table: Table, form: Form) -> list[float]:
    free = [column for column in table.columns if not column.width]
    left = form.width - sum(column.width for column in table.columns)
    return [column.width or left / len(free) for column in table.columns]


def _cells(row: Any, cells: list[tuple[str, str]], form: Form, *, bold: bool) -> None:
    """By its own elements: python-docx counts the columns of a table anew for each cell that is asked for."""
    for element, (words, side) in zip(row._tr.tc_lst, cells, strict=True):
        element.get_or_add_tcPr().vAlign_val = WD_ALIGN_VERTICAL.CENTER
        paragraph = element.p_lst[0]
        run = paragraph.add_r()
        run.text = words.translate(NOT_IN_XML)
        facts = run.get_or_add_rPr()
        facts.sz_val = Pt(form.in_tables)
        if bold:
            facts.get_or_add_b()
        paragraph.alignment = SIDES[side]


def _repeat(row: Any) -> None:
    head = OxmlElement("w:tblHeader")
    head.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(head)
    _keep_together(row)


def _keep_together(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _close(document: Any, paper: Paper, form: Form) -> None:
    count = len(paper.signers) + bool(paper.recipients)
    if not count:
        return
    if document.paragraphs:  # never alone on a page
        document.paragraphs[-1].paragraph_format.keep_with_next = True
    document.add_paragraph().paragraph_format.keep_with_next = True
    cells = _side_by_side(document, form, *([1 / count] * (count - 1)))
    if paper.recipients:
        last = len(paper.recipients) - 1
        to = [(f"- {one}{'.' if place == last else ','}", Part.TO_LIST) for place, one in enumerate(paper.recipients)]
        _stack(cells.pop(0), [("Nơi nhận:", Part.TO), *to], form, "left")
    for cell, signer in zip(cells, paper.signers, strict=True):
        lines = [(signer.power, Part.POWER), (signer.post, Part.POST), (signer.name, Part.NAME)]
        _stack(cell, [(words, part) for words, part in lines if words or part is Part.NAME], form)
        cell.paragraphs[-1].paragraph_format.space_before = Mm(26)
