"""The figures of a review: composed while somebody reads, kept as they stood when a part is sent."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from branches.models import Organisation
from branches.models.placement import Ancestry
from directives.models import Document, Obligation, ObligationKind, Review, Study, Target
from directives.queries.study import coverage_of
from directives.queries.tasks_in_review import tasks_of
from directives.targets.measured import level_of
from portal.evidence.registry import Wanted, proofs
from portal.indicators.registry import Figure, Indicator, indicator
from portal.words.quantities import number, share

REASON = "a review was reached; its figures name nobody"
TARGETS, BY_HAND, STUDIES, TASKS, PROOFS = "targets", "by hand", "studies", "tasks", "proofs"
MOST_LOOKED_THROUGH = 400  # organisations: proofs are read one by one, which is for a commune, not for a province
GROUPS = {TARGETS: "Chỉ tiêu", STUDIES: "Quán triệt", TASKS: "Nhiệm vụ", PROOFS: "Minh chứng"}


@dataclass(frozen=True)
class Line:
    """One figure. `key` is the same from one reading to the next."""

    key: str
    group: str
    words: str
    goal: str = ""
    numerator: int | None = None
    denominator: int | None = None
    met: bool | None = None

    @property
    def said(self) -> str:
        if self.numerator is None:
            return "–"
        if self.denominator is None:
            return number(self.numerator)
        # a share of one says nothing more
        return f"{self.numerator}/1" if self.denominator == 1 else share(self.numerator, self.denominator)

    @property
    def verdict(self) -> str:
        return {True: "Đạt", False: "Chưa đạt", None: ""}[self.met]


@dataclass(frozen=True)
class Sheet:
    """All figures of one place, as of a day."""

    lines: tuple[Line, ...]
    on: date

    def of(self, group: str) -> list[Line]:
        return [line for line in self.lines if line.group == group]

    @property
    def grouped(self) -> list[tuple[str, list[Line]]]:
        return [(title, lines) for group, title in GROUPS.items() if (lines := self.of(group))]

    @property
    def by_hand(self) -> list[Line]:
        return self.of(BY_HAND)

    @property
    def by_key(self) -> dict[str, Line]:
        return {line.key: line for line in self.lines}

    def frozen(self) -> dict[str, Any]:
        return {"on": self.on.isoformat(), "lines": [asdict(line) for line in self.lines]}

    @classmethod
    def thawed(cls, kept: Mapping[str, Any]) -> "Sheet":
        return cls(tuple(Line(**line) for line in kept["lines"]), date.fromisoformat(kept["on"]))


@dataclass(frozen=True)
class Moved:
    """A figure as it was sent, and as it is now."""

    line: Line
    now: Line | None

    @property
    def said_now(self) -> str:
        return self.now.said if self.now else "–"


def moved_since(sent: Sheet, now: Sheet) -> list[Moved]:
    live = now.by_key
    return [
        Moved(line, live.get(line.key))
        for line in sent.lines
        if line.group != BY_HAND and _figure(live.get(line.key)) != _figure(line)
    ]


def _figure(line: Line | None) -> tuple[int | None, int | None]:
    return (line.numerator, line.denominator) if line else (None, None)


def last_day(review: Review) -> date:
    """A period that is not over yet is looked at as far as it has come."""
    return min(review.until, timezone.localdate())


def composed(review: Review, place: Organisation) -> Sheet:
    document, last = review.document, last_day(review)
    lines = [
        *_targets(document, place, review.since, last),
        *_studies(document, place),
        *(
            Line(f"tasks:{row.state}", TASKS, row.words, numerator=row.count)
            for row in tasks_of(document, place, review.since, last)
        ),
        *_proofs(document, place, review.since, last),
    ]
    return Sheet(tuple(lines), timezone.localdate())


def targets_of(document: Document) -> list[tuple[Target, Indicator | None]]:
    """In the order of the text, each with what measures it."""
    rows = Target.objects.everywhere(reason=REASON).filter(obligation__document=document)
    found = rows.select_related("obligation").order_by("obligation__start", "obligation__code")
    return [(target, indicator(target.indicator)) for target in found]


def line_of(target: Target, measure: Indicator, figure: Figure) -> Line:
    facts = {"numerator": figure.numerator, "denominator": figure.denominator, "met": _is_met(target, figure)}
    return Line(f"target:{target.pk}", TARGETS, measure.name, target.goal, **facts)


def _targets(document: Document, place: Organisation, first: date, last: date) -> Iterable[Line]:
    known: dict[str, Figure] = {}
    for target, measure in targets_of(document):
        if measure is None:
            yield Line(f"target:{target.pk}", BY_HAND, target.obligation.words, target.goal)
            continue
        if measure.code not in known:
            known[measure.code] = measure.figure(place, first, last) if first <= last else Figure(0, 0)
        yield line_of(target, measure, known[measure.code])


def _is_met(target: Target, figure: Figure) -> bool | None:
    """Only a share says so by itself; of nothing there is none."""
    level = level_of(target)
    return level.is_met(figure) if level and level.is_share and figure.denominator else None


def studies_of(document: Document, place: Organisation) -> list[Study]:
    """Asked for by whoever stands above the place, or by itself."""
    rows = Study.objects.everywhere(reason=REASON).of(document).select_related("organisation")
    return [one for one in rows.order_by("due_on", "pk") if place.path.startswith(one.organisation.path)]


def study_words(study: Study) -> str:
    return f"Đảng viên đã học, đợt {study.organisation.name} giao"


def study_line(study: Study, figure: Figure) -> Line:
    return Line(
        f"study:{study.pk}",
        STUDIES,
        study_words(study),
        numerator=figure.numerator,
        denominator=figure.denominator,
    )


def _studies(document: Document, place: Organisation) -> Iterable[Line]:
    for study in studies_of(document, place):
        whole, _ = coverage_of(study, place)
        if not whole.is_branch:
            words = f"Chi bộ đã học, đợt {study.organisation.name} giao"
            counts = {"numerator": whole.branches_done, "denominator": whole.branches}
            yield Line(f"study-branches:{study.pk}", STUDIES, words, **counts)
        yield study_line(study, Figure(whole.reached, whole.expected))


def _proofs(document: Document, place: Organisation, first: date, last: date) -> Iterable[Line]:
    tasks = Obligation.objects.everywhere(reason=REASON).of(document).filter(kind=ObligationKind.TASK)
    numbers = list(tasks.values_list("pk", flat=True))
    if not numbers or last < first:
        return
    rows = Organisation.objects.everywhere(reason=REASON).below_as_of(place, last)
    below = list(rows.values_list("pk", flat=True)[: MOST_LOOKED_THROUGH + 1])
    if len(below) > MOST_LOOKED_THROUGH:
        return
    count = sum(1 for one in proofs(Wanted(numbers, below, since=first)) if one.on <= last)
    yield Line("proofs", PROOFS, "Việc đã có minh chứng trên cổng", numerator=count)


def part_of_each(places: Iterable[int], on: date) -> dict[int, list[int]]:
    """Who answers for whom: organisations below each of these places on that day. One query."""
    rows = Ancestry.objects.everywhere(reason=REASON).filter(ancestor__in=list(places), days__contains=on)
    found: dict[int, list[int]] = {}
    for ancestor, organisation in rows.values_list("ancestor", "organisation"):
        found.setdefault(ancestor, []).append(organisation)
    return found
