"""What meetings were scored, their bands, the band of the year; in Python from raw rows. Bands are given, not looked up."""

from datetime import date

from tests.recount.meetings import Rows, regular_meetings

Bands = list[tuple[str, int]]


def totals(rows: Rows, scorer: str) -> dict[str, tuple[int, bool]]:
    """By meeting: all points, and whether all is full that must be. Only what was agreed."""
    must = {
        number: (most, full) for number, most, full in rows("SELECT id, most, must_be_full FROM meetings_criterion", [])
    }
    sheets = {
        number: meeting
        for number, meeting, agreed, gone, who in rows(
            "SELECT id::text, meeting_id::text, agreed, gone, scorer FROM meetings_qualityscore", []
        )
        if agreed and not gone and who == scorer
    }
    found: dict[str, tuple[int, bool]] = {}
    sql = "SELECT score_id::text, criterion_id, points, gone FROM meetings_scorerow"
    for sheet, criterion, points, gone in rows(sql, []):
        if sheet in sheets and not gone:
            most, full = must[criterion]
            before, whole = found.get(sheets[sheet], (0, True))
            found[sheets[sheet]] = (before + (points or 0), whole and (not full or points == most))
    return found


def band(points: int, whole: bool, bands: Bands) -> str:
    name = next(name for name, least in bands if points >= least)
    return bands[1][0] if name == bands[0][0] and not whole and len(bands) > 1 else name


def scored(rows: Rows, root: int, first: date, day: date) -> dict[int, tuple[int, int]]:
    own = totals(rows, "branch")
    return {
        branch: (sum(one in own for one in meetings), len(meetings))
        for branch, meetings in regular_meetings(rows, root, first, day).items()
    }


def best(rows: Rows, root: int, first: date, day: date, bands: Bands) -> dict[int, tuple[int, int]]:
    own, found = totals(rows, "branch"), {}
    for branch, meetings in regular_meetings(rows, root, first, day).items():
        names = [band(*own[one], bands) for one in meetings if one in own]
        if names:
            found[branch] = (names.count(bands[0][0]), len(names))
    return found


def good(rows: Rows, root: int, first: date, day: date, bands: Bands) -> dict[int, tuple[int, int]]:
    """In one of the two best bands."""
    own, found = totals(rows, "branch"), {}
    for branch, meetings in regular_meetings(rows, root, first, day).items():
        names = [band(*own[one], bands) for one in meetings if one in own]
        if names:
            found[branch] = (sum(name in (bands[0][0], bands[1][0]) for name in names), len(names))
    return found


def agrees(rows: Rows, root: int, first: date, day: date) -> dict[int, tuple[int, int]]:
    own, above, found = totals(rows, "branch"), totals(rows, "above"), {}
    for branch, meetings in regular_meetings(rows, root, first, day).items():
        both = [one for one in meetings if one in own and one in above]
        if both:
            found[branch] = (sum(own[one][0] == above[one][0] for one in both), len(both))
    return found


def year(
    rows: Rows, root: int, first: date, day: date, bands: Bands, steps: list[tuple[str, str, int, int]]
) -> dict[int, str]:
    """Steps from the best: name, least band of the meetings, what share of them in percent, how many of the best band."""
    own, order = totals(rows, "branch"), [name for name, _ in bands]
    found: dict[int, str] = {}
    for branch, meetings in regular_meetings(rows, root, first, day).items():
        names = [band(*own[one], bands) for one in meetings if one in own]
        if not names:
            continue
        found[branch] = order[-1]
        for name, least, share, best_ones in steps:
            good = [one for one in names if order.index(one) <= order.index(least)]
            if len(good) * 100 >= share * len(names) and names.count(order[0]) >= best_ones:
                found[branch] = name
                break
    return found
