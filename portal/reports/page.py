"""A report as one long page: its chapters in the order of the paper, with the figures of each and what is behind them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import ClassVar
from urllib.parse import urlencode

from django.urls import reverse

from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.indicators.registry import indicator
from portal.papers.content import Block, Table
from portal.reports.facts import Facts, Line, Sheet
from portal.reports.kinds.kind import Chapter, Part, kind_named
from portal.reports.models import Report, Words
from portal.reports.papers import FIGURE, ROMAN, Told
from portal.reports.sections.section import Section

PREFIXES = {"targets": "target"}  # of the keys of a section's figures, where it is not the section's own
MOST_UNDER_EACH_OTHER = 9  # cells of a row, on a phone
NOT_LISTED = {"quality.speakers"}  # in tenths: reads in the text alone
LONGEST_KEY = 80 - len(FIGURE)  # what is longer cannot be explained: the column is no longer
# Where the list behind a figure is no indicator's: the page, and what one needs to see it.
LISTS = {
    "situation": ("roll", Permission.READ_ROLL),
    "movement": ("membership_changes", Permission.EXPORT_ROLL),
    "tasks": ("task_inbox_of", Permission.SEE_TASKS),
    "sending": ("arrivals", Permission.READ_FIGURES),
}


@dataclass(frozen=True)
class FigureShown:
    line: Line
    behind: str = ""  # the address of the list
    explained: Words | None = None
    may_be_explained: bool = False


@dataclass(frozen=True)
class TableShown:
    """A row has a name; what stands before it is its number."""

    caption: str
    heads: tuple[tuple[str, str], ...]
    rows: tuple[tuple[tuple[str, str, str, bool], ...], ...]  # head, words, side, is the name
    sums: bool
    kind: ClassVar = "table"

    @property
    def is_wide(self) -> bool:
        """A month a column: on a phone they stand beside each other."""
        return len(self.heads) > MOST_UNDER_EACH_OTHER


@dataclass(frozen=True)
class SectionShown:
    title: str
    blocks: list[Block | TableShown]
    figures: list[FigureShown]


@dataclass(frozen=True)
class ChapterShown:
    heading: str
    anchor: str
    sections: list[SectionShown] = field(default_factory=list)
    part: Part | None = None
    words: Words | None = None
    is_printed: bool = True  # an empty part is not


def chapters_of(told: Told, rows: Mapping[str, Words], actor: Actor) -> list[ChapterShown]:
    """Numbers go to what will be printed, as in the paper."""
    found, number, tables = [], 0, count(1)
    for place, chapter in enumerate(told.kind.chapters, 1):
        words = rows.get(chapter.part.code) if chapter.part else None
        is_printed = chapter.part is None or bool(words and words.words.strip())
        heading = chapter.heading or (chapter.sections[0].title if len(chapter.sections) == 1 else "Nội dung")
        if chapter.heading and is_printed and not told.kind.brief:
            heading, number = f"{ROMAN[number]}. {heading}", number + 1
        shown = [_section(section, title, told, rows, actor, tables) for title, section in _titled(chapter)]
        anchor = chapter.part.code if chapter.part else f"phan-{place}"
        found.append(ChapterShown(heading, anchor, shown, chapter.part, words, is_printed))
    return found


def _titled(chapter: Chapter) -> Iterator[tuple[str, Section]]:
    """A section that is alone has its chapter's heading."""
    has_titles = len(chapter.sections) > 1 and not chapter.plain
    for place, section in enumerate(chapter.sections, 1):
        yield f"{place}. {section.title}" if has_titles else "", section


def _section(
    section: Section, title: str, told: Told, rows: Mapping[str, Words], actor: Actor, tables: Iterator[int]
) -> SectionShown:
    blocks = [_drawn(block, tables) for block in told.kind.told(section, told.facts, told.about)]
    lines = told.facts.lines_of(f"{PREFIXES.get(section.key, section.key)}.")
    return SectionShown(
        title, blocks, [_figure(line, told, rows, actor) for line in lines if line.key not in NOT_LISTED]
    )


def _figure(line: Line, told: Told, rows: Mapping[str, Words], actor: Actor) -> FigureShown:
    behind = behind_of(line, told, actor)
    return FigureShown(line, behind, rows.get(FIGURE + line.key), len(line.key) <= LONGEST_KEY)


def behind_of(line: Line, told: Told, actor: Actor) -> str:
    """The figure's own page, as of the last day that the report looks at; else the list that it was counted from."""
    place, prefix, code = told.report.organisation, *line.key.split(".", 1)
    code = code.removesuffix(f".{line.goal}")
    if indicator(code):
        asked = {"to-chuc": place.pk, "ky": told.kind.length.value, "den": min(told.report.last, told.facts.on)}
        return f"{reverse('figure', args=[code])}?{urlencode(asked)}"
    name, permission = LISTS.get(prefix, ("", None))
    return reverse(name, args=[place.pk]) if permission and actor.may(permission, place.path) else ""


def _drawn(block: Block, tables: Iterator[int]) -> Block | TableShown:
    """Tables are numbered through the whole text."""
    if not isinstance(block, Table):
        return block
    heads = tuple((column.head, column.align) for column in block.columns)
    name = 1 if heads[0][0] == "TT" and len(heads) > 1 else 0
    rows = tuple(
        tuple((heads[at][0], words, side, at == name) for at, (words, side) in enumerate(row)) for row in block.drawn
    )
    caption = f"Bảng {next(tables)}. {block.caption}" if block.caption else ""
    return TableShown(caption, heads, rows, block.sums)


def title_of(report: Report) -> str:
    """Báo cáo tháng của chi bộ, tháng 10/2026"""
    kind = kind_named(report.kind)
    name = f"{kind.name}, {kind.period(report.last).said}" if kind else "Báo cáo"
    return f"{name}: {report.document.name}" if report.document else name


def tables_of(told: Told) -> list[Sheet]:
    """All that can be taken away, the annexes last."""
    seen: dict[str, Sheet] = {sheet.key: sheet for sheet in told.facts.sheets if sheet.rows}
    return list(seen.values())


def figure_named(facts: Facts, key: str) -> Line | None:
    return facts.line(key) if len(key) <= LONGEST_KEY else None
