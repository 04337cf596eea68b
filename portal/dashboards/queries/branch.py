"""What stands on the page of a branch: its year, its targets beside the middle of its neighbours, what is due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from statistics import median

from branches.models import Kind, Organisation
from branches.rules.reading import Rulebook
from directives.models import Document, Target
from directives.queries.targets import begins_on, measured_from
from directives.targets.measured import Measured
from meetings.models import MeetingKind
from meetings.queries.slots import Slot, slots_of_year
from portal.access.permissions import Permission
from portal.dashboards.frame import Frame
from portal.dashboards.queries.commune.page import FIGURES, Line
from portal.dashboards.queries.commune.targets import ByBranch, Counted, chosen, firsts_of, measured_targets
from portal.duties.reading import Item, Undone, duties_of, undone_at
from portal.indicators.registry import NOTHING, Figure, Growth, indicator
from portal.words.quantities import number, percent

WHY = "names of what lies below a place that was asked for through the door"
FEW = 3  # branches: of fewer, the middle one would be somebody's own number


@dataclass(frozen=True)
class Beside:
    """One target of the branch, and how its neighbours under the same committee stand."""

    measured: Measured
    others: list[Figure]
    url: str

    @property
    def name(self) -> str:
        return self.measured.indicator.name if self.measured.indicator else ""

    @property
    def middle(self) -> str:
        """Trung vị 94,4 %; of what one keeps or not, how many keep it."""
        if len(self.others) < FEW or self.measured.indicator is None:
            return ""
        if self.measured.indicator.growth is Growth.KEEPS:
            return f"{number(sum(not one.lacking for one in self.others))}/{number(len(self.others))} chi bộ đạt"
        return percent(median(one.percent or Decimal(0) for one in self.others), 100)


@dataclass(frozen=True)
class Branch:
    frame: Frame

    @property
    def day(self) -> date:
        return self.frame.period.last

    # its year

    @cached_property
    def slots(self) -> list[Slot]:
        frame = self.frame
        until = None if frame.is_now else self.day
        kinds = [MeetingKind.REGULAR.value, MeetingKind.THEMATIC.value]
        book = Rulebook.of(frame.actor)
        found = slots_of_year([frame.place], self.day.year, today=self.day, book=book, kinds=kinds, until=until)
        return sorted(found[frame.place.pk].values(), key=lambda slot: slot.place)

    @property
    def months(self) -> list[Slot]:
        return [slot for slot in self.slots if slot.place.kind == MeetingKind.REGULAR]

    @property
    def quarters(self) -> list[Slot]:
        return [slot for slot in self.slots if slot.place.kind == MeetingKind.THEMATIC]

    @property
    def this_month(self) -> Slot:
        return self.months[self.day.month - 1]

    @property
    def leads(self) -> bool:
        """Each month to its meeting."""
        return self.frame.may(Permission.SEE_MEETINGS)

    # its targets

    @cached_property
    def neighbours(self) -> list[int]:
        """All branches that stood under the same committee on the day, itself among them. Two queries."""
        frame = self.frame
        rows = Organisation.objects.everywhere(reason=WHY)
        above = rows.filter(pk=frame.place.pk).as_of(frame.tree_on).values_list("parent_then", flat=True).first()
        parent = rows.filter(pk=above).first() if above else None
        if parent is None:
            return [frame.place.pk]
        beside = rows.placed_under(parent, frame.tree_on).filter(kind=Kind.BRANCH)
        return sorted({frame.place.pk, *beside.values_list("pk", flat=True)})

    @cached_property
    def found_targets(self) -> dict[Document, list[Target]]:
        return measured_targets(self.frame)

    @property
    def document(self) -> Document | None:
        return chosen(self.frame, self.found_targets)

    @cached_property
    def counted(self) -> dict[date, ByBranch]:
        frame, document = self.frame, self.document
        wanted = firsts_of(frame, self.found_targets[document] if document else [])
        general = [one for code in FIGURES if (one := indicator(code))]
        wanted.setdefault(frame.period.first, []).extend(general)
        top = frame.place.parent or frame.place
        # without a shelf: that of the branch knows nothing of its neighbours
        counted = Counted(top, self.neighbours, self.day, frame.tree_on, frozenset(self.neighbours))
        return {first: counted.of({one.code: one for one in asked}.values(), first) for first, asked in wanted.items()}

    @cached_property
    def targets(self) -> list[Beside]:
        """Those of which there is something to count here."""
        frame, document = self.frame, self.document
        found = []
        for target in self.found_targets[document] if document else []:
            first = begins_on(target, frame.period.first)
            parts = self.counted[first].get(target.indicator, {})
            own = {pk: figure for pk, figure in parts.items() if pk == frame.place.pk}
            measured = measured_from(target, frame.place, (first, self.day), own)
            if measured.bar is not None:
                found.append(Beside(measured, list(parts.values()), self.figure_url(target.indicator)))
        return found

    @cached_property
    def figures(self) -> list[Line]:
        counted, found = self.counted[self.frame.period.first], []
        for code in FIGURES:
            one, figure = indicator(code), counted[code].get(self.frame.place.pk, NOTHING)
            if one and figure.denominator:
                found.append(Line(one, figure, self.figure_url(code)))
        return found

    def figure_url(self, code: str) -> str:
        return self.frame.url("figure", code, **{"to-chuc": str(self.frame.place.pk)})

    # what is due

    @property
    def is_own(self) -> bool:
        capacity = self.frame.actor.capacity
        return capacity is not None and capacity.organisation_id == self.frame.place.pk

    @cached_property
    def due(self) -> Sequence[Item]:
        """One's own branch: what there is to do, as on the first page."""
        if not (self.is_own and self.frame.is_now):
            return []
        items = duties_of(self.frame.actor, on=self.frame.today)
        return [item for item in items if item.organisation == self.frame.place.pk and item.account is None]

    @cached_property
    def undone(self) -> list[Undone]:
        """For those above: which rules have something open here, without names of persons."""
        if self.is_own or not self.frame.is_now:
            return []
        return undone_at([self.frame.place.pk], self.frame.actor, on=self.frame.today)
