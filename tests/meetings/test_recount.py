"""Targets (1), (2), (3) at three dates, before and after the tree changes: the portal says what a second count says.

And a count that is wrong in one of the ways that counts go wrong is found out by it.
"""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from random import Random
from typing import Any

import pytest
import time_machine
from django.db import connection

from branches.models import Organisation
from branches.models.summary import MonthQuerySet
from branches.services.reorganisation import move_organisations
from branches.summary import shares
from branches.summary.recount import recount_since
from directives.models import Target
from directives.reading.shares import Comparison
from directives.services.library import load_documents
from directives.targets.level import Level
from meetings import summary
from meetings.models import AgendaItem, Attendance, Mark, Meeting, MeetingKind, SlotChange, SlotDecision
from members.models import State
from members.services.states import relieve
from portal.indicators.registry import Figure, indicator
from tests.cast import Cast
from tests.meetings.meetings import meeting_of, people_of
from tests.meetings.test_slots import close
from tests.recount import meetings as second

FIRST = date(2026, 1, 1)
DATES = [date(2026, 3, 31), date(2026, 7, 15), date(2026, 11, 15)]
MOVED_ON = date(2026, 8, 1)
BOTH = {
    "meetings.regime": second.regime,
    "meetings.steps": second.steps,
    "meetings.attendance": second.attendance,
}


def rows(sql: str, values: list[Any]) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def known(root: Organisation) -> dict[tuple[str, date], dict[int, tuple[int, int]]]:
    return {
        (code, day): {
            branch: (found.numerator, found.denominator)
            for branch, found in indicator(code).by_place(root, FIRST, day).items()
        }
        for code in BOTH
        for day in DATES
    }


def recounted(root: Organisation) -> dict[tuple[str, date], dict[int, tuple[int, int]]]:
    return {(code, day): count(rows, root.pk, FIRST, day) for code, count in BOTH.items() for day in DATES}


@pytest.fixture
def year(cast: Cast) -> Cast:
    """Three branches of two communes, ten months: late, missing, left open, combined, excused; exempt members who come."""
    with time_machine.travel("2026-11-20 09:00+07:00"):
        random = Random(11)
        branches = [cast.dong, cast.doai, cast.thuong]
        for branch in branches:
            people = people_of(branch, 6)
            relieve(people[0], state=State.EXEMPT, since=date(2026, 2, 1), ground="ốm", by=cast.actor(
                "mai" if branch != cast.thuong else "quyet"))  # fmt: skip
        SlotDecision.everything.create(
            organisation=cast.phu_luong,
            kind="regular",
            period=date(2026, 2, 1),
            change=SlotChange.EXCUSED,
            because="Tết",
        )
        SlotDecision.everything.create(
            organisation=cast.doai, kind="thematic", period=date(2026, 4, 1), change=SlotChange.EXCUSED, because="Bão"
        )
        for branch in branches:
            for month in range(1, 12):
                if month == 2 if branch == cast.dong else random.random() < 0.1:
                    continue
                also = month % 3 == 2 and branch != cast.doai
                row = _held(branch, date(2026, month, random.choice([3, 5, 20])), random, also_thematic=also)
                if branch == cast.dong or month not in (3, 5, 9):
                    close(row)
        for month in (1, 6, 9):
            close(_held(cast.doai, date(2026, month, 25), random, kind=MeetingKind.THEMATIC))
        recount_since(Organisation.everything.all(), FIRST)
        yield cast


def _held(branch: Organisation, day: date, random: Random, **facts: Any) -> Meeting:
    row = meeting_of(branch, day, **facts)
    for line in Attendance.everything.filter(meeting=row):
        came = random.random() < 0.9 or line.standing == "exempt"
        line.mark = Mark.PRESENT if came else Mark.ABSENT
        line.save()
    for place in range(3):
        AgendaItem.everything.create(
            meeting=row,
            position=place,
            words="Bước",
            step=f"buoc-{place}",
            gone=place == 1 and branch.code == "PL-1" and day.month == 3,
            done=random.random() < 0.97 or branch.code == "PL-1",
        )
    return row


