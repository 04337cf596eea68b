"""Making assignments out of an ordered task: one for every organisation that must do it, and every period of it.

Done again, it makes nothing twice: the database keeps one of each. So it may be run each morning, and again after a failure.
"""

from datetime import date

from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from branches.summary.moved import moved_at
from directives.models import AssignmentState, OrderedTask, Receipt, TaskAssignment
from directives.queries.recipients import recipients_of
from directives.services.proving import prove
from directives.timing import EVENTS, PERIODS, Period, periods_of

_GIVE = """
    INSERT INTO directives_taskassignment (ordered_id, organisation_id, task_id, period, opens_on, due_on, state, progress, proofs,
                                           done_by_proof, result, returned_because, version)
    SELECT %s, got.id, %s, %s::date, %s::date, %s::date, %s, 0, 0, false, '', '', 1 FROM ({recipients}) AS got (id)
    ON CONFLICT DO NOTHING
"""
_RECEIPTS = """
    INSERT INTO directives_receipt (order_id, organisation_id, sent_on)
    SELECT DISTINCT assigned.ordered_order_id, assigned.organisation_id, %s::date FROM (
        SELECT ordered.order_id AS ordered_order_id, given.organisation_id FROM directives_taskassignment given
        JOIN directives_orderedtask ordered ON ordered.id = given.ordered_id WHERE ordered.id = %s
    ) assigned
    ON CONFLICT DO NOTHING
"""


@transaction.atomic
def open_periods(ordered: OrderedTask, on: date) -> int:
    """Those that have begun since it was last looked at. Returns how many assignments are new."""
    is_event = ordered.pace in EVENTS
    occurrences = ordered.occurrences.values_list("on", flat=True) if is_event else ()
    periods = periods_of(ordered.timing, ordered.order.given_on, on, occurrences)
    new = [one for one in periods if is_event or ordered.opened_on is None or one.opens_on > ordered.opened_on]
    made = sum(_give(ordered, period) for period in new)
    if made:
        _send_receipts(ordered, on)
        given = TaskAssignment.objects.everywhere(reason="proof counts for whoever has it").filter(ordered=ordered)
        prove(given)
        moved_at(given.values_list("organisation", flat=True))
    OrderedTask.objects.everywhere(reason="the very task").filter(pk=ordered.pk).update(opened_on=on)
    return made


def open_everywhere(on: date | None = None) -> int:
    """Each morning: whatever comes again, and orders whose day had not come."""
    on = on or timezone.localdate()
    again = Q(pace__in=PERIODS) | Q(since__lte=on, since__gt=F("opened_on"))
    rows = OrderedTask.objects.everywhere(reason="whoever was given it").filter(
        again, order__given_on__isnull=False, withdrawn_on=None
    )
    waiting = rows.filter(Q(opened_on=None) | Q(opened_on__lt=on)).select_related("order__organisation", "task")
    return sum(open_periods(one, on) for one in waiting)


def _give(ordered: OrderedTask, period: Period) -> int:
    recipients, values = recipients_of(ordered).order_by().values("pk").query.sql_with_params()
    said = [ordered.pk, ordered.task_id, period.first, period.opens_on, period.due_on, AssignmentState.DOING.value]
    with connection.cursor() as cursor:
        cursor.execute(_GIVE.format(recipients=recipients), [*said, *values])
        return cursor.rowcount


def _send_receipts(ordered: OrderedTask, on: date) -> None:
    """To whom this is the first of the order. What one gives oneself needs none."""
    with connection.cursor() as cursor:
        cursor.execute(_RECEIPTS, [on, ordered.pk])
    own = Receipt.objects.everywhere(reason="of the very order").filter(order=ordered.order)
    own.filter(organisation=ordered.order.organisation, received_on=None).update(received_on=on)
