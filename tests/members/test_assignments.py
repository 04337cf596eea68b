"""Yearly assignments: proposed, agreed, marked, judged; who must have some; and what the summary knows of it."""

from datetime import date, timedelta

import pytest

from branches.models.summary import Month
from branches.services.reorganisation import dissolve_organisation
from branches.services.rules import load_rules
from members.models import Assignment, AssignmentMark, Member, Outcome, State
from members.queries.assignments import must_have_tasks, year_of
from members.services.assignments import (
    add_assignment,
    agree_assignments,
    change_assignment,
    drop_proposed,
    end_assignment,
    judge_year,
    mark_month,
    propose_assignments,
)
from members.services.memberships import move_member
from members.services.states import relieve, set_state
from portal.words.errors import ChangedMeanwhile, DomainError, NotAllowed
from tests.cast import Cast
from tests.members.people import on_the_roll

D = date(2026, 1, 10)
DAY = timedelta(days=1)
pytestmark = pytest.mark.usefixtures("_rules")


@pytest.fixture
def _rules(db) -> None:
    load_rules()


def test_everybody_gets_the_template_once_and_the_branch_agrees(cast: Cast, po: Member):
    on_the_roll(cast.dong, "Hà Văn Bí")
    exempt = on_the_roll(cast.dong, "Lò Văn Già")
    relieve(exempt, state=State.EXEMPT, since=D - DAY, ground="tuổi cao", by=cast.actor("thinh"))
    assert propose_assignments(cast.dong, year=2026, on=D, by=cast.actor("thinh")) == 2
    assert propose_assignments(cast.dong, year=2026, on=D, by=cast.actor("thinh")) == 0
    assert not Assignment.everything.filter(member=exempt).exists()
    year = year_of(cast.dong, 2026, D, cast.actor("thinh"))
    assert (len(year.must), year.have, year.proposed) == (2, 0, 6)
    assert agree_assignments(cast.dong, year=2026, on=D, by=cast.actor("thinh")) == 6
    assert year_of(cast.dong, 2026, D, cast.actor("thinh")).have == 2


def test_a_newcomer_gets_tasks_on_arrival(cast: Cast, po: Member):
    propose_assignments(cast.dong, year=2026, on=D, by=cast.actor("thinh"))
    on_the_roll(cast.dong, "Hà Văn Bí", since=D + 60 * DAY)
    assert propose_assignments(cast.dong, year=2026, on=D + 60 * DAY, by=cast.actor("thinh")) == 1


def test_before_it_is_agreed_a_task_is_changed_after_that_it_is_ended(cast: Cast, po: Member):
    by = cast.actor("thinh")
    task = add_assignment(po, branch=cast.dong, year=2026, words="Giữ sổ  chi bộ", by=by)
    assert task.words == "Giữ sổ chi bộ"
    task = change_assignment(task, words="Giữ sổ và quỹ chi bộ", version=1, by=by)
    with pytest.raises(ChangedMeanwhile):
        change_assignment(task, words="khác", version=1, by=by)
    with pytest.raises(DomainError, match="mới là dự kiến"):
        end_assignment(task, on=D, because="x", by=by)
    agree_assignments(cast.dong, year=2026, on=D, by=by)
    with pytest.raises(DomainError, match="đã được chi bộ thông qua"):
        change_assignment(task, words="khác", version=2, by=by)
    with pytest.raises(DomainError, match="thông qua"):
        drop_proposed(task, by=by)
    other = add_assignment(po, branch=cast.dong, year=2026, words="Giữ cờ", by=by)
    for _ in range(2):  # a press that comes twice
        drop_proposed(Assignment(pk=other.pk), by=by)
    with pytest.raises(DomainError, match="vừa được bỏ"):
        change_assignment(other, words="Giữ loa", version=1, by=by)
    with pytest.raises(DomainError, match="vì sao"):
        end_assignment(task, on=D, because=" ", by=by)
    end_assignment(task, on=D + DAY, because="đổi việc", by=by)
    in_force = [Assignment.everything.in_force_on(D + n * DAY).exists() for n in (-1, 0, 1)]
    assert in_force == [False, True, False]


@pytest.mark.parametrize("words", ["", "   "])
def test_a_task_says_something(cast: Cast, po: Member, words: str):
    with pytest.raises(DomainError, match="nội dung"):
        add_assignment(po, branch=cast.dong, year=2026, words=words, by=cast.actor("thinh"))


