"""The four targets of the plan of 2022, judged in Python from raw rows: figure, verdict, who below meets it by itself.

Level and operator are read from the target's own row. Nothing here knows of the portal's summary.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from tests.recount.meetings import Rows, attendance, below, reached, regime, steps
from tests.recount.tasks import tasks

Parts = dict[int, tuple[int, int]]


def with_tasks(rows: Rows, root: int, first: date, day: date) -> Parts:
    """As the last whole month ended, in the branches that stand below the place on the day."""
    found = tasks(rows, last_month_ended(day))
    return {branch: (have, must) for branch, (must, have) in found.items() if branch in below(rows, root, day)}


def last_month_ended(day: date) -> date:
    tomorrow = day + timedelta(days=1)
    return tomorrow.replace(day=1) - timedelta(days=1)


BY_CODE: dict[str, Callable[[Rows, int, date, date], Parts]] = {
    "S003-I.3a": regime,
    "S003-I.3b": steps,
    "S003-I.3c": attendance,
    "S003-I.3d": with_tasks,
}
LEVELS = """
SELECT obligation.code, target.comparison, target.value FROM directives_target target
JOIN directives_obligation obligation ON obligation.id = target.obligation_id WHERE obligation.code = ANY (%s)
"""


def judged(rows: Rows, root: int, day: date) -> dict[str, Any]:
    """By the code of the target: part and whole of the year so far, is it met, how many places below meet it, of how many."""
    levels = {code: (comparison, int(value)) for code, comparison, value in rows(LEVELS, [list(BY_CODE)])}
    found = {}
    for code, count in BY_CODE.items():
        parts = count(rows, root, date(day.year, 1, 1), day)
        part, whole = (sum(one[n] for one in parts.values()) for n in (0, 1))  # of no branch at all: 0 of 0
        met = [reached(*one, *levels[code]) for one in parts.values()]
        found[code] = (part, whole, reached(part, whole, *levels[code]), sum(met), len(met))
    return found
