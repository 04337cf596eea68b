"""Every kind of report, composed of the demo and set as PDF: whole, readable by machines, and nothing lies on top of anything else."""

import json
import re
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise

import pikepdf
import pytest
import python_calamine

from branches.models import Kind
from portal.papers.content import Note, Table, Text, Title
from portal.reports.charts import chart_of
from portal.reports.facts import Facts
from portal.reports.kinds import all_kinds
from tests.papers.archival import bookmarks_of, faults_of
from tests.papers.reading import Line, facts_of, flat, lines_of
from tests.reports.kinds.composing import Composed, composed, month_before, places_of, read_aloud

SIDES = {Kind.PROVINCE: "tỉnh", Kind.COMMUNE: "xã", Kind.BRANCH: "chi bộ"}
PAIRS = [(kind.code, place) for kind in all_kinds() for place in SIDES if place in kind.of]
SLACK = 0.6  # millimetres that one letter may lean over another's place
SPACE = 1.5  # behind the last word of a line
_composed: dict[tuple[str, str], Composed] = {}


@pytest.fixture(params=PAIRS, ids=[f"{code} {SIDES[place]}" for code, place in PAIRS])
def one(request: pytest.FixtureRequest, on_the_demo: None, today) -> Composed:
    """Of the last whole month, or of the year so far. Each is set once."""
    code, place = request.param
    if (code, place) not in _composed:
        day = today if next(kind for kind in all_kinds() if kind.code == code).length == "nam" else month_before(today)
        _composed[code, place] = composed(code, day, place=places_of(place)[0], today=today)
    return _composed[code, place]


def test_every_kind_is_tried():
    assert {code for code, _ in PAIRS} == {kind.code for kind in all_kinds()}
    assert len(PAIRS) == 18


def test_it_is_archival_and_says_what_it_is(one: Composed):
    assert faults_of(one.pdf) == []
    said = facts_of(one.pdf)
    assert said["Tagged"] == "yes"
    assert said["Title"] == one.paper.title


def test_read_aloud_it_goes_in_the_order_of_the_paper(one: Composed):
    """Every heading, paragraph, cell and note, one after the other."""
    found, place = _plain(read_aloud(one.pdf)), 0
    for words in _in_order(one):
        at = found.find(_plain(words), place)
        assert at >= 0, f"{words!r} is not there, or not behind what stands before it"
        place = at


def _in_order(one: Composed) -> Iterator[str]:
    paper = one.paper
    yield from (paper.heading.issuer, paper.heading.PARTY, paper.type, paper.abstract)
    for block in paper.blocks:
        if isinstance(block, Text):
            yield from (block.lead, *block.lines)
        elif isinstance(block, Title | Note):
            yield block.words
        elif isinstance(block, Table):
            yield from (
                block.caption,
                *(column.head for column in block.columns),
                *(cell for row in block.rows for cell in row),
            )
    yield from paper.recipients
    for signer in paper.signers:
        yield from (signer.power, signer.post, signer.name)
    yield from paper.beneath
    for number, sheet in enumerate(one.annexes, 1):
        yield from (f"Phụ lục {number}", sheet.title, *sheet.heads, *(cell for row in sheet.rows for cell in row))


def _plain(words: str) -> str:
    """However it is broken into lines, and in whatever case its part is set; without the numbers of pages."""
    return re.sub(r"\s+", "", words).lower()


def test_headings_do_not_leap(one: Composed):
    levels = [int(name[1:]) for name in _elements(one.pdf) if re.fullmatch(r"H[1-6]", name)]
    assert levels[0] == 1
    assert all(then <= before + 1 for before, then in pairwise(levels)), levels


def _elements(pdf: bytes) -> list[str]:
    found: list[str] = []
    with pikepdf.Pdf.open(BytesIO(pdf)) as whole:

        def walk(element: pikepdf.Object) -> None:
            found.append(str(element.S).removeprefix("/"))
            below = element.get(pikepdf.Name.K, [])
            for kid in below if isinstance(below, pikepdf.Array) else [below]:
                if isinstance(kid, pikepdf.Dictionary) and pikepdf.Name.S in kid:
                    walk(kid)

        for top in whole.Root.StructTreeRoot.K:
            walk(top)
    return found


def test_pictures_stand_in_annexes_alone_and_say_what_they_show(one: Composed):
    drawn = [chart for sheet in one.annexes if (chart := chart_of(sheet))]
    names = _elements(one.pdf)
    assert names.count("Figure") == len(drawn)
    if drawn:
        titles = [place for place, name in enumerate(names) if name == "H1"]
        assert names.index("Figure") > titles[1], "the first is that of the text"
        assert all("<title>Biểu đồ " in chart for chart in drawn)


