"""The commune's plan under Chỉ thị 35, from November 2023 on: its days are kept or missed, and every day says who is late."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import connection

from directives.models import Document, Obligation, Study, TaskAssignment, To
from directives.models.assignment import TaskAssignmentQuerySet
from directives.services.assignments import accept, hand_in
from directives.services.library import load_documents
from directives.services.opening import open_everywhere
from directives.services.study import record_session
from tests.cast import Cast
from tests.directives.orders import given
from tests.members.people import on_the_roll
from tests.recount.given import done_in_time, late_on
from tests.standing import standing

BEGINS = date(2023, 10, 20)
STUDY, CONFERENCE, CALENDAR, BRANCH, COUNCIL = "S000-II.2a", "S000-II.1", "S000-IV.1a", "S000-IV.1g", "S000-IV.7"
Late = set[tuple[str, str, date | None]]
said: dict[date, tuple[Late, Late]] = {}  # what the portal said that day, and what a second count said


def rows(sql: str, values: list[Any]) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def play(cast: Cast) -> None:
    """Thôn Đông studies in November, thôn Đoài five days late; the office forgets the calendar of March; the council answers in January."""
    said.clear()
    people: dict[int, Any] = {}
    with at(BEGINS):
        load_documents()
        people = {branch.pk: on_the_roll(branch, "Lò Văn Pành") for branch in (cast.dong, cast.doai)}
        here = list(Obligation.everything.filter(code__in=(CONFERENCE, CALENDAR, BRANCH, COUNCIL)))
        mai = cast.actor("mai")
        given(cast.phu_luong, mai, *here, to=To.HERE)
        given(cast.phu_luong, mai, Obligation.everything.get(code=STUDY), to=To.BRANCHES)
    study = Study.everything.get(document=Document.everything.get(source="S000"))
    done(cast, CONFERENCE, date(2023, 11, 20))
    with at(date(2023, 11, 25)):
        record_session(
            study, branch=cast.dong, held_on=date(2023, 11, 25), members=[people[cast.dong.pk]], by=cast.actor("thinh")
        )
    look(date(2023, 11, 30), date(2023, 12, 1))
    with at(date(2023, 12, 5)):
        record_session(
            study, branch=cast.doai, held_on=date(2023, 12, 5), members=[people[cast.doai.pk]], by=cast.actor("hoa")
        )
    look(date(2023, 12, 31), date(2024, 1, 1))
    with at(date(2024, 1, 10)):
        for row in TaskAssignment.everything.filter(task__obligation__code=COUNCIL).exclude(state="done"):
            accept(row, words="Nghị quyết 12 của HĐND xã", by=cast.actor("mai"))
    look(date(2024, 1, 10))
    done(cast, BRANCH, date(2024, 1, 31))
    look(date(2024, 2, 1))
    for month in (11, 12, 13, 14, 16, 17, 18):  # not March
        done(cast, CALENDAR, date(2023 + (month - 1) // 12, (month - 1) % 12 + 1, 20), of_month=True)
    look(date(2024, 3, 31), date(2024, 4, 1))


def at(day: date) -> time_machine.travel:
    return time_machine.travel(f"{day} 10:00+07:00")


def done(cast: Cast, code: str, day: date, *, of_month: bool = False) -> None:
    with at(day):
        open_everywhere()
        waiting = TaskAssignment.everything.filter(task__obligation__code=code, state="doing")
        for row in waiting.filter(period=day.replace(day=1)) if of_month else waiting:
            hand_in(row, result="Đã làm", version=row.version, by=cast.actor("mai"))


def look(*days: date) -> None:
    for day in days:
        with at(day):
            open_everywhere()
            rows_late: TaskAssignmentQuerySet = TaskAssignment.objects.everywhere(reason="test").overdue(day)
            portal = set(rows_late.values_list("task__obligation__code", "organisation__code", "period"))
            said[day] = portal, late_on(rows, "S000", day)


year_played = standing(play, on=BEGINS)


@pytest.fixture
def year(year_played: Cast, db: None) -> Cast:
    return year_played


def test_on_every_day_the_portal_says_what_a_second_count_says(year: Cast):
    assert len(said) == 8
    for day, (portal, second) in said.items():
        assert portal == second, day


def test_on_its_last_day_nothing_is_late_and_the_day_after_it_is(year: Cast):
    """“Hoàn thành trong tháng 11/2023” takes the thirtieth in."""
    late = {day: portal for day, (portal, _) in said.items()}
    assert (STUDY, "PL-2", None) not in late[date(2023, 11, 30)]
    assert (STUDY, "PL-2", None) in late[date(2023, 12, 1)]
    assert (STUDY, "PL-1", None) not in late[date(2023, 12, 1)]
    assert {code for code, _, _ in late[date(2024, 1, 1)]} >= {COUNCIL}
    assert COUNCIL not in {code for code, _, _ in late[date(2023, 12, 31)]}
    assert BRANCH not in {code for code, _, _ in late[date(2024, 2, 1)]}  # done on the thirty-first of January itself
    march = (CALENDAR, "PL", date(2024, 3, 1))
    assert march not in late[date(2024, 3, 31)]
    assert march in late[date(2024, 4, 1)]


def test_what_is_done_was_done_in_time_or_late(year: Cast):
    second = done_in_time(rows, "S000")
    portal = {
        (row.task.obligation.code, row.organisation.code, row.period): not row.was_late
        for row in TaskAssignment.everything.filter(state="done").select_related("task__obligation", "organisation")
    }
    assert portal == second
    assert (second[STUDY, "PL-1", None], second[STUDY, "PL-2", None]) == (True, False)
    assert second[BRANCH, "PL", None]


def test_a_seeded_mistake_is_caught(year: Cast, monkeypatch: pytest.MonkeyPatch):
    """≤ for <: on the thirtieth of November the portal would have called thôn Đoài late."""
    monkeypatch.setattr(
        TaskAssignmentQuerySet, "overdue", lambda rows, on: rows.filter(due_on__lte=on).exclude(done_on__lte=on)
    )
    day = date(2023, 11, 30)
    found = TaskAssignment.objects.everywhere(reason="test").overdue(day)
    assert set(found.values_list("task__obligation__code", "organisation__code", "period")) != said[day][1]
