"""Every indicator on three dates, of a province and its communes: what it says a second count from raw rows says too.

In the year behind, a branch has moved, meetings were excused and moved, rules of one's own began, posts were filled and
left. A count that is wrong in one of the ways that counts go wrong is found out by it.
"""

from collections.abc import Callable
from contextlib import contextmanager
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import Q
from django.db.models.lookups import GreaterThan
from django.test.utils import CaptureQueriesContext

from bench.bare_indicators import BARE, said_of
from branches import indicators as of_branches
from branches.models import Organisation
from branches.models.settlement import SettlementQuerySet
from branches.models.summary import MonthQuerySet
from branches.summary import shares
from branches.summary.recount import recount_since
from directives import indicators as of_documents
from meetings.indicators import actions, content, holding
from members import indicators as of_members
from members import summary as people
from members.models import Office
from portal.indicators.registry import Figure, Growth, all_indicators, courses_of, indicator
from tests.indicators.conftest import Demo
from tests.recount import content as second_content
from tests.recount import holding as second_holding
from tests.recount import meetings as second_meetings
from tests.recount import officers, quality, study

Found = dict[int, tuple[int, int]]
BANDS = [("Tốt", 90), ("Khá", 70), ("Trung bình", 50), ("Kém", 0)]
DEPUTY_FROM = 9


def _by_rules(demo: Demo, day: date, own: Any, usual: Any) -> Callable[[int], Any]:
    """A commune with a rule of its own; who stood below it on the day goes by that."""
    above = second_meetings.chains(demo.rows, day)
    return lambda branch: own if demo.strict in above[branch] else usual


def _well_attended(demo: Demo, root: int, day: date) -> Found:
    asked = _by_rules(demo, day, ("over", 93), ("at least", 90))
    return second_content.well_attended(demo.rows, root, demo.first, day, asked)


def _theory(post: str) -> Callable[[Demo, int, date], Found]:
    def count(demo: Demo, root: int, day: date) -> Found:
        level = _by_rules(demo, day, "advanced", "intermediate")
        either = {
            one: officers.theory(demo.rows, root, demo.first, day, post, one) for one in ("advanced", "intermediate")
        }
        return {branch: either[level(branch)][branch] for branch in either["advanced"]}

    return count


def _plain(count: Callable[..., Found], *more: Any) -> Callable[[Demo, int, date], Found]:
    return lambda demo, root, day: count(demo.rows, root, demo.first, day, *more)


def _over(demo: Demo, day: date) -> date:
    return min(day, date.fromordinal(demo.today.toordinal() - 1))


def _heads(posts: tuple[str, ...], *, in_villages: bool) -> Callable[[Demo, int, date], Found]:
    return lambda demo, root, day: officers.heads(demo.rows, root, day, posts, in_villages=in_villages)


SECOND: dict[str, Callable[[Demo, int, date], Found]] = {
    "meetings.held": _plain(second_holding.held),
    "meetings.week_one": _plain(second_holding.week_one),
    "meetings.thematic": _plain(second_holding.thematic),
    "meetings.regime": _plain(second_meetings.regime),
    "meetings.committee": _plain(second_holding.committee),
    "meetings.attendance": _plain(second_meetings.attendance),
    "meetings.attendance_90": _well_attended,
    "meetings.steps": _plain(second_meetings.steps),
    "meetings.resolved": _plain(second_content.resolved),
    "meetings.dues": _plain(second_content.dues),
    "meetings.scored": _plain(quality.scored),
    "meetings.good": _plain(quality.good, BANDS),
    "meetings.best": _plain(quality.best, BANDS),
    "meetings.agrees": _plain(quality.agrees),
    "meetings.actions_in_time": lambda demo, root, day: second_content.actions(
        demo.rows, root, demo.first, day, demo.today
    ),
    "members.with_tasks": _plain(officers.with_tasks),
    "members.secretary": _plain(officers.secretary),
    "members.officers_complete": _plain(officers.complete, DEPUTY_FROM),
    "members.secretary_theory": _theory("secretary"),
    "members.deputy_theory": _theory("deputy"),
    "members.secretary_village_head": _heads(("village head",), in_villages=True),
    "members.secretary_head": _heads(("village head", "front head"), in_villages=True),
    "members.secretary_unit_head": _heads(("unit head",), in_villages=False),
    "members.village_heads_members": _plain(officers.village_heads),
    "branches.settlements": _plain(officers.settlements),
    "branches.no_office_branch": _plain(officers.no_office_branch),
    "directives.studied_in_time": lambda demo, root, day: study.in_time(
        demo.rows, root, demo.first, day, _over(demo, day)
    ),
}


def known(code: str, place: Organisation, first: date, day: date) -> Found:
    found = indicator(code).by_place(place, first, day)
    return {number: (figure.numerator, figure.denominator) for number, figure in found.items()}