def test_bookmarks_lead_to_the_chapters_and_to_the_annexes(one: Composed):
    marks = bookmarks_of(one.pdf)
    chapters = [block.words for block in one.paper.blocks if isinstance(block, Title)]
    annexes = [f"Phụ lục {number}. {sheet.title}" for number, sheet in enumerate(one.annexes, 1)]
    words = [words for _, words, _ in marks if not words.startswith("Phụ lục")]
    assert words == [one.paper.title, *chapters]
    assert list(dict.fromkeys(words for _, words, _ in marks if words.startswith("Phụ lục"))) == annexes
    said = re.findall(r"từ trang (\d+)", flat(one.pdf))
    begins = {words: page for _, words, page in reversed(marks)}
    assert [int(page) for page in said] == [begins[words] for words in annexes]


def test_its_tables_and_figures_go_with_it(one: Composed):
    with pikepdf.Pdf.open(BytesIO(one.pdf)) as whole:
        files = {name: file.get_file().read_bytes() for name, file in whole.attachments.items()}
    assert Facts.thawed(json.loads(files.pop("so-lieu.json"))) == one.facts
    assert sorted(files) == [f"phu-luc-{number}.xlsx" for number, _ in enumerate(one.annexes, 1)]
    for number, sheet in enumerate(one.annexes, 1):
        book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(files[f"phu-luc-{number}.xlsx"]))
        rows = book.get_sheet_by_index(0).to_python()
        begins = next(place for place, row in enumerate(rows) if tuple(row) == sheet.heads) + 1
        assert [[_value(cell) for cell in row] for row in rows[begins:]] == [
            [_value(cell) for cell in row] for row in sheet.rows
        ]


def _value(cell: str | float) -> str | float:
    """98,8 % as a reader has it, 0.988 as a sheet does."""
    if isinstance(cell, float):
        return round(cell, 6)
    if not re.fullmatch(r"(\d{1,3}(\.\d{3})*|\d+)(,\d+)?(\s%)?", cell):
        return cell
    plain = float(cell.split("\u00a0")[0].replace(".", "").replace(",", "."))
    return round(plain / (100 if cell.endswith("%") else 1), 6)


def test_nothing_lies_over_anything_else_or_beyond_the_margins(one: Composed):
    with pikepdf.Pdf.open(BytesIO(one.pdf)) as whole:
        widths = [float(page.mediabox[2]) * 25.4 / 72 for page in whole.pages]
    lines = [line for line in lines_of(one.pdf) if line.words.strip()]
    assert lines
    for line in lines:
        left = 20 if widths[line.page - 1] > 250 else 30
        assert left - SLACK <= line.left, line
        assert line.right <= widths[line.page - 1] - 15 + SPACE, line
    for page in range(1, len(widths) + 1):
        here = sorted((line for line in lines if line.page == page), key=lambda line: line.top)
        for place, line in enumerate(here):
            for other in here[place + 1 :]:
                if other.top > line.top + line.height / 2:
                    break
                assert _apart(line, other), (line.words, other.words)


def _apart(one: Line, other: Line) -> bool:
    return one.right <= other.left + SLACK or other.right <= one.left + SLACK


def test_whoever_signs_does_not_stand_alone(one: Composed):
    """Some of the text stands on the same page, above."""
    power = one.paper.signers[0].power.upper()
    lines = [line for line in lines_of(one.pdf) if line.words.strip()]
    sign = next(line for line in lines if line.words.strip() == power)
    above = {round(line.top) for line in lines if line.page == sign.page and 20 < line.top < sign.top - 2}
    assert len(above) >= 2, "only who signs stands on the last page"


def test_no_chapter_is_empty_and_numbers_go_on(one: Composed):
    blocks = one.paper.blocks
    for block, after in zip(blocks, [*blocks[1:], None], strict=True):
        if isinstance(block, Title):
            assert after is not None, block
            assert not isinstance(after, Title) or after.level > block.level, block
        if isinstance(block, Text):
            assert block.words.strip()
    romans = [block.words.split(".")[0] for block in blocks if isinstance(block, Title) and block.level == 1]
    assert romans == ["I", "II", "III", "IV", "V", "VI", "VII"][: len(romans)]


def test_its_first_texts_speak_like_people(one: Composed):
    """No double stops or spaces, nothing left to fill in; a number never stands without its dots."""
    for words in [words for block in one.paper.blocks if isinstance(block, Text) for words in block.lines]:
        assert not re.search(r"\.\.|  | [,.;:]|[{}]|None|,,|\b0/\d", words.replace("\u00a0", "_")), words
        assert words[:1] == words[:1].upper(), words
        assert words.endswith((".", ":")), words
        assert not re.search(r"(?<![\d/.])\d{4,}(?![\d/])", re.sub(r"\d+/\d{4}|năm \d{4}|ngày \S+", "", words)), words


def test_the_summary_for_leaders_is_one_page(on_the_demo, today):
    for place in (Kind.PROVINCE, Kind.COMMUNE):
        whole = composed("tom-tat", today, place=places_of(place)[0])
        assert facts_of(whole.pdf)["Pages"] == "1"


def test_figures_are_the_same_after_they_were_kept(one: Composed):
    kept = json.loads(json.dumps(one.facts.frozen()))
    assert Facts.thawed(kept) == one.facts
