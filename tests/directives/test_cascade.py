"""Giving what a document obliges to: one assignment for each who must and each period, handed on, withdrawn, proved."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from branches.models import Organisation
from directives.models import AssignmentState, Order, OrderedTask, Receipt, Study, TaskAssignment, TaskStep, To
from directives.queries.cascade import is_later, preview_of, tasks_of_document
from directives.services import cascade
from directives.services.assignments import receive
from directives.services.opening import open_everywhere
from directives.services.study import order_study, record_session
from directives.timing import Operator, Pace, Timing
from portal.words.errors import DomainError, NotAllowed
from tests.cast import Cast
from tests.directives.orders import a_task, an_order, days, given, monthly, set_to, today
from tests.directives.papers import a_document
from tests.members.people import on_the_roll


def who_has(order: Order) -> set[str]:
    rows = TaskAssignment.everything.filter(ordered__order=order).exclude(state=AssignmentState.WITHDRAWN)
    return set(rows.values_list("organisation__code", flat=True))


# giving


def test_every_branch_below_gets_it_once_and_a_receipt_to_confirm(cast: Cast):
    order = given(cast.province, cast.actor("kien"))
    assert who_has(order) == {"PL-1", "PL-2", "TH-1"}
    assert TaskAssignment.everything.count() == Receipt.everything.count() == 3
    row = TaskAssignment.everything.first()
    assert (row.state, row.due_on, row.progress, row.opens_on) == ("doing", days(30), 0, today())


@pytest.mark.parametrize(
    ("to", "places"),
    [(To.COMMUNES, {"PL", "TH"}), (To.BASES, {"PL-1", "PL-2", "TH-1"}), (To.HERE, {"TB"})],
)
def test_to_whom_follows_kind_and_rank(cast: Cast, to: str, places: set[str]):
    assert who_has(given(cast.province, cast.actor("kien"), to=to)) == places


def test_to_some_that_are_chosen_and_to_nobody_outside(cast: Cast):
    mai = cast.actor("mai")
    assert who_has(given(cast.phu_luong, mai, to=To.CHOSEN, chosen=[cast.doai])) == {"PL-2"}
    with pytest.raises(DomainError, match="trực thuộc"):
        an_order(cast.phu_luong, mai, to=To.CHOSEN, chosen=[cast.thuong])


def test_those_who_are_not_in_the_portal_yet_get_nothing(cast: Cast):
    Organisation.everything.filter(pk=cast.doai.pk).update(joined_on=days(1))
    assert who_has(given(cast.province, cast.actor("kien"))) == {"PL-1", "TH-1"}


def test_what_one_gives_to_oneself_needs_no_receipt(cast: Cast):
    given(cast.phu_luong, cast.actor("mai"), to=To.HERE)
    assert Receipt.everything.get().received_on == today()


def test_only_the_office_and_leaders_give_and_only_where_they_act(cast: Cast):
    for name in ("thinh", "son", "quyet"):
        with pytest.raises(NotAllowed):
            an_order(cast.phu_luong, cast.actor(name))
    order = an_order(cast.phu_luong, cast.actor("vinh"))
    with pytest.raises(NotAllowed):
        cascade.give(order, by=cast.actor("quyet"))


def test_given_twice_it_is_refused_and_the_database_keeps_one_of_each(cast: Cast):
    mai = cast.actor("mai")
    order = given(cast.phu_luong, mai)
    with pytest.raises(DomainError, match="đã giao"):
        cascade.give(order, by=mai)
    row = TaskAssignment.everything.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        TaskAssignment(ordered=row.ordered, organisation=row.organisation, task=row.task, opens_on=today()).save()


def test_a_day_that_is_over_is_not_given(cast: Cast):
    order = an_order(cast.phu_luong, cast.actor("mai"), timing=Timing(Pace.ONCE, Operator.WITHIN, due_on=days(-1)))
    with pytest.raises(DomainError, match="quá hạn"):
        cascade.give(order, by=cast.actor("mai"))
    assert preview_of(order, today())[0].warnings == [f"Hạn {days(-1):%d/%m/%Y} đã qua: đặt lại hạn."]


def test_a_task_of_an_organisation_and_of_a_body_without_account_becomes_two(cast: Cast):
    document = a_document(cast.phu_luong, "Kế hoạch")
    order = cascade.draft_order(document, organisation=cast.phu_luong, title="Thử", by=cast.actor("mai"))
    cascade.choose_tasks(order, obligations=[a_task(document, bearers=["branch", "council"])], by=cast.actor("mai"))
    assert [(row.bearer, row.to) for row in order.tasks.all()] == [("", To.BRANCHES), ("council", To.HERE)]


# periods


def test_what_comes_again_opens_by_itself_each_month_and_never_twice(cast: Cast):
    order = given(cast.phu_luong, cast.actor("mai"), timing=monthly())
    first = today().replace(day=1)
    following = (first + timedelta(days=32)).replace(day=1)
    assert TaskAssignment.everything.count() == 2
    assert open_everywhere(following - timedelta(days=1)) == 0
    assert open_everywhere(following) == 2
    assert open_everywhere(following) == 0
    assert open_everywhere(following + timedelta(days=3)) == 0
    periods = TaskAssignment.everything.filter(ordered__order=order, organisation=cast.dong).values_list(
        "period", flat=True
    )
    assert set(periods) == {first, following}


def test_a_branch_founded_meanwhile_gets_the_next_period(cast: Cast):
    given(cast.phu_luong, cast.actor("mai"), timing=monthly())
    Organisation.everything.filter(pk=cast.thuong.pk).update(
        parent=cast.phu_luong, path=f"{cast.phu_luong.path}{cast.thuong.pk}/"
    )
    following = (today().replace(day=1) + timedelta(days=32)).replace(day=1)
    assert open_everywhere(following) == 3


def test_after_an_event_it_opens_when_the_event_is_recorded_down_to_whom_it_was_handed_on(cast: Cast):
    kien, mai = cast.actor("kien"), cast.actor("mai")
    timing = Timing(Pace.AFTER_EVENT, event="có hướng dẫn", event_days=15)
    above = given(cast.province, kien, to=To.COMMUNES, timing=timing)
    upper = above.tasks.get()
    lower = given(cast.phu_luong, mai, upper.task.obligation, above={upper.task_id: upper})
    assert TaskAssignment.everything.count() == 0
    cascade.record_occurrence(upper, on=today(), words="Hướng dẫn 05-HD/BTCTU", by=kien)
    assert who_has(above) == {"PL", "TH"}
    assert who_has(lower) == {"PL-1", "PL-2"}
    assert set(TaskAssignment.everything.values_list("due_on", flat=True)) == {days(15)}
    with pytest.raises(DomainError, match="đã ghi"):
        cascade.record_occurrence(upper, on=today(), words="Lần nữa", by=kien)


# handing on


def test_handed_on_the_level_above_sees_how_many_below_have_done_it(cast: Cast):
    upper = given(cast.province, cast.actor("kien"), to=To.COMMUNES).tasks.get()
    given(cast.phu_luong, cast.actor("mai"), upper.task.obligation, above={upper.task_id: upper})
    TaskAssignment.everything.filter(organisation=cast.dong).update(state="done", done_on=today())
    own = TaskAssignment.objects.everywhere(reason="test").with_below().get(organisation=cast.phu_luong)
    other = TaskAssignment.objects.everywhere(reason="test").with_below().get(organisation=cast.tan_hoa)
    assert ((own.below_done, own.below), (other.below_done, other.below)) == ((1, 2), (0, 0))
    step = TaskStep.everything.get()
    assert (step.assignment_id, step.kind, step.words) == (own.pk, "handed on", "Kế hoạch thử")


def test_a_later_day_than_above_is_warned_of(cast: Cast):
    mai, upper = cast.actor("mai"), given(cast.province, cast.actor("kien"), to=To.COMMUNES).tasks.get()
    order = an_order(cast.phu_luong, mai, upper.task.obligation, above={upper.task_id: upper})
    assert preview_of(order, today())[0].warnings == []
    set_to(order.tasks.get(), mai, timing=upper.timing.also(due_on=days(31)))
    assert "muộn hơn cấp trên" in preview_of(order, today())[0].warnings[0]


@pytest.mark.parametrize(
    ("own", "above", "later"),
    [
        (
            Timing(Pace.ONCE, "within", due_on=date(2026, 5, 31)),
            Timing(Pace.ONCE, "before", due_on=date(2026, 6, 1)),
            False,
        ),
        (
            Timing(Pace.ONCE, "within", due_on=date(2026, 6, 1)),
            Timing(Pace.ONCE, "before", due_on=date(2026, 6, 1)),
            True,
        ),
        (Timing(Pace.CONTINUOUS), Timing(Pace.ONCE, "within", due_on=date(2026, 6, 1)), True),
        (Timing(Pace.MONTH), Timing(Pace.MONTH, "within", due_day=7), True),
        (Timing(Pace.MONTH, "before", due_day=8), Timing(Pace.MONTH, "within", due_day=7), False),
        (Timing(Pace.AFTER_EVENT, event="x", event_days=16), Timing(Pace.AFTER_EVENT, event="x", event_days=15), True),
    ],
)
def test_what_is_later(own: Timing, above: Timing, later: bool):
    assert is_later(own, above) is later


def test_withdrawn_with_all_that_was_handed_on_but_what_is_done_stays(cast: Cast):
    kien, upper = cast.actor("kien"), given(cast.province, cast.actor("kien"), to=To.COMMUNES).tasks.get()
    given(cast.phu_luong, cast.actor("mai"), upper.task.obligation, above={upper.task_id: upper})
    TaskAssignment.everything.filter(organisation=cast.dong).update(state="done", done_on=today())
    assert cascade.withdraw(upper, by=kien) == 3
    assert TaskAssignment.everything.exclude(state="withdrawn").get().organisation == cast.dong
    with pytest.raises(DomainError, match="đã thu hồi"):
        cascade.withdraw(OrderedTask.everything.get(pk=upper.pk), by=kien)


# receipts


def test_a_receipt_is_confirmed_once_and_by_those_alone_who_got_it(cast: Cast):
    order = given(cast.phu_luong, cast.actor("mai"))
    thinh = cast.actor("thinh")
    receipt = receive(order, organisation=cast.dong.pk, organisation_path=cast.dong.path, by=thinh)
    assert (receipt.received_on, receipt.by) == (today(), cast["thinh"])
    assert (
        receive(order, organisation=cast.dong.pk, organisation_path=cast.dong.path, by=cast.actor("thom")).by
        == cast["thinh"]
    )
    with pytest.raises(NotAllowed):
        receive(order, organisation=cast.doai.pk, organisation_path=cast.doai.path, by=thinh)
    with pytest.raises(DomainError, match="không giao cho"):
        receive(order, organisation=cast.thuong.pk, organisation_path=cast.thuong.path, by=cast.actor("yen"))


# proof


def test_a_study_session_proves_what_asks_for_just_that(cast: Cast):
    document, mai = a_document(cast.phu_luong, "Kế hoạch"), cast.actor("mai")
    study = order_study(document, organisation=cast.phu_luong, due_on=days(20), by=mai)
    order = given(cast.phu_luong, mai, a_task(document, "Quán triệt", by_study=True), a_task(document, "Báo cáo"))
    _studied(study, cast)
    rows = TaskAssignment.everything.filter(ordered__order=order, organisation=cast.dong).order_by("pk")
    assert [(row.state, row.proofs, row.done_by_proof, row.progress) for row in rows] == [
        ("done", 1, True, 100),
        ("doing", 0, False, 0),
    ]
    assert set(TaskAssignment.everything.filter(organisation=cast.doai).values_list("state", flat=True)) == {"doing"}


def test_what_was_proved_before_it_was_given_does_not_count_and_after_does(cast: Cast):
    document, mai = a_document(cast.phu_luong, "Kế hoạch"), cast.actor("mai")
    study = order_study(document, organisation=cast.phu_luong, due_on=days(20), by=mai)
    people = [on_the_roll(cast.dong, "Lò Văn Pành")]
    record_session(study, branch=cast.dong, held_on=days(-3), members=people, by=cast.actor("thinh"))
    given(cast.phu_luong, mai, a_task(document, by_study=True))
    assert TaskAssignment.everything.get(organisation=cast.dong).proofs == 0
    record_session(study, branch=cast.dong, held_on=today(), members=people, by=cast.actor("thinh"))
    assert TaskAssignment.everything.get(organisation=cast.dong).state == "done"


def test_two_times_need_two_proofs(cast: Cast):
    document, mai = a_document(cast.phu_luong, "Kế hoạch"), cast.actor("mai")
    study = order_study(document, organisation=cast.phu_luong, due_on=days(20), by=mai)
    order = given(cast.phu_luong, mai, a_task(document, by_study=True), timing=monthly(times=2))
    TaskAssignment.everything.update(opens_on=today().replace(day=1))
    _studied(study, cast)
    row = TaskAssignment.everything.get(ordered__order=order, organisation=cast.dong)
    assert (row.state, row.proofs, row.progress) == ("doing", 1, 50)


def test_without_being_asked_to_proof_alone_ends_nothing(cast: Cast):
    document, mai = a_document(cast.phu_luong, "Kế hoạch"), cast.actor("mai")
    study = order_study(document, organisation=cast.phu_luong, due_on=days(20), by=mai)
    given(cast.phu_luong, mai, a_task(document, by_study=True), by_proof=False)
    _studied(study, cast)
    row = TaskAssignment.everything.get(organisation=cast.dong)
    assert (row.state, row.proofs) == ("doing", 1)


def _studied(study: Study, cast: Cast) -> None:
    people = [on_the_roll(cast.dong, "Lò Văn Pành")]
    record_session(study, branch=cast.dong, held_on=today(), members=people, by=cast.actor("thinh"))


# cost


def test_giving_to_more_costs_no_more_statements(cast: Cast):
    mai, kien = cast.actor("mai"), cast.actor("kien")
    few, many = an_order(cast.phu_luong, mai), an_order(cast.province, kien)
    counts = []
    for order, by in ((few, mai), (many, kien)):
        with CaptureQueriesContext(connection) as queries:
            cascade.give(order, by=by)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_preview_costs_the_same_for_one_task_and_five(cast: Cast):
    document, mai = a_document(cast.phu_luong, "Kế hoạch"), cast.actor("mai")
    counts = []
    for number in (1, 5):
        order = an_order(cast.phu_luong, mai, *[a_task(document, f"Việc {one}") for one in range(number)])
        with CaptureQueriesContext(connection) as queries:
            preview_of(Order.everything.select_related("organisation").get(pk=order.pk), today())
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_document_sums_up_what_many_below_have_given(cast: Cast):
    """The province sees its own order by task, and those of the communes together; a commune sees its own."""
    document = a_document(None, "Nghị quyết")
    task = a_task(document)
    given(cast.province, cast.actor("kien"), task, to=To.COMMUNES)
    given(cast.phu_luong, cast.actor("mai"), task)
    given(cast.tan_hoa, cast.actor("quyet"), task)
    TaskAssignment.everything.filter(organisation=cast.dong).update(state="done", done_on=today())
    province = dict(tasks_of_document(document, cast.actor("kien"), today()))
    assert [(line.givers, line.stand.words) for line in province["Cấp dưới giao tiếp"]] == [(2, "1/3 xong")]
    assert len(province) == 2
    commune = tasks_of_document(document, cast.actor("mai"), today())
    assert sorted(line.stand.words for _, lines in commune for line in lines) == ["0/1 xong", "1/2 xong"]
    assert all(line.ordered for _, lines in commune for line in lines)
