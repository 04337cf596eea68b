"""How many belong to branches, who of the committee came to them; in Python from raw rows."""

from calendar import monthrange
from datetime import date

from tests.recount.meetings import Rows, below, covers

THERE = ("probationary", "full")


def strength(rows: Rows, root: int, day: date, today: date) -> int:
    """Of the branches of the day: as their last whole month ended, or as this month will."""
    end = _end_of(day) if day == today else _last_whole_end(day)
    states: dict[int, list[tuple[date | None, date | None]]] = {}
    for member, state, since, until in rows("SELECT member_id, state, since, until FROM members_statespell", []):
        if state in THERE:
            states.setdefault(member, []).append((since, until))
    branches = {
        branch for branch, (founded, ended, _) in below(rows, root, day).items()
        if (founded is None or founded <= day) and (ended is None or ended > day)
    }  # fmt: skip
    sql = "SELECT organisation_id, member_id, since, until FROM members_membership WHERE kind = 'main'"
    return sum(
        branch in branches
        and covers(since, until, end)
        and any(covers(*spell, end) for spell in states.get(member, []))
        for branch, member, since, until in rows(sql, [])
    )


def visited(rows: Rows, root: int, day: date) -> set[int]:
    """Branches at whose closed meetings of the quarter, up to the day, somebody of the committee above was."""
    first = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    sql = """SELECT log.organisation_id, log.day FROM meetings_guest guest JOIN meetings_meeting log ON log.id = guest.meeting_id
             WHERE guest.of_committee AND NOT guest.gone AND log.closed_at IS NOT NULL AND log.called_off_at IS NULL"""
    there = below(rows, root, day)
    return {branch for branch, on in rows(sql, []) if branch in there and first <= on <= day}


def unfollowed(rows: Rows, root: int, day: date) -> set[int]:
    """Branches that no member of the committee was in charge of on the day."""
    sql = "SELECT organisation_id, since, until FROM members_charge"
    followed = {branch for branch, since, until in rows(sql, []) if covers(since, until, day)}
    return {
        branch for branch, (founded, ended, _) in below(rows, root, day).items()
        if branch not in followed and (founded is None or founded <= day) and (ended is None or ended > day)
    }  # fmt: skip


def _end_of(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _last_whole_end(day: date) -> date:
    if day == _end_of(day):
        return day
    year, month = (day.year, day.month - 1) if day.month > 1 else (day.year - 1, 12)
    return date(year, month, monthrange(year, month)[1])
