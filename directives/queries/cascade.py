"""Reads of the cascade: what would be given, how far it is, what an organisation was given."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, F, Min, Q, QuerySet

from branches.models import Kind, Organisation, Rank
from directives.bearers import Bearer
from directives.models import (
    AssignmentState,
    Document,
    Obligation,
    ObligationKind,
    Order,
    OrderedTask,
    Receipt,
    Task,
    TaskAssignment,
    To,
)
from directives.models.assignment import TaskAssignmentQuerySet
from directives.timing import EVENTS, Timing, periods_of
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.access.reach import paths_down_to
from portal.words.quantities import day, number

WHY = "of an order that was reached"
NAMES = 3  # named in a preview; the others are counted


def orders_of(organisation: Organisation, actor: Actor) -> Any:
    """Those that it has given, and its drafts, for whoever may give there."""
    rows = Order.objects.allowed(actor, Permission.SEE_TASKS).filter(organisation=organisation)
    if not actor.may(Permission.GIVE_TASKS, organisation.path):
        rows = rows.given()
    return rows.select_related("document", "organisation").defer(*HEAVY).latest_first()


HEAVY = ("document__text", "document__text_key", "document__words", "document__title_words")


def tasks_in(document: Document) -> Sequence[Obligation]:
    """What of it can be given: its tasks, in the order of the text."""
    rows = Obligation.objects.everywhere(reason="of a document that was reached")
    return list(rows.filter(document=document, kind=ObligationKind.TASK).select_related("task").in_order())


@dataclass(frozen=True)
class Given:
    """One task of an order, as it would reach people."""

    ordered: OrderedTask
    count: int
    names: list[str]
    due: str
    warnings: list[str]

    @property
    def bearer(self) -> str:
        return Bearer(self.ordered.bearer).label if self.ordered.bearer else ""

    @property
    def others(self) -> int:
        return self.count - len(self.names)


def preview_of(order: Order, on: date) -> list[Given]:
    """Who gets what, by when. Five queries, however many tasks and places."""
    rows = list(
        order.tasks.select_related("task__obligation", "above").prefetch_related("chosen", "serves__obligation")
    )
    places = Organisation.objects.everywhere(reason=WHY).at_or_below(order.organisation.path).living(on)
    below = list(places.only("pk", "name", "kind", "rank", "path", "sort_key", "joined_on").in_order())
    below = [one for one in below if one.joined_on is None or one.joined_on <= on]
    return [_given(one, _of_those(one, below, order.organisation_id), on) for one in rows]


def _of_those(ordered: OrderedTask, below: list[Organisation], giver: int) -> list[Organisation]:
    chosen = {one.pk for one in ordered.chosen.all()}
    fits = {
        To.HERE: lambda one: one.pk == giver,
        To.COMMUNES: lambda one: one.kind == Kind.COMMUNE and one.pk != giver,
        To.BASES: lambda one: one.rank == Rank.BASE and one.pk != giver,
        To.BRANCHES: lambda one: one.kind == Kind.BRANCH,
        To.CHOSEN: lambda one: one.pk in chosen,
    }[To(ordered.to)]
    return [one for one in below if fits(one)]


def _given(ordered: OrderedTask, places: list[Organisation], on: date) -> Given:
    timing, warnings = ordered.timing, []
    if not places:
        warnings.append("Chưa có nơi nào nhận.")
    last = timing.last_good_day
    if last and last < on:
        warnings.append(f"Hạn {day(last)} đã qua: đặt lại hạn.")
    if ordered.above and is_later(timing, ordered.above.timing):
        warnings.append(f"Hạn muộn hơn cấp trên giao ({ordered.above.timing.words.lower()}).")
    return Given(ordered, len(places), [one.name for one in places[:NAMES]], due_words(timing, on), warnings)


def is_later(timing: Timing, above: Timing) -> bool:
    """Than the level above wants it. Of what comes again: in the period that begins a year, say."""
    if timing.pace != above.pace:
        return bool(
            above.last_good_day and (timing.last_good_day is None or timing.last_good_day > above.last_good_day)
        )
    if above.last_good_day:
        return timing.last_good_day is None or timing.last_good_day > above.last_good_day
    begins = date(2026, 1, 1)
    own, upper = timing.last_good_day_of(begins), above.last_good_day_of(begins)
    if own and upper:
        return own > upper
    return bool(above.event_days is not None and (timing.event_days is None or timing.event_days > above.event_days))


def due_words(timing: Timing, on: date) -> str:
    """Đến hết ngày 30/11/2026 · Hằng tháng; kỳ đầu đến hết 31/10/2026 · khi có hướng dẫn của tỉnh."""
    if timing.pace in EVENTS:
        return timing.words
    periods = periods_of(timing, on, on)
    first = periods[0].due_on if periods else None
    if timing.last_good_day:
        return f"Đến hết ngày {day(timing.last_good_day)}"
    return f"{timing.words}; kỳ đầu đến hết ngày {day(first)}" if first else timing.words


@dataclass
class Stand:
    """How far assignments are."""

    total: int = 0
    done: int = 0
    handed_in: int = 0
    overdue: int = 0
    next_due: date | None = None

    @property
    def is_done(self) -> bool:
        return self.total > 0 and self.done == self.total

    @property
    def words(self) -> str:
        return f"{number(self.done)}/{number(self.total)} xong"

    @property
    def tone(self) -> str:
        return "ok" if self.is_done else "bad" if self.overdue else "info"

    @property
    def icon(self) -> str:
        return "check-circle" if self.is_done else "alert" if self.overdue else "edit"

    @property
    def bar(self) -> str:
        return "ok" if self.is_done else "info"

    @property
    def said(self) -> str:
        if self.is_done:
            return "Xong"
        return f"{number(self.overdue)} quá hạn" if self.overdue else "Đang làm"


def _counts(on: date) -> dict[str, Any]:
    return {
        "total": Count("pk"),
        "done": Count("pk", filter=Q(state=AssignmentState.DONE)),
        "handed_in": Count("pk", filter=Q(state=AssignmentState.HANDED_IN)),
        "overdue": Count("pk", filter=Q(state=AssignmentState.DOING, due_on__lt=on)),
        "next_due": Min("due_on", filter=Q(state=AssignmentState.DOING, due_on__gte=on)),
    }


def stands_by(rows: TaskAssignmentQuerySet, key: str, on: date) -> dict[Any, Stand]:
    """By a column: one query."""
    counted = rows.standing().order_by().values(key).annotate(**_counts(on))
    return {row.pop(key): Stand(**row) for row in counted}


@dataclass
class Board:
    """An order that was given: its tasks, and how far each is; whoever has got it."""

    tasks: list[tuple[OrderedTask, Stand]]
    received: int
    sent: int
    whole: Stand = field(default_factory=Stand)

    @property
    def waiting(self) -> int:
        return self.sent - self.received


def board_of(order: Order, actor: Actor, on: date) -> Board:
    """As far as this person sees: of a branch its own part. Three queries."""
    rows = TaskAssignment.objects.allowed(actor, Permission.SEE_TASKS).filter(ordered__order=order)
    stands = stands_by(rows, "ordered", on)
    tasks = list(order.tasks.select_related("task__obligation"))
    receipts = Receipt.objects.allowed(actor, Permission.SEE_TASKS).filter(order=order)
    got = receipts.aggregate(sent=Count("pk"), received=Count("pk", filter=Q(received_on__isnull=False)))
    whole = Stand(
        sum(one.total for one in stands.values()), sum(one.done for one in stands.values()),
        sum(one.handed_in for one in stands.values()), sum(one.overdue for one in stands.values()),
    )  # fmt: skip
    return Board([(one, stands.get(one.pk, Stand())) for one in tasks], got["received"], got["sent"], whole)


def receipts_with_stands(order: Order, receipts: Sequence[Receipt], on: date) -> list[tuple[Receipt, Stand]]:
    """A page of those who got it, each with how far it is."""
    rows = TaskAssignment.objects.everywhere(reason="the page was asked for through the door").filter(
        ordered__order=order, organisation__in=[one.organisation_id for one in receipts]
    )
    stands = stands_by(rows, "organisation", on)
    return [(one, stands.get(one.organisation_id, Stand())) for one in receipts]


Chip = tuple[str, str, int, bool]  # a ready-made filter: its words, address, count, and whether it is the current one
INBOX = {
    "": ("Chưa xong", lambda rows, on: rows.open_ones()),
    "qua-han": ("Quá hạn", lambda rows, on: rows.overdue(on)),
    "cho-nhan": ("Đã báo, chờ nhận", lambda rows, on: rows.filter(state=AssignmentState.HANDED_IN)),
    "xong": ("Đã xong", lambda rows, on: rows.filter(state=AssignmentState.DONE)),
}


def narrowed(rows: TaskAssignmentQuerySet, asked: str, on: date) -> TaskAssignmentQuerySet:
    return INBOX[asked if asked in INBOX else ""][1](rows, on)


def counted_inbox(rows: TaskAssignmentQuerySet, on: date) -> Mapping[str, int]:
    """Of each filter how many: one query."""
    counts = rows.aggregate(
        open=Count("pk", filter=Q(state__in=AssignmentState.open_ones())),
        overdue=Count("pk", filter=Q(state=AssignmentState.DOING, due_on__lt=on)),
        handed_in=Count("pk", filter=Q(state=AssignmentState.HANDED_IN)),
        done=Count("pk", filter=Q(state=AssignmentState.DONE)),
    )
    return dict(zip(INBOX, (counts["open"], counts["overdue"], counts["handed_in"], counts["done"]), strict=True))


def chips_of(rows: TaskAssignmentQuerySet, asked: str, on: date, *, of_all: bool = False) -> list[Chip]:
    """`of_all`: all of them are shown at first, not only what is open."""
    counts = counted_inbox(rows, on)
    whole = counts[""] + counts["xong"]
    found = [("Tất cả", "?", whole, asked not in INBOX)] if of_all else []
    for key, (label, _) in INBOX.items():
        address = f"?loc={key or OPEN}" if of_all else f"?loc={key}" if key else "?"
        found.append((label, address, counts[key], key == asked))
    return found


OPEN = "chua-xong"


def assignments_of(organisation: Organisation, actor: Actor) -> TaskAssignmentQuerySet:
    rows = TaskAssignment.objects.allowed(actor, Permission.SEE_TASKS).filter(organisation=organisation)
    return rows.standing().select_related("ordered__order__organisation", "ordered__order__document", "organisation").defer(
        *(f"ordered__order__{name}" for name in HEAVY)
    )  # fmt: skip


def open_tasks_of(organisation: int) -> list[TaskAssignment]:
    """What it still has to do, the nearest day first: what a meeting of it can take up."""
    rows = TaskAssignment.objects.everywhere(reason="of an organisation whose meeting was reached").open_ones()
    return list(rows.filter(organisation=organisation).select_related("ordered").by_day()[:MOST_TAKEN_UP])


def tasks_given_to(organisation: Organisation) -> QuerySet[Task]:
    """That are open: what a theme of its own may be about."""
    open_ones = TaskAssignment.objects.everywhere(reason=WHY).open_ones().filter(organisation=organisation)
    return _tasks().filter(pk__in=open_ones.values("task"))


def tasks_given_by(organisation: Organisation) -> QuerySet[Task]:
    """What a committee may suggest themes about to those below it."""
    given = OrderedTask.objects.everywhere(reason=WHY).filter(order__organisation=organisation, withdrawn_on=None)
    return _tasks().filter(pk__in=given.filter(order__given_on__isnull=False).values("task"))


def _tasks() -> QuerySet[Task]:
    return Task.objects.everywhere(reason=WHY).select_related("obligation").order_by("obligation__code")


MOST_TAKEN_UP = 20


@dataclass(frozen=True)
class TaskLine:
    """A task of a document on its page: as one order gave it, or as many of those below have."""

    words: str
    when: str
    stand: Stand
    ordered: int | None = None  # the one page behind it
    givers: int = 0  # how many below gave it, each in an order of their own


def tasks_of_document(document: Document, actor: Actor, on: date) -> list[tuple[str, list[TaskLine]]]:
    """What of it was given to those whom this person sees, by who does it; what was given below is summed up by task, for a
    province has a hundred and fifty communes that give. Four queries."""
    if actor.capacity is None:
        return []
    rows = TaskAssignment.objects.allowed(actor, Permission.SEE_TASKS).filter(ordered__order__document=document)
    near = Q(ordered__order__organisation__path__in=paths_down_to(actor.capacity.path))
    stands = stands_by(rows.filter(near), "ordered", on)
    tasks = OrderedTask.objects.everywhere(reason="only those whose assignments were seen").filter(pk__in=stands)
    groups: dict[str, list[TaskLine]] = {}
    for one in tasks.select_related("order__organisation").order_by(F("due_on").asc(nulls_last=True), "pk"):
        who = Bearer(one.bearer).label if one.bearer else To(one.to).label
        line = TaskLine(one.words, one.when, stands[one.pk], one.pk)
        groups.setdefault(f"{who} · {one.order.organisation.name} giao", []).append(line)
    found = sorted(groups.items())
    below = _given_below(rows.exclude(near), on)
    return [*found, ("Cấp dưới giao tiếp", below)] if below else found


def latest_proved(document: Document, actor: Actor) -> list[TaskAssignment]:
    """Whose meetings and studies have last shown that a task of it was done."""
    rows = TaskAssignment.objects.allowed(actor, Permission.SEE_TASKS).filter(ordered__order__document=document)
    shown = rows.filter(proved_on__isnull=False).select_related("organisation", "ordered")
    return list(shown.order_by("-proved_on", "-pk")[:MOST_PROVED])


MOST_PROVED = 5


def _given_below(rows: TaskAssignmentQuerySet, on: date) -> list[TaskLine]:
    giver = Count("ordered__order__organisation", distinct=True)
    counted = {
        row.pop("task"): row for row in rows.standing().order_by().values("task").annotate(giver=giver, **_counts(on))
    }
    known = Obligation.objects.everywhere(reason="only those whose assignments were seen").filter(pk__in=counted)
    lines = []
    for one in known.in_order():
        said = counted[one.pk]
        lines.append(TaskLine(one.words, "", givers=said.pop("giver"), stand=Stand(**said)))
    return lines
