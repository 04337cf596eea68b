"""All indicators at the size of a province, each against the SQL that somebody would write by hand for the same list.

What is promised: each in 100 ms of database time, together at most twice the bare SQL; the pages that show them in 600 ms.
"""

import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from bench.bare_indicators import BARE, said_of
from bench.frame import Contest, entry
from bench.pages import page_against_bytes
from branches.models import Kind, Organisation
from directives.models import Document, Study, StudySession
from directives.services.library import load_documents
from portal.indicators.registry import Indicator, all_indicators

OFFICE = "bantochuc"
MOST_MS = 100


@entry("indicators.province")
def province() -> Contest:
    """The list behind each, of the whole province, this year to today."""
    asked, indicators = _asked(), all_indicators()
    assert {one.code for one in indicators} == set(BARE)
    for one in indicators:
        assert _ours(one, asked) == _bare(one.code, asked), one.code
    return Contest(
        ours=lambda: [_ours(one, asked) for one in indicators],
        floor=lambda: [_bare(one.code, asked) for one in indicators],
        floor_is="the bare SQL of each, its rows in a dict",
        goal=2.0,
    )


@entry("indicators.slowest")
def slowest() -> Contest:
    """The one that keeps the database busiest. Says which, and for how long."""
    asked = _asked()
    found = {one.code: _database_ms(lambda one=one: _ours(one, asked)) for one in all_indicators()}
    code = max(found, key=lambda code: found[code])
    one = next(one for one in all_indicators() if one.code == code)
    return Contest(
        ours=lambda: _ours(one, asked),
        floor=lambda: _bare(code, asked),
        floor_is=f"bare SQL of {code}: ours takes {found[code]:.0f} ms of the database",
        goal=2.0 if found[code] <= MOST_MS else 0.0,  # whatever the floor needs, longer than promised is missed
        calls=3,
    )


@entry("indicators.page")
def page() -> Contest:
    """All of them side by side with their trends."""
    _asked()
    return page_against_bytes(OFFICE, "/chi-so/", goal=150.0, calls=3)


@entry("indicators.one")
def one() -> Contest:
    """One of them down the tree: the communes of the province."""
    _asked()
    return page_against_bytes(OFFICE, "/chi-so/meetings.regime/", goal=60.0, calls=3)


def _asked() -> dict[str, Any]:
    """The province as seeded has no studies: one is ordered, and held by most branches."""
    place, today = Organisation.everything.get(parent=None), timezone.localdate()
    if not Study.everything.exists():
        _study(place, today - timedelta(days=50))
    return said_of(place, date(today.year, 1, 1), today, today)


def _study(place: Organisation, due_on: date) -> None:
    load_documents()
    study = Study.everything.create(document=Document.everything.get(source="S003"), organisation=place, due_on=due_on)
    branches = Organisation.everything.filter(kind=Kind.BRANCH).order_by("pk").values_list("pk", flat=True)
    sessions = [
        StudySession(study=study, organisation_id=branch, held_on=due_on + timedelta(days=number % 12 - 9))
        for number, branch in enumerate(branches)
    ]
    StudySession.everything.bulk_create(sessions)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE directives_study, directives_studysession")


def _ours(one: Indicator, asked: dict[str, Any]) -> dict[int, tuple[int, int]]:
    place = Organisation(pk=asked["place"])
    found = one.by_place(place, asked["first"], asked["last"])
    return {number: (figure.numerator, figure.denominator) for number, figure in found.items()}


def _bare(code: str, asked: dict[str, Any]) -> dict[int, tuple[int, int]]:
    with connection.cursor() as cursor:
        cursor.execute(BARE[code], asked)
        return {number: (part, whole) for number, part, whole in cursor.fetchall()}


def _database_ms(run: Callable[[], object], runs: int = 3) -> float:
    """The least of some runs: what the machine did beside it is not the statement's."""

    def clocked() -> float:
        spent = 0.0

        def clock(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            nonlocal spent
            started = time.perf_counter()
            try:
                return execute(sql, params, many, context)
            finally:
                spent += time.perf_counter() - started

        with connection.execute_wrapper(clock):
            run()
        return spent * 1000

    return min(clocked() for _ in range(runs))
