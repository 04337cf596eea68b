"""Progress from the work itself: proof is counted anew from the records, and what is proved is done."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from branches.summary.moved import moved_at
from directives.models import AssignmentState, TaskAssignment
from directives.models.assignment import TaskAssignmentQuerySet
from directives.timing import next_period
from portal.evidence.registry import Proof, Wanted, proofs

COUNTED = ["proofs", "proved_on", "progress", "state", "done_on", "done_by_proof"]


def prove(assignments: TaskAssignmentQuerySet) -> int:
    """Of these, whatever the records say now. Two queries and one a source, however many. Returns how many have moved."""
    rows = list(assignments.standing().select_related("ordered").select_for_update(of=("self",)).order_by("pk"))
    found = _found(rows)
    moved = [row for row in rows if _moves(row, _within(row, found[row.task_id, row.organisation_id]))]
    TaskAssignment.objects.everywhere(reason="counted for whoever has it").bulk_update(moved, COUNTED, batch_size=500)
    if moved:
        moved_at(row.organisation_id for row in moved)
    return len(moved)


def prove_work_of(organisation: int, tasks: Iterable[int]) -> int:
    """After a record has come or gone that bears on these tasks of an organisation."""
    rows = TaskAssignment.objects.everywhere(reason="a record of its own has moved")
    return prove(rows.filter(organisation=organisation, task__in=set(tasks)))


def proofs_of(row: TaskAssignment) -> list[Proof]:
    return _within(row, proofs(Wanted({row.task_id}, {row.organisation_id}, row.opens_on)))


def _found(rows: list[TaskAssignment]) -> dict[tuple[int, int], list[Proof]]:
    by_place: dict[tuple[int, int], list[Proof]] = defaultdict(list)
    if not rows:
        return by_place
    wanted = Wanted({row.task_id for row in rows}, None, min(_begins(row) for row in rows))
    if len({row.organisation_id for row in rows}) <= 100:  # a whole province is read whole
        wanted = Wanted(wanted.tasks, {row.organisation_id for row in rows}, wanted.since)
    for one in proofs(wanted):
        by_place[one.task, one.organisation].append(one)
    return by_place


def _within(row: TaskAssignment, found: list[Proof]) -> list[Proof]:
    """From its first day until the next period begins."""
    ends = next_period(row.ordered.pace, row.period) if row.period else None
    return [one for one in found if _begins(row) <= one.on and (ends is None or one.on < ends)]


def _begins(row: TaskAssignment) -> date:
    return min(row.period or row.opens_on, row.opens_on)


def _moves(row: TaskAssignment, found: list[Proof]) -> bool:
    before = [getattr(row, name) for name in COUNTED]
    needs, by_proof = row.ordered.needs, row.ordered.by_proof
    row.proofs = len(found)
    row.proved_on = found[needs - 1].on if len(found) >= needs else None
    if by_proof and row.is_open:
        row.progress = max(row.progress, min(100, 100 * len(found) // needs))
    if by_proof and row.proved_on and row.is_open:
        row.state, row.done_on, row.done_by_proof = AssignmentState.DONE, row.proved_on, True
    elif row.done_by_proof and not row.proved_on:  # a meeting was opened again, and what it showed is gone
        row.state, row.done_on, row.done_by_proof = AssignmentState.DOING, None, False
        row.progress = min(99, 100 * len(found) // needs)
    return before != [getattr(row, name) for name in COUNTED]
