"""Target (4): who must have tasks and who has some, by branch on a day, counted in Python from raw rows."""

from collections.abc import Callable
from datetime import date
from typing import Any

Rows = Callable[[str, list[Any]], list[tuple]]


def covers(since: date | None, until: date | None, day: date) -> bool:
    return (since is None or since <= day) and (until is None or day <= until)


def tasks(rows: Rows, day: date) -> dict[int, tuple[int, int]]:
    """By branch: how many must have tasks, and how many of them have one that is in force."""
    spells: dict[int, set[str]] = {}
    for member, state, since, until in rows("SELECT member_id, state, since, until FROM members_statespell", []):
        if covers(since, until, day):
            spells.setdefault(member, set()).add(state)
    given = {
        (member, branch)
        for member, branch, year, agreed, ended in rows(
            "SELECT member_id, organisation_id, year, agreed_on, ended_on FROM members_assignment", []
        )
        if year == day.year and agreed and agreed <= day and (ended is None or ended > day)
    }
    found: dict[int, tuple[int, int]] = {}
    sql = "SELECT member_id, organisation_id, since, until FROM members_membership WHERE kind = 'main'"
    for member, branch, since, until in rows(sql, []):
        states = spells.get(member, set())
        if covers(since, until, day) and states & {"full", "probationary"} and not states & {"exempt", "deferred"}:
            must, have = found.get(branch, (0, 0))
            found[branch] = (must + 1, have + ((member, branch) in given))
    return found
