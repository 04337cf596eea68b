"""How far the tasks that a document gave are, in an organisation and all below it: what a review says of them."""

from dataclasses import dataclass
from datetime import date

from branches.models import Organisation
from directives.models import Document


@dataclass(frozen=True)
class TasksInState:
    """`state`: its code, the same from one reading to the next; `words`: what people call it."""

    state: str
    words: str
    count: int


def tasks_of(document: Document, organisation: Organisation, first: date, last: date) -> list[TasksInState]:
    """Of the assignments that fall due within these days, in the order of their states. So far nothing is handed on."""
    return []
