"""Giving what a document obliges to, to every branch of a province; promised: seen by all within three seconds, its pages in 100 ms."""

from django.db import connection
from django.utils import timezone

from bench.frame import Contest, entry
from bench.pages import page_against_bytes
from branches.models import Kind, Organisation
from branches.models.grant import Grant
from directives.models import Document, Obligation, Order, OrderedTask, Receipt, TaskAssignment, To
from directives.services import cascade
from directives.timing import Operator, Pace, Timing
from portal.access.actor import Actor
from portal.access.roles import Role

OFFICE, SECRETARY = "bantochuc", "bithu"
BARE = """
    INSERT INTO directives_taskassignment (ordered_id, organisation_id, task_id, opens_on, due_on, state, progress, proofs, done_by_proof,
                                           result, returned_because, version)
    SELECT %s, id, %s, CURRENT_DATE, CURRENT_DATE + 30, 'doing', 0, 0, false, '', '', 1 FROM branches_organisation WHERE kind = 'branch';
    INSERT INTO directives_receipt (order_id, organisation_id, sent_on)
    SELECT %s, id, CURRENT_DATE FROM branches_organisation WHERE kind = 'branch'
"""


@entry("cascade.give")
def give() -> Contest:
    """A draft becomes 3,600 assignments with their receipts, against the two bare INSERTs."""
    grant = Grant.everything.filter(role=Role.PROVINCE_OFFICE).select_related("account", "organisation").first()
    assert grant is not None
    by, today = Actor.today(grant.account, capacity=grant.pk), timezone.localdate()
    order = cascade.draft_order(
        Document.everything.get(source="S001"), organisation=grant.organisation, title="Thử", by=by
    )
    cascade.choose_tasks(order, obligations=[Obligation.everything.get(code="S001-III.1.4b")], by=by)
    order.tasks.exclude(bearer="").delete()
    row = order.tasks.get()
    timing = Timing(Pace.ONCE, Operator.WITHIN, due_on=today.replace(year=today.year + 1))
    cascade.set_task(row, to=To.BRANCHES, timing=timing, words=row.words, by_proof=True, by=by)
    branches = Organisation.everything.filter(kind=Kind.BRANCH).count()

    def after() -> None:
        assert TaskAssignment.everything.filter(ordered=row).count() == branches
        TaskAssignment.everything.filter(ordered=row).delete()
        Receipt.everything.filter(order=order).delete()
        Order.everything.filter(pk=order.pk).update(given_on=None)
        OrderedTask.everything.filter(pk=row.pk).update(opened_on=None)

    def floor() -> None:
        with connection.cursor() as cursor:
            cursor.execute(BARE, [row.pk, row.task_id, order.pk])

    return Contest(
        ours=lambda: cascade.give(order, by=by), floor=floor, floor_is="two bare INSERTs of the same rows", goal=3.0, after=after,
    )  # fmt: skip


@entry("cascade.board")
def board() -> Contest:
    """How far an order is, of the office of the province."""
    order = Order.everything.filter(given_on__isnull=False).order_by("pk").first()
    assert order is not None
    return page_against_bytes(OFFICE, f"/giao-viec/{order.pk}/", goal=40.0, calls=5)


@entry("cascade.inbox")
def inbox() -> Contest:
    return page_against_bytes(SECRETARY, "/viec-duoc-giao/", goal=20.0, calls=5)
