"""What was given, judged from raw rows: the last good day by the words of the document, and who is late on a day."""

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

Rows = Callable[[str, list[Any]], list[tuple]]
MONTHS = {"month": 1, "quarter": 3, "year": 12}
GIVEN = """
SELECT obligation.code, place.code, given.period, obligation.pace, obligation.operator, obligation.due_on, obligation.due_month,
       obligation.due_day, given.state, given.handed_in_on, given.done_on
FROM directives_taskassignment given
JOIN directives_obligation obligation ON obligation.id = given.task_id
JOIN branches_organisation place ON place.id = given.organisation_id
WHERE given.state <> 'withdrawn' AND obligation.code LIKE %s
"""


def last_good_day(
    pace: str, operator: str, due_on: date | None, month: int | None, day: int | None, period: date | None
) -> date | None:
    """“Trước ngày D” leaves D out; “đến hết”, “trong tháng” take it in."""
    named = due_on
    if pace in MONTHS and period:
        index = period.month - 1 + (month or MONTHS[pace]) - 1
        year, number = period.year + index // 12, index % 12 + 1
        length = monthrange(year, number)[1]
        named = date(year, number, min(day or length, length))
    return named - timedelta(days=1) if named and operator == "before" else named


def late_on(rows: Rows, source: str, day: date) -> set[tuple[str, str, date | None]]:
    """Neither done nor handed in, and its last good day is over."""
    found = set()
    for code, place, period, pace, operator, due_on, month, number, state, _, _ in rows(GIVEN, [f"{source}-%"]):
        last = last_good_day(pace, operator, due_on, month, number, period)
        if state == "doing" and last and last < day:
            found.add((code, place, period))
    return found


def done_in_time(rows: Rows, source: str) -> dict[tuple[str, str, date | None], bool]:
    """Of what is done: by its day?"""
    found = {}
    for code, place, period, pace, operator, due_on, month, number, state, handed_in_on, done_on in rows(
        GIVEN, [f"{source}-%"]
    ):
        last = last_good_day(pace, operator, due_on, month, number, period)
        if state == "done":
            found[code, place, period] = last is None or (handed_in_on or done_on) <= last
    return found
