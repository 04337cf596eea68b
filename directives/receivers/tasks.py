from typing import Any

from django.dispatch import receiver

from branches.signals import reorganised
from directives.models import AssignmentState, TaskAssignment

REASON = "whoever reorganises was asked about the organisations"


@receiver(reorganised, dispatch_uid="what was given goes to the heir")
def hand_over_tasks(work: Any, **_: Any) -> None:
    """Where the heir has the same already, or there is none, it is let go. What is done stays with who did it."""
    for old, heir in work.heirs.items():
        rows = TaskAssignment.objects.everywhere(reason=REASON).open_ones()
        rows = rows.filter(organisation=old).order_by("pk")
        moving, ending = _parted(rows, heir)
        moved = work.journal.change_all(rows.filter(pk__in=moving), organisation_id=heir.pk) if heir else 0
        ended = work.journal.change_all(rows.filter(pk__in=ending), state=AssignmentState.WITHDRAWN)
        if moved and heir:
            work.journal.tell(f"{moved} việc được giao của {old.name} chuyển về {heir.name}.")
        if ended:
            work.journal.tell(
                f"{ended} việc được giao của {old.name} thôi: nơi tiếp nhận đã được giao, hoặc không còn ai làm."
            )


def _parted(rows: Any, heir: Any) -> tuple[list[int], list[int]]:
    """Those that move, and those that the heir has itself."""
    if heir is None:
        return [], list(rows.values_list("pk", flat=True))
    own = TaskAssignment.objects.everywhere(reason=REASON).filter(organisation=heir)
    known = set(own.values_list("ordered", "period"))
    moving, ending = [], []
    for number, ordered, period in rows.values_list("pk", "ordered", "period"):
        (ending if (ordered, period) in known else moving).append(number)
        known.add((ordered, period))
    return moving, ending
