"""A report as an official paper: told of its facts and of what people wrote. Nothing is read here."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.conf import settings
from django.urls import reverse

from branches.papers import as_party_body, heading_of
from members.queries.signing import recipients_of, signer_of
from portal.figures.periods import Period
from portal.papers.content import Block, Paper, Table, Text, Title, ended
from portal.reports.facts import Facts
from portal.reports.kinds import ReportKind
from portal.reports.models import Report
from portal.reports.sections.section import About
from portal.words.quantities import day

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")
FIGURE = "figure:"  # before the key of a figure that somebody explains


@dataclass(frozen=True)
class Told:
    """What a paper is made of, whatever state the report is in."""

    report: Report
    kind: ReportKind
    facts: Facts
    words: Mapping[str, str]

    @property
    def period(self) -> Period:
        return self.kind.period(self.report.last)

    @property
    def about(self) -> About:
        return about(self.report, self.kind)


def about(report: Report, kind: ReportKind) -> About:
    place = report.organisation
    level = "branch" if place.kind == "branch" else "province" if place.kind in ("province", "district") else "commune"
    below = "chi bộ" if level != "province" else "xã, phường"
    return About(as_party_body(place.name), kind.period(report.last).said, below, level)


def paper_of(told: Told, *, on: date, symbol: str = "", check: str = "") -> Paper:
    """`symbol`: its number, once it is issued; `check`: the sentence that says where a copy is compared."""
    report, kind = told.report, told.kind
    composed = ended(f"Số liệu do Cổng sinh hoạt chi bộ tổng hợp ngày {day(told.facts.on)}")
    return Paper(
        heading=heading_of(report.organisation, on, type=kind.letters, symbol=symbol),
        type="Báo cáo",
        abstract=subject_of(report, kind),
        blocks=tuple(_with_numbers(_in_brief(told) if kind.brief else _at_length(told))),
        signers=(signer_of(report.organisation, on),),
        recipients=recipients_of(report.organisation),
        draft="" if report.is_issued or symbol else "Dự thảo",
        beneath=tuple(filter(None, [composed, check])),
    )


def subject_of(report: Report, kind: ReportKind) -> str:
    said = kind.subject(kind, kind.period(report.last), report.organisation.name)
    return f"{said} {report.document.name}" if report.document else said


def _opening(told: Told) -> str:
    place, period = told.report.organisation.name, told.kind.period(told.report.last)
    until = "" if told.report.last <= told.facts.on else f", số liệu đến ngày {day(told.facts.on)}"
    return ended(f"{place} báo cáo {subject_of(told.report, told.kind)}{until} như sau")[:-1] + ":" if period else ""


def _at_length(told: Told) -> Iterator[Block]:
    yield Text(_opening(told))
    yield from _chapters(told)


def _in_brief(told: Told) -> Iterator[Block]:
    """Of one page: neither opening nor chapters."""
    for chapter in told.kind.chapters:
        for section in chapter.sections:
            yield from told.kind.told(section, told.facts, told.about)
        if chapter.part and (words := told.words.get(chapter.part.code, "").strip()):
            yield Text(words, lead=f"{chapter.heading}:")
    yield from _explained(told)


def _chapters(told: Told) -> Iterator[Block]:
    """Chapters without anything to say are left out, and the numbers go on without a gap."""
    number = 0
    for chapter in told.kind.chapters:
        words = told.words.get(chapter.part.code, "") if chapter.part else ""
        if chapter.part and not words.strip():
            continue
        if chapter.heading:
            yield Title(f"{ROMAN[number]}. {chapter.heading}")
            number += 1
        if chapter.part:
            yield Text(words)
        has_titles = len(chapter.sections) > 1 and not chapter.plain
        for place, section in enumerate(chapter.sections, 1):
            if has_titles:
                yield Title(f"{place}. {section.title}", 2)
            yield from told.kind.told(section, told.facts, told.about)
    if explained := list(_explained(told)):
        yield Title(f"{ROMAN[number]}. Giải thích số liệu")
        yield from explained


def _with_numbers(blocks: Iterable[Block]) -> Iterator[Block]:
    """Tables of the text are numbered as they come: Bảng 1. Thực hiện các chỉ tiêu."""
    number = 0
    for block in blocks:
        if isinstance(block, Table) and block.caption:
            number += 1
            yield replace(block, caption=f"Bảng {number}. {block.caption}")
        else:
            yield block


def _explained(told: Told) -> Iterator[Block]:
    """Figures cannot be changed; what is to be known about them is said."""
    names = {line.key: line.words for line in told.facts.lines}
    for part, words in sorted(told.words.items()):
        key = part.removeprefix(FIGURE)
        if part.startswith(FIGURE) and key in names and words.strip():
            yield Text(words, lead=f"Về số liệu “{names[key]}”:")


def check_words(report: Report) -> str:
    """On the last page: how somebody who holds a copy sees whether it is the one that was issued."""
    address = settings.SITE_ADDRESS.rstrip("/") + reverse("report_check")
    return f"Mã đối chiếu: {report.code}. So bản này với bản đã ban hành tại {address}"
