"""Claim, send, mark. The claim is a lock on the row, held while it is sent: a worker that dies lets go of it, and another
takes it. Between the server's “250” and our mark lies the one moment that nobody can see into; who dies in it leaves a row
that is sent again under the same Message-ID. Rather that than a reminder that is lost."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from portal.notifications.channels import Channel, channels
from portal.notifications.channels.base import Refused, TryLater, Unreachable
from portal.notifications.models import LONGEST_ERROR, Delivery, DeliveryQuerySet, Notice, State

log = logging.getLogger(__name__)
PAUSES = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720)]
MOST_ATTEMPTS = len(PAUSES) + 1  # over a day and an hour; then it is shown as failed
FROZEN_AFTER = "90s"  # a worker that holds a claim and does nothing loses it


def deliver_due() -> int:
    """Everything that is due now, one after the other; any number of workers at once. Says how many went."""
    return sum(_deliver_by(channel) for channel in channels() if channel.serves())


def _deliver_by(channel: Channel) -> int:
    if not _due(channel).exists():
        return 0
    sent = 0
    try:
        with channel.line() as line:
            while (went := deliver_one(channel, line)) is not None:
                sent += went
    except Unreachable as away:
        waiting = put_off_all(channel, str(away))
        log.warning("channel does not answer", extra={"channel": channel.code, "waiting": waiting})
    return sent


def deliver_one(channel: Channel, line: Any) -> bool | None:
    """Whether it went; None: nothing is due any more."""
    with transaction.atomic():
        delivery = _claimed(channel)
        if delivery is None:
            return None
        try:
            channel.send(line, delivery, _notices_of(delivery))
        except Refused as refusal:
            _fail(delivery, str(refusal))
        except TryLater as later:
            _put_off(delivery, str(later))
        else:
            _mark_sent(delivery)
            return True
    return False


def put_off_all(channel: Channel, why: str) -> int:
    """Nobody answers: every one that is due waits, each a step longer than before."""
    with transaction.atomic():
        rows = list(_due(channel).select_for_update(skip_locked=True, no_key=True))
        for delivery in rows:
            _put_off(delivery, why)
    return len(rows)


def _claimed(channel: Channel) -> Delivery | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('idle_in_transaction_session_timeout', %s, true)", [FROZEN_AFTER])
    due = _due(channel).select_related("account").order_by("next_try_at", "pk")
    return due.select_for_update(skip_locked=True, no_key=True, of=("self",)).first()


def _due(channel: Channel) -> DeliveryQuerySet:
    rows = Delivery.objects.everywhere(reason="a worker sends to everybody")
    return rows.due(timezone.now()).filter(channel=channel.code)


def _notices_of(delivery: Delivery) -> Sequence[Notice]:
    rows = Notice.objects.everywhere(reason="a worker sends to everybody")
    return list(rows.filter(carried__delivery=delivery).order_by("due_on", "pk"))


def _mark_sent(delivery: Delivery) -> None:
    delivery.state, delivery.sent_at, delivery.error = State.SENT, timezone.now(), ""
    delivery.attempts += 1
    delivery.save(update_fields=["state", "sent_at", "error", "attempts"])


def _put_off(delivery: Delivery, why: str) -> None:
    delivery.attempts += 1
    if delivery.attempts >= MOST_ATTEMPTS:
        _give_up(delivery, f"Đã thử {delivery.attempts} lần. {why}")
        return
    delivery.next_try_at, delivery.error = _next_try(delivery.attempts), why[:LONGEST_ERROR]
    delivery.save(update_fields=["attempts", "next_try_at", "error"])


def _fail(delivery: Delivery, why: str) -> None:
    delivery.attempts += 1
    _give_up(delivery, why)


def _give_up(delivery: Delivery, why: str) -> None:
    delivery.state, delivery.error = State.FAILED, why[:LONGEST_ERROR]
    delivery.save(update_fields=["state", "error", "attempts"])
    log.warning("delivery given up", extra={"delivery": delivery.pk, "channel": delivery.channel})


def _next_try(attempts: int) -> datetime:
    return timezone.now() + PAUSES[attempts - 1]
