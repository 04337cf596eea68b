"""The list behind a number of tasks: of a place and all that stands below it, by document, as of a day."""

from datetime import date, timedelta

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from directives.models import AssignmentState, TaskAssignment
from directives.models.assignment import TaskAssignmentQuerySet
from portal.dashboards.frame import Frame
from portal.dashboards.queries.province.overdue import SOON

WHY = "of a place that was asked for through the door, as it stood on the day"
LISTS = {"qua-han": "quá hạn", "den-han": f"đến hạn trong {SOON} ngày"}


def tasks_below(frame: Frame, asked: str, document: int | None) -> TaskAssignmentQuerySet:
    """What was not finished on that day, the nearest day first."""
    day: date = frame.period.last
    rows = TaskAssignment.objects.everywhere(reason=WHY).filter(
        organisation__ancestries__ancestor=frame.place, organisation__ancestries__days__contains=frame.tree_on
    )
    rows = rows.standing().annotate(finished_on=Coalesce("handed_in_on", "done_on"))
    rows = rows.filter(Q(state=AssignmentState.DOING) | Q(finished_on__gt=day))
    if asked == "den-han":
        rows = rows.filter(due_on__gte=day, due_on__lte=day + timedelta(days=SOON))
    else:
        rows = rows.filter(due_on__lt=day)
    if document is not None:
        rows = rows.filter(ordered__order__document=document)
    papers = [f"ordered__order__document__{name}" for name in ("text", "text_key", "words", "title_words")]
    rows = rows.select_related("ordered__order__document", "organisation__parent").defer(*papers)
    return rows.order_by("due_on", F("organisation__sort_key"), "pk")
