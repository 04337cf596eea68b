"""Telling of a thing the moment that somebody does it, where the morning would be too late: the notice of a meeting.

Into the inbox at once. A letter goes at once too, unless today's has gone already: one letter a day, so it is in tomorrow's.
"""

from collections.abc import Iterable

from django.db import connection, transaction
from django.utils import timezone

from portal.duties.questions import Sql, question, together
from portal.duties.rules import Asked, duty_named
from portal.duties.scanning import stages_reached
from portal.notifications.services.reminding import NOT_BEFORE, TELL, hand_over_all, wake_the_senders


def tell_now(rules: Iterable[str], subject: str) -> int:
    """In the writer's transaction. Says how many notices are new; the morning's scan finds them told."""
    now = timezone.localtime()
    asked, narrow = Asked(now.date()), Sql("subject = %s", (subject,))
    found = [duty for code in rules if (duty := duty_named(code))]
    reached = stages_reached(asked, items=together(question(duty, asked, narrow) for duty in found))
    with connection.cursor() as cursor:
        cursor.execute(TELL.replace("{reached}", reached.text), [asked.on, now, *reached.values])
        told = cursor.rowcount
    if told and now.time() >= NOT_BEFORE:  # before that the morning's letter takes it along
        hand_over_all(asked.on)
        transaction.on_commit(wake_the_senders, robust=True)
    return told