def test_three_dates_before_and_after_a_branch_moves_to_another_commune(year: Cast):
    before = known(year.phu_luong)
    assert before == recounted(year.phu_luong)
    assert all(len(found) == 2 for found in before.values())
    assert {figure for found in before.values() for figure in found.values()} > {(0, 1), (1, 1)}
    move_organisations(moved=[year.doai], parent=year.tan_hoa, on=MOVED_ON, by=year.actor("kien"))
    after = known(year.phu_luong)
    assert after == recounted(year.phu_luong)
    assert [set(after["meetings.regime", day]) == {year.dong.pk, year.doai.pk} for day in DATES] == [True, True, False]
    assert known(year.tan_hoa) == recounted(year.tan_hoa)


def test_the_figure_is_the_sum_of_the_list_behind_it(year: Cast):
    for code in BOTH:
        one = indicator(code)
        behind = one.by_place(year.province, FIRST, DATES[1])
        figure = one.figure(year.province, FIRST, DATES[1])
        assert figure.denominator == sum(part.denominator for part in behind.values()) > 0
        assert one.behind(year.phu_luong, 2026).startswith(f"/to-chuc/{year.phu_luong.pk}/luoi-hop/")


def _of_today(rows_: MonthQuerySet, root: Organisation, day: date) -> MonthQuerySet:
    return rows_.filter(organisation__path__startswith=root.path)


MISTAKES: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "exempt counted": lambda patch: patch.setattr(
        summary, "COUNT", summary.COUNT.replace("WHERE line.standing = 'expected' ", "")
    ),
    "open meetings counted": lambda patch: patch.setattr(
        summary, "COUNT", summary.COUNT.replace("AND closed_at IS NOT NULL ", "")
    ),
    "steps that were taken out counted": lambda patch: patch.setattr(
        summary, "COUNT", summary.COUNT.replace("item.done AND NOT item.gone", "item.done OR item.gone")
    ),
    "tree of today": lambda patch: patch.setattr(MonthQuerySet, "below_as_of", _of_today),
    "month that is not over": lambda patch: patch.setattr(shares, "last_whole_month", lambda day: day.replace(day=1)),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_found_out(year: Cast, monkeypatch: pytest.MonkeyPatch, mistake: str):
    move_organisations(moved=[year.doai], parent=year.tan_hoa, on=MOVED_ON, by=year.actor("kien"))
    recount_since(Organisation.everything.all(), FIRST)
    assert known(year.phu_luong) == recounted(year.phu_luong)
    MISTAKES[mistake](monkeypatch)
    recount_since(Organisation.everything.all(), FIRST)
    assert known(year.phu_luong) != recounted(year.phu_luong)


@pytest.mark.parametrize("part", [89, 90, 91])
@pytest.mark.parametrize("comparison", [Comparison.AT_LEAST, Comparison.OVER, Comparison.EXACTLY])
def test_exactly_ninety_per_cent(part: int, comparison: Comparison):
    """“Từ 90 % trở lên” includes it, “trên 90 %” does not."""
    for times in (1, 7):
        met = Level(comparison, Fraction(90)).is_met(Figure(part * times, 100 * times))
        assert met == second.reached(part * times, 100 * times, comparison.value, 90)


def test_of_nothing_there_is_no_share():
    assert Figure(0, 0).percent is None


def test_the_library_names_indicators_that_there_are(db: None):
    load_documents()
    named = dict(Target.everything.exclude(indicator="").values_list("obligation__code", "indicator"))
    assert {code: named[code] for code in ("S003-I.3a", "S003-I.3b", "S003-I.3c")} == {
        "S003-I.3a": "meetings.regime", "S003-I.3b": "meetings.steps", "S003-I.3c": "meetings.attendance",
    }  # fmt: skip
    assert all(indicator(code) for code in named.values())
