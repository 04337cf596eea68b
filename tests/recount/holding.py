"""Whether meetings were held, in week one, each quarter, by the chi ủy; in Python from raw rows."""

from datetime import date

from tests.recount.meetings import Rows, below, chains, covers, excused, months_over, owes
from tests.recount.meetings import held as closed

Found = dict[int, tuple[int, int]]


def held(rows: Rows, root: int, first: date, day: date) -> Found:
    return _slots(rows, root, day, "regular", list(months_over(first, day)))


def thematic(rows: Rows, root: int, first: date, day: date) -> Found:
    months = list(months_over(first, day))
    quarters = [one for one in months if one.month % 3 == 1 and date(one.year, one.month + 2, 1) in months]
    return _slots(rows, root, day, "thematic", quarters)


def _slots(rows: Rows, root: int, day: date, kind: str, periods: list[date]) -> Found:
    done, found = closed(rows, day), {}
    free = {period: excused(rows, kind, period) for period in periods}
    for branch, dates in below(rows, root, day).items():
        owed = [one for one in periods if owes(dates, one) and branch not in free[one]]
        if owed:
            found[branch] = (sum((branch, kind, one) in done for one in owed), len(owed))
    return found


def moved_until(rows: Rows, period: date) -> dict[int, date]:
    """Whom the nearest decision above lets meet later, and until when."""
    sql = "SELECT organisation_id, change, until FROM meetings_slotdecision WHERE kind = 'regular' AND period = %s"
    decided = {place: (change, until) for place, change, until in rows(sql, [period])}
    found = {}
    for number, chain in chains(rows, period).items():
        change, until = next((decided[place] for place in chain if place in decided), ("", None))
        if change == "moved" and until:
            found[number] = until
    return found


def week_one(rows: Rows, root: int, first: date, day: date, last_day: int = 7) -> Found:
    """Where no branch has an approved day of its own."""
    done, found = closed(rows, day), {}
    months = list(months_over(first, day))
    later = {month: moved_until(rows, month) for month in months}
    for branch, dates in below(rows, root, day).items():
        held_on = {
            month: done[branch, "regular", month][1]
            for month in months
            if owes(dates, month) and (branch, "regular", month) in done
        }
        good = [
            month
            for month, on in held_on.items()
            if on <= month.replace(day=last_day) or on <= later[month].get(branch, date.min)
        ]
        if held_on:
            found[branch] = (len(good), len(held_on))
    return found


def committee(rows: Rows, root: int, first: date, day: date) -> Found:
    spells: dict[int, list[tuple[date | None, date | None]]] = {}
    sql = "SELECT organisation_id, since, until FROM members_office WHERE post = 'committee'"
    for branch, since, until in rows(sql, []):
        spells.setdefault(branch, []).append((since, until))
    done, found = closed(rows, day), {}
    months = list(months_over(first, day))
    free = {month: excused(rows, "committee", month) for month in months}
    for branch, dates in below(rows, root, day).items():
        owed = [
            month
            for month in months
            if owes(dates, month)
            and branch not in free[month]
            and any(covers(since, until, month) for since, until in spells.get(branch, []))
        ]
        if owed:
            found[branch] = (sum((branch, "committee", month) in done for month in owed), len(owed))
    return found