def places(demo: Demo) -> list[Organisation]:
    return [demo.province, *demo.communes, demo.moved]


def differs(code: str, demo: Demo) -> bool:
    return any(
        known(code, place, demo.first, day) != SECOND[code](demo, place.pk, day)
        for place in places(demo)
        for day in demo.dates
    )


def test_none_is_forgotten():
    assert {one.code for one in all_indicators()} == set(SECOND) == set(BARE)
    assert all(one.name and one.of_what and one.counts and one.left_out and one.source for one in all_indicators())


@pytest.mark.parametrize("code", SECOND)
def test_three_dates_of_every_place(demo: Demo, code: str):
    for place in places(demo):
        for day in demo.dates:
            assert known(code, place, demo.first, day) == SECOND[code](demo, place.pk, day), (place, day)
    figures = {figure for day in demo.dates for figure in known(code, demo.province, demo.first, day).values()}
    assert figures, "of nothing every count is right"


@pytest.mark.parametrize("code", SECOND)
def test_months_add_up_to_the_figure(demo: Demo, code: str):
    one = indicator(code)
    for place in places(demo)[:2]:
        for day in demo.dates:
            figure, months = one.figure(place, demo.first, day), one.by_month and one.by_month(place, demo.first, day)
            if one.growth is Growth.SUMS:
                assert sum(months.values(), Figure(0, 0)) == figure
            elif months and not one.to_the_day and code != "meetings.attendance_90":
                ends = months[max(months)]
                assert one.growth is Growth.KEEPS or ends == figure


def test_together_as_each_by_itself(demo: Demo):
    for place in places(demo)[:2]:
        courses = courses_of(all_indicators(), place, demo.first, demo.today, demo.first)
        for one in all_indicators():
            assert courses[one.code].figure == one.figure(place, demo.first, demo.today), one.code
            months = one.by_month(place, demo.first, demo.today) if one.by_month else {}
            assert courses[one.code].by_month == months, one.code


def test_the_floor_of_the_bench_says_the_same(demo: Demo):
    """Where the rules of the whole country hold, and no committee was excused."""
    place = demo.communes[2]
    said = said_of(place, demo.first, demo.today, demo.today)
    for code, sql in BARE.items():
        found = {number: (part, whole) for number, part, whole in demo.rows(sql, said)}
        assert known(code, place, demo.first, demo.today) == found, code


@pytest.mark.parametrize("code", SECOND)
def test_as_many_queries_for_a_province_as_for_a_commune(demo: Demo, code: str):
    counts = []
    for place in (demo.province, demo.communes[0]):
        with CaptureQueriesContext(connection) as seen:
            indicator(code).by_place(place, demo.first, demo.today)
        counts.append(len(seen))
    assert counts[0] == counts[1]


def _of_today(rows: MonthQuerySet, root: Organisation, day: date) -> MonthQuerySet:
    return rows.filter(organisation__path__startswith=root.path)


def _without(patch: pytest.MonkeyPatch, room: Any, name: str, said: str, instead: str) -> None:
    sql = getattr(room, name)
    assert sql.count(said) > 0
    patch.setattr(room, name, sql.replace(said, instead))


Patch = pytest.MonkeyPatch
MISTAKES: dict[str, tuple[str, Callable[[Patch], None]]] = {
    "tree of today": ("meetings.held", lambda patch: patch.setattr(MonthQuerySet, "below_as_of", _of_today)),
    "tree of today, officers": (
        "members.secretary",
        lambda patch: patch.setattr(
            type(Organisation.objects.all()), "below_as_of", lambda rows, root, day: rows.filter(path__startswith=root.path)
        ),
    ),
    "month that is not over": (
        "meetings.dues",
        lambda patch: patch.setattr(shares, "last_whole_month", lambda day: day.replace(day=1)),
    ),
    "quarter that is not over": (
        "meetings.thematic",
        lambda patch: patch.setattr(
            holding, "quarters_over", lambda first, last: [date(year, month, 1) for year in (first.year, last.year) for month in (1, 4, 7, 10)]
        ),
    ),
    "excused counted": (
        "meetings.held",
        lambda patch: patch.setattr(
            shares.ByPlace, "__call__", _said_otherwise(holding.held, lambda share: shares.Share(shares.LIVED, share.part))
        ),
    ),
    "late counted as in time": (
        "meetings.week_one",
        lambda patch: patch.setattr(
            shares.ByPlace, "__call__", _said_otherwise(holding.week_one, lambda share: shares.Share(share.among, Q()))
        ),
    ),
    "excused committees counted": (
        "meetings.committee",
        lambda patch: patch.setattr(holding, "_excused_committees", lambda first, last: Q(pk__in=[])),
    ),
    "one rule for all": (
        "meetings.attendance_90",
        lambda patch: patch.setattr(
            content, "value_where", lambda rule, on: lambda number: content.Asked(content.Operator.FROM, 0.9)
        ),
    ),
    "dropped things counted": (
        "meetings.actions_in_time", lambda patch: patch.setattr(actions, "Stand", SimpleNamespace(DROPPED="nothing"))
    ),
    "late things counted as in time": (
        "meetings.actions_in_time", lambda patch: patch.setattr(actions, "IN_TIME", Q(stand="done"))
    ),
    "posts that ended counted": (
        "members.secretary_head",
        lambda patch: patch.setattr(of_members, "_holds", lambda day, *posts: Q(member__state_posts__post__in=posts)),
    ),
    "substitutes counted": (
        "members.secretary_theory",
        lambda patch: patch.setattr(of_members, "_officers", _with_substitutes),
    ),
    "villages that ended counted": (
        "branches.settlements", lambda patch: patch.setattr(SettlementQuerySet, "there_on", lambda rows, day: rows)
    ),
    "any branch counted as an office": (
        "branches.no_office_branch", lambda patch: patch.setattr(of_branches, "BranchType", SimpleNamespace(OFFICE="village"))
    ),
    "study after its day counted": (
        "directives.studied_in_time",
        lambda patch: _without(patch, of_documents, "IN_TIME", "AND session.held_on <= study.due_on", ""),
    ),
    "study whose day is to come counted": (
        "directives.studied_in_time",
        lambda patch: _without(patch, of_documents, "IN_TIME", "%(over)s", "%(over)s::date + 60"),
    ),
}  # fmt: skip


