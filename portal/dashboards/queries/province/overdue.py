"""Tasks of documents below a committee: what is overdue on a day, and what will soon be due."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection

from directives.models import AssignmentState

SOON = 30  # days

# What was not finished on that day, whatever it is today. Below: the place itself and all that stood under it.
_STOOD = f"""
FROM branches_ancestry below
JOIN directives_taskassignment task ON task.organisation_id = below.organisation_id
 AND task.state <> '{AssignmentState.WITHDRAWN}'
 AND (task.state = '{AssignmentState.DOING}' OR COALESCE(task.handed_in_on, task.done_on) > %(day)s)
"""
OVERDUE = f"""
SELECT below.ancestor_id, count(*) {_STOOD} AND task.due_on < %(day)s
WHERE below.ancestor_id = ANY (%(places)s) AND below.days @> %(tree_on)s
GROUP BY below.ancestor_id
"""
SOON_DUE = f"""
SELECT "directives_order"."document_id", count(task.id), count(DISTINCT task.organisation_id), min(task.due_on), max(task.due_on)
{_STOOD} AND task.due_on BETWEEN %(day)s AND %(until)s
JOIN "directives_orderedtask" ON "directives_orderedtask"."id" = task.ordered_id
JOIN "directives_order" ON "directives_order"."id" = "directives_orderedtask"."order_id"
WHERE below.ancestor_id = %(place)s AND below.days @> %(tree_on)s
GROUP BY "directives_order"."document_id" ORDER BY min(task.due_on), count(task.id) DESC, "directives_order"."document_id"
"""


def overdue_below(places: Iterable[int], day: date, tree_on: date) -> dict[int, int]:
    """By place. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(OVERDUE, {"places": list(places), "day": day, "tree_on": tree_on})
        return dict(cursor.fetchall())


@dataclass(frozen=True)
class SoonDue:
    document: int
    tasks: int
    doers: int
    first: date
    last: date


def soon_due_below(place: int, day: date, tree_on: date) -> list[SoonDue]:
    """By document, the nearest day first. One statement."""
    said = {"place": place, "day": day, "until": day + timedelta(days=SOON), "tree_on": tree_on}
    with connection.cursor() as cursor:
        cursor.execute(SOON_DUE, said)
        return [SoonDue(*row) for row in cursor.fetchall()]
