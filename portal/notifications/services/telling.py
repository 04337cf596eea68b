"""Telling of a thing the moment that somebody does it, where the morning would be too late: the notice of a meeting.

Into the inbox at once. A letter goes at once too, unless today's has gone already: one letter a day, so it is in tomorrow's.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone

from portal.duties.questions import COLUMNS, Sql, question, together
from portal.duties.rules import Asked, duty_named
from portal.duties.scanning import stages_reached
from portal.notifications.services.reminding import NOT_BEFORE, TELL, hand_over_all, wake_the_senders


def tell_now(rules: Iterable[str], subject: str) -> int:
    """In the writer's transaction. Says how many notices are new; the morning's scan finds them told."""
    now = timezone.localtime()
    asked, narrow = Asked(now.date()), Sql("subject = %s", (subject,))
    found = [duty for code in rules if (duty := duty_named(code))]
    return _tell(asked, now, together(question(duty, asked, narrow) for duty in found))


NOT_TOLD_TODAY = """
    place LIKE %s AND NOT EXISTS (
        SELECT FROM notifications_notice told WHERE told.rule = %s AND told.subject = item.subject AND told.told_on = %s
    )
"""


def remind_below(rule: str, place: str, *, facts: Mapping[str, str]) -> int:
    """Somebody above reminds by hand of what is open at this path and below it; `facts` are added to the sentence's own.

    Its stage is the day itself, so that the database keeps it to once a day, however many press at the same moment; what was
    told today, by the clock or by anybody, is not told again.
    """
    duty, now = duty_named(rule), timezone.localtime()
    assert duty is not None, f"no rule is called {rule}"
    asked = Asked(now.date())
    items = question(duty, asked, Sql(NOT_TOLD_TODAY, (f"{place}%", rule, asked.on)))
    text = (
        "SELECT rule, subject, organisation, place, account, since, due_on, ARRAY[%s::date - due_on], facts || %s::jsonb "  # noqa: S608
        f"FROM ({items.text}) AS item ({COLUMNS})"
    )
    return _tell(asked, now, Sql(text, (asked.on, json.dumps(dict(facts)), *items.values)))


def _tell(asked: Asked, now: datetime, items: Sql) -> int:
    reached = stages_reached(asked, items=items)
    with connection.cursor() as cursor:
        cursor.execute(TELL.replace("{reached}", reached.text), [asked.on, now, *reached.values])
        told = cursor.rowcount
    if told and now.time() >= NOT_BEFORE:  # before that the morning's letter takes it along
        hand_over_all(asked.on)
        transaction.on_commit(wake_the_senders, robust=True)
    return told
