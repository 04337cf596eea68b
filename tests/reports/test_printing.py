"""A long report: its annexes set in parts beside each other, and the text that says on which page each begins."""

import re

import pytest

from portal.reports import printing
from portal.reports.facts import Sheet
from portal.reports.printing import printed
from tests.papers.archival import bookmarks_of, faults_of
from tests.papers.reading import flat
from tests.papers.samples import OFFICIAL, a_paper

HEADS = ("TT", "Chi bộ", "Trực thuộc", "Dự họp")


def table(key: str, title: str, rows: int) -> Sheet:
    lines = tuple((str(row), f"Chi bộ thôn {row}", f"Đảng ủy xã {row // 30}", "92,1 %") for row in range(1, rows + 1))
    return Sheet(key, title, HEADS, lines, (12, 0, 60, 22))


@pytest.fixture
def in_small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "ROWS", 60)


def test_the_text_says_where_each_annex_begins(in_small_parts: None):
    said: list[tuple[int, int]] = []
    content = printed(
        a_paper(), [table("a", "Từng xã", 90), table("b", "Từng chi bộ", 150)], OFFICIAL, facts={},
        told=lambda done, whole: said.append((done, whole)),
    )  # fmt: skip
    begins = {title: page for depth, title, page in bookmarks_of(content) if depth == 0}
    found = re.findall(r"Phụ lục (\d)\. [^,;]+, từ trang (\d+)", flat(content))
    assert [number for number, _ in found] == ["1", "2"]
    for number, words in found:
        (page,) = {page for title, page in begins.items() if title.startswith(f"Phụ lục {number}.")}
        assert page == int(words)
    assert len(begins) >= 3
    assert faults_of(content) == []
    assert (said[-1], said == sorted(said)) == ((6, 6), True)  # the text, two parts of the one, three of the other


def test_the_same_facts_are_the_same_words_however_they_are_parted(monkeypatch: pytest.MonkeyPatch):
    whole = flat(printed(a_paper(), [table("a", "Từng xã", 90)], OFFICIAL, facts={}))
    monkeypatch.setattr(printing, "ROWS", 30)
    in_parts = flat(printed(a_paper(), [table("a", "Từng xã", 90)], OFFICIAL, facts={}))
    assert all(in_parts.count(f"Chi bộ thôn {row} ") == whole.count(f"Chi bộ thôn {row} ") == 1 for row in range(1, 91))
