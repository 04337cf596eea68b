"""Who is expected at a meeting on a day, who votes, who counts: one place decides, by membership and state of that day."""

from datetime import date, timedelta

import pytest

from branches.models import Organisation
from branches.services.reorganisation import dissolve_organisation, undo_reorganisation
from members.models import Membership, State
from members.services.memberships import end_temporary, move_member, receive_temporarily
from members.services.roll import settle_rolls
from members.services.states import end_relief, relieve, set_state
from portal.words.errors import DomainError, NotAllowed
from tests.cast import Cast
from tests.members.people import LONG_AGO, member

D = date(2026, 5, 10)
DAY = timedelta(days=1)


def expected(branch: Organisation, day: date) -> list[str]:
    rows = Membership.everything.expected_on(day).filter(organisation=branch)
    return sorted(rows.values_list("member__full_name", flat=True))


def voting(branch: Organisation, day: date) -> int:
    return Membership.everything.voting_on(day).filter(organisation=branch).count()


def strength(branch: Organisation, day: date) -> int:
    return Membership.everything.counted_on(day).filter(organisation=branch).count()


def test_from_the_day_one_comes(cast: Cast):
    member(cast, cast.dong, since=D)
    assert [expected(cast.dong, day) for day in (D - DAY, D)] == [[], ["Nguyễn Văn An"]]


def test_who_is_on_probation_attends_and_does_not_vote(cast: Cast):
    an = member(cast, cast.dong, state=State.PROBATIONARY)
    assert (len(expected(cast.dong, D)), voting(cast.dong, D), strength(cast.dong, D)) == (1, 0, 1)
    set_state(an, state=State.FULL, on=D, by=cast.actor("mai"))
    assert [voting(cast.dong, day) for day in (D - DAY, D)] == [0, 1]
    an.refresh_from_db()
    assert (an.state, an.official_on) == (State.FULL, D)


@pytest.mark.parametrize("state", State.reliefs())
def test_the_exempt_and_deferred_are_not_expected_and_still_count_as_strength(cast: Cast, state: State):
    an = member(cast, cast.dong)
    relieve(an, state=state, since=D, until=D + 30 * DAY, ground="tuổi cao", by=cast.actor("thinh"))
    days = (D - DAY, D, D + 30 * DAY, D + 31 * DAY)
    assert [len(expected(cast.dong, day)) for day in days] == [1, 0, 0, 1]
    assert [strength(cast.dong, day) for day in days] == [1, 1, 1, 1]
    end_relief(an, on=D + 10 * DAY, by=cast.actor("thinh"))
    assert [len(expected(cast.dong, day)) for day in (D + 9 * DAY, D + 10 * DAY)] == [0, 1]


@pytest.mark.parametrize("state", State.gone())
def test_who_goes_is_on_no_roll_from_that_day(cast: Cast, state: State):
    an = member(cast, cast.dong)
    relieve(an, state=State.EXEMPT, since=D - 5 * DAY, ground="ốm", by=cast.actor("mai"))
    set_state(an, state=state, on=D, by=cast.actor("mai"))
    assert [strength(cast.dong, day) for day in (D - DAY, D)] == [1, 0]
    assert not an.spells.filter(state=State.EXEMPT, until=None).exists()
    an.refresh_from_db()
    assert (an.state, an.branch) == (state, cast.dong)  # the last branch still says where the record lies


def test_moving_takes_effect_on_the_day(cast: Cast):
    an = member(cast, cast.dong)
    move_member(an, to=cast.doai, on=D, by=cast.actor("mai"))
    assert [len(expected(cast.dong, day)) for day in (D - DAY, D)] == [1, 0]
    assert [len(expected(cast.doai, day)) for day in (D - DAY, D)] == [0, 1]
    an.refresh_from_db()
    assert an.branch == cast.doai


