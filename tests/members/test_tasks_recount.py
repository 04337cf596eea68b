"""Target (4) at three dates, before and after a merger: the summary says what a second count says."""

from datetime import date, timedelta
from random import Random
from typing import Any

from django.db import connection

from branches.models.summary import Month
from branches.services.reorganisation import dissolve_organisation, undo_reorganisation
from branches.services.rules import load_rules
from branches.summary.months import next_month
from members.models import Assignment, Member, State
from members.services.assignments import agree_assignments, end_assignment, propose_assignments
from members.services.memberships import move_member
from members.services.states import end_relief, relieve, set_state
from tests.cast import Cast
from tests.members.people import on_the_roll
from tests.recount.tasks import tasks

MONTHS = [date(2026, month, 1) for month in (1, 4, 9)]
MERGED_ON = date(2026, 7, 1)


def rows(sql: str, values: list[Any]) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def recounted(month: date) -> dict[int, tuple[int, int]]:
    return {branch: found for branch, found in tasks(rows, next_month(month) - timedelta(days=1)).items() if found[0]}


def known(month: date) -> dict[int, tuple[int, int]]:
    found = Month.everything.filter(month=month, working__gt=0).values_list("organisation", "working", "with_tasks")
    return {branch: (must, have) for branch, must, have in found}


def a_year_of_changes(cast: Cast) -> None:
    random, by = Random(7), cast.actor("mai")
    people = [on_the_roll(branch, f"Lò Văn {n}") for branch in (cast.dong, cast.doai) for n in range(12)]
    for branch in (cast.dong, cast.doai):
        propose_assignments(branch, year=2026, on=date(2026, 1, 5), by=by)
        agree_assignments(branch, year=2026, on=date(2026, 1, 9), by=by)
    on_the_roll(cast.dong, "Hà Thị Mới", since=date(2026, 4, 3), state=State.PROBATIONARY)
    for member in random.sample(people, 6):
        relieve(member, state=State.EXEMPT, since=date(2026, random.randint(1, 9), 8), ground="ốm", by=by)
    for member in random.sample(people, 4):
        if not Member.everything.get(pk=member.pk).relief:
            set_state(member, state=State.DIED, on=date(2026, random.randint(2, 10), 3), by=by)
    back = Member.everything.filter(relief=State.EXEMPT, state=State.FULL).first()
    end_relief(back, on=date(2026, 11, 10), by=by)
    going = Member.everything.filter(branch=cast.dong, state=State.FULL, relief="").last()
    move_member(going, to=cast.doai, on=date(2026, 3, 15), by=by)
    for row in Assignment.everything.filter(ended_on=None, agreed_on__isnull=False)[:5]:
        end_assignment(row, on=date(2026, 4, 30), because="đổi việc", by=by)


def test_three_dates_before_and_after_a_merger(cast: Cast):
    load_rules()
    a_year_of_changes(cast)
    before = {month: known(month) for month in MONTHS}
    assert before == {month: recounted(month) for month in MONTHS}
    assert all(len(found) == 2 for found in before.values())
    record = dissolve_organisation(cast.dong, heir=cast.doai, on=MERGED_ON, by=cast.actor("mai"))
    after = {month: known(month) for month in MONTHS}
    assert after == {month: recounted(month) for month in MONTHS}
    assert [after[month] == before[month] for month in MONTHS] == [True, True, False]
    assert list(after[MONTHS[2]]) == [cast.doai.pk]
    undo_reorganisation(record, by=cast.actor("mai"))
    assert {month: known(month) for month in MONTHS} == before
