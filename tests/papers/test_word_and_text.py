"""The same content as .docx and as plain text."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.base import ContentFile
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from lxml import etree

from portal.files.inspection.whole import inspected
from portal.files.kinds import Kind
from portal.papers.content import Text
from portal.papers.pdf import pdf_of
from portal.papers.plain import text_of
from portal.papers.word import docx_of
from tests.papers.reading import flat
from tests.papers.samples import OFFICIAL, a_paper, of_everything
from tests.papers.test_pdf import NASTY


@pytest.fixture(scope="module")
def document() -> Document:
    return Document(BytesIO(docx_of(of_everything(), OFFICIAL)))


def words_of(document: Document) -> list[str]:
    """Paragraphs and cells, in their order; capitals as they are shown."""
    found = []
    for paragraph in document.element.body.iter(qn("w:p")):
        shown = ""
        for run in paragraph.iter(qn("w:r")):
            words = "".join(part.text or "" for part in run.iter(qn("w:t")))
            shown += words.upper() if run.find(f"{qn('w:rPr')}/{qn('w:caps')}") is not None else words
        found.append(shown)
    return [" ".join(words.split()) for words in found if words.strip()]


def test_it_says_what_the_pdf_says(document: Document):
    """Word for word; only the two sides of heading and end are read in another order."""
    assert sorted(" ".join(words_of(document)).split()) == sorted(
        flat(pdf_of(of_everything(), OFFICIAL)).replace(" 2 ", " ", 1).split()
    )


def test_it_has_the_measures_of_the_form(document: Document):
    section = document.sections[0]
    edges = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(edge / Mm(1), 1) for edge in edges] == [20, 20, 30, 15]
    assert (round(section.page_width / Mm(1)), round(section.page_height / Mm(1))) == (210, 297)
    assert section.different_first_page_header_footer  # the first page carries no number
    assert "PAGE" in etree.tostring(section.header._element).decode()
    sizes = {
        run.text: run.font.size
        for table in document.tables
        for cell in table._cells
        for p in cell.paragraphs
        for run in p.runs
    }
    assert sizes["Đảng Cộng sản Việt Nam"] == Pt(15)
    assert sizes["Chi bộ thôn Đông"] == Pt(14)
    assert sizes["Lưu chi bộ." if "Lưu chi bộ." in sizes else "- Lưu chi bộ."] == Pt(12)
    assert document.styles["Normal"].font.name == "Times New Roman"
    assert document.core_properties.language == "vi-VN"
    assert document.core_properties.title == "Nghị quyết về nhiệm vụ tháng 3"


def test_heads_of_tables_repeat_and_rows_stay_whole(document: Document):
    rows = next(table for table in document.tables if table.cell(0, 0).text == "TT").rows
    assert rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in rows)


def test_what_people_typed_stays_text_and_controls_do_not_break_the_file():
    content = docx_of(a_paper(Text("\n".join(NASTY) + "\x00\x0b\x1f")), OFFICIAL)
    said = " ".join(words_of(Document(BytesIO(content))))
    assert all(" ".join(word.split()) in said for word in NASTY)
    with ZipFile(BytesIO(content)) as packed:
        links = [packed.read(name) for name in packed.namelist() if name.endswith(".rels")]
    assert not any(b"External" in one for one in links)


def test_the_portal_takes_its_own_files_back():
    """An office changes the file in Word and attaches it to the meeting: what we made is nothing that we refuse."""
    paper = of_everything()
    for kind, content in ((Kind.DOCX, docx_of(paper, OFFICIAL)), (Kind.PDF, pdf_of(paper, OFFICIAL))):
        assert inspected(ContentFile(content, name=f"a.{kind}"), {kind}).kind == kind


def test_the_text_reads_from_top_to_bottom():
    said = text_of(of_everything(), OFFICIAL)
    parts = ["ĐẢNG CỘNG SẢN VIỆT NAM", "CHI BỘ THÔN ĐÔNG", "Số 01-NQ/CB", "DỰ THẢO", "NGHỊ QUYẾT", "Kính gửi: Đảng ủy xã", "I. MỞ ĐẦU",
             "Thời gian: Dòng một.\nDòng hai.", "- Ý một", "1. Sửa cầu; tiền: 1.200", "Cộng; tiền: 1.500", "Ghi chú.", "T/M CHI BỘ\nBÍ THƯ\nLò Văn Thịnh", "Nơi nhận:"]  # fmt: skip
    places = [said.index(part) for part in parts]
    assert places == sorted(places)
