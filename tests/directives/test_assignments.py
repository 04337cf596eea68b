"""What both sides say of an assignment: progress, result, more time; taken, returned, granted, refused."""

import pytest

from directives.models import Extension, TaskAssignment, TaskStep, To
from directives.queries.tasks_in_review import tasks_of
from directives.services import assignments as services
from directives.services.progress_sheets import check_progress, write_progress
from portal.files.sheets.headings import Line
from portal.words.errors import ChangedMeanwhile, DomainError, NotAllowed
from tests.cast import Cast
from tests.directives.orders import days, given, today


@pytest.fixture
def row(cast: Cast) -> TaskAssignment:
    given(cast.phu_luong, cast.actor("mai"))
    return TaskAssignment.everything.get(organisation=cast.dong)


def fresh(row: TaskAssignment) -> TaskAssignment:
    return TaskAssignment.everything.select_related("organisation", "ordered").get(pk=row.pk)


def test_progress_is_noted_and_stands_in_the_trail(cast: Cast, row: TaskAssignment):
    services.note(row, words="Đã họp bàn", progress=40, version=1, by=cast.actor("thinh"))
    assert fresh(row).progress == 40
    step = TaskStep.everything.get()
    assert (step.kind, step.words, step.progress, step.by) == ("note", "Đã họp bàn", 40, cast["thinh"])


def test_two_at_once_the_second_is_told(cast: Cast, row: TaskAssignment):
    services.note(row, words="Một", progress=None, version=1, by=cast.actor("thinh"))
    with pytest.raises(ChangedMeanwhile):
        services.note(row, words="Hai", progress=None, version=1, by=cast.actor("thom"))
    assert TaskStep.everything.count() == 1


def test_a_result_is_handed_in_taken_and_may_still_be_returned(cast: Cast, row: TaskAssignment):
    thinh, mai = cast.actor("thinh"), cast.actor("mai")
    services.hand_in(row, result="Đã ban hành kế hoạch", version=1, by=thinh)
    assert (fresh(row).state, fresh(row).handed_in_on) == ("handed in", today())
    services.accept(row, by=mai)
    assert (fresh(row).state, fresh(row).done_on, fresh(row).progress) == ("done", today(), 100)
    services.send_back(row, words="Thiếu phụ lục", by=mai)
    assert (fresh(row).state, fresh(row).returned_because, fresh(row).done_on) == ("doing", "Thiếu phụ lục", None)
    services.hand_in(row, result="Đã bổ sung", version=fresh(row).version, by=thinh)
    assert fresh(row).returned_because == ""


def test_of_a_body_on_paper_the_giver_says_how_it_is_known(cast: Cast, row: TaskAssignment):
    with pytest.raises(DomainError, match="căn cứ"):
        services.accept(row, by=cast.actor("mai"))
    services.accept(row, words="Báo cáo giấy 12-BC/CB", by=cast.actor("mai"))
    assert fresh(row).state == "done"


def test_what_one_gave_oneself_is_done_when_one_says_so(cast: Cast):
    given(cast.phu_luong, cast.actor("mai"), to=To.HERE)
    row = TaskAssignment.everything.get()
    services.hand_in(row, result="Xong", version=1, by=cast.actor("mai"))
    assert fresh(row).state == "done"


def test_time_is_asked_for_and_granted_to_a_day(cast: Cast, row: TaskAssignment):
    thinh, mai = cast.actor("thinh"), cast.actor("mai")
    with pytest.raises(DomainError, match="phải sau hạn"):
        services.ask_for_time(row, until=days(30), because="Mưa lũ", version=1, by=thinh)
    asked = services.ask_for_time(row, until=days(45), because="Mưa lũ", version=1, by=thinh)
    with pytest.raises(DomainError, match="đang chờ"):
        services.ask_for_time(row, until=days(50), because="Mưa lũ", version=1, by=thinh)
    services.answer_time(asked, granted=True, until=days(40), words="", by=mai)
    assert fresh(row).due_on == days(40)
    with pytest.raises(DomainError, match="đã được trả lời"):
        services.answer_time(Extension.everything.get(), granted=False, until=None, words="Không", by=mai)


