"""Meetings, and things that were given, when the tree is reorganised; how meetings are judged, when a rule changes."""

from datetime import date
from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from branches.models import Organisation
from branches.models.summary import Month
from branches.signals import reorganised, rule_changed
from branches.summary.facts import Pair
from branches.summary.months import month_of
from branches.summary.recount import recount
from meetings.models import ActionItem, Meeting
from meetings.slots import RULES

BECAUSE = "Tổ chức kết thúc hoạt động"


@receiver(reorganised, dispatch_uid="meetings end with their organisation")
def call_off(work: Any, **_: Any) -> None:
    """What was planned from that day on. A meeting that was held before stays with who held it."""
    planned = Meeting.everything.standing().filter(organisation__in=list(work.heirs), closed_at=None, day__gte=work.on)
    count = work.journal.change_all(planned.order_by("pk"), called_off_at=timezone.now(), called_off_because=BECAUSE)
    if count:
        work.journal.tell(f"{count} buổi họp đã lập từ ngày {work.on:%d/%m/%Y} được hủy: lập lại ở tổ chức mới.")


@receiver(reorganised, dispatch_uid="things that were given go to the heir")
def hand_over(work: Any, **_: Any) -> None:
    for old, heir in work.heirs.items():
        if heir is None:
            continue
        items = ActionItem.everything.open().filter(organisation=old).order_by("pk")
        count = work.journal.change_all(items, organisation_id=heir.pk)
        if count:
            work.journal.tell(f"{count} việc đang làm của {old.name} chuyển về {heir.name}.")


@receiver(rule_changed, dispatch_uid="meetings are judged by their rules")
def judge_anew(key: str, organisation: Organisation | None, since: date, **_: Any) -> None:
    """Whether a regular meeting was in time stands in the summary."""
    if key not in {rule.key for rule in RULES}:
        return
    months = Month.objects.everywhere(reason="whom a rule reaches").filter(regular_held_on__isnull=False)
    months = months.filter(
        month__gte=month_of(since), organisation__path__startswith=organisation.path if organisation else ""
    )
    recount(Pair(*place) for place in months.values_list("organisation_id", "month"))
