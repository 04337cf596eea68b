"""A paper that is kept for good, and several bound into one: nothing of what they say of themselves is lost."""

import subprocess
import tempfile
from io import BytesIO

import pytest
from pikepdf import Array, Pdf

from portal.papers.binding import Attached, Part, bound, pages_in
from portal.papers.content import Book, Column, Table, Title
from portal.papers.drawing import Sheet, drawn_at_once
from portal.papers.numbering import Numbering
from portal.papers.pdf import html_of, pdf_of
from tests.papers.archival import bookmarks_of, faults_of, links_of
from tests.papers.reading import flat, lines_of
from tests.papers.samples import HEADING, OFFICIAL, a_paper, of_everything

COLUMNS = (Column("TT", 10, "center"), Column("Xã, phường"), Column("Dự họp", 30, "right"))
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def a_table(name: str, rows: int) -> Table:
    return Table(COLUMNS, tuple((str(row), f"{name} {row}", "92,1 %") for row in range(rows)), caption=name)


@pytest.fixture(scope="module")
def parts() -> list[bytes]:
    book = Book(HEADING, "Tập", "báo cáo", papers=(a_paper(a_table("Hai", 3)), a_paper(Title("Ba"), a_table("Ba", 3))))
    papers = [of_everything(), a_paper(Title("Phụ lục"), a_table("Một", 60)), book]
    return [drawn_at_once(Sheet(html_of(paper), OFFICIAL), number) for number, paper in enumerate(papers)]


@pytest.fixture(scope="module")
def whole(parts: list[bytes]) -> bytes:
    first, second, third = parts
    attached = [Attached("bang.xlsx", b"PK\x03\x04", SHEET, "Bảng của báo cáo")]
    return bound([Part(first), Part(second, "Phụ lục 1"), Part(third, "Tập báo cáo")], attached=attached)


def test_each_part_is_one_to_keep(parts: list[bytes]):
    assert [faults_of(part) for part in parts] == [[], [], []]


def test_the_list_finds_what_an_ordinary_pdf_lacks():
    assert {"XMP does not say PDF/A-3a", "no output intent with its profile", "not tagged"} <= set(
        faults_of(pdf_of(of_everything(), OFFICIAL))
    )


def test_bound_it_has_no_fault_either(whole: bytes):
    assert faults_of(whole) == []


def test_bound_without_names_of_their_own_heads_are_confused():
    one = drawn_at_once(Sheet(html_of(a_paper(a_table("Một", 2))), OFFICIAL))
    assert any(fault.startswith("two heads") for fault in faults_of(bound([Part(one), Part(one, "Lần nữa")])))


def test_all_pages_in_their_order(parts: list[bytes], whole: bytes):
    assert flat(whole) == " ".join(flat(part) for part in parts)


def test_bookmarks_lead_to_their_pages(parts: list[bytes], whole: bytes):
    lengths = []
    for part in parts:
        with Pdf.open(BytesIO(part)) as pdf:
            lengths.append(len(pdf.pages))
    marks = bookmarks_of(whole)
    tops = [(title, page) for depth, title, page in marks if depth == 0]
    assert ("Phụ lục 1", lengths[0] + 1) in tops
    assert ("Tập báo cáo", lengths[0] + lengths[1] + 1) in tops
    assert (2, "Ba", sum(lengths)) in [(depth, words.title(), page) for depth, words, page in marks]


def test_links_of_a_part_lead_into_that_part(parts: list[bytes], whole: bytes):
    """Both the first part and the last have a place “to-1”."""
    begins = _begins(parts)
    assert links_of(whole) == [(begins[2] + page, begins[2] + to) for page, to in links_of(parts[2])]


def _begins(parts: list[bytes]) -> list[int]:
    found, pages = [], 0
    for part in parts:
        found.append(pages)
        with Pdf.open(BytesIO(part)) as pdf:
            pages += len(pdf.pages)
    return found


def test_the_sheet_is_attached_and_owned(whole: bytes):
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(whole)
        file.flush()
        listed = subprocess.run(["pdfdetach", "-list", file.name], capture_output=True, text=True, check=True).stdout
        tree = subprocess.run(["pdfinfo", "-struct-text", file.name], capture_output=True, text=True, check=True)
    assert "bang.xlsx" in listed
    assert tree.stderr == ""
    assert tree.stdout.count("Part") >= 2
    said = [line.strip() for line in tree.stdout.splitlines()]
    assert said.index('"NGHỊ QUYẾT"') < said.index('"Một 1"') < said.index('"Ba 1"')


def test_the_same_parts_are_the_same_bytes(parts: list[bytes]):
    assert bound([Part(one, "Phần") for one in parts]) == bound([Part(one, "Phần") for one in parts])


def test_pages_are_numbered_through_all_parts():
    papers = [of_everything(), a_paper(Title("Phụ lục"), a_table("Một", 60))]
    parts = [
        drawn_at_once(Sheet(html_of(paper), OFFICIAL, numbered=False), place) for place, paper in enumerate(papers)
    ]
    plain = [Part(part) for part in parts]
    count = sum(pages_in(part) for part in parts)
    whole = bound(plain, numbering=Numbering(since=2, size=13, at=10))
    assert faults_of(whole) == []
    for number in range(1, count + 1):
        top = [line for line in lines_of(whole) if line.page == number and line.top < 16]
        said = [line.words.strip() for line in top if line.words.strip().isdecimal()]
        assert said == ([str(number)] if number > 1 else []), number
    middle = next(line for line in lines_of(whole) if line.page == 3 and line.words.strip() == "3" and line.top < 16)
    assert abs(middle.middle - 105) < 1


def test_a_number_is_not_read_aloud(parts: list[bytes]):
    whole = bound([Part(parts[1]), Part(parts[1], "Lần nữa")], numbering=Numbering(since=1))
    with Pdf.open(BytesIO(whole)) as pdf:
        assert all(
            b"/Artifact" in page.Contents.read_bytes()
            if not isinstance(page.Contents, Array)
            else any(b"/Artifact" in one.read_bytes() for one in page.Contents)
            for page in pdf.pages
        )
