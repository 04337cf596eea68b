"""Tasks given by directive that are overdue: grouped by task, as they stood on the day looked from, each with its list."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.test import Client

from directives.models import AssignmentState, TaskAssignment
from tests.cast import Cast, assemble
from tests.dashboards.test_commune import page_of, read
from tests.dashboards.test_reminding import signed_in
from tests.directives.orders import a_task, given
from tests.directives.papers import a_document

WORDS = "Nộp nghị quyết chuyên đề"


@pytest.fixture
def cast(db: None) -> Iterator[Cast]:
    """Given to both branches on October 1, due by October 31; today is November 10."""
    with time_machine.travel("2026-10-01 09:00+07:00"):
        cast = assemble(date(2026, 10, 1))
        task = a_task(a_document(cast.phu_luong, "Kế hoạch"), WORDS, due_on=date(2026, 10, 31))
        given(cast.phu_luong, cast.actor("mai"), task)
    with time_machine.travel("2026-11-10 09:00+07:00"):
        yield cast


def part(cast: Cast, name: str = "mai", **words: str) -> str:
    said = read(page_of(signed_in(cast, name), cast.phu_luong, **words))
    return said.split("Nhiệm vụ quá hạn", 1)[1].split("Đảng viên chưa được giao")[0]


def test_one_line_for_a_task_that_several_have_not_done(cast: Cast):
    said = part(cast)
    assert said.count(WORDS) == 1
    assert "2 việc giao cho chi bộ" in said
    assert "2 chi bộ: thôn Đoài, thôn Đông" in said
    assert "Quá hạn 10 ngày" in said


def test_done_by_one_it_is_the_others(cast: Cast):
    done = TaskAssignment.everything.filter(organisation=cast.dong)
    done.update(state=AssignmentState.DONE, done_on=date(2026, 11, 5))
    said = part(cast)
    assert "Chi bộ thôn Đoài" in said
    assert "1 việc" in said


def test_on_a_past_day_it_is_as_it_was_then(cast: Cast):
    TaskAssignment.everything.filter(organisation=cast.dong).update(
        state=AssignmentState.DONE, done_on=date(2026, 11, 5)
    )
    assert "2 việc" in part(cast, den="2026-11-04")
    assert "1 việc" in part(cast, den="2026-11-06")
    assert "Không có nhiệm vụ nào quá hạn" in part(cast, den="2026-10-31")


@pytest.mark.parametrize(
    ("words", "count"), [("", 2), ("?den=2026-10-31", 0), ("?viec={task}", 2), ("?vb=999999", 2), ("?viec=x", 2)]
)
def test_the_list_holds_exactly_those(cast: Cast, words: str, count: int):
    task = TaskAssignment.everything.values_list("ordered", flat=True)[0]
    client: Client = signed_in(cast, "mai")
    html = client.get(f"/tong-quan/{cast.phu_luong.pk}/viec-qua-han/{words.format(task=task)}").content.decode()
    assert html.count('class="task__title"') == count


def test_another_communes_are_not_there(cast: Cast):
    """Quyết gives a task in Tân Hòa, which is overdue too."""
    with time_machine.travel("2026-10-01 09:00+07:00"):
        task = a_task(a_document(cast.tan_hoa, "Kế hoạch"), "Của nơi khác", due_on=date(2026, 10, 31))
        given(cast.tan_hoa, cast.actor("quyet"), task)
    assert "Của nơi khác" not in part(cast)
    assert "2 việc" in part(cast, "kien")
