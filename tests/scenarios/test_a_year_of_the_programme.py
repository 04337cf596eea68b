"""The province's programme under Nghị quyết 21 played for a year through three levels: given, handed on, carried out, seen above."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import connection

from branches.models import Settlement
from directives.models import Obligation, Order, OrderedTask, Target, TaskAssignment, To
from directives.queries.targets import measured
from directives.services.assignments import accept, hand_in
from directives.services.figures import say_by_hand
from directives.services.library import load_documents
from directives.services.opening import open_everywhere
from directives.targets.measured import Measured, Verdict
from meetings.models import AgendaItem
from meetings.services.agenda import take_up_task
from meetings.services.closing import close_meeting
from meetings.services.planning import plan_meeting
from tests.cast import Cast
from tests.directives.orders import given
from tests.meetings.meetings import held, people_of
from tests.recount.given import done_in_time, late_on
from tests.recount.meetings import reached
from tests.recount.officers import settlements
from tests.standing import standing

YEAR = 2026
END = date(YEAR, 12, 31)
REGIME, PLAN = "S001-III.1.3d", "S001-III.2.3a"  # each month; each year
Late = set[tuple[str, str, date | None]]
said: dict[date, tuple[Late, Late]] = {}


def rows(sql: str, values: list[Any]) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def at(day: date) -> time_machine.travel:
    return time_machine.travel(f"{day} 17:00+07:00")


def play(cast: Cast) -> None:
    """Both communes are asked; xã Phú Lương hands the regime on to its branches, of which thôn Đoài forgets May."""
    said.clear()
    with at(date(YEAR, 1, 2)):
        load_documents()
        for branch in (cast.dong, cast.doai):
            people_of(branch, 3)
        tasks = [Obligation.everything.get(code=code) for code in (REGIME, PLAN)]
        above = given(cast.province, cast.actor("kien"), *tasks, to=To.COMMUNES)
        upper = OrderedTask.everything.get(order=above, task__obligation__code=REGIME)
        given(cast.phu_luong, cast.actor("mai"), tasks[0], above={upper.task_id: upper}, title="Giao tiếp")
        for name, branch in (("Đông", cast.dong), ("Đoài", None)):
            Settlement(commune=cast.phu_luong, branch=branch, kind="village", name=name).save()
    for month in range(1, 13):
        _month(cast, date(YEAR, month, 5))
    with at(date(YEAR, 12, 20)):
        plan = TaskAssignment.everything.get(organisation=cast.phu_luong, task__obligation__code=PLAN, state="doing")
        hand_in(plan, result="Kế hoạch 05-KH/ĐU", version=plan.version, by=cast.actor("mai"))
        accept(plan, by=cast.actor("kien"))


def _month(cast: Cast, day: date) -> None:
    with at(day):
        open_everywhere()
        for branch, name in ((cast.dong, "thinh"), (cast.doai, "hoa")):
            if branch == cast.dong or day.month != 5:
                waiting = TaskAssignment.everything.filter(organisation=branch, state="doing").latest("period")
                meeting = plan_meeting(branch, kind="regular", day=day, by=cast.actor(name))
                take_up_task(meeting, waiting.pk, by=cast.actor(name))
                AgendaItem.everything.filter(meeting=held(meeting)).update(done=True)
                close_meeting(meeting, by=cast.actor(name))
        late = TaskAssignment.objects.everywhere(reason="test").overdue(day)
        portal = set(late.values_list("task__obligation__code", "organisation__code", "period"))
        said[day] = portal, late_on(rows, "S001", day)


year_played = standing(play, on=date(YEAR, 1, 2))


@pytest.fixture
def year(year_played: Cast, db: None) -> Cast:
    return year_played


def test_every_month_the_portal_says_who_is_late_as_a_second_count_does(year: Cast):
    assert len(said) == 12
    for day, (portal, second) in said.items():
        assert portal == second, day
    assert (REGIME, "PL-2", date(YEAR, 5, 1)) in said[date(YEAR, 6, 5)][0]
    assert not any(place == "PL-1" for portal, _ in said.values() for _, place, _ in portal)


def test_the_commune_sees_its_branches_and_the_province_its_communes(year: Cast):
    rows_of = TaskAssignment.objects.everywhere(reason="test").with_below()
    commune = {
        row.period.month: (row.below_done, row.below)
        for row in rows_of.filter(organisation=year.phu_luong, task__obligation__code=REGIME)
    }
    assert commune == {month: (1 if month == 5 else 2, 2) for month in range(1, 13)}
    asked = Order.everything.get(organisation=year.province)
    plans = TaskAssignment.everything.filter(ordered__order=asked, task__obligation__code=PLAN)
    assert dict(plans.values_list("organisation__code", "state")) == {"PL": "done", "TH": "doing"}
    assert done_in_time(rows, "S001")[PLAN, "PL", date(YEAR, 1, 1)]


def found(year: Cast, code: str) -> Measured:
    target = Target.everything.filter(obligation__code=code).select_related("obligation")
    return measured(list(target), year.phu_luong, END)[0]


def test_a_village_without_a_branch_keeps_the_target_from_being_met_until_it_has_one(year: Cast):
    for verdict in (Verdict.NOT_MET, Verdict.MET):
        one = found(year, "S001-II.2c")
        second = settlements(rows, year.phu_luong.pk, date(YEAR, 1, 1), END).values()
        assert (one.figure.numerator, one.figure.denominator) == tuple(map(sum, zip(*second, strict=True)))
        assert one.verdict == verdict
        Settlement.everything.filter(name="Đoài").update(branch=year.doai)


@pytest.mark.parametrize(("value", "verdict"), [("90", Verdict.NOT_MET), ("90.1", Verdict.MET)])
def test_more_than_ninety_per_cent_leaves_ninety_out(year: Cast, value: str, verdict: Verdict):
    """The ranking of the year is said by hand as long as its records are not in the portal."""
    target = Target.everything.get(obligation__code="S001-II.2e")
    with at(END):
        say_by_hand(
            target,
            organisation=year.phu_luong,
            as_of=END,
            value=Decimal(value),
            words="Thông báo 7-TB/ĐU",
            by=year.actor("mai"),
        )
    assert found(year, "S001-II.2e").verdict == verdict
    comparison, level = rows(LEVEL, ["S001-II.2e"])[0]
    assert (comparison, reached(int(Decimal(value) * 10), 1_000, comparison, int(level))) == (
        "over",
        verdict == Verdict.MET,
    )


LEVEL = """
SELECT target.comparison, target.value FROM directives_target target
JOIN directives_obligation obligation ON obligation.id = target.obligation_id WHERE obligation.code = %s
"""
