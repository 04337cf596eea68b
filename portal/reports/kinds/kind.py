"""A kind of report: whose it is, over which days, of which sections it is made, what people add. Adding one touches this folder alone."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from branches.models import Kind as OrganisationKind
from branches.models import Organisation
from portal.figures.periods import Length, Period, period_of
from portal.papers.content import Block
from portal.reports.asked import Asked
from portal.reports.facts import Facts, Sheet
from portal.reports.sections.section import About, Section


@dataclass(frozen=True)
class Part:
    """What people write: a part that judges. `first`: a first text made of the facts, which they may change."""

    code: str
    heading: str
    hint: str
    first: Callable[[Facts, About], str] = lambda facts, about: ""
    must: bool = False  # without it the report is not handed over for review


@dataclass(frozen=True)
class Chapter:
    """I. Tình hình …: sections, or a part that people write. `plain`: its sections have no titles of their own."""

    heading: str
    sections: tuple[Section, ...] = ()
    part: Part | None = None
    plain: bool = False


@dataclass(frozen=True)
class ReportKind:
    code: str
    name: str  # Báo cáo tháng của chi bộ
    subject: Callable[["ReportKind", Period, str], str]  # what stands below the word BÁO CÁO
    of: frozenset[OrganisationKind]
    length: Length
    chapters: tuple[Chapter, ...]
    says: str = ""  # one line for the list of kinds
    letters: str = "BC"
    goes_up: bool = True  # to the committee above
    about_document: bool = False
    answers: tuple[str, ...] = ()  # which reports of the catalogue this is (directives/keepers.py)
    names_people: bool = False  # only for who reads the roll
    annexes: bool = False
    brief: bool = False  # one page: no chapters
    due: Callable[[Period], date] | None = field(default=None)

    @property
    def sections(self) -> list[Section]:
        return [section for chapter in self.chapters for section in chapter.sections]

    @property
    def parts(self) -> list[Part]:
        return [chapter.part for chapter in self.chapters if chapter.part]

    def is_of(self, organisation: Organisation) -> bool:
        return organisation.kind in self.of

    def period(self, day: date) -> Period:
        return period_of(self.length, day)

    def read(self, asked: Asked) -> Facts:
        found = Facts(asked.today)
        for section in self.sections:
            found += section.read(asked)
        return found

    def annexes_of(self, facts: Facts) -> list[Sheet]:
        return [sheet for section in self.sections for sheet in section.annexes(facts)] if self.annexes else []

    def told(self, section: Section, facts: Facts, about: About) -> Iterable[Block]:
        return section.tell(facts, about)


_kinds: dict[str, ReportKind] = {}


def publish(*kinds: ReportKind) -> None:
    for one in kinds:
        assert one.code not in _kinds, f"two kinds {one.code}"
        _kinds[one.code] = one


def kind_named(code: str) -> ReportKind | None:
    return _kinds.get(code)


def kinds_of(organisation: Organisation) -> list[ReportKind]:
    return [one for one in _kinds.values() if one.is_of(organisation)]


def all_kinds() -> list[ReportKind]:
    return list(_kinds.values())