def test_temporarily_elsewhere_one_is_expected_there_and_counted_at_home(cast: Cast):
    an = member(cast, cast.dong)
    row = receive_temporarily(an, at=cast.doai, since=D, until=D + 60 * DAY, by=cast.actor("mai"))
    assert (expected(cast.dong, D), len(expected(cast.doai, D))) == ([], 1)
    assert (strength(cast.dong, D), strength(cast.doai, D)) == (1, 0)
    assert len(expected(cast.dong, D + 61 * DAY)) == 1
    end_temporary(row, on=D + 5 * DAY, by=cast.actor("mai"))
    assert [len(expected(cast.dong, D + n * DAY)) for n in (4, 5)] == [0, 1]


def test_a_temporary_membership_that_does_not_attend_changes_nothing(cast: Cast):
    an = member(cast, cast.dong)
    receive_temporarily(an, at=cast.doai, since=D, until=D + 60 * DAY, attends=False, by=cast.actor("mai"))
    assert (len(expected(cast.dong, D)), expected(cast.doai, D)) == (1, [])


def test_todays_copy_begins_by_itself(cast: Cast):
    an = member(cast, cast.dong)
    move_member(an, to=cast.doai, on=date(2099, 1, 1), by=cast.actor("mai"))
    an.refresh_from_db()
    assert an.branch == cast.dong
    assert settle_rolls(today=date(2099, 1, 1)) == 1
    an.refresh_from_db()
    assert an.branch == cast.doai


def test_members_follow_their_branch_and_come_back_when_that_is_undone(cast: Cast):
    an = member(cast, cast.dong)
    record = dissolve_organisation(cast.dong, heir=cast.doai, on=D, by=cast.actor("mai"))
    assert [len(expected(cast.dong, day)) for day in (D - DAY, D)] == [1, 0]
    assert [len(expected(cast.doai, day)) for day in (D - DAY, D)] == [0, 1]
    an.refresh_from_db()
    assert an.branch == cast.doai
    undo_reorganisation(record, by=cast.actor("mai"))
    an.refresh_from_db()
    assert (an.branch, len(expected(cast.dong, D))) == (cast.dong, 1)


@pytest.mark.parametrize(
    ("act", "sentence"),
    [
        (lambda cast, an: move_member(an, to=cast.dong, on=D, by=cast.actor("mai")), "đang sinh hoạt"),
        (lambda cast, an: move_member(an, to=cast.phu_luong, on=D, by=cast.actor("mai")), "không phải chi bộ"),
        (lambda cast, an: move_member(an, to=cast.doai, on=LONG_AGO, by=cast.actor("mai")), "mới về"),
        (lambda cast, an: move_member(an, to=cast.doai, on=LONG_AGO - DAY, by=cast.actor("mai")), "không sinh hoạt ở chi bộ nào"),
        (lambda cast, an: set_state(an, state=State.PROBATIONARY, on=D, by=cast.actor("mai")), "không chuyển thành"),
        (lambda cast, an: relieve(an, state=State.EXEMPT, since=D, ground="", by=cast.actor("mai")), "lý do"),
        (lambda cast, an: relieve(an, state=State.EXEMPT, since=D, until=D - DAY, ground="x", by=cast.actor("mai")), "Ngày hết"),
        (lambda cast, an: end_relief(an, on=D, by=cast.actor("mai")), "Không có tình trạng"),
        (lambda cast, an: receive_temporarily(an, at=cast.dong, since=D, until=D, by=cast.actor("mai")), "chính thức ở"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_in_words(cast: Cast, act, sentence: str):
    an = member(cast, cast.dong)
    with pytest.raises(DomainError, match=sentence):
        act(cast, an)


def test_who_may(cast: Cast):
    an = member(cast, cast.dong)
    for act in (
        lambda: move_member(an, to=cast.thuong, on=D, by=cast.actor("mai")),
        lambda: move_member(an, to=cast.doai, on=D, by=cast.actor("thinh")),
        lambda: set_state(an, state=State.DIED, on=D, by=cast.actor("thinh")),
        lambda: relieve(an, state=State.EXEMPT, since=D, ground="ốm", by=cast.actor("hoa")),
        lambda: member(cast, cast.thuong) and relieve(an, state=State.EXEMPT, since=D, ground="ốm", by=cast.actor("quyet")),
    ):  # fmt: skip
        with pytest.raises(NotAllowed):
            act()
