"""What reports say that no indicator says: members on a day and how they came and went, bands, speakers, tasks; from raw rows.

And how figures are written, a second time.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from tests.recount.holding import held
from tests.recount.meetings import Rows, chains, covers, excused, months_over, owes, regular_meetings
from tests.recount.meetings import below as branches_below
from tests.recount.meetings import held as closed
from tests.recount.quality import Bands, band, totals

PRESENT, RELIEVED = {"full", "probationary"}, {"exempt", "deferred"}
GROUNDS = {
    "died": "từ trần",
    "left": "xin ra khỏi đảng",
    "struck off": "xóa tên",
    "expelled": "khai trừ",
    "moved away": "chuyển đi",
}
Span = tuple[date | None, date | None]


def rate(part: int, whole: int) -> str:
    """94,4 %, never 100 where one is missing, never 0 where one is there."""
    tenths = int((Decimal(1000 * part) / whole).quantize(Decimal(1), ROUND_HALF_UP))
    tenths = 999 if tenths == 1000 and part < whole else 1 if tenths == 0 and part else tenths
    return f"{tenths // 10}{f',{tenths % 10}' if tenths % 10 else ''} %"


def points_between(now: tuple[int, int], before: tuple[int, int]) -> Decimal:
    """Of a hundred, with their sign, to a tenth."""
    exact = Decimal(100 * now[0]) / now[1] - Decimal(100 * before[0]) / before[1]
    return exact.quantize(Decimal("0.1"), ROUND_HALF_UP)


def placed_below(rows: Rows, root: int, day: date) -> set[int]:
    """Everything that stood below it on the day, itself too."""
    return {place for place, chain in chains(rows, day).items() if root in chain}


class People:
    """Of each member the branches and states, with their days."""

    def __init__(self, rows: Rows) -> None:
        self.main: dict[int, list[tuple[int, Span]]] = {}
        sql = "SELECT member_id, organisation_id, since, until FROM members_membership WHERE kind = 'main'"
        for member, branch, since, until in rows(sql, []):
            self.main.setdefault(member, []).append((branch, (since, until)))
        self.states: dict[int, list[tuple[str, Span]]] = {}
        for member, state, since, until in rows("SELECT member_id, state, since, until FROM members_statespell", []):
            self.states.setdefault(member, []).append((state, (since, until)))
        self.admitted = dict(rows("SELECT id, admitted_on FROM members_member", []))

    def branch(self, member: int, day: date) -> int | None:
        return next((branch for branch, span in self.main.get(member, []) if covers(*span, day)), None)

    def state(self, member: int, day: date) -> set[str]:
        return {state for state, span in self.states.get(member, []) if covers(*span, day)}

    def counts(self, member: int, day: date, below: set[int]) -> bool:
        return self.branch(member, day) in below and bool(self.state(member, day) & PRESENT)

    def turning_days(self, member: int, since: date, until: date) -> list[date]:
        """On which something of the member begins, or is no longer."""
        spans = [span for _, span in (*self.main.get(member, []), *self.states.get(member, []))]
        days = {begins for begins, _ in spans if begins} | {ends + timedelta(days=1) for _, ends in spans if ends}
        return sorted(day for day in days if since <= day <= until)


def strength(rows: Rows, root: int, day: date) -> tuple[int, int]:
    """How many there are, and how many of them are neither exempt nor deferred."""
    people, below = People(rows), placed_below(rows, root, day)
    there = [member for member in people.main if people.counts(member, day, below)]
    return len(there), sum(not people.state(member, day) & RELIEVED for member in there)


def without_members(rows: Rows, root: int, day: date) -> set[int]:
    people = People(rows)
    peopled = {people.branch(member, day) for member in people.main if people.state(member, day) & PRESENT}
    return living(rows, root, day) - peopled - {root}


def living(rows: Rows, root: int, day: date) -> set[int]:
    return {
        branch
        for branch, (founded, ended, _) in branches_below(rows, root, day).items()
        if (founded is None or founded <= day) and (ended is None or ended > day)
    }


def turns(rows: Rows, below: set[int], since: date, until: date) -> Iterator[tuple[bool, str]]:
    """Who is there on a day and was not the day before, and the other way round; with the ground."""
    people = People(rows)
    for member in people.main:
        for day in people.turning_days(member, since, until):
            before = day - timedelta(days=1)
            was, is_there = people.counts(member, before, below), people.counts(member, day, below)
            if is_there and not was:
                yield True, _why_in(people, member, before, day, below)
            elif was and not is_there:
                yield False, _why_out(people, member, day, below)


def _why_in(people: People, member: int, before: date, day: date, below: set[int]) -> str:
    elsewhere = people.branch(member, before)
    if elsewhere is not None and elsewhere not in below:
        return "chuyển đến"
    if people.admitted[member] == day:
        return "kết nạp"
    return "trở lại danh sách" if people.state(member, before) & set(GROUNDS) else "ghi vào danh sách"


def _why_out(people: People, member: int, day: date, below: set[int]) -> str:
    for state in people.state(member, day) & set(GROUNDS):
        return GROUNDS[state]
    elsewhere = people.branch(member, day)
    return "chuyển đi" if elsewhere is not None and elsewhere not in below else "không còn trong danh sách"


def movement(rows: Rows, root: int, since: date, until: date) -> tuple[int, int, Counter, Counter]:
    """Before, after, who came and who went by ground; in the tree of the last day."""
    below = placed_below(rows, root, until)
    people = People(rows)
    found = list(turns(rows, below, since, until))
    before, after = (
        sum(people.counts(member, day, below) for member in people.main) for day in (since - timedelta(days=1), until)
    )
    came, went = (Counter(why for came, why in found if came is which) for which in (True, False))
    return before, after, came, went


def bands(rows: Rows, root: int, first: date, day: date, names: Bands) -> Counter[str]:
    own = totals(rows, "branch")
    meetings = [one for found in regular_meetings(rows, root, first, day).values() for one in found]
    return Counter(band(*own[one], names) for one in meetings if one in own)


def speakers(rows: Rows, root: int, first: date, day: date) -> tuple[int, int]:
    """Who spoke, at all meetings together; and how many meetings."""
    said: dict[str, set[int]] = {}
    sql = "SELECT meeting_id::text, member_id FROM meetings_opinion WHERE NOT gone AND NOT sent_before"
    for meeting, member in rows(sql, []):
        said.setdefault(meeting, set()).add(member)
    meetings = [one for found in regular_meetings(rows, root, first, day).values() for one in found]
    return sum(len(said.get(one, ())) for one in meetings), len(meetings)


def lacking(rows: Rows, root: int, first: date, day: date) -> dict[int, list[date]]:
    """By branch, the months whose regular meeting it owed and has not held."""
    done = closed(rows, day)
    months = list(months_over(first, day))
    free = {month: excused(rows, "regular", month) for month in months}
    found: dict[int, list[date]] = {}
    for branch, dates in branches_below(rows, root, day).items():
        missing = [
            month
            for month in months
            if owes(dates, month) and branch not in free[month] and (branch, "regular", month) not in done
        ]
        if missing:
            found[branch] = missing
    return found


def left_open(rows: Rows, root: int, first: date, day: date) -> Counter[tuple[int, date]]:
    """Begun and never closed, of months that are over."""
    months, below = set(months_over(first, day)), placed_below(rows, root, day)
    sql = """SELECT organisation_id, period FROM meetings_meeting WHERE kind = 'regular' AND period IS NOT NULL
             AND started_at IS NOT NULL AND closed_at IS NULL AND called_off_at IS NULL"""
    return Counter((branch, period) for branch, period in rows(sql, []) if branch in below and period in months)


def tasks(
    rows: Rows, root: int, first: date, day: date, document: int | None = None
) -> tuple[int, int, int, list[int]]:
    """Due in the period: how many; done; handed in and not yet taken; where those are that are overdue."""
    sql = """SELECT task.organisation_id, task.due_on, paper.document_id, task.state, task.done_on, task.handed_in_on
             FROM directives_taskassignment task JOIN directives_orderedtask ordered ON ordered.id = task.ordered_id
             JOIN directives_order paper ON paper.id = ordered.order_id WHERE task.state <> 'withdrawn'"""
    below = placed_below(rows, root, day)
    due = done = waiting = 0
    late: list[int] = []
    for place, due_on, about, state, done_on, handed_in_on in rows(sql, []):
        if place not in below or due_on is None or not first <= due_on <= day or document not in (None, about):
            continue
        due += 1
        finished = handed_in_on or done_on
        if state == "doing" or finished is None or finished > day:
            late += [place] if due_on < day else []
        elif state == "done" and done_on and done_on <= day:
            done += 1
        else:
            waiting += 1
    return due, done, waiting, late


def complete(rows: Rows, places: list[int], first: date, day: date) -> tuple[int, int]:
    """Of these places, those whose branches have held all that they owed."""
    found = [held(rows, place, first, day) for place in places]
    sums = [(sum(part for part, _ in one.values()), sum(whole for _, whole in one.values())) for one in found]
    counted = [(part, whole) for part, whole in sums if whole]
    return sum(part == whole for part, whole in counted), len(counted)


def marks(rows: Rows, branch: int, first: date, day: date) -> dict[str, dict[int, tuple[str, str]]]:
    """Of who was on a list of the regular meetings: by month, in what standing and how."""
    sql = """SELECT line.name, line.member_id, meeting.period, line.standing, line.mark
             FROM meetings_attendance line JOIN meetings_meeting meeting ON meeting.id = line.meeting_id
             WHERE meeting.organisation_id = %s AND meeting.kind = 'regular' AND meeting.closed_at IS NOT NULL
             AND meeting.called_off_at IS NULL AND meeting.period BETWEEN %s AND %s"""
    found: dict[str, dict[int, tuple[str, str]]] = {}
    for name, member, period, standing, mark in rows(sql, [branch, first, day]):
        found.setdefault(f"{name} {member}", {})[period.month] = (standing, mark)
    return found


def senders(rows: Rows, root: int, first: date, day: date, kinds: tuple[str, ...]) -> set[int]:
    """Directly below it on the day, and in the portal since the period began."""
    dates = {
        number: (founded, ended, joined)
        for number, kind, founded, ended, joined in rows(
            "SELECT id, kind, founded_on, dissolved_on, joined_on FROM branches_organisation", []
        )
        if kind in kinds
    }
    below = {
        child
        for child, parent, since, until in rows(
            "SELECT organisation_id, parent_id, since, until FROM branches_placement", []
        )
        if parent == root and covers(since, until, day) and child in dates
    }
    return {
        one
        for one in below
        if (dates[one][1] is None or dates[one][1] > day)
        and all(begins is None or begins <= first for begins in (dates[one][0], dates[one][2]))
    }


def sent(rows: Rows, root: int, first: date, kind: str) -> dict[int, date]:
    """Who has sent that report there, and when it first came."""
    sql = """SELECT report.organisation_id, (min(arrival.sent_at) AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
             FROM reports_arrival arrival JOIN reports_report report ON report.id = arrival.report_id
             WHERE arrival.organisation_id = %s AND report.kind = %s AND report.first = %s AND report.document_id IS NULL
             GROUP BY report.organisation_id"""
    return dict(rows(sql, [root, kind, first]))
