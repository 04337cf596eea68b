"""What waits: tasks given by directive that are overdue, proposals that nobody has answered, members without tasks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min, Q

from directives.models import AssignmentState, TaskAssignment
from directives.models.assignment import TaskAssignmentQuerySet
from meetings.models import Proposal, ProposalState
from meetings.models.minutes import ProposalQuerySet
from meetings.queries.actions import was_closed
from portal.access.permissions import Permission
from portal.dashboards.frame import Frame
from portal.indicators.registry import Figure
from portal.words.quantities import number

SHOWN = 5  # rows on the page; the others are on the list behind it


@dataclass(frozen=True)
class OverdueBy:
    """Of one document: how many assignments are overdue, and since when."""

    document: int
    symbol: str
    count: int
    oldest: date


@dataclass(frozen=True)
class Overdue:
    by_document: list[OverdueBy]
    rows: list[TaskAssignment]

    @property
    def count(self) -> int:
        return sum(one.count for one in self.by_document)


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


def overdue_of(frame: Frame, branches: Sequence[int]) -> Overdue:
    """Two queries, one where nothing is overdue."""
    rows = overdue_tasks(frame, branches)
    of = "ordered__order__document"
    counted = rows.order_by().values_list(of, f"{of}__symbol", f"{of}__short_name")
    groups = [
        OverdueBy(pk, symbol or short, count, oldest)
        for pk, symbol, short, count, oldest in counted.annotate(n=Count("pk"), oldest=Min("due_on"))
    ]
    groups.sort(key=lambda one: (one.oldest, one.document))
    return Overdue(groups, list(with_names(rows).by_day()[:SHOWN]) if groups else [])


def with_names(rows: TaskAssignmentQuerySet) -> TaskAssignmentQuerySet:
    """What a line says of each, and no more: documents are long."""
    return rows.select_related("ordered__order__document", "organisation").only(
        "state", "due_on", "period", "ordered__words", "ordered__order__document__symbol", "organisation__name",
        "ordered__order__document__short_name", "ordered__order__document__type", "ordered__order__document__subject",
    )  # fmt: skip


def open_proposals(frame: Frame) -> ProposalQuerySet:
    """Sent to this committee or raised below it, of closed logs, without an answer on the last day; the oldest first."""
    place, day = frame.place, frame.period.last
    here = Q(to=place) | Q(meeting__organisation__path__startswith=place.path)
    rows = Proposal.objects.allowed(frame.actor, Permission.SEE_MEETINGS).there().filter(here, was_closed())
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
    """Two queries, one where there are few."""
    found = open_proposals(frame)
    if narrowed:
        found = found.filter(meeting__organisation__in=branches)
    rows = list(found.select_related("meeting__organisation", "to")[: SHOWN + 1])
    return Proposals(len(rows) if len(rows) <= SHOWN else found.count(), rows[:SHOWN])


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
