"""Reports composed of the demo and set as PDF, the way the portal does it, without writing any down."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from branches.models import Kind, Organisation
from branches.papers import form_of
from directives.models import Document
from portal.access.actor import Actor
from portal.accounts.models import Account
from portal.papers.content import Paper
from portal.reports.asked import Asked
from portal.reports.facts import Facts, Sheet
from portal.reports.kinds import ReportKind, kind_named
from portal.reports.models import Report
from portal.reports.papers import Told, about, check_words, paper_of
from portal.reports.printing import printed
from tests.papers.reading import text_in

PLAN = "S003"  # the document with the four targets


@dataclass(frozen=True)
class Composed:
    """`asked`: what it was asked about; `words`: the first texts, as they stand before anybody has written."""

    kind: ReportKind
    asked: Asked

    @cached_property
    def facts(self) -> Facts:
        return self.kind.read(self.asked)

    @cached_property
    def report(self) -> Report:
        return Report(
            kind=self.kind.code,
            organisation=self.asked.place,
            first=self.asked.first,
            last=self.asked.last,
            document=self.asked.document,
        )

    @cached_property
    def words(self) -> dict[str, str]:
        told = about(self.report, self.kind)
        return {part.code: part.first(self.facts, told) for part in self.kind.parts}

    @cached_property
    def paper(self) -> Paper:
        told = Told(self.report, self.kind, self.facts, self.words)
        return paper_of(told, on=self.asked.today, check=check_words(self.report))

    @property
    def annexes(self) -> list[Sheet]:
        return self.kind.annexes_of(self.facts)

    @cached_property
    def pdf(self) -> bytes:
        somebody = Actor.today(Account.objects.earliest("pk"))
        form = form_of(self.asked.place, self.asked.today, somebody)
        return printed(self.paper, self.annexes, form, facts=self.facts.frozen())


def composed(code: str, day: date, *, place: Organisation | None = None, today: date | None = None) -> Composed:
    """Of the period that the day lies in, as it is composed on `today`."""
    kind = kind_named(code)
    assert kind, code
    place = place or place_of(kind)
    period = kind.period(day)
    document = Document.everything.get(source=PLAN) if kind.about_document else None
    assert period.ends
    return Composed(kind, Asked(place, period.first, period.ends, today or day, document))


def place_of(kind: ReportKind) -> Organisation:
    """The first of the demo whose report it is."""
    return places_of(next(one for one in (Kind.PROVINCE, Kind.COMMUNE, Kind.BRANCH) if one in kind.of))[0]


def places_of(kind: str) -> list[Organisation]:
    rows = Organisation.everything.select_related("parent").filter(kind=kind, dissolved_on=None)
    return list(rows.order_by("pk"))


def read_aloud(pdf: bytes) -> str:
    """All its words in their order, without the numbers of pages, however they are broken into lines."""
    pages = text_in(pdf, "-raw").split("\f")
    bare = [page.rstrip().removesuffix(str(number)) if number > 1 else page for number, page in enumerate(pages, 1)]
    return " ".join(" ".join(bare).split())


def month_before(day: date) -> date:
    """Its last day."""
    return day.replace(day=1) - timedelta(days=1)
