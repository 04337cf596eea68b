"""Coverage of a study, from raw rows: members of today by the dated tables, not by the copies on the member."""

from collections.abc import Callable
from datetime import date
from typing import Any

Rows = Callable[[str, Any], list[tuple]]

EXPECTED = """
    SELECT m.member_id, m.organisation_id FROM members_membership m
    JOIN branches_organisation o ON o.id = m.organisation_id
    WHERE m.kind = 'main' AND o.path LIKE %(path)s || '%%'
      AND (m.since IS NULL OR m.since <= %(on)s) AND (m.until IS NULL OR m.until >= %(on)s)
      AND EXISTS (SELECT 1 FROM members_statespell s WHERE s.member_id = m.member_id AND s.state IN ('full', 'probationary')
        AND (s.since IS NULL OR s.since <= %(on)s) AND (s.until IS NULL OR s.until >= %(on)s))
      AND NOT EXISTS (SELECT 1 FROM members_statespell s WHERE s.member_id = m.member_id AND s.state IN ('exempt', 'deferred')
        AND (s.since IS NULL OR s.since <= %(on)s) AND (s.until IS NULL OR s.until >= %(on)s))
"""
REACHED = """
    SELECT DISTINCT a.member_id FROM directives_studied a
    JOIN directives_studysession s ON s.id = a.session_id WHERE s.study_id = %s
"""


def coverage(rows: Rows, study: int, path: str, on: date) -> dict[int, tuple[int, int]]:
    """By branch: expected, and reached among them."""
    was_there = {member for (member,) in rows(REACHED, [study])}
    found: dict[int, tuple[int, int]] = {}
    for member, branch in rows(EXPECTED, {"path": path, "on": on}):
        expected, reached = found.get(branch, (0, 0))
        found[branch] = (expected + 1, reached + (member in was_there))
    return found


def _covers(since: date | None, until: date | None, day: date) -> bool:
    return (since is None or since <= day) and (until is None or day <= until)


def _above(rows: Rows, day: date) -> dict[int, list[int]]:
    """Of each organisation that was placed somewhere on the day: all above it, the nearest first."""
    sql = "SELECT organisation_id, parent_id, since, until FROM branches_placement"
    parents = {child: parent for child, parent, since, until in rows(sql, []) if _covers(since, until, day)}
    found = {}
    for number in parents:
        chain, place = [number], number
        while place in parents:
            place = parents[place]
            chain.append(place)
        found[number] = chain
    return found


def asked(rows: Rows, root: int, first: date, day: date, over: date) -> list[tuple[int, int, date]]:
    """Study, branch, by when: of those who had to, whose day lies in the period and is over."""
    sql = "SELECT id, founded_on, dissolved_on, joined_on FROM branches_organisation WHERE kind = 'branch'"
    dates = {number: (founded, ended, joined) for number, founded, ended, joined in rows(sql, [])}
    now, found = _above(rows, day), []
    for study, place, due in rows("SELECT id, organisation_id, due_on FROM directives_study", []):
        if not first <= due <= over:
            continue
        for branch, chain in _above(rows, due).items():
            founded, ended, joined = dates.get(branch, (date.max, None, None))
            there = (not founded or founded <= due) and (not ended or ended > due) and (not joined or joined <= due)
            if there and place in chain and root in now.get(branch, []):
                found.append((study, branch, due))
    return found


def in_time(rows: Rows, root: int, first: date, day: date, over: date) -> dict[int, tuple[int, int]]:
    sessions = rows("SELECT study_id, organisation_id, held_on FROM directives_studysession", [])
    found: dict[int, tuple[int, int]] = {}
    for study, branch, due in asked(rows, root, first, day, over):
        held = any(one == study and place == branch and on <= due for one, place, on in sessions)
        part, whole = found.get(branch, (0, 0))
        found[branch] = (part + held, whole + 1)
    return found
