from typing import Any

from django.dispatch import receiver

from branches.models import Organisation
from branches.signals import reorganised
from directives.models import TargetShare

REASON = "whoever reorganises was asked about the organisations"


@receiver(reorganised, dispatch_uid="shares of totals go to the heir")
def hand_over_shares(work: Any, **_: Any) -> None:
    """Of years that are not over. Who was given a part of the same total already, gets this one to it."""
    for old, heir in work.heirs.items():
        rows = TargetShare.objects.everywhere(reason=REASON).filter(
            receiver=old, total__last_year__gte=work.on.year, handed_on=None
        )
        shares = list(rows.order_by("pk")) if heir else []
        for share in shares:
            _hand_over(work, share, heir)
        if shares:
            work.journal.tell(f"{len(shares)} phần chỉ tiêu của {old.name} chuyển về {heir.name}.")


def _hand_over(work: Any, share: TargetShare, heir: Organisation) -> None:
    there = TargetShare.objects.everywhere(reason=REASON).filter(total=share.total_id, receiver=heir).first()
    if there is None:
        work.journal.change(share, receiver_id=heir.pk)
        return
    work.journal.change(there, amount=there.amount + share.amount)
    work.journal.change(share, amount=0)  # it stays, so that undoing finds it
