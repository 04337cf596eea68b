"""The long page tells what the paper tells, under the same numbers."""

from datetime import date

import pytest

from portal.papers.content import Table, Title
from portal.reports.facts import Facts
from portal.reports.models import Report, Words
from portal.reports.page import TableShown, behind_of, chapters_of
from portal.reports.papers import FIGURE, Told, paper_of
from portal.reports.services.writing import kind_of, words_of, write_words
from tests.cast import Cast
from tests.reports.drafts import begun, written

REPORTS = [("dong", "thinh", "chi-bo-thang"), ("dong", "thinh", "chi-bo-nam"), ("dong", "thinh", "diem-danh-nam"),
           ("phu_luong", "mai", "xa-nam"), ("phu_luong", "mai", "tom-tat"), ("province", "kien", "tinh-nam"),
           ("province", "kien", "so-sanh")]  # fmt: skip


def told_of(report: Report) -> Told:
    report.refresh_from_db()
    return Told(report, kind_of(report), Facts.thawed(report.facts), words_of(report))


def rows_of(report: Report) -> dict[str, Words]:
    return {row.part: row for row in report.words.all()}


@pytest.mark.parametrize(("place", "by", "kind"), REPORTS)
def test_headings_and_tables_have_the_numbers_of_the_paper(cast: Cast, place: str, by: str, kind: str):
    report = begun(cast, getattr(cast, place), by, kind)
    told = told_of(report)
    blocks = paper_of(told, on=date(2026, 11, 22)).blocks
    chapters = [one for one in chapters_of(told, rows_of(report), cast.actor(by)) if one.is_printed]
    sections = [section for chapter in chapters for section in chapter.sections]
    if not told.kind.brief and told.kind.chapters[0].heading:
        assert [one.heading for one in chapters] == [
            one.words for one in blocks if isinstance(one, Title) and one.level == 1
        ]
    assert [one.title for one in sections if one.title] == [
        one.words for one in blocks if isinstance(one, Title) and one.level == 2
    ]
    shown = [block.caption for section in sections for block in section.blocks if isinstance(block, TableShown)]
    assert shown == [one.caption for one in blocks if isinstance(one, Table)]


def test_a_part_that_is_empty_is_not_counted(cast: Cast):
    report = begun(cast, cast.dong, "thinh", "chi-bo-nam")
    written(cast, report, "thinh")
    headings = [one.heading for one in chapters_of(told_of(report), rows_of(report), cast.actor("thinh"))]
    assert "Kết quả nổi bật" in headings
    write_words(report, part="results", words="Làm đường.", version=0, by=cast.actor("thinh"))
    headings = [one.heading for one in chapters_of(told_of(report), rows_of(report), cast.actor("thinh"))]
    assert "III. Kết quả nổi bật" in headings
    assert "IV. Hạn chế, nguyên nhân" in headings


def test_what_explains_a_figure_stands_beside_it(cast: Cast):
    report = begun(cast, cast.dong, "thinh")
    write_words(report, part=f"{FIGURE}situation.strength", words="Mới lập.", version=0, by=cast.actor("thinh"))
    chapters = chapters_of(told_of(report), rows_of(report), cast.actor("thinh"))
    figures = [one for chapter in chapters for section in chapter.sections for one in section.figures]
    assert [one.line.key for one in figures if one.explained] == ["situation.strength"]


@pytest.mark.parametrize(("name", "is_there"), [("mai", True), ("vinh", True), ("kien", False)])
def test_the_roll_is_behind_a_number_only_for_who_reads_it(cast: Cast, name: str, is_there: bool):
    told = told_of(begun(cast, cast.phu_luong, "mai", "xa-thang"))
    line = told.facts.line("situation.strength")
    assert line
    assert bool(behind_of(line, told, cast.actor(name))) is is_there
