"""Who leads branches, what they have learnt, what else they are; villages and who heads them; from raw rows."""

from calendar import monthrange
from collections.abc import Callable, Iterable
from datetime import date

from tests.recount.meetings import Rows, below, chains, covers, months_over, owes
from tests.recount.tasks import tasks

Found = dict[int, tuple[int, int]]
LEVELS = ["none", "basic", "intermediate", "advanced"]
VILLAGES = ("village", "neighbourhood")


def last_month(day: date) -> date:
    """The last that is over, by its first day."""
    return list(months_over(date(day.year - 1, 1, 1), day))[-1]


def living(rows: Rows, root: int, day: date) -> set[int]:
    """Branches below it that were there on the day."""
    return {
        branch
        for branch, (founded, ended, _) in below(rows, root, day).items()
        if (founded is None or founded <= day) and (ended is None or ended > day)
    }


def with_tasks(rows: Rows, root: int, first: date, day: date) -> Found:
    month = last_month(day)
    counted = tasks(rows, month.replace(day=monthrange(month.year, month.month)[1]))
    return {
        branch: (counted[branch][1], counted[branch][0])
        for branch in below(rows, root, day)
        if counted.get(branch, (0, 0))[0]
    }


def holders(rows: Rows, post: str, day: date, *, substitutes: bool) -> dict[int, list[int]]:
    """By organisation, the members who hold it on the day."""
    found: dict[int, list[int]] = {}
    sql = "SELECT organisation_id, member_id, since, until, acting_for_id FROM members_office WHERE post = %s"
    for place, member, since, until, acting_for in rows(sql, [post]):
        if covers(since, until, day) and (substitutes or acting_for is None):
            found.setdefault(place, []).append(member)
    return found


def secretary(rows: Rows, root: int, first: date, day: date) -> Found:
    led = holders(rows, "secretary", day, substitutes=True)
    return {branch: (int(branch in led), 1) for branch in living(rows, root, day)}


def complete(rows: Rows, root: int, first: date, day: date, from_members: int) -> Found:
    """As the last whole month ended; a deputy where there are so many full members."""
    month = last_month(day)
    end = month.replace(day=monthrange(month.year, month.month)[1])
    secretaries = holders(rows, "secretary", end, substitutes=True)
    deputies = holders(rows, "deputy", end, substitutes=True)
    full = {
        member
        for member, since, until in rows("SELECT member_id, since, until FROM members_statespell WHERE state = 'full'", [])
        if covers(since, until, end)
    }  # fmt: skip
    strength: dict[int, int] = {}
    sql = "SELECT member_id, organisation_id, since, until FROM members_membership WHERE kind = 'main'"
    for member, branch, since, until in rows(sql, []):
        if covers(since, until, end) and member in full:
            strength[branch] = strength.get(branch, 0) + 1
    return {
        branch: (int(branch in secretaries and (branch in deputies or strength.get(branch, 0) < from_members)), 1)
        for branch, dates in below(rows, root, day).items()
        if owes(dates, month)
    }


def theory(rows: Rows, root: int, first: date, day: date, post: str, level: str) -> Found:
    learnt = dict(rows("SELECT id, theory FROM members_member", []))
    good = LEVELS[LEVELS.index(level) :]
    return _shares(rows, root, day, post, lambda member: learnt[member] in good)


def heads(rows: Rows, root: int, day: date, posts: Iterable[str], *, in_villages: bool) -> Found:
    """Of secretaries, who holds one of these posts outside the Party."""
    types = dict(rows("SELECT id, branch_type FROM branches_organisation", []))
    held = {
        member
        for member, post, since, until in rows("SELECT member_id, post, since, until FROM members_concurrentpost", [])
        if post in posts and covers(since, until, day)
    }
    found = _shares(rows, root, day, "secretary", lambda member: member in held)
    return {
        branch: figure
        for branch, figure in found.items()
        if (types[branch] in VILLAGES if in_villages else types[branch] not in (*VILLAGES, ""))
    }


def _shares(rows: Rows, root: int, day: date, post: str, good: Callable[[int], bool]) -> Found:
    branches, found = below(rows, root, day), {}
    for place, members in holders(rows, post, day, substitutes=False).items():
        if place in branches:
            found[place] = (sum(map(good, members)), len(members))
    return found


def villages(rows: Rows, root: int, day: date) -> list[tuple[int, int, bool]]:
    """Of each that was there: its number, who answers for it, and whether that is a branch."""
    lives = {
        number
        for number, founded, ended in rows("SELECT id, founded_on, dissolved_on FROM branches_organisation", [])
        if (founded is None or founded <= day) and (ended is None or ended > day)
    }
    above = chains(rows, day)
    placed = {
        child
        for child, since, until in rows("SELECT organisation_id, since, until FROM branches_placement", [])
        if covers(since, until, day)
    } | {root}
    found = []
    sql = "SELECT id, commune_id, branch_id, ended_on FROM branches_settlement"
    for number, commune, branch, ended in rows(sql, []):
        there = [place for place in (commune, branch) if place in placed and root in above[place]]
        if there and (ended is None or ended > day):
            covered = branch is not None and branch in lives
            found.append((number, branch if covered else commune, covered))
    return found


def settlements(rows: Rows, root: int, first: date, day: date) -> Found:
    return _added((place, covered) for _, place, covered in villages(rows, root, day))


def village_heads(rows: Rows, root: int, first: date, day: date) -> Found:
    present = {
        member
        for member, state, since, until in rows("SELECT member_id, state, since, until FROM members_statespell", [])
        if state in ("full", "probationary") and covers(since, until, day)
    }
    sql = "SELECT settlement_id, member_id, since, until FROM members_concurrentpost WHERE post = 'village head'"
    led = {
        village
        for village, member, since, until in rows(sql, [])
        if covers(since, until, day) and member in present
    }  # fmt: skip
    return _added((place, number in led) for number, place, _ in villages(rows, root, day))


def _added(parts: Iterable[tuple[int, bool]]) -> Found:
    found: Found = {}
    for place, good in parts:
        part, whole = found.get(place, (0, 0))
        found[place] = (part + good, whole + 1)
    return found


def no_office_branch(rows: Rows, root: int, first: date, day: date) -> Found:
    above = chains(rows, day)
    placed = {
        child
        for child, since, until in rows("SELECT organisation_id, since, until FROM branches_placement", [])
        if covers(since, until, day)
    } | {root}
    sql = "SELECT id, kind, branch_type, founded_on, dissolved_on FROM branches_organisation"
    there = [
        (number, kind, type_)
        for number, kind, type_, founded, ended in rows(sql, [])
        if number in placed and (founded is None or founded <= day) and (ended is None or ended > day)
    ]
    having = {
        place for number, kind, type_ in there if kind == "branch" and type_ == "office" for place in above[number]
    }
    return {
        number: (int(number not in having), 1)
        for number, kind, _ in there
        if kind == "commune" and root in above[number]
    }  # fmt: skip
