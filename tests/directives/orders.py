"""Orders for tests: a document of a committee with tasks, given to whoever stands below it."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from branches.models import Organisation
from directives.models import Document, Obligation, Order, OrderedTask, Task, To
from directives.services import cascade
from directives.timing import Operator, Pace, Timing
from portal.access.actor import Actor
from tests.directives.papers import a_document


def today() -> date:
    return timezone.localdate()


def days(count: int) -> date:
    return today() + timedelta(days=count)


def a_task(
    document: Document, words: str = "Xây dựng kế hoạch thực hiện", *, by_study: bool = False, **facts: Any
) -> Obligation:
    """Due in thirty days unless said otherwise."""
    number = document.obligations.count() + 1
    usual = {
        "pace": Pace.ONCE,
        "operator": Operator.WITHIN,
        "due_on": days(30),
        "bearers": ["branch"],
        "clause": "II.1",
    }
    row = Obligation(document=document, code=f"VB{document.pk}-{number}", kind="task", words=words, **usual | facts)
    row.save()
    Task(obligation=row, by_study=by_study).save()
    return row


def an_order(
    giver: Organisation,
    by: Actor,
    *obligations: Obligation,
    to: str = To.BRANCHES,
    title: str = "Kế hoạch thử",
    **facts: Any,
) -> Order:
    """Drafted, every task of it to the same recipients."""
    document = obligations[0].document if obligations else a_document(giver, "Kế hoạch")
    order = cascade.draft_order(document, organisation=giver, title=title, by=by)
    cascade.choose_tasks(order, obligations=obligations or [a_task(document)], by=by, above=facts.pop("above", None))
    for row in order.tasks.all():
        set_to(row, by, to=to, **facts)
    return order


def set_to(row: OrderedTask, by: Actor, **facts: Any) -> OrderedTask:
    said = {"to": row.to, "chosen": [], "timing": row.timing, "words": row.words, "by_proof": row.by_proof}
    return cascade.set_task(row, **said | facts, by=by)


def given(giver: Organisation, by: Actor, *obligations: Obligation, **facts: Any) -> Order:
    order = an_order(giver, by, *obligations, **facts)
    cascade.give(order, by=by)
    order.refresh_from_db()
    return order


def monthly(**facts: Any) -> Timing:
    return Timing(Pace.MONTH, **facts)
