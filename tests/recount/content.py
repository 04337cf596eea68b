"""Resolutions that say who and when, branches at the rate that is asked, dues, things done in time; from raw rows."""

from collections.abc import Callable
from datetime import date

from tests.recount.meetings import Rows, attendance, below, chains, covers, months_over, reached, regular_meetings

Found = dict[int, tuple[int, int]]


def resolved(rows: Rows, root: int, first: date, day: date) -> Found:
    adopted = {
        meeting
        for (meeting,) in rows(
            "SELECT meeting_id::text FROM meetings_resolution WHERE state = 'adopted' AND NOT gone", []
        )
    }
    sql = """SELECT meeting_id::text, assignee_id IS NOT NULL OR assignee_words <> '', due_on IS NOT NULL
             FROM meetings_actionitem WHERE NOT gone"""
    things: dict[str, list[bool]] = {}
    for meeting, somebody, dated in rows(sql, []):
        things.setdefault(meeting, []).append(somebody and dated)
    return {
        branch: (sum(one in adopted and one in things and all(things[one]) for one in meetings), len(meetings))
        for branch, meetings in regular_meetings(rows, root, first, day).items()
    }


def well_attended(
    rows: Rows, root: int, first: date, day: date, asked: Callable[[int], tuple[str, int]]
) -> dict[int, tuple[int, int]]:
    """`asked`: of a branch, the operator and the percentage that hold there."""
    rates = attendance(rows, root, first, day)
    return {branch: (int(reached(*rate, *asked(branch))), 1) for branch, rate in rates.items()}


def dues(rows: Rows, root: int, first: date, day: date) -> Found:
    months, branches = set(months_over(first, day)), below(rows, root, day)
    found: Found = {}
    sql = "SELECT organisation_id, month, owed, paid FROM meetings_dues WHERE NOT excused"
    for branch, month, owed, paid in rows(sql, []):
        if branch in branches and month in months and owed:
            before_paid, before_owed = found.get(branch, (0, 0))
            found[branch] = (before_paid + paid, before_owed + owed)
    return found


def actions(rows: Rows, root: int, first: date, day: date, today: date) -> Found:
    """Of things whose day lies in the period and is over, those done by it. A log once closed counts, though open again."""
    above = chains(rows, day)
    placed = {
        child
        for child, since, until in rows("SELECT organisation_id, since, until FROM branches_placement", [])
        if covers(since, until, day)
    }
    sql = """SELECT thing.organisation_id, thing.due_on, thing.stand, thing.stood_on
             FROM meetings_actionitem thing JOIN meetings_meeting log ON log.id = thing.meeting_id
             WHERE NOT thing.gone AND thing.stand <> 'dropped' AND thing.due_on IS NOT NULL
               AND (log.closed_at IS NOT NULL OR log.id IN (SELECT meeting_id FROM meetings_reopening))"""
    found: Found = {}
    for place, due_on, stand, stood_on in rows(sql, []):
        if root in above[place] and (place in placed or place == root) and first <= due_on <= day and due_on < today:
            done, all_of_them = found.get(place, (0, 0))
            found[place] = (done + (stand == "done" and stood_on <= due_on), all_of_them + 1)
    return found
