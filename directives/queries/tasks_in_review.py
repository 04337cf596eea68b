"""How far the tasks that a document gave are, in an organisation and all below it: what a review says of them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from branches.models import Organisation
from directives.models import AssignmentState, Document, TaskAssignment


@dataclass(frozen=True)
class TasksInState:
    """`state`: its code, the same from one reading to the next; `words`: what people call it."""

    state: str
    words: str
    count: int


def tasks_of(document: Document, organisation: Organisation, first: date, last: date) -> list[TasksInState]:
    """Of the assignments that fall due within these days, in the order of their states: as they stand today, and what was
    not done by its day is late. One query."""
    rows = TaskAssignment.objects.everywhere(reason="figures of a review that was reached").standing()
    rows = rows.filter(ordered__order__document=document, due_on__range=(first, last))
    rows = rows.filter(organisation__path__startswith=organisation.path)
    late = Q(state=AssignmentState.DOING, due_on__lt=last)
    counts = rows.aggregate(
        done=Count("pk", filter=Q(state=AssignmentState.DONE)),
        handed_in=Count("pk", filter=Q(state=AssignmentState.HANDED_IN)),
        doing=Count("pk", filter=Q(state=AssignmentState.DOING) & ~late),
        late=Count("pk", filter=late),
    )
    return [TasksInState(state, words, counts[state]) for state, words in STATES.items() if counts[state]]


STATES = {"done": "hoàn thành", "handed_in": "chờ nhận kết quả", "doing": "đang làm", "late": "quá hạn"}
