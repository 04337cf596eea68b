"""Targets of documents that every place below can be held against: percentages that the portal counts by itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby

from branches.models import Organisation
from directives.models import Document, Target
from directives.queries.targets import documents_reaching
from directives.targets.level import PERCENT, Level
from directives.targets.measured import level_of
from portal.access.actor import Actor
from portal.dashboards.frame import Frame
from portal.indicators.registry import Figure, Indicator, indicator

HEAVY = ("text", "text_key", "words", "title_words")  # of a document; here only its name is said


@dataclass(frozen=True)
class Goal:
    """A line of a document, and what is held against it."""

    target: Target
    indicator: Indicator
    no: int  # among those of its document

    @property
    def pk(self) -> int:
        return self.target.pk

    @property
    def name(self) -> str:
        return self.indicator.name

    @cached_property
    def level(self) -> Level:
        level = level_of(self.target)
        assert level is not None, "only targets with a line are goals"
        return level

    @property
    def line(self) -> float:
        return float(self.level.value)

    @property
    def said(self) -> str:
        """từ 90 % trở lên"""
        return self.target.goal

    def is_met(self, figure: Figure | None) -> bool | None:
        """None: there is nothing to count."""
        return self.level.is_met(figure) if figure and figure.denominator else None


@dataclass(frozen=True)
class GoalsOf:
    """A document with its goals, in the order of its text."""

    document: Document
    goals: list[Goal]


def goals_by_document(frame: Frame) -> list[GoalsOf]:
    """Of documents in force there on that day; the one with the most goals first, then the newest. One query."""
    day = frame.period.last
    return frame.shelf.take(("goals", frame.actor.reach, day), lambda: _read_goals(frame.place, frame.actor, day))


def _read_goals(place: Organisation, actor: Actor, day: date) -> list[GoalsOf]:
    documents = documents_reaching(place, actor, day).order_by()
    rows = Target.objects.everywhere(reason="of documents that this reader reaches").filter(
        obligation__document__in=documents.values("pk"), unit=PERCENT, value__isnull=False
    )
    rows = rows.exclude(indicator="").select_related("obligation__document")
    rows = rows.defer(*(f"obligation__document__{name}" for name in HEAVY))
    rows = rows.order_by("-obligation__document__issued_on", "obligation__document_id", "obligation__start", "pk")
    groups = groupby(rows, key=lambda row: row.obligation.document_id)
    found = [_goals_of(list(group), day) for _, group in groups]
    return sorted((one for one in found if one.goals), key=lambda one: -len(one.goals))


def _goals_of(targets: list[Target], day: date) -> GoalsOf:
    standing = [target for target in targets if _holds_on(target, day)]
    known = [(target, one) for target in standing if (one := indicator(target.indicator))]
    goals = [Goal(target, one, no) for no, (target, one) in enumerate(known, start=1)]
    return GoalsOf(targets[0].obligation.document, goals)


def _holds_on(target: Target, day: date) -> bool:
    timing = target.obligation.timing
    return not ((timing.since and day < timing.since) or (timing.until and day > timing.until))


def chosen_goals(groups: Iterable[GoalsOf], document: int | None) -> GoalsOf | None:
    """Those of the document that the address names; else of the first."""
    groups = list(groups)
    return next((one for one in groups if one.document.pk == document), groups[0] if groups else None)