def _said_otherwise(said: shares.Said, changed: Callable[[shares.Share], shares.Share]) -> Callable[..., Any]:
    """The indicator made of another share than it says."""
    before = shares.ByPlace.__call__

    def call(self: shares.ByPlace, place: Organisation, first: date, last: date) -> dict[int, Figure]:
        wrong = shares.ByPlace(lambda *days: changed(said(*days)), self.growth)
        return before(wrong if self.said is said else self, place, first, last)

    return call


def _with_substitutes(place: Organisation, day: date, post: str) -> Any:
    rows = Office.objects.everywhere(reason="a mistake").on(day).filter(post=post, organisation__kind="branch")
    below = {"organisation__ancestries__ancestor": place, "organisation__ancestries__days__contains": day}
    return rows.filter(**below).order_by()


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_found_out(demo: Demo, monkeypatch: pytest.MonkeyPatch, mistake: str):
    code, seed = MISTAKES[mistake]
    assert not differs(code, demo)
    seed(monkeypatch)
    assert differs(code, demo)


@contextmanager
def undone():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_exempt_members_among_those_who_must_have_tasks_are_found_out(demo: Demo, monkeypatch: pytest.MonkeyPatch):
    said = " - COALESCE(spells.relieved, '{}')"
    assert people.COUNT.count(said) == 1
    with undone():
        monkeypatch.setattr(people, "COUNT", people.COUNT.replace(said, ""))
        recount_since(Organisation.everything.all(), demo.first)
        assert differs("members.with_tasks", demo)
    assert not differs("members.with_tasks", demo)


def test_at_least_and_over_are_not_the_same(demo: Demo, monkeypatch: pytest.MonkeyPatch):
    """By month: a branch whose rate is exactly what is asked reaches “từ … trở lên”, not “trên …”."""
    months = indicator("meetings.attendance_90").by_month
    right = months(demo.province, demo.first, demo.today)
    monkeypatch.setattr(content, "GreaterThanOrEqual", GreaterThan)
    wrong = months(demo.province, demo.first, demo.today)
    exactly = _exactly_at_ninety(demo)
    assert exactly
    assert {month: right[month].numerator - wrong[month].numerator for month in exactly} == exactly


def _exactly_at_ninety(demo: Demo) -> dict[date, int]:
    """How many branches where the rule of the country holds came to exactly 90 % in a month."""
    above = second_meetings.chains(demo.rows, demo.today)
    periods = dict(demo.rows("SELECT id::text, period FROM meetings_meeting", []))
    found: dict[date, int] = {}
    held = second_meetings.regular_meetings(demo.rows, demo.province.pk, demo.first, demo.today)
    for branch, meetings in held.items():
        for one in meetings:
            came, expected = _rate(demo, one)
            if expected and 10 * came == 9 * expected and demo.strict not in above[branch]:
                found[periods[one]] = found.get(periods[one], 0) + 1
    return found


def _rate(demo: Demo, meeting: str) -> tuple[int, int]:
    lines = demo.rows("SELECT mark FROM meetings_attendance WHERE meeting_id = %s AND standing = 'expected'", [meeting])
    return sum(mark in second_meetings.CAME for (mark,) in lines), len(lines)
