"""The form of an official paper, measured in the PDF: places within half a millimetre, sizes within a fifth of a point."""

from dataclasses import replace

import pytest

from portal.papers.content import PageBreak, Text
from portal.papers.form import Part
from portal.papers.pdf import pdf_of
from tests.papers.reading import MM, Line, lines_of
from tests.papers.samples import OFFICIAL, a_paper

LONG = "Chi bộ thống nhất thực hiện các nhiệm vụ của tháng theo kế hoạch đã được thông qua tại buổi họp. " * 12
# Of Liberation Serif, in em: where the line that the reader reports begins above the base, and where a digit does.
ABOVE_BASE, DIGIT = 0.891, 0.677


@pytest.fixture(scope="module")
def lines() -> list[Line]:
    return lines_of(
        pdf_of(a_paper(Text(LONG), PageBreak(), Text("Trang hai."), PageBreak(), Text("Trang ba.")), OFFICIAL)
    )


def of(lines: list[Line], words: str) -> Line:
    return next(line for line in lines if words in line.words)


@pytest.mark.parametrize(
    ("words", "size", "bold", "italic"),
    [
        ("ĐẢNG CỘNG SẢN VIỆT NAM", 15, True, False),
        ("ĐẢNG BỘ XÃ PHÚ LƯƠNG", 14, False, False),
        ("CHI BỘ THÔN ĐÔNG", 14, True, False),
        ("Số 01-NQ/CB", 14, False, False),
        ("Phú Lương, ngày 03 tháng 02 năm 2026", 14, False, True),
        ("NGHỊ QUYẾT", 16, True, False),
        ("về nhiệm vụ tháng 3", 14, True, False),
        ("Chi bộ thống nhất", 14, False, False),
        ("T/M CHI BỘ", 14, True, False),
        ("BÍ THƯ", 14, False, False),
        ("Lò Văn Thịnh", 14, True, False),
        ("Nơi nhận:", 14, False, False),
        ("- Lưu chi bộ.", 12, False, False),
    ],
)
def test_each_part_has_its_size_and_style(lines: list[Line], words: str, size: float, bold: bool, italic: bool):
    line = of(lines, words)
    assert line.size == pytest.approx(size, abs=0.2)
    assert (line.is_bold, line.is_italic) == (bold, italic)
    assert "Liberation-Serif" in line.face


def test_the_text_keeps_to_the_margins(lines: list[Line]):
    first = min(line.top for line in lines if line.page == 1)
    assert first == pytest.approx(20, abs=0.5)
    body = [line for line in lines if line.page == 1 and line.size == 14 and line.width > 150]
    assert min(line.left for line in body) == pytest.approx(30, abs=0.5)
    assert max(line.right for line in body) == pytest.approx(210 - 15, abs=0.5)
    assert of(lines, "Chi bộ thống nhất").left == pytest.approx(30 + 10, abs=0.5)  # first lines stand in


def test_the_two_sides_of_the_heading(lines: list[Line]):
    """Left the issuer, its star and its number on one axis; right the Party, place and day on another; on one height."""
    upper, issuer, number = (of(lines, words) for words in ("ĐẢNG BỘ XÃ", "CHI BỘ THÔN", "Số 01"))
    party, place = of(lines, "ĐẢNG CỘNG SẢN"), of(lines, "Phú Lương, ngày")
    star = next(line for line in lines if line.words.strip() == "*")
    left, right = 30 + 165 * 0.44 / 2, 195 - 165 * 0.56 / 2
    assert [line.middle for line in (upper, issuer, star, number)] == pytest.approx([left] * 4, abs=0.5)
    assert [line.middle for line in (party, place)] == pytest.approx([right] * 2, abs=0.5)
    assert upper.top < issuer.top < star.top < number.top
    assert party.top < place.top
    assert upper.right < party.left
    assert abs(party.top - upper.top) < 0.5


def test_the_type_stands_in_the_middle_of_the_text(lines: list[Line]):
    for words in ("NGHỊ QUYẾT", "về nhiệm vụ tháng 3", "-----"):
        assert of(lines, words).middle == pytest.approx(30 + 165 / 2, abs=0.5)


def test_pages_are_numbered_from_the_second_ten_millimetres_from_the_top(lines: list[Line]):
    numbers = {line.page: line for line in lines if line.words.strip().isdigit()}
    assert {page: line.words.strip() for page, line in numbers.items()} == {2: "2", 3: "3"}
    digit = numbers[2]
    top_of_digit = digit.top + (ABOVE_BASE - DIGIT) * digit.size * MM
    assert top_of_digit == pytest.approx(10, abs=0.5)
    assert digit.middle == pytest.approx(30 + 165 / 2, abs=0.5)
    assert digit.size == pytest.approx(14, abs=0.2)


def test_other_values_give_another_paper():
    """Margins of 2004, mirrored; numbers from the first page, lower; a larger heading."""
    faces = tuple(
        (name, replace(face, least=17, most=17) if name == Part.PARTY else face) for name, face in OFFICIAL.faces
    )
    form = replace(OFFICIAL, faces=faces, top=25, left=35, bottom=25, mirrored=True, numbered_from=1, number_at=14)
    lines = lines_of(pdf_of(a_paper(Text(LONG), PageBreak(), Text(LONG)), form))
    assert of(lines, "ĐẢNG CỘNG SẢN").size == pytest.approx(17, abs=0.2)
    for page, left in ((1, 35), (2, 15)):
        body = [line for line in lines if line.page == page and line.width > 150]
        assert min(line.left for line in body) == pytest.approx(left, abs=0.5)
    number = next(line for line in lines if line.page == 1 and line.words.strip() == "1")
    assert number.top + (ABOVE_BASE - DIGIT) * 14 * MM == pytest.approx(14, abs=0.5)


def test_a_small_sheet_is_small():
    lines = lines_of(pdf_of(a_paper(Text(LONG)), replace(OFFICIAL, sheet="A5")))
    assert max(line.right for line in lines) <= 148 - 15 + 0.5
