"""What documents gave to do: the province to its communes, communes to their branches; some done, some late, some asked for time."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from django.db.models import F

from branches.models import Kind, Organisation
from branches.models.grant import Grant
from directives.models import (
    AssignmentState,
    Document,
    Extension,
    Obligation,
    Order,
    OrderedTask,
    Receipt,
    StepKind,
    TaskAssignment,
    TaskStep,
    To,
)
from directives.services import cascade
from directives.services.proving import prove
from directives.timing import Operator, Pace, Timing
from portal.access.actor import Actor
from portal.access.roles import Role
from portal.seeding.demo import BRANCH, COMMUNE, PROVINCE
from portal.seeding.scales import Scale

WHY = "seeding"
GIVEN_DAYS_AGO = 40
OF_PROVINCE: dict[str, int | None] = {
    "S001-III.1.3d": None,
    "S001-III.1.4b": 100,
    "S001-III.2.3a": 35,
    "S001-IV.1a": -5,
}  # due so many days from today
OF_COMMUNE: dict[str, int | None] = {"S003-II.2c": 12, "S003-II.4i": None, "S003-II.4h": 60, "S003-II.5a": -3}
RESULT = "Đã ban hành kế hoạch và triển khai đến các chi bộ."


def seed_tasks(scale: Scale, random: Random, today: date) -> str:
    if Order.objects.everywhere(reason=WHY).exists():
        return "đã có việc được giao"
    documents = {one.source: one for one in Document.objects.everywhere(reason=WHY).filter(source__in=("S001", "S003"))}
    if len(documents) < 2:
        return "chưa có văn bản để giao việc"
    offices = _offices()
    province = Organisation.objects.everywhere(reason=WHY).get(code=PROVINCE)
    above = _given(documents["S001"], province, offices[province.pk], OF_PROVINCE, To.COMMUNES, today)
    communes = Organisation.objects.everywhere(reason=WHY).filter(parent=province, kind=Kind.COMMUNE)
    for commune in communes if scale.in_bulk else communes.filter(code=COMMUNE):
        by = offices.get(commune.pk, offices[province.pk])  # whose office has no account, for that the province gives
        _given(documents["S003"], commune, by, OF_COMMUNE, To.BRANCHES, today)
    if not scale.in_bulk:
        commune = Organisation.objects.everywhere(reason=WHY).get(code=COMMUNE)
        _handed_on(above, commune, offices, today)
        _draft(commune, offices[commune.pk])
    _long_ago(today)
    _worked_on(random, today)
    return f"{TaskAssignment.objects.everywhere(reason=WHY).count()} việc được giao"


def _offices() -> dict[int, Actor]:
    """Of each committee somebody who may give."""
    rows = Grant.everything.filter(role__in=(Role.PROVINCE_OFFICE, Role.COMMUNE_OFFICE)).select_related("account")
    return {row.organisation_id: Actor.today(row.account, capacity=row.pk) for row in rows.order_by("-pk")}


def _given(
    document: Document, giver: Organisation, by: Actor, tasks: dict[str, int | None], to: To, today: date,
    above: dict[int, OrderedTask] | None = None,
) -> Order:  # fmt: skip
    order = cascade.draft_order(
        document, organisation=giver, title=f"{cascade.usual_title(document)}, năm {today.year}", by=by,
        words="Đưa việc vào chương trình sinh hoạt; có vướng mắc báo văn phòng.",
    )  # fmt: skip
    obligations = list(Obligation.objects.everywhere(reason=WHY).filter(code__in=tasks, kind="task").order_by("start"))
    cascade.choose_tasks(order, obligations=obligations, above=above, by=by)
    order.tasks.exclude(bearer="").delete()
    for row in order.tasks.select_related("task__obligation"):
        days = tasks[row.task.obligation.code]
        timing = row.timing if days is None else _due(today + timedelta(days=max(days, 1)))
        cascade.set_task(row, to=to, timing=timing, words=row.words, by_proof=row.by_proof, by=by)
    cascade.give(order, by=by)
    for code, days in tasks.items():
        if days is not None and days < 1:  # given in time, and late by now
            rows = OrderedTask.everything.filter(order=order, task__obligation__code=code)
            rows.update(due_on=today + timedelta(days=days))
            TaskAssignment.everything.filter(ordered__in=rows).update(due_on=today + timedelta(days=days))
    return order


def _due(day: date) -> Timing:
    return Timing(Pace.ONCE, Operator.WITHIN, due_on=day)


def _handed_on(above: Order, commune: Organisation, offices: dict[int, Actor], today: date) -> None:
    upper = {row.task_id: row for row in above.tasks.select_related("task__obligation")}
    tasks: dict[str, int | None] = {
        row.task.obligation.code: 30 for row in upper.values() if row.task.obligation.code == "S001-III.1.4b"
    }
    _given(above.document, commune, offices[commune.pk], tasks, To.BRANCHES, today, upper)


def _draft(commune: Organisation, by: Actor) -> None:
    """Of the plan under Chỉ thị 35, whose days are long over: to be set anew before it can be given."""
    document = Document.objects.everywhere(reason=WHY).get(source="S000")
    order = cascade.draft_order(document, organisation=commune, title=cascade.usual_title(document), by=by)
    obligations = Obligation.objects.everywhere(reason=WHY).filter(
        document=document, code__in=("S000-II.2a", "S000-IV.1c")
    )
    cascade.choose_tasks(order, obligations=list(obligations.order_by("start")), by=by)


def _long_ago(today: date) -> None:
    day = today - timedelta(days=GIVEN_DAYS_AGO)
    Order.everything.exclude(given_on=None).update(given_on=day)
    Receipt.everything.update(sent_on=day)
    TaskAssignment.everything.filter(period=None).update(opens_on=day)
    TaskAssignment.everything.exclude(period=None).update(opens_on=F("period"))
    prove(TaskAssignment.objects.everywhere(reason=WHY))


def _worked_on(random: Random, today: date) -> None:
    """Most have confirmed; of the tasks a third is done, some wait to be taken, a few asked for time. The known branch has all to do."""
    receipts = list(Receipt.everything.filter(received_on=None).exclude(organisation__code=BRANCH))
    got = [one.pk for one in receipts if random.random() < 0.85]
    Receipt.everything.filter(pk__in=got).update(received_on=today - timedelta(days=GIVEN_DAYS_AGO - 2))
    rows = list(
        TaskAssignment.everything.filter(state=AssignmentState.DOING).exclude(organisation__code__in=(BRANCH, COMMUNE))
    )
    done, handed_in, asking = (_some(rows, random, share) for share in (0.35, 0.12, 0.04))
    for one in done:
        one.state, one.progress, one.done_on, one.handed_in_on = (
            AssignmentState.DONE,
            100,
            _day(one, random, today),
            None,
        )
        one.handed_in_on, one.result = one.done_on, RESULT
    for one in handed_in:
        one.state, one.progress, one.handed_in_on, one.result = (
            AssignmentState.HANDED_IN,
            90,
            today - timedelta(days=2),
            RESULT,
        )
    changed = ["state", "progress", "done_on", "handed_in_on", "result"]
    TaskAssignment.everything.bulk_update([*done, *handed_in], changed, batch_size=2_000)
    TaskStep.everything.bulk_create(
        [
            TaskStep(assignment=one, kind=StepKind.HANDED_IN, words=RESULT, progress=one.progress)
            for one in [*done, *handed_in]
        ],
        batch_size=2_000,
    )
    Extension.everything.bulk_create(
        [
            Extension(assignment=one, until=one.due_on + timedelta(days=20), because="Trùng đợt thu hoạch, chưa họp được dân", asked_on=today)
            for one in asking
            if one.due_on
        ],
        batch_size=2_000,
    )  # fmt: skip


def _some(rows: list[TaskAssignment], random: Random, share: float) -> Sequence[TaskAssignment]:
    """Taken out of the rows: nobody is in two of these."""
    random.shuffle(rows)
    count = int(len(rows) * share)
    taken, rows[:] = rows[:count], rows[count:]
    return taken


def _day(row: TaskAssignment, random: Random, today: date) -> date:
    return max(row.opens_on, today - timedelta(days=random.randint(1, 30)))
