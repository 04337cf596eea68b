"""What branches held: eighteen months in the demo, three years in a province, written table by table from what stands.

Every fate is drawn from the names of things by the database (`chance`), so that the same day gives the same meetings.
A log is written while its meeting is open; the meetings are closed last, all at once.
"""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from django.db import connection

from branches.rules.definitions.meetings import STEPS
from branches.rules.reading import Rulebook, RulesNotLoaded
from branches.summary.months import month_of, months_between
from meetings.models import Meeting
from meetings.queries.steps import code_of
from portal.seeding import meeting_items, meeting_rows
from portal.seeding.demo import BRANCH
from portal.seeding.scales import Scale
from portal.seeding.scores import seed_scores

NAMESPACE = uuid.UUID("9f1c0a52-3c1e-5d52-8f0b-6d1f6a3f2b11")
FULL_LOGS = 6  # months back, in bulk: of older meetings stands the roll alone
TET = {
    2024: date(2024, 2, 10), 2025: date(2025, 1, 29), 2026: date(2026, 2, 17), 2027: date(2027, 2, 6),
    2028: date(2028, 1, 26), 2029: date(2029, 2, 13), 2030: date(2030, 2, 3),
}  # fmt: skip
# in the branch that everybody knows, so many months back
LATE, MISSING, ONLINE, POOR = 5, 8, 3, 6
FUNCTIONS = """
CREATE OR REPLACE FUNCTION pg_temp.chance(said text) RETURNS float8 LANGUAGE sql IMMUTABLE
    RETURN (hashtextextended(said, 0) & 1048575) / 1048576.0::float8;
CREATE OR REPLACE FUNCTION pg_temp.named(said text) RETURNS uuid LANGUAGE sql IMMUTABLE
    RETURN md5(said)::uuid;
"""


def demo_meeting(name: str) -> uuid.UUID:
    """Three that pages and tests name, in the branch that everybody knows: "open", "planned", "held"."""
    return uuid.uuid5(NAMESPACE, name)


@dataclass(frozen=True)
class Span:
    today: date
    first: date

    def months(self) -> list[date]:
        return list(months_between(self.first, self.today))

    def quarters(self) -> list[date]:
        return [month for month in self.months() if month.month in (1, 4, 7, 10)]

    def back(self, months: int) -> date:
        number = self.today.year * 12 + self.today.month - 1 - months
        return date(number // 12, number % 12 + 1, 1)


def seed_meetings(scale: Scale, random: Random, today: date) -> str:
    if Meeting.everything.exists():
        return "đã có buổi họp"
    span = Span(today, Span(today, today).back(scale.months))
    said = _said(scale, span)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL work_mem = '128MB'")
        cursor.execute(FUNCTIONS)
        for statement in _written():
            cursor.execute(statement, said)
        seed_scores(scale, random, today)
        for statement in _closed():
            cursor.execute(statement, said)
        cursor.execute("SELECT count(*) FROM meetings_meeting")
        (count,) = cursor.fetchone()
    return f"{count} buổi họp"


def _written() -> Iterator[str]:
    yield from meeting_rows.STATEMENTS
    yield from meeting_items.STATEMENTS


def _closed() -> Iterator[str]:
    yield meeting_rows.CLOSE
    yield meeting_items.TOPICS_HELD


def _said(scale: Scale, span: Span) -> dict[str, Any]:
    """What the statements are told; all dates stand in it, the database is asked for none."""
    opened = span.today - timedelta(days=2)
    planned = span.today + timedelta(days=7)
    next_regular = month_of(planned) > month_of(opened)
    tet = [(month_of(day), day) for day in TET.values() if span.first <= month_of(day) <= span.today]
    return {
        "today": span.today, "months": span.months(), "quarters": span.quarters(), "demo": BRANCH,
        "tet": [month for month, _ in tet], "full_since": span.back(FULL_LOGS) if scale.in_bulk else span.first,
        "late": span.back(LATE), "missing": span.back(MISSING), "online": span.back(ONLINE), "poor": span.back(POOR),
        "storm": span.back(min(14, scale.months)), "last": span.back(1),
        "open": demo_meeting("open"), "open_on": opened, "open_month": month_of(opened),
        "planned": demo_meeting("planned"), "planned_on": planned,
        "planned_kind": "regular" if next_regular else "thematic",
        "planned_period": month_of(planned) if next_regular else _quarter(planned),
        "held": demo_meeting("held"),
        "held_month": span.back(2 if month_of(opened) == span.back(1) else 1),  # the newest that is over and done with
        "steps": _steps(span.today), "codes": [code_of(words) for words in _steps(span.today)],
        "years": sorted({month.year for month in span.months()}),
    }  # fmt: skip


def _steps(today: date) -> list[str]:
    try:
        return list(Rulebook().source_of(STEPS, None, on=today).value)
    except RulesNotLoaded:
        return ["Thông tin thời sự", "Kiểm điểm tháng trước", "Nhiệm vụ tháng sau", "Thảo luận", "Kết luận, biểu quyết"]


def _quarter(day: date) -> date:
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
