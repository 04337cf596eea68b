"""Targets (1), (2), (3): who keeps the regime, does all steps, comes to meetings; in Python from raw rows.

Every figure takes the day and the tree of that day; months are whole. Nothing here knows of the portal's summary.
"""

from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

Rows = Callable[[str, list[Any]], list[tuple]]
CAME = ("present", "online", "late")


def covers(since: date | None, until: date | None, day: date) -> bool:
    return (since is None or since <= day) and (until is None or day <= until)


def months_over(first: date, day: date) -> Iterator[date]:
    year, month = first.year, first.month
    while date(year, month, monthrange(year, month)[1]) <= day:
        yield date(year, month, 1)
        year, month = year + month // 12, month % 12 + 1


def chains(rows: Rows, day: date) -> dict[int, list[int]]:
    """Of each organisation, itself and all above it on that day, the nearest first."""
    parents = {
        child: parent
        for child, parent, since, until in rows(
            "SELECT organisation_id, parent_id, since, until FROM branches_placement", []
        )
        if covers(since, until, day)
    }
    found: dict[int, list[int]] = {}
    for (number,) in rows("SELECT id FROM branches_organisation", []):
        chain, place = [number], number
        while place in parents:
            place = parents[place]
            chain.append(place)
        found[number] = chain
    return found


def below(rows: Rows, root: int, day: date) -> dict[int, tuple[date | None, date | None, date | None]]:
    """Branches that stood below it then: when they were founded, ended, joined."""
    above = chains(rows, day)
    placed = {
        child
        for child, since, until in rows("SELECT organisation_id, since, until FROM branches_placement", [])
        if covers(since, until, day)
    }
    sql = "SELECT id, founded_on, dissolved_on, joined_on FROM branches_organisation WHERE kind = 'branch'"
    return {number: tuple(dates) for number, *dates in rows(sql, []) if number in placed and root in above[number]}  # type: ignore[misc]


def owes(dates: tuple[date | None, date | None, date | None], period: date) -> bool:
    founded, ended, joined = dates
    return (
        (founded is None or founded <= period)
        and (ended is None or ended > period)
        and (joined is None or joined <= period)
    )


def held(rows: Rows, day: date) -> dict[tuple[int, str, date], tuple[str, date]]:
    """Closed meetings by the place that they fill: which, and when. One that is combined fills its quarter too."""
    sql = """SELECT organisation_id, kind, period, also_thematic, id::text, day FROM meetings_meeting
             WHERE closed_at IS NOT NULL AND called_off_at IS NULL AND period IS NOT NULL ORDER BY day"""
    found: dict[tuple[int, str, date], tuple[str, date]] = {}
    for branch, kind, period, also, number, on in rows(sql, []):
        if on > day:
            continue
        found.setdefault((branch, kind, period), (number, on))
        if also:
            quarter = date(period.year, (period.month - 1) // 3 * 3 + 1, 1)
            found.setdefault((branch, "thematic", quarter), (number, on))
    return found


def excused(rows: Rows, kind: str, period: date) -> set[int]:
    """Whom the nearest decision above excuses; the tree is that of the period."""
    sql = "SELECT organisation_id, change FROM meetings_slotdecision WHERE kind = %s AND period = %s"
    decided = dict(rows(sql, [kind, period]))
    found = set()
    for number, chain in chains(rows, period).items():
        nearest = next((decided[place] for place in chain if place in decided), "")
        if nearest == "excused":
            found.add(number)
    return found


def regime(rows: Rows, root: int, first: date, day: date) -> dict[int, tuple[int, int]]:
    months = list(months_over(first, day))
    quarters = [month for month in months if month.month % 3 == 1 and date(month.year, month.month + 2, 1) in months]
    places = [("regular", month) for month in months] + [("thematic", quarter) for quarter in quarters]
    free = {place: excused(rows, *place) for place in places}
    done = held(rows, day)
    found = {}
    for branch, dates in below(rows, root, day).items():
        owed = [place for place in places if owes(dates, place[1]) and branch not in free[place]]
        if owed:
            found[branch] = (int(all((branch, *place) in done for place in owed)), 1)
    return found


def regular_meetings(rows: Rows, root: int, first: date, day: date) -> dict[int, list[str]]:
    done = held(rows, day)
    found: dict[int, list[str]] = {}
    for branch, dates in below(rows, root, day).items():
        for month in months_over(first, day):
            if owes(dates, month) and (branch, "regular", month) in done:
                found.setdefault(branch, []).append(done[branch, "regular", month][0])
    return found


def steps(rows: Rows, root: int, first: date, day: date) -> dict[int, tuple[int, int]]:
    said: dict[str, dict[str, bool]] = {}
    sql = "SELECT meeting_id::text, step, done, gone FROM meetings_agendaitem WHERE step <> ''"
    for meeting, step, done, gone in rows(sql, []):
        before = said.setdefault(meeting, {}).get(step, False)
        said[meeting][step] = before or (done and not gone)
    return {
        branch: (int(all(said.get(one) and all(said[one].values()) for one in meetings)), 1)
        for branch, meetings in regular_meetings(rows, root, first, day).items()
    }


def attendance(rows: Rows, root: int, first: date, day: date) -> dict[int, tuple[int, int]]:
    lines: dict[str, list[tuple[str, str]]] = {}
    for meeting, standing, mark in rows("SELECT meeting_id::text, standing, mark FROM meetings_attendance", []):
        lines.setdefault(meeting, []).append((standing, mark))
    found = {}
    for branch, meetings in regular_meetings(rows, root, first, day).items():
        expected = [mark for one in meetings for standing, mark in lines.get(one, []) if standing == "expected"]
        if expected:
            found[branch] = (sum(mark in CAME for mark in expected), len(expected))
    return found


def reached(part: int, whole: int, operator: str, percent: int) -> bool:
    """“Từ 90 % trở lên” includes 90 %; “trên 90 %” does not. Without fractions."""
    left, right = part * 100, whole * percent
    return {"at least": left >= right, "over": left > right, "exactly": left == right}[operator]
