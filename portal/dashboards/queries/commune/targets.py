"""Targets of the documents that reach a place, held against the figures of its branches over the days that are looked at."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from branches.models import Organisation
from branches.summary.below import Span, figures_below, places_above
from branches.summary.kept import Shelf
from branches.summary.shares import ByPlace
from directives.models import Document, Obligation, Target
from directives.queries.targets import begins_on, documents_reaching, measured_from
from directives.targets.level import PERCENT
from directives.targets.measured import Measured
from portal.access.permissions import Permission
from portal.access.reach import paths_down_to
from portal.dashboards.frame import Frame
from portal.indicators.registry import Figure, Indicator, indicator

MOST_CARDS = 8
WHY = "figures of a place that was asked for through the door"
# what is said of them here, and no more: documents and their words are long
OF_TARGET = ("comparison", "value", "most", "unit", "of_what", "value_words", "indicator", "obligation__document_id")
OF_DOCUMENT = tuple(
    f"obligation__document__{name}" for name in ("symbol", "short_name", "type", "subject", "issued_on")
)


def measured_targets(frame: Frame) -> dict[Document, list[Target]]:
    """By document, the one with the most that the portal measures first. One query."""
    return frame.shelf.take(("targets", frame.actor.reach, frame.period.last), lambda: _read_targets(frame))


def _read_targets(frame: Frame) -> dict[Document, list[Target]]:
    documents = documents_reaching(frame.place, frame.actor, frame.period.last).order_by()
    rows = (
        Target.objects.allowed(frame.actor, Permission.READ_LIBRARY)
        .filter(obligation__document__in=documents.values("pk"), unit=PERCENT, value__isnull=False)
        .exclude(indicator="")
        .select_related("obligation__document")
        .only(*OF_TARGET, *(f"obligation__{name}" for name in Obligation.TIMING), *OF_DOCUMENT)
        .order_by("-obligation__document__issued_on", "obligation__document_id", "obligation__start", "pk")
    )
    found: dict[Document, list[Target]] = {}
    for row in rows:
        if indicator(row.indicator):
            found.setdefault(row.obligation.document, []).append(row)
    return dict(sorted(found.items(), key=lambda pair: -len(pair[1])))


@dataclass(frozen=True)
class Card:
    measured: Measured
    url: str

    @property
    def name(self) -> str:
        return self.measured.indicator.name if self.measured.indicator else ""

    @property
    def bar(self) -> tuple[float, float]:
        return self.measured.bar or (0, 0)


ByBranch = dict[str, dict[int, Figure]]  # by the indicator's code, then by branch


@dataclass(frozen=True)
class Counted:
    """Figures of the branches, each span asked for once."""

    place: Organisation
    branches: Sequence[int]
    last: date
    tree_on: date
    only: frozenset[int] | None = None
    shelf: Shelf | None = None  # of the place

    def of(self, indicators: Iterable[Indicator], first: date) -> ByBranch:
        """What is made of months by one question; what an app reads from its records by one each."""
        asked = list(indicators)
        of_months = [one for one in asked if isinstance(one.by_place, ByPlace)]
        span, codes = Span(first, self.last, self.tree_on), [one.code for one in of_months]

        def count(branches: Sequence[int]) -> dict[int, dict[str, Figure]]:
            return figures_below(branches, of_months, span, top=self.place)

        name = ("figures", span, *codes)
        below = self.shelf.take_each(name, self.branches, count) if self.shelf else count(self.branches)
        found = {
            code: {pk: figures[code] for pk, figures in below.items() if figures[code].denominator} for code in codes
        }
        for one in asked:
            if one.code not in found:
                found[one.code] = self._kept(self._of_records(one, first))
        return found

    def _of_records(self, one: Indicator, first: date) -> dict[int, Figure]:
        """An app reads its records below a place in the tree of the last day: where another tree is wished for, all of them."""
        if self.tree_on == self.last:
            return one.by_place(self.place, first, self.last)
        inside = places_above([self.place.pk], self.tree_on)
        root = Organisation.objects.everywhere(reason=WHY).get(path=paths_down_to(self.place.path)[0])
        return {pk: figure for pk, figure in one.by_place(root, first, self.last).items() if pk in inside}

    def _kept(self, parts: dict[int, Figure]) -> dict[int, Figure]:
        """Where only some branches are looked at, those alone."""
        return {pk: figure for pk, figure in parts.items() if self.only is None or pk in self.only}


@dataclass(frozen=True)
class Targets:
    """`others`: documents with targets that can be chosen instead."""

    document: Document | None
    cards: list[Card]
    others: list[Document]

    @cached_property
    def shown(self) -> list[Card]:
        """Of what there is something to count."""
        return [card for card in self.cards if card.measured.bar is not None][:MOST_CARDS]

    @property
    def uncounted(self) -> list[Card]:
        return [card for card in self.cards if card.measured.bar is None]


def targets_of(frame: Frame, found: dict[Document, list[Target]], counted: dict[date, ByBranch]) -> Targets:
    """`counted`: by the day from which a target is counted."""
    document = chosen(frame, found)
    if document is None:
        return Targets(None, [], [])
    cards = []
    for target in found[document]:
        first = begins_on(target, frame.period.first)
        parts = counted[first].get(target.indicator, {})
        measured = measured_from(target, frame.place, (first, frame.period.last), parts)
        since = "" if first == frame.period.first else first.isoformat()
        url = frame.url("dashboard_figure", frame.place.pk, target.indicator, tu=since, **scope_words(frame))
        cards.append(Card(measured, url))
    return Targets(document, cards, [one for one in found if one != document])


def chosen(frame: Frame, found: dict[Document, list[Target]]) -> Document | None:
    """?vb=12; else the first."""
    asked = frame.own.get("vb", "")
    named = next((one for one in found if str(one.pk) == asked), None)
    return named or next(iter(found), None)


def firsts_of(frame: Frame, targets: Iterable[Target]) -> dict[date, list[Indicator]]:
    """From which day each is counted: nearly always the period's first."""
    wanted: dict[date, list[Indicator]] = {}
    for target in targets:
        one = indicator(target.indicator)
        first = begins_on(target, frame.period.first)
        if one and first <= frame.period.last:
            wanted.setdefault(first, []).append(one)
        elif one:
            wanted.setdefault(first, [])
    return wanted


def scope_words(frame: Frame) -> dict[str, str]:
    """Whether all branches are looked at, for pages that list them."""
    return {"cua": frame.own["cua"]} if "cua" in frame.own else {}