def test_refused_with_a_reason_the_day_stays(cast: Cast, row: TaskAssignment):
    asked = services.ask_for_time(row, until=days(45), because="Mưa lũ", version=1, by=cast.actor("thinh"))
    with pytest.raises(DomainError, match="lý do"):
        services.answer_time(asked, granted=False, until=None, words="", by=cast.actor("mai"))
    services.answer_time(asked, granted=False, until=None, words="Phải kịp sơ kết", by=cast.actor("mai"))
    assert fresh(row).due_on == days(30)


def test_each_side_does_its_own_part_only(cast: Cast, row: TaskAssignment):
    with pytest.raises(NotAllowed):
        services.note(row, words="x", progress=None, version=1, by=cast.actor("hoa"))
    with pytest.raises(NotAllowed):
        services.accept(row, words="x", by=cast.actor("thinh"))
    with pytest.raises(NotAllowed):
        services.accept(row, words="x", by=cast.actor("quyet"))


def test_late_is_judged_on_the_day_of_reading(cast: Cast, row: TaskAssignment):
    assert not fresh(row).is_late_on(days(30))
    assert fresh(row).is_late_on(days(31))
    late = TaskAssignment.objects.everywhere(reason="test")
    assert (late.overdue(days(30)).count(), late.overdue(days(31)).count()) == (0, 2)


# by a sheet


def line(number: int, row: TaskAssignment | str, progress: str = "", done: str = "", words: str = "") -> Line:
    code = str(row.pk) if isinstance(row, TaskAssignment) else row
    return Line(number, {"code": code, "place": "", "task": "", "progress": progress, "done": done, "words": words})


def test_a_sheet_says_what_would_change_and_then_changes_it(cast: Cast, row: TaskAssignment):
    other, mai = TaskAssignment.everything.get(organisation=cast.doai), cast.actor("mai")
    order = row.ordered.order
    lines = [line(3, row, "60", words="Đã họp"), line(4, other, done="x", words="Báo cáo 5-BC/CB"), line(5, "999", "1")]
    checked = check_progress(lines, order=order, by=mai)
    assert ([one.becomes for one in checked.right], [one.line.number for one in checked.wrong]) == (
        ["60 %", "Hoàn thành"],
        [5],
    )
    assert fresh(row).progress == 0
    assert write_progress(lines, order=order, by=mai) == 2
    assert (fresh(row).progress, fresh(other).state, fresh(other).done_on) == (60, "done", today())
    assert write_progress([line(3, row, "60")], order=order, by=mai) == 0  # nothing new


@pytest.mark.parametrize(
    ("facts", "said"),
    [({"progress": "101"}, "từ 0 đến 100"), ({"progress": "nửa"}, "từ 0 đến 100"), ({"done": "gần"}, "đánh dấu x"), ({"done": "x"}, "căn cứ")],
)  # fmt: skip
def test_what_is_wrong_in_a_sheet_is_said_in_its_line(
    cast: Cast, row: TaskAssignment, facts: dict[str, str], said: str
):
    checked = check_progress([line(3, row, **facts)], order=row.ordered.order, by=cast.actor("mai"))
    assert said in " ".join(checked.wrong[0].wrong)


def test_a_sheet_of_another_order_is_not_written(cast: Cast, row: TaskAssignment):
    other = given(cast.tan_hoa, cast.actor("quyet"))
    assert check_progress([line(3, row, "60")], order=other, by=cast.actor("quyet")).right == []
    with pytest.raises(NotAllowed):
        check_progress([line(3, row, "60")], order=row.ordered.order, by=cast.actor("quyet"))


def test_a_review_counts_what_fell_due_in_its_days_by_state(cast: Cast, row: TaskAssignment):
    document = row.ordered.order.document
    TaskAssignment.everything.filter(organisation=cast.doai).update(state="done", done_on=today())

    def said(last: int) -> dict[str, int]:
        return {one.state: one.count for one in tasks_of(document, cast.phu_luong, days(0), days(last))}

    assert said(29) == {}
    assert said(30) == {"done": 1, "doing": 1}
    assert said(31) == {"done": 1, "late": 1}
    assert tasks_of(document, cast.tan_hoa, days(0), days(60)) == []
