"""What is open everywhere, counted for those who look over a province: a page of theirs would otherwise ask all of it anew."""

from django.db import connection, transaction
from django.utils import timezone

from portal.duties.questions import COLUMNS, question, together
from portal.duties.rules import Asked, duties

_ONE_COUNT = 0x64656D  # advisory lock “dem”: of two that count at once the second leaves

COUNT = f"""
    INSERT INTO duties_stand (rule, organisation, place, items, due_on, counted_at)
    SELECT rule, organisation, min(place), count(*), min(due_on), %s
    FROM ({{items}}) AS item ({COLUMNS}) WHERE organisation IS NOT NULL GROUP BY rule, organisation
"""  # noqa: S608  our own words


@transaction.atomic
def count_what_is_open(asked: Asked) -> int:
    """How many places of how many rules. Readers see the old count until the new one is whole."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_ONE_COUNT])
        if not cursor.fetchone()[0]:
            return 0
        items = together(question(duty, asked) for duty in duties() if duty.doer)
        cursor.execute("DELETE FROM duties_stand")
        cursor.execute(COUNT.replace("{items}", items.text), [timezone.now(), *items.values])
        return cursor.rowcount
