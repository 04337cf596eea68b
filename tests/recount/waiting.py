"""What a dashboard says waits or was done: meetings of a month, tasks overdue, proposals without an answer; from raw rows."""

from collections import Counter
from datetime import date

from tests.recount.meetings import Rows, below, chains, excused, held, owes


def month(rows: Rows, root: int, day: date) -> tuple[int, int]:
    """Of the branches that had to meet in the month of that day, how many had by then; and how many had to."""
    period = day.replace(day=1)
    done, free = held(rows, day), excused(rows, "regular", period)
    owed = [branch for branch, dates in below(rows, root, day).items() if owes(dates, period) and branch not in free]
    return sum((branch, "regular", period) in done for branch in owed), len(owed)


def branches(rows: Rows, root: int, day: date) -> int:
    return sum(
        (founded is None or founded <= day) and (ended is None or ended > day)
        for founded, ended, _ in below(rows, root, day).values()
    )


def _open_tasks(rows: Rows, day: date) -> list[tuple[int, date, int]]:
    """Where, due when, of which document: what was neither done nor handed in by that day."""
    sql = """SELECT task.organisation_id, task.due_on, paper.document_id, task.state, task.done_on, task.handed_in_on
             FROM directives_taskassignment task JOIN directives_orderedtask ordered ON ordered.id = task.ordered_id
             JOIN directives_order paper ON paper.id = ordered.order_id
             WHERE task.due_on IS NOT NULL AND task.state <> 'withdrawn'"""
    found = []
    for place, due_on, document, state, done_on, handed_in_on in rows(sql, []):
        finished = handed_in_on or done_on
        if state == "doing" or (finished is not None and finished > day):
            found.append((place, due_on, document))
    return found


def overdue(rows: Rows, root: int, day: date) -> int:
    """Of the place and all that stood below it."""
    above = chains(rows, day)
    return sum(root in above[place] and due_on < day for place, due_on, _ in _open_tasks(rows, day))


def overdue_of_branches(rows: Rows, root: int, day: date) -> Counter[int]:
    """By document, of the branches that stood below it."""
    there = below(rows, root, day)
    return Counter(document for place, due_on, document in _open_tasks(rows, day) if place in there and due_on < day)


def proposals(rows: Rows, root: int, day: date, today: date) -> int:
    """Sent to the place or raised below it, in logs that were closed once, without an answer on that day. Today's tree."""
    sql = """SELECT thing.to_id, log.organisation_id, log.day, thing.state, thing.answered_on
             FROM meetings_proposal thing JOIN meetings_meeting log ON log.id = thing.meeting_id
             WHERE NOT thing.gone
               AND (log.closed_at IS NOT NULL OR log.id IN (SELECT meeting_id FROM meetings_reopening))"""
    above = chains(rows, today)
    return sum(
        (to == root or root in above[branch])
        and on <= day
        and (state == "raised" or (answered_on is not None and answered_on > day))
        for to, branch, on, state, answered_on in rows(sql, [])
    )
