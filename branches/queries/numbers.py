"""Reads over the register of document numbers."""

from dataclasses import dataclass, field
from datetime import date
from itertools import count, islice

from branches.models import DocumentNumber, NumberState, Organisation, Term
from branches.models.number import SERIES, number_text
from portal.access.reach import paths_down_to


@dataclass
class SeriesStanding:
    """How far a series has come in a term."""

    series: str
    highest: int  # what a typing error put far ahead does not count once it is voided
    there: set[int] = field(default_factory=set)  # voided ones too: they are not given again
    reserved: int = 0

    @property
    def name(self) -> str:
        return SERIES[self.series]

    @property
    def next(self) -> int:
        return self.following(1)[0]

    def following(self, number: int) -> list[int]:
        return list(islice((n for n in count(self.highest + 1) if n not in self.there), number))

    @property
    def gaps(self) -> list["Gap"]:
        """Runs of numbers that nothing stands under: given on paper, or forgotten."""
        found: list[Gap] = []
        before = 0
        for number in sorted(n for n in self.there if n <= self.highest):
            if number > before + 1:
                found.append(Gap(before + 1, number - 1))
            before = number
        return found


@dataclass(frozen=True)
class Gap:
    first: int
    last: int

    def __str__(self) -> str:
        first, last = number_text(self.first), number_text(self.last)
        return first if first == last else f"{first}–{last}"

    @property
    def below(self) -> int:
        """The number that the gap lies directly under."""
        return self.last + 1


def standings_of(term: Term, series: str = "") -> dict[str, SeriesStanding]:
    """Every series of a term that has begun, or one of them: one query."""
    rows = DocumentNumber.objects.everywhere(reason="a series is counted whole").filter(term=term)
    rows = rows.filter(series=series) if series else rows
    found: dict[str, SeriesStanding] = {}
    for code, number, state in rows.order_by("series").values_list("series", "number", "state"):
        standing = found.setdefault(code, SeriesStanding(code, 0))
        standing.there.add(number)
        standing.reserved += state == NumberState.RESERVED
        if state != NumberState.VOIDED:
            standing.highest = max(standing.highest, number)
    return found


@dataclass(frozen=True)
class OfferedTerm:
    name: str
    since: date


def offered_term(organisation: Organisation, on: date) -> OfferedTerm:
    """The term to begin a register with: that of the nearest committee above, else the five years of congresses."""
    above = paths_down_to(organisation.path)[:-1]
    terms = Term.objects.everywhere(reason="the terms of those above are no secret to those below")
    nearest = terms.on(on).filter(organisation__path__in=above).order_by("-organisation__path").first()
    if nearest:
        return OfferedTerm(nearest.name, nearest.since)
    begins = on.year - on.year % 5
    return OfferedTerm(f"nhiệm kỳ {begins}–{begins + 5}", date(begins, 1, 1))
