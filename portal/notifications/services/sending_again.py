from django.db import transaction
from django.db.models import F
from django.utils import timezone

from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.history.actions import action
from portal.notifications.models import Delivery, DeliveryQuerySet, State
from portal.notifications.services.reminding import wake_the_senders
from portal.words.errors import DomainError

AT_ONCE = 500


@action("gửi lại thư nhắc việc")
def send_again(delivery: Delivery, *, by: Actor) -> None:
    """Under a mark of its own, so that no mail server takes it for the one before."""
    if not _again(_reached(by).filter(pk=delivery.pk).exclude(state=State.WAITING)):
        raise DomainError("Thư này đang chờ gửi rồi.")


@action("gửi lại các thư không gửi được")
def send_failed_again(*, by: Actor) -> int:
    by.need(Permission.SEE_DELIVERIES)
    some = _reached(by).failed().order_by("-on", "-pk").values("pk")[:AT_ONCE]
    return _again(
        Delivery.objects.everywhere(reason="those just found in reach").filter(
            pk__in=list(some.values_list("pk", flat=True))
        )
    )


def _reached(by: Actor) -> DeliveryQuerySet:
    by.need(Permission.SEE_DELIVERIES)
    return Delivery.objects.allowed(by, Permission.SEE_DELIVERIES)


def _again(rows: DeliveryQuerySet) -> int:
    asked = rows.update(
        state=State.WAITING,
        attempts=0,
        asked_again=F("asked_again") + 1,
        next_try_at=timezone.now(),
        sent_at=None,
        error="",
    )
    if asked:
        transaction.on_commit(wake_the_senders, robust=True)
    return asked
