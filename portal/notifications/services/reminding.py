"""The scan of the morning: everybody is told once a stage of what is due. One transaction, two statements a channel."""

import logging
from datetime import date, time, timedelta

from celery import current_app
from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from portal.accounts.models import Account
from portal.duties.rules import Asked
from portal.duties.scanning import stages_reached
from portal.notifications.channels import Channel, channels
from portal.notifications.models import Choice, Delivery, Morning, Notice

log = logging.getLogger(__name__)
NOT_BEFORE = time(6, 30)  # of the portal's own clock (TIME_ZONE), wherever the server stands
CARRIED_FOR = timedelta(days=2)  # older notices are no news: whoever gives an address late is not sent the past
DELIVER = "notifications.deliver"
_ONE_SCAN = 0x6E6861  # advisory lock “nha”: two beats scan one after the other, and the second finds nothing

TELL = """
    INSERT INTO notifications_notice (account_id, rule, subject, stage, due_on, facts, place, told_on, told_at)
    SELECT reached.*, %s, %s FROM ({reached}) AS reached
    ON CONFLICT DO NOTHING
"""
CARRY = """
    INSERT INTO notifications_carried (delivery_id, notice_id, channel)
    SELECT delivery.id, notice.id, delivery.channel
    FROM notifications_delivery delivery JOIN notifications_notice notice USING (account_id)
    WHERE delivery.channel = %s AND delivery."on" = %s AND delivery.state = 'waiting' AND notice.told_on >= %s
    ON CONFLICT DO NOTHING
"""


def remind(*, today: date | None = None) -> Morning | None:
    """None: it is too early, or this day has been done. Whoever dies in it leaves nothing; the next one does it anew."""
    now = timezone.localtime()
    on = today or now.date()
    if today is None and now.time() < NOT_BEFORE:
        return None
    with transaction.atomic():
        _one_at_a_time()
        if Morning.objects.everywhere(reason="is this day done?").filter(on=on).exists():
            return None
        told = tell_everybody(on)
        to_send = hand_over_all(on)
        morning = Morning(on=on, told=told, to_send=to_send)
        morning.save(force_insert=True)
        transaction.on_commit(wake_the_senders, robust=True)
    log.info("reminded", extra={"told": told, "to_send": to_send})
    return morning


def tell_everybody(on: date) -> int:
    """Into the inboxes: how many are new."""
    reached = stages_reached(Asked(on))
    with connection.cursor() as cursor:
        cursor.execute(TELL.replace("{reached}", reached.text), [on, timezone.now(), *reached.values])
        return cursor.rowcount


def hand_over_all(on: date) -> int:
    return sum(_hand_over(channel, on) for channel in channels() if channel.serves())


def _hand_over(channel: Channel, on: date) -> int:
    """A delivery for everybody who wants the channel and has something that it has not carried yet."""
    news = Notice.objects.everywhere(reason="what goes out").not_carried_by(channel.code)
    refused = Choice.objects.everywhere(reason="who does not want it").filter(channel=channel.code, wanted=False)
    accounts = Account.objects.filter(
        channel.reaches(),
        Exists(news.filter(account=OuterRef("pk"), told_on__gte=on - CARRIED_FOR)),
        ~Exists(refused.filter(account=OuterRef("pk"))),
        is_active=True,
    )
    rows = [
        Delivery(account_id=pk, channel=channel.code, on=on)
        for pk in accounts.order_by("pk").values_list("pk", flat=True)
    ]
    made = Delivery.objects.everywhere(reason="what goes out").bulk_create(
        rows, batch_size=2_000, ignore_conflicts=True
    )
    with connection.cursor() as cursor:
        cursor.execute(CARRY, [channel.code, on, on - CARRIED_FOR])
    return len(made)


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_SCAN])


def wake_the_senders() -> None:
    """A broker that is away fails nothing: the clock wakes them every minute."""
    current_app.send_task(DELIVER, retry=False)
