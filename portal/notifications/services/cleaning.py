from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone

from portal.duties.rules import Asked
from portal.duties.scanning import open_items

KEPT_FOR = timedelta(days=180)
# What is still open stays, however old: without it the same stage would be told once more.
FORGET = """
    WITH gone AS (
        SELECT id FROM notifications_notice notice WHERE notice.told_on < %s AND NOT EXISTS (
            SELECT FROM ({items}) AS item (rule, subject) WHERE item.rule = notice.rule AND item.subject = notice.subject
        )
    ), no_longer_carried AS (
        DELETE FROM notifications_carried WHERE notice_id IN (SELECT id FROM gone)
    )
    DELETE FROM notifications_notice WHERE id IN (SELECT id FROM gone)
"""
# A delivery lives as long as something of what it carried.
FORGET_DELIVERIES = """
    DELETE FROM notifications_delivery delivery WHERE delivery."on" < %s
        AND NOT EXISTS (SELECT FROM notifications_carried carried WHERE carried.delivery_id = delivery.id)
"""


@transaction.atomic
def clean_up() -> int:
    """Every night: notices that are old and done."""
    today = timezone.localdate()
    items = open_items(Asked(today))
    with connection.cursor() as cursor:
        cursor.execute(FORGET.replace("{items}", items.text), [today - KEPT_FOR, *items.values])
        removed = cursor.rowcount
        cursor.execute(FORGET_DELIVERIES, [today - KEPT_FOR])
    return removed