def test_the_same_task_is_given_once(cast: Cast, po: Member):
    add_assignment(po, branch=cast.dong, year=2026, words="Giữ sổ", by=cast.actor("thinh"))
    with pytest.raises(DomainError, match="đã có nhiệm vụ ấy"):
        add_assignment(po, branch=cast.dong, year=2026, words="Giữ sổ", by=cast.actor("mai"))
    with pytest.raises(DomainError, match="không sinh hoạt ở"):
        add_assignment(po, branch=cast.doai, year=2026, words="Giữ sổ", by=cast.actor("mai"))
    with pytest.raises(NotAllowed):
        add_assignment(po, branch=cast.dong, year=2026, words="Giữ quỹ", by=cast.actor("son"))


def test_a_month_is_marked_twice_with_the_same_result_and_unmarked(cast: Cast, po: Member):
    by = cast.actor("thinh")
    task = add_assignment(po, branch=cast.dong, year=2026, words="Giữ sổ", by=by)
    with pytest.raises(DomainError, match="chưa thông qua"):
        mark_month(task, month=2, outcome=Outcome.DONE, by=by)
    agree_assignments(cast.dong, year=2026, on=D, by=by)
    for _ in range(2):
        mark_month(task, month=2, outcome=Outcome.DONE, by=by)
    assert AssignmentMark.everything.get().outcome == "done"
    with pytest.raises(DomainError, match="1 đến 12"):
        mark_month(task, month=13, outcome=Outcome.DONE, by=by)
    mark_month(task, month=2, outcome=None, by=by)
    assert not AssignmentMark.everything.exists()
    assert judge_year(task, result=Outcome.EXCELLENT, remark="chu đáo", by=by).result == "excellent"


def test_who_must_have_tasks_by_day(cast: Cast, po: Member):
    retired = on_the_roll(cast.dong, "Lò Văn Hưu", job="hưu trí")
    relieve(po, state=State.DEFERRED, since=D, until=D + 9 * DAY, ground="đi xa", by=cast.actor("thinh"))
    must = [sorted(str(m) for m in must_have_tasks(cast.dong, D + n * DAY)) for n in (-1, 0, 9, 10)]
    both = ["Lò Văn Hưu", "Quàng Văn Pó"]
    assert must == [both, ["Lò Văn Hưu"], ["Lò Văn Hưu"], both]
    set_state(retired, state=State.DIED, on=D + 20 * DAY, by=cast.actor("mai"))
    assert [len(must_have_tasks(cast.dong, D + n * DAY)) for n in (19, 20)] == [2, 1]


def test_who_leaves_takes_no_task_along(cast: Cast, po: Member):
    by = cast.actor("mai")
    add_assignment(po, branch=cast.dong, year=2026, words="Giữ sổ", by=by)
    agree_assignments(cast.dong, year=2026, on=D, by=by)
    add_assignment(po, branch=cast.dong, year=2026, words="Giữ quỹ", by=by)
    move_member(po, to=cast.doai, on=D + 30 * DAY, by=by)
    row = Assignment.everything.get()
    assert (row.ended_on, row.ended_because) == (D + 30 * DAY, "Chuyển sinh hoạt đến Chi bộ thôn Đoài")


def facts(cast: Cast, month: int) -> tuple:
    row = Month.everything.filter(organisation=cast.dong, month=date(2026, month, 1))
    return row.values_list("strength", "full_members", "working", "with_tasks", "has_secretary").get()


def test_the_summary_follows_every_change(cast: Cast, po: Member):
    by = cast.actor("mai")
    bi = on_the_roll(cast.dong, "Hà Văn Bí")
    add_assignment(po, branch=cast.dong, year=2026, words="Giữ sổ", by=by)
    agree_assignments(cast.dong, year=2026, on=date(2026, 2, 5), by=by)
    relieve(bi, state=State.EXEMPT, since=date(2026, 3, 31), ground="ốm", by=by)
    set_state(po, state=State.DIED, on=date(2026, 5, 1), by=by)
    assert [facts(cast, month) for month in (2, 3, 4, 5)] == [
        (2, 2, 2, 1, False), (2, 2, 1, 1, False), (2, 2, 1, 1, False), (1, 1, 0, 0, False),
    ]  # fmt: skip
    dissolve_organisation(cast.dong, heir=cast.doai, on=date(2026, 8, 1), by=by)
    assert [facts(cast, month)[0] for month in (7, 8)] == [1, 0]
