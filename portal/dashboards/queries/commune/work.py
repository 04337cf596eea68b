"""What waits: tasks given by directive that are overdue, proposals that nobody has answered, members without tasks."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import F, Min, Q, Value
from django.db.models.functions import Coalesce, NullIf

from branches.models import Organisation
from directives.models import AssignmentState, TaskAssignment
from directives.models.assignment import TaskAssignmentQuerySet
from meetings.models import Proposal, ProposalState
from meetings.models.minutes import ProposalQuerySet
from meetings.queries.actions import was_closed
from meetings.queries.proposals import near
from portal.access.permissions import Permission
from portal.access.prepared import A_PLACE, FIRST, Prepared, those
from portal.dashboards.frame import Frame
from portal.indicators.registry import Figure
from portal.words.quantities import number

NAMED = 3  # branches of a task
SHOWN = 5  # rows on the page; the others are on the list behind it


@dataclass(frozen=True)
class OverdueTask:
    """One task of a document, at those branches where it is overdue by the same day."""

    ordered: int
    words: str
    document: int
    symbol: str
    due_on: date
    names: list[str]
    first: int  # the only assignment, where there is one

    @property
    def where(self) -> str:
        """Chi bộ Trạm Y tế · 5 chi bộ: thôn Bình Sơn, thôn Bắc Thành …"""
        if len(self.names) == 1:
            return self.names[0]
        short = [name.removeprefix("Chi bộ ") for name in self.names[:NAMED]]
        more = " …" if len(self.names) > NAMED else ""
        return f"{number(len(self.names))} chi bộ: {', '.join(short)}{more}"


@dataclass(frozen=True)
class OverdueBy:
    """Of one document."""

    document: int
    symbol: str
    count: int


@dataclass(frozen=True)
class Overdue:
    """The longest overdue first."""

    tasks: list[OverdueTask]

    @property
    def count(self) -> int:
        return sum(len(task.names) for task in self.tasks)

    @property
    def by_document(self) -> list[OverdueBy]:
        counts: Counter[tuple[int, str]] = Counter()
        for task in self.tasks:
            counts[task.document, task.symbol] += len(task.names)
        return [OverdueBy(*known, count) for known, count in counts.items()]


def overdue_tasks(frame: Frame, branches: Sequence[int]) -> TaskAssignmentQuerySet:
    """As it stood on the last day: done later is not done then. What was withdrawn is left out in any case."""
    rows = TaskAssignment.objects.allowed(frame.actor, Permission.SEE_TASKS).filter(organisation__in=branches)
    if frame.is_now:
        return rows.overdue(frame.today)
    day = frame.period.last
    open_then = Q(done_on=None) | Q(done_on__gt=day)
    not_handed_in = Q(handed_in_on=None) | Q(handed_in_on__gt=day)
    rows = rows.exclude(state=AssignmentState.WITHDRAWN)
    return rows.filter(open_then, not_handed_in, due_on__lt=day, opens_on__lte=day)


def overdue_of(frame: Frame, branches: Sequence[Organisation]) -> Overdue:
    """One query: of each task where it is overdue, however many branches have it."""
    seen = [branch.pk for branch in branches if frame.may_open(branch, Permission.SEE_TASKS)]
    if frame.is_now:
        rows = frame.shelf.take(("overdue", *seen), lambda: OVERDUE_NOW.rows(seen, {FIRST: frame.today}))
    else:
        rows = list(_by_task(overdue_tasks(frame, seen)))
    tasks = [
        OverdueTask(ordered, words, document, symbol, due_on, names, first)
        for ordered, words, document, due_on, symbol, names, first in rows
    ]
    return Overdue(sorted(tasks, key=lambda one: (one.due_on, -len(one.names), one.ordered)))


def _by_task(rows: TaskAssignmentQuerySet) -> Any:
    order = "ordered__order__document"
    found = rows.order_by().values_list("ordered", "ordered__words", order, "due_on")
    return found.annotate(
        symbol=Coalesce(NullIf(F(f"{order}__symbol"), Value("")), F(f"{order}__short_name")),
        names=ArrayAgg("organisation__name", order_by="organisation__sort_key"),
        first=Min("pk"),
    )


OVERDUE_NOW = Prepared(
    lambda: _by_task(
        TaskAssignment.objects.everywhere(reason="of branches whose tasks are within reach")
        .filter(organisation__in=those())
        .overdue(FIRST)
    )
)


def with_names(rows: TaskAssignmentQuerySet) -> TaskAssignmentQuerySet:
    """What a line says of each, and no more: documents are long."""
    return rows.select_related("ordered__order__document", "organisation").only(
        "state", "due_on", "period", "ordered__words", "ordered__order__document__symbol", "organisation__name",
        "ordered__order__document__short_name", "ordered__order__document__type", "ordered__order__document__subject",
    )  # fmt: skip


def open_proposals(frame: Frame) -> ProposalQuerySet:
    """Sent to this committee or raised below it, of closed logs, without an answer on the last day; the oldest first."""
    place, day = frame.place, frame.period.last
    rows = (
        Proposal.objects.allowed(frame.actor, Permission.SEE_MEETINGS).there().filter(was_closed(), pk__in=near(place))
    )
    if frame.is_now:
        rows = rows.waiting()
    else:
        rows = rows.filter(Q(state=ProposalState.RAISED) | Q(answered_on__gt=day), meeting__day__lte=day)
    return rows.order_by("meeting__day", "pk")


@dataclass(frozen=True)
class Proposals:
    count: int
    rows: list[Proposal]


def proposals_of(frame: Frame, branches: Sequence[int], *, narrowed: bool) -> Proposals:
    """Two queries at most: which they are, and the words of the first."""
    if frame.is_now and not narrowed and frame.reaches_below:
        path = frame.place.path
        asked = {A_PLACE: frame.place.pk, f"{ANY_PATH}%": f"{path}%"}
        numbers = frame.shelf.take("open proposals", lambda: [pk for (pk,) in OPEN_NOW.rows([], asked)])
    else:
        found = open_proposals(frame)
        if narrowed:
            found = found.filter(meeting__organisation__in=branches)
        numbers = list(found.values_list("pk", flat=True))
    first = Proposal.objects.everywhere(reason="asked for through the door just now").filter(pk__in=numbers[:SHOWN])
    return Proposals(len(numbers), list(named(first).order_by("meeting__day", "pk")) if numbers else [])


ANY_PATH = f"/{A_PLACE}/"


def _open_now() -> Any:
    rows = Proposal.objects.everywhere(reason="of a place that is reached with all below it").there()
    rows = rows.filter(was_closed(), pk__in=near(Organisation(pk=A_PLACE, path=ANY_PATH))).waiting()
    return rows.order_by("meeting__day", "pk").values_list("pk")


OPEN_NOW = Prepared(_open_now)


def named(rows: ProposalQuerySet) -> ProposalQuerySet:
    """What a line says of each."""
    return rows.select_related("meeting__organisation", "to").only(
        "words", "meeting__day", "meeting__organisation__name", "to__name"
    )


@dataclass(frozen=True)
class Without:
    """A branch where somebody who works has no task."""

    pk: int
    name: str
    figure: Figure
    url: str

    @property
    def words(self) -> str:
        return f"{number(self.figure.lacking)}/{number(self.figure.denominator)}"
