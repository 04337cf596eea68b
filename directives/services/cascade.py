"""Giving what a document obliges to: a draft, its tasks, to whom and by when; then given, handed on, withdrawn."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from branches.models import Kind, Organisation
from branches.summary.moved import moved_at
from directives.bearers import BODIES, Bearer
from directives.models import (
    AssignmentState,
    Document,
    Obligation,
    Occurrence,
    Order,
    OrderedTask,
    StepKind,
    Study,
    TaskAssignment,
    TaskStep,
    To,
)
from directives.queries.recipients import proposed_to
from directives.services.opening import open_periods
from directives.timing import EVENTS, Pace, Timing
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.history.actions import action
from portal.words.errors import ChangedMeanwhile, DomainError

REASON = "whoever gives was asked about the very order"
MOST_TASKS = 60  # in one order


@action("soạn đợt giao việc")
def draft_order(document: Document, *, organisation: Organisation, title: str, words: str = "", by: Actor) -> Order:
    by.need(Permission.GIVE_TASKS, organisation.path)
    if organisation.kind in (Kind.BRANCH, Kind.CELL):
        raise DomainError("Chi bộ giao việc cho đảng viên trong sổ họp, không giao xuống dưới.")
    if document.is_secret:
        raise DomainError("Văn bản mật không giao việc trong cổng.")
    order = Order(document=document, organisation=organisation, title=title, words=words, by=by.account)
    order.save()
    return order


def usual_title(document: Document) -> str:
    """What stands in the box at first."""
    return f"Thực hiện {document.name}" if document.symbol else document.brief


@action("chọn việc để giao")
def choose_tasks(
    order: Order, *, obligations: Collection[Obligation], above: dict[int, OrderedTask] | None = None, by: Actor
) -> Order:
    """Those that stay chosen keep what was set; new ones begin with what the document, or the level above, says."""
    order = _draft(order, by)
    if len(obligations) > MOST_TASKS:
        raise DomainError(f"Một đợt giao tối đa {MOST_TASKS} việc.")
    known = set(order.tasks.values_list("task", flat=True))
    order.tasks.exclude(task__in=[one.pk for one in obligations]).delete()
    for one in obligations:
        if one.pk not in known:
            _begin(order, one, (above or {}).get(one.pk))
    return order


def _begin(order: Order, obligation: Obligation, above: OrderedTask | None) -> None:
    """One for each body that the document names; one alone where it names organisations only."""
    bodies = [one for one in obligation.bearers if Bearer(one) in BODIES]
    others = [one for one in obligation.bearers if Bearer(one) not in BODIES]
    timing = above.timing if above else obligation.timing
    for bearer in ["", *bodies] if others or not bodies else bodies:
        to = proposed_to([bearer] if bearer else others, order.organisation)
        if above is not None and not bearer and order.organisation.kind == Kind.COMMUNE:
            to = To.BRANCHES
        OrderedTask(
            order=order, task_id=obligation.pk, bearer=bearer, to=to, words=obligation.words[:1_000], above=above,
            **fitted(timing).columns,
        ).save()  # fmt: skip


def fitted(timing: Timing) -> Timing:
    """As an order can carry it out: each meeting is each month, and a term has no day of its own."""
    if timing.pace == Pace.MEETING:
        return timing.also(pace=Pace.MONTH)
    if timing.pace == Pace.TERM:
        return timing.also(pace=Pace.CONTINUOUS)
    return timing


@action("đặt nơi nhận, hạn của việc giao")
def set_task(
    ordered: OrderedTask, *, to: str, chosen: Collection[Organisation] = (), timing: Timing, words: str,
    by_proof: bool, serves: Collection[Any] = (), by: Actor,
) -> OrderedTask:  # fmt: skip
    order = _draft(ordered.order, by)
    ordered.to, ordered.words, ordered.by_proof = to, words, by_proof
    for name, value in timing.columns.items():
        setattr(ordered, name, value)
    if to == To.CHOSEN and not chosen:
        raise DomainError("Chọn ít nhất một nơi.", field="chosen")
    if any(not one.path.startswith(order.organisation.path) for one in chosen):
        raise DomainError("Chỉ giao được cho tổ chức trực thuộc.", field="chosen")
    ordered.save()
    ordered.chosen.set(chosen)
    ordered.serves.set(serves)
    return ordered


@action("bỏ việc khỏi đợt giao")
def drop_task(ordered: OrderedTask, *, by: Actor) -> None:
    _draft(ordered.order, by)
    ordered.delete()


@action("sửa đợt giao việc")
def change_order(order: Order, *, title: str, words: str, version: int, by: Actor) -> Order:
    order = _draft(order, by)
    if order.version != version:
        raise ChangedMeanwhile("Người khác vừa sửa đợt giao việc này.")
    order.title, order.words, order.version = title, words, order.version + 1
    order.save()
    return order


@action("bỏ bản soạn đợt giao việc")
def drop_draft(order: Order, *, by: Actor) -> None:
    _draft(order, by).delete()


@action("giao việc")
def give(order: Order, *, by: Actor) -> int:
    """One transaction: every assignment of all that has begun, or none. Returns how many."""
    order = _draft(order, by)
    tasks = list(order.tasks.select_related("task"))
    if not tasks:
        raise DomainError("Chọn ít nhất một việc rồi mới giao.")
    today = timezone.localdate()
    if any(one.due_on and one.timing.last_good_day < today for one in tasks):  # type: ignore[operator]
        raise DomainError("Có việc đã quá hạn: đặt lại hạn rồi mới giao.")
    order.given_on, order.version = today, order.version + 1
    order.save()
    for one in tasks:
        one.order = order
    _have_studied(order, tasks)
    _note_above(order, tasks, by)
    return sum(open_periods(one, today) for one in tasks)


def _note_above(order: Order, tasks: list[OrderedTask], by: Actor) -> None:
    """In the trail of what was handed on stands that it was, and in which order."""
    above = {one.above_id for one in tasks if one.above_id}
    if above:
        own = TaskAssignment.objects.everywhere(reason=REASON).open_ones()
        own = own.filter(ordered__in=above, organisation=order.organisation)
        TaskStep.objects.everywhere(reason=REASON).bulk_create(
            TaskStep(assignment=one, kind=StepKind.HANDED_ON, words=order.title, by=by.account) for one in own
        )


def _have_studied(order: Order, tasks: list[OrderedTask]) -> None:
    """What is done by studying the document is asked for where branches record that: nobody gives it out twice."""
    by_study = [one for one in tasks if one.task.by_study and one.timing.last_good_day]
    if by_study:
        due_on = min(one.timing.last_good_day for one in by_study if one.timing.last_good_day)
        studies = Study.objects.everywhere(reason=REASON)
        studies.get_or_create(document=order.document, organisation=order.organisation, defaults={"due_on": due_on})


@action("ghi việc làm mốc")
def record_occurrence(ordered: OrderedTask, *, on: date, words: str, by: Actor) -> Occurrence:
    """What is to be done after it, or before, opens for everybody who got it, and for all to whom they handed it on."""
    by.need(Permission.GIVE_TASKS, ordered.order.organisation.path)
    if ordered.pace not in EVENTS or ordered.order.is_draft or ordered.withdrawn_on:
        raise DomainError("Việc này không chờ một việc làm mốc.")
    occurrence = Occurrence(ordered=ordered, on=on, words=words, by=by.account)
    try:
        with transaction.atomic():
            occurrence.save()
    except IntegrityError as error:
        raise DomainError("Ngày này đã ghi rồi.", field="on") from error
    _open_down(ordered, occurrence)
    return occurrence


def _open_down(ordered: OrderedTask, occurrence: Occurrence) -> None:
    open_periods(ordered, timezone.localdate())
    below = OrderedTask.objects.everywhere(reason="handed on from it").filter(above=ordered, withdrawn_on=None)
    for one in below.filter(order__given_on__isnull=False).select_related("order__organisation"):
        Occurrence.objects.everywhere(reason="handed on from it").get_or_create(
            ordered=one, on=occurrence.on, defaults={"words": occurrence.words, "by": occurrence.by}
        )
        _open_down(one, occurrence)


@action("thu hồi việc đã giao")
def withdraw(ordered: OrderedTask, *, by: Actor) -> int:
    """What is done stays done. What was handed on from it goes with it. Returns how many assignments are let go."""
    by.need(Permission.GIVE_TASKS, ordered.order.organisation.path)
    if ordered.order.is_draft or ordered.withdrawn_on:
        raise DomainError("Việc này chưa giao, hoặc đã thu hồi.")
    return _withdraw(ordered)


def _withdraw(ordered: OrderedTask) -> int:
    rows = OrderedTask.objects.everywhere(reason="what was handed on goes with it")
    rows.filter(pk=ordered.pk).update(withdrawn_on=timezone.localdate())
    given = TaskAssignment.objects.everywhere(reason=REASON).filter(ordered=ordered).open_ones()
    moved_at(given.values_list("organisation", flat=True))
    count = given.update(state=AssignmentState.WITHDRAWN)
    return count + sum(_withdraw(one) for one in rows.filter(above=ordered, withdrawn_on=None))


def _draft(order: Order, by: Actor) -> Order:
    """Locked, and not given yet."""
    rows = Order.objects.everywhere(reason=REASON).select_for_update(of=("self",))
    row = rows.select_related("organisation", "document").filter(pk=order.pk).first()
    if row is None:
        raise DomainError("Bản soạn này đã bỏ.")
    by.need(Permission.GIVE_TASKS, row.organisation.path)
    if not row.is_draft:
        raise DomainError("Đợt việc này đã giao.")
    return row
