"""The plan of the ward played for a year: given in January, carried out in real meetings, told by nobody a second time."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import connection

from branches.models import Organisation
from branches.summary.recount import recount_since
from directives.models import Obligation, Target, TaskAssignment
from directives.queries.targets import measured
from directives.services.library import load_documents
from directives.services.opening import open_everywhere
from directives.targets.level import Level
from directives.targets.measured import Verdict
from meetings import summary
from meetings.models import AgendaItem, Attendance, MeetingKind
from meetings.services.agenda import take_up_task
from meetings.services.closing import close_meeting
from meetings.services.planning import plan_meeting
from members.models import Assignment, Member, State
from members.services.states import relieve
from tests.cast import Cast
from tests.directives.orders import given
from tests.meetings.meetings import held, people_of
from tests.recount.targets import BY_CODE, judged
from tests.standing import standing

YEAR = 2026
MONTHLY, YEARLY = "S003-II.4i", "S003-II.2c"


def rows(sql: str, values: list[Any]) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def play(cast: Cast) -> None:
    """Thôn Đông does everything. Thôn Đoài does not meet in July, has no theme in the third quarter, leaves a step out in
    April, is half empty in March, and has given one of its members nothing to do. One member of each is exempt."""
    with time_machine.travel(f"{YEAR}-01-02 08:00+07:00"):
        load_documents()
        people = {branch.pk: people_of(branch, size) for branch, size in ((cast.dong, 6), (cast.doai, 5))}
        for branch in (cast.dong, cast.doai):
            spared, *working = people[branch.pk]
            relieve(spared, state=State.EXEMPT, since=date(YEAR, 1, 2), ground="ốm", by=cast.actor("mai"))
            _tasks_of(branch, working if branch == cast.dong else working[1:])
        tasks = list(Obligation.everything.filter(code__in=(MONTHLY, YEARLY)))
        given(cast.phu_luong, cast.actor("mai"), *tasks)
    for month in range(1, 13):
        with time_machine.travel(f"{YEAR}-{month:02}-05 17:00+07:00"):
            open_everywhere()
            _month_of(cast, month)


year_played = standing(play, on=date(YEAR, 1, 2))


@pytest.fixture
def year(year_played: Cast, db: None) -> Cast:
    return year_played


def _tasks_of(branch: Organisation, members: list[Member]) -> None:
    for member in members:
        Assignment(
            member=member, organisation=branch, year=YEAR, words="Giúp hộ nghèo", agreed_on=date(YEAR, 1, 2)
        ).save()


def _month_of(cast: Cast, month: int) -> None:
    for branch, name in ((cast.dong, "thinh"), (cast.doai, "hoa")):
        is_dong = branch == cast.dong
        if is_dong or month != 7:
            _meets(cast, branch, name, half=not is_dong and month == 3, whole=is_dong or month != 4)
        if month % 3 == 2 and (is_dong or month != 8):
            _meets(cast, branch, name, kind=MeetingKind.THEMATIC)


def _meets(
    cast: Cast,
    branch: Organisation,
    name: str,
    *,
    kind: MeetingKind = MeetingKind.REGULAR,
    half: bool = False,
    whole: bool = True,
) -> None:
    by, today = cast.actor(name), date.today()
    meeting = plan_meeting(branch, kind=kind, day=today, by=by)
    waiting = TaskAssignment.everything.filter(organisation=branch, state="doing", task__obligation__code=MONTHLY)
    if kind == MeetingKind.REGULAR:
        take_up_task(meeting, waiting.latest("period").pk, by=by)
    held(meeting)
    if half:
        expected = Attendance.everything.filter(meeting=meeting, standing="expected").order_by("pk")
        Attendance.everything.filter(pk__in=list(expected.values_list("pk", flat=True)[::2])).update(
            mark="excused", reason="mưa"
        )
    AgendaItem.everything.filter(meeting=meeting).update(done=True)
    if not whole:
        step = AgendaItem.everything.filter(meeting=meeting).exclude(step="").first()
        AgendaItem.everything.filter(pk=step.pk).update(done=False)
    close_meeting(meeting, by=by)


def known(root: Organisation, day: date) -> dict[str, Any]:
    targets = Target.everything.filter(obligation__code__in=BY_CODE).select_related("obligation")
    found = {}
    for one in measured(list(targets), root, day):
        alone = [one.level.is_met(part) for part in one.parts.values()]
        is_met = one.verdict == Verdict.MET
        found[one.target.obligation.code] = (
            one.figure.numerator,
            one.figure.denominator,
            is_met,
            sum(alone),
            len(alone),
        )
    return found


def test_four_targets_are_what_the_meetings_say(year: Cast, monkeypatch: pytest.MonkeyPatch):
    """At the end: one of two branches keeps the regime and the steps; one of nine has no task; attendance is over ninety."""
    end = date(YEAR, 12, 31)
    said = known(year.phu_luong, end)
    assert {code: figure[:3] for code, figure in said.items()} == {
        "S003-I.3a": (1, 2, False),
        "S003-I.3b": (1, 2, False),
        "S003-I.3c": (12 * 5 + 11 * 4 - 2, 12 * 5 + 11 * 4, True),
        "S003-I.3d": (8, 9, False),
    }
    for day in (date(YEAR, 3, 31), date(YEAR, 7, 31), end):
        for place in (year.phu_luong, year.dong, year.doai):
            assert known(place, day) == judged(rows, place.pk, day), (place, day)
    monkeypatch.setattr(Level, "_decides", lambda level, side, top: side > 0)  # “from … on” taken for “over”
    assert known(year.phu_luong, end) != judged(rows, year.phu_luong.pk, end)


def test_what_was_given_each_month_was_proved_by_the_meetings(year: Cast):
    monthly = TaskAssignment.everything.filter(task__obligation__code=MONTHLY)
    assert monthly.filter(organisation=year.dong, state="done", done_by_proof=True).count() == 12
    left = monthly.exclude(state="done").get()
    assert (left.organisation, left.period, left.is_late_on(date(YEAR, 8, 1))) == (year.doai, date(YEAR, 7, 1), True)
    assert not TaskAssignment.everything.filter(task__obligation__code=YEARLY, proofs__gt=0).exists()


MISTAKES = {
    "the exempt are counted": ("line.standing = 'expected'", "line.standing <> ''"),
    "who is away counts as there": ("'present', 'online', 'late'", "'present', 'online', 'late', 'excused'"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_seeded_mistake_is_caught(year: Cast, monkeypatch: pytest.MonkeyPatch, mistake: str):
    right, wrong = MISTAKES[mistake]
    assert right in summary.COUNT
    monkeypatch.setattr(summary, "COUNT", summary.COUNT.replace(right, wrong))
    recount_since(Organisation.everything.all(), date(YEAR, 1, 1))
    end = date(YEAR, 12, 31)
    assert known(year.phu_luong, end) != judged(rows, year.phu_luong.pk, end)
