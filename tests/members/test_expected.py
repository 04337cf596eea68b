"""Who is expected at a meeting on a day, who votes, and who counts (definitions: expected at a meeting; đảng số)."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from branches.models import Organisation
from branches.services.reorganisation import dissolve_organisation, undo_reorganisation
from members.models import Member, Membership, MembershipKind, State, StateSpell
from members.services.memberships import end_temporary_of, move_member, receive_temporarily
from members.services.roll import settle_rolls
from members.services.states import end_relief, relieve, set_state
from portal.words.errors import DomainError, NotAllowed
from tests.cast import Cast
from tests.members.people import on_the_roll

D = date(2026, 3, 10)
DAY = timedelta(days=1)


def expected(where: Organisation, on: date) -> list[str]:
    rows = Membership.everything.expected_on(on).filter(organisation=where)
    return sorted(rows.values_list("member__full_name", flat=True))


def voting(where: Organisation, on: date) -> int:
    return Membership.everything.voting_on(on).filter(organisation=where).count()


def counted(where: Organisation, on: date) -> int:
    return Membership.everything.counted_on(on).filter(organisation=where).count()


def test_moved_on_d_is_expected_there_from_d(cast: Cast, po: Member):
    move_member(po, to=cast.doai, on=D, by=cast.actor("mai"))
    assert [len(expected(cast.dong, day)) for day in (D - DAY, D, D + DAY)] == [1, 0, 0]
    assert [len(expected(cast.doai, day)) for day in (D - DAY, D, D + DAY)] == [0, 1, 1]
    assert [counted(cast.dong, D - DAY), counted(cast.doai, D)] == [1, 1]


def test_exempt_from_d_to_d_is_not_expected_on_d_alone(cast: Cast, po: Member):
    relieve(po, state=State.EXEMPT, since=D, until=D, ground="ốm", by=cast.actor("thinh"))
    assert [len(expected(cast.dong, day)) for day in (D - DAY, D, D + DAY)] == [1, 0, 1]
    assert counted(cast.dong, D) == 1  # the strength counts them


def test_relief_without_end_ends_the_day_before_one_comes_back(cast: Cast, po: Member):
    relieve(po, state=State.DEFERRED, since=D - 30 * DAY, ground="đi xa", by=cast.actor("thinh"))
    end_relief(po, on=D, by=cast.actor("thinh"))
    assert [len(expected(cast.dong, day)) for day in (D - DAY, D, D + DAY)] == [0, 1, 1]


def test_who_died_on_d_is_on_no_roll_from_d(cast: Cast, po: Member):
    set_state(po, state=State.DIED, on=D, by=cast.actor("mai"))
    assert [len(expected(cast.dong, day)) for day in (D - DAY, D, D + DAY)] == [1, 0, 0]
    assert [counted(cast.dong, day) for day in (D - DAY, D)] == [1, 0]


def test_on_probation_one_attends_and_does_not_vote(cast: Cast):
    new = on_the_roll(cast.dong, "Lường Thị Ban", since=date(2025, 3, 10), state=State.PROBATIONARY)
    set_state(new, state=State.FULL, on=D, by=cast.actor("mai"))
    assert [len(expected(cast.dong, day)) for day in (D - DAY, D)] == [1, 1]
    assert [voting(cast.dong, day) for day in (D - DAY, D, D + DAY)] == [0, 1, 1]
    new.refresh_from_db()
    assert (new.official_on, new.state) == (D, State.FULL)


def test_away_for_a_time_one_is_expected_there_and_counted_at_home(cast: Cast, po: Member):
    receive_temporarily(po, at=cast.doai, since=D, until=D + 100 * DAY, by=cast.actor("mai"))
    assert [len(expected(cast.dong, day)) for day in (D - DAY, D, D + 100 * DAY, D + 101 * DAY)] == [1, 0, 0, 1]
    assert [len(expected(cast.doai, day)) for day in (D - DAY, D, D + 100 * DAY, D + 101 * DAY)] == [0, 1, 1, 0]
    assert [counted(cast.dong, D), counted(cast.doai, D)] == [1, 0]


def test_away_without_attending_there_one_is_expected_at_home(cast: Cast, po: Member):
    receive_temporarily(po, at=cast.doai, since=D, until=D + DAY, attends=False, by=cast.actor("mai"))
    assert [len(expected(cast.dong, D)), len(expected(cast.doai, D))] == [1, 0]


def test_the_exempt_are_expected_nowhere_also_while_away(cast: Cast, po: Member):
    receive_temporarily(po, at=cast.doai, since=D, until=D + DAY, by=cast.actor("mai"))
    relieve(po, state=State.EXEMPT, since=D, ground="ốm", by=cast.actor("thinh"))
    assert expected(cast.dong, D) == expected(cast.doai, D) == []


@pytest.mark.parametrize(
    ("since", "until"), [("2026-03-10", "2026-03-10"), ("1990-01-01", None), (None, "2030-01-01"), (None, None)]
)
def test_two_main_memberships_never_share_a_day_even_in_raw_sql(cast: Cast, po: Member, since, until):
    with pytest.raises(IntegrityError, match="membership_main_one_at_a_time"), transaction.atomic():
        _insert("members_membership", "organisation_id, kind, attends", [cast.doai.pk, "main", True], po, since, until)
    _insert(
        "members_membership", "organisation_id, kind, attends", [cast.doai.pk, "main", True], po, None, "2001-02-28"
    )


@pytest.mark.parametrize(("first", "second"), [("full", "probationary"), ("full", "died"), ("exempt", "deferred")])
def test_two_states_of_a_kind_never_share_a_day_even_in_raw_sql(cast: Cast, po: Member, first: str, second: str):
    if first == "exempt":
        StateSpell(member=po, state=first, since=D).save()
    with pytest.raises(IntegrityError, match="one_at_a_time"), transaction.atomic():
        _insert("members_statespell", "state", [second], po, "2026-03-10", None)


def _insert(table: str, columns: str, values: list, member: Member, since: str | None, until: str | None) -> None:
    names = f"member_id, since, until, ground, decision, {columns}"
    places = ", ".join(["%s"] * (5 + len(values)))
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({names}) VALUES ({places})", [member.pk, since, until, "", "", *values])


def test_the_copy_of_today_follows_the_days(cast: Cast, po: Member):
    relieve(po, state=State.EXEMPT, since=D, until=D, ground="ốm", by=cast.actor("thinh"))
    move_member(po, to=cast.doai, on=D + DAY, by=cast.actor("mai"))
    seen = []
    for today in (D - DAY, D, D + DAY):
        settle_rolls(today=today)
        po.refresh_from_db()
        seen.append((po.branch_id, po.relief))
    assert seen == [(cast.dong.pk, ""), (cast.dong.pk, "exempt"), (cast.doai.pk, "")]
    assert settle_rolls(today=D + DAY) == 0


def test_who_moved_away_may_come_back_and_is_put_into_a_branch(cast: Cast, po: Member):
    set_state(po, state=State.MOVED_AWAY, on=D, by=cast.actor("mai"))
    po.refresh_from_db()
    with pytest.raises(DomainError, match="không còn trong danh sách"):
        move_member(po, to=cast.doai, on=D + DAY, by=cast.actor("mai"))
    set_state(po, state=State.FULL, on=D + 10 * DAY, by=cast.actor("mai"))
    po.refresh_from_db()
    move_member(po, to=cast.doai, on=D + 10 * DAY, by=cast.actor("mai"))
    assert [len(expected(cast.doai, day)) for day in (D + 9 * DAY, D + 10 * DAY)] == [0, 1]


REFUSED_MOVES = [
    ({"to": "dong"}, "đang sinh hoạt ở"),
    ({"on": date(2001, 3, 1)}, "mới về"),
    ({"to": "phu_luong"}, "không phải chi bộ"),
]


@pytest.mark.parametrize(("changed", "sentence"), REFUSED_MOVES)
def test_moves_that_make_no_sense_are_refused(cast: Cast, po: Member, changed: dict, sentence: str):
    asked = {"to": "doai", "on": D} | changed
    with pytest.raises(DomainError, match=sentence):
        move_member(po, to=getattr(cast, asked["to"]), on=asked["on"], by=cast.actor("mai"))


def test_nobody_is_moved_out_of_ones_reach(cast: Cast, po: Member):
    with pytest.raises(NotAllowed):
        move_member(po, to=cast.thuong, on=D, by=cast.actor("mai"))
    with pytest.raises(NotAllowed):
        move_member(po, to=cast.doai, on=D, by=cast.actor("thinh"))


@pytest.mark.parametrize(("since", "refused"), [(D, True), (D + 10 * DAY, True), (D + 11 * DAY, False)])
def test_one_relief_and_one_temporary_membership_at_a_time(cast: Cast, po: Member, since: date, refused: bool):
    relieve(po, state=State.EXEMPT, since=D, until=D + 10 * DAY, ground="ốm", by=cast.actor("thinh"))
    receive_temporarily(po, at=cast.doai, since=D, until=D + 10 * DAY, by=cast.actor("mai"))
    again = [
        lambda: relieve(po, state=State.DEFERRED, since=since, ground="đi xa", by=cast.actor("thinh")),
        lambda: receive_temporarily(po, at=cast.doai, since=since, until=since + DAY, by=cast.actor("mai")),
    ]
    for attempt in again:
        if refused:
            with pytest.raises(DomainError, match="trong thời gian ấy"):
                attempt()
        else:
            attempt()


def test_coming_home_early(cast: Cast, po: Member):
    today = timezone.localdate()
    receive_temporarily(po, at=cast.doai, since=today - 5 * DAY, until=today + 50 * DAY, by=cast.actor("mai"))
    end_temporary_of(po, on=today + DAY, by=cast.actor("mai"))
    row = po.memberships.get(kind=MembershipKind.TEMPORARY)
    assert row.until == today
    other = on_the_roll(cast.dong, "Vàng A Lử")
    with pytest.raises(DomainError, match="không sinh hoạt tạm thời"):
        end_temporary_of(other, on=today, by=cast.actor("mai"))


def test_members_follow_their_branch_and_come_back_when_that_is_undone(cast: Cast, po: Member):
    record = dissolve_organisation(cast.dong, heir=cast.doai, on=D, by=cast.actor("mai"))
    assert [len(expected(cast.dong, day)) for day in (D - DAY, D)] == [1, 0]
    assert [len(expected(cast.doai, day)) for day in (D - DAY, D)] == [0, 1]
    po.refresh_from_db()
    assert po.branch == cast.doai
    undo_reorganisation(record, by=cast.actor("mai"))
    po.refresh_from_db()
    assert (po.branch, len(expected(cast.dong, D))) == (cast.dong, 1)
