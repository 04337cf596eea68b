"""Reviews and inspections when the tree is reorganised: who goes on for an organisation settles what it owed."""

from typing import Any

from django.db.models import Exists, OuterRef
from django.dispatch import receiver

from branches.signals import reorganised
from directives.models import Demand, PlannedInspection, Review

REASON = "whoever reorganises was asked about every organisation that is named"


@receiver(reorganised, dispatch_uid="open reviews go to the heir")
def hand_over_reviews(work: Any, **_: Any) -> None:
    """Unless the heir holds the same one."""
    same = {name: OuterRef(name) for name in ("document", "kind", "since", "until")}
    for old, heir in work.heirs.items():
        if heir is None:
            continue
        twins = Review.objects.everywhere(reason=REASON).filter(organisation=heir, **same)
        rows = Review.objects.everywhere(reason=REASON).filter(~Exists(twins), organisation=old, closed_on=None)
        if count := work.journal.change_all(rows.order_by("pk"), organisation_id=heir.pk):
            work.journal.tell(f"{count} đợt sơ kết, tổng kết của {old.name} chuyển về {heir.name}.")


@receiver(reorganised, dispatch_uid="demands go to the heir")
def hand_over_demands(work: Any, **_: Any) -> None:
    for old, heir in work.heirs.items():
        if heir is None:
            continue
        rows = Demand.objects.everywhere(reason=REASON).unsettled().filter(organisation=old).order_by("pk")
        if count := work.journal.change_all(rows, organisation_id=heir.pk):
            work.journal.tell(f"{count} yêu cầu sau kiểm tra của {old.name} chuyển về {heir.name}.")


@receiver(reorganised, dispatch_uid="planned inspections go to the heir")
def hand_over_planned(work: Any, **_: Any) -> None:
    """Those that have not begun."""
    for old, heir in work.heirs.items():
        if heir is None:
            continue
        rows = PlannedInspection.objects.everywhere(reason=REASON).standing().filter(subject=old, inspection=None)
        if count := work.journal.change_all(rows.order_by("pk"), subject_id=heir.pk):
            work.journal.tell(f"{count} cuộc kiểm tra, giám sát dự kiến ở {old.name} chuyển về {heir.name}.")
