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
