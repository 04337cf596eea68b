"""Offices: who may be put into one, what it lets them do, and until which day."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from branches.models import Grant
from branches.models.summary import Month
from branches.services.grants import end_grant, give_grant
from branches.services.reorganisation import dissolve_organisation, undo_reorganisation
from members.models import Member, Office, Post, State
from members.services.memberships import move_member
from members.services.office_roles import Span, joined
from members.services.offices import leave_office, take_office
from members.services.records import link_account
from members.services.states import set_state
from portal.access.actor import Actor
from portal.access.grants import held_by
from portal.access.permissions import Permission
from portal.access.roles import Role
from portal.words.errors import DomainError, NotAllowed
from tests.cast import Cast
from tests.members.people import on_the_roll

DAY = timedelta(days=1)


def today() -> date:
    return timezone.localdate()


@pytest.fixture
def ban(cast: Cast) -> Member:
    """Of chi bộ thôn Đoài, where nobody leads by office; signs in as somebody who holds nothing there."""
    return on_the_roll(cast.doai, "Lường Văn Ban", account=cast["hau"])


def elected(cast: Cast, member: Member, post: Post = Post.SECRETARY, **facts) -> Office:
    said = {"organisation": cast.doai, "since": today()} | facts
    return take_office(member=member, post=post, by=cast.actor("mai"), **said)


def may(cast: Cast, name: str, on: date) -> bool:
    return any(one.role == Role.SECRETARY and one.reaches(cast.doai.path) for one in held_by(cast[name], on))


def test_a_secretary_may_act_from_the_day_of_election(cast: Cast, ban: Member):
    elected(cast, ban, since=today())
    assert [may(cast, "hau", today() + n * DAY) for n in (-1, 0, 1)] == [False, True, True]


def test_an_ex_secretary_loses_access_that_day(cast: Cast, ban: Member):
    office = elected(cast, ban, since=today() - 30 * DAY)
    leave_office(office, on=today(), because="hết nhiệm kỳ", by=cast.actor("mai"))
    assert [may(cast, "hau", today() + n * DAY) for n in (-31, -30, -1, 0, 1)] == [False, True, True, False, False]


def test_the_summary_knows_from_then_on(cast: Cast, ban: Member):
    def months() -> list[bool]:
        rows = Month.everything.filter(organisation=cast.doai).order_by("-month")
        return list(rows.values_list("has_secretary", flat=True)[:3])

    office = elected(cast, ban, since=today() - 40 * DAY)
    assert months()[:2] == [True, True]
    leave_office(office, on=today(), by=cast.actor("mai"))
    assert months()[:2] == [False, True]


def test_an_acting_substitute_gets_it_for_the_time(cast: Cast, ban: Member):
    away = on_the_roll(cast.doai, "Hà Văn Bí")
    elected(cast, away, since=today() - 100 * DAY)
    elected(cast, ban, acting_for=away, since=today(), until=today() + 5 * DAY)
    assert [may(cast, "hau", today() + n * DAY) for n in (-1, 0, 5, 6)] == [False, True, True, False]


def test_a_deputy_who_becomes_secretary_goes_on_without_a_gap(cast: Cast, ban: Member):
    deputy = elected(cast, ban, Post.DEPUTY, since=today() - 30 * DAY)
    leave_office(deputy, on=today(), by=cast.actor("mai"))
    elected(cast, ban, since=today())
    grant = Grant.everything.get(account=cast["hau"], organisation=cast.doai)
    assert (grant.since, grant.until, grant.follows_office) == (today() - 30 * DAY, None, True)


def test_a_role_given_by_hand_before_follows_the_office_from_then_on(cast: Cast, ban: Member):
    given = give_grant(
        account=cast["hau"], organisation=cast.doai, role=Role.SECRETARY, since=today() - 9 * DAY, by=cast.actor("mai")
    )
    office = elected(cast, ban, since=today() - 3 * DAY)
    grant = Grant.everything.get(account=cast["hau"], organisation=cast.doai)
    assert (grant.pk, grant.since, grant.follows_office) == (given.pk, today() - 9 * DAY, True)
    with pytest.raises(DomainError, match="theo chức vụ"):
        end_grant(grant, on=today(), by=cast.actor("mai"))
    leave_office(office, on=today(), by=cast.actor("mai"))
    assert not may(cast, "hau", today())


def test_who_gets_an_account_later_may_act_from_then_on(cast: Cast):
    member = on_the_roll(cast.doai, "Lường Văn Ban")
    elected(cast, member)
    assert not may(cast, "hau", today())
    link_account(member, account=cast["hau"], by=cast.actor("mai"))
    assert may(cast, "hau", today())
    link_account(member, account=None, by=cast.actor("mai"))
    assert not may(cast, "hau", today())


def test_who_moves_or_dies_holds_nothing_any_more(cast: Cast, ban: Member):
    elected(cast, ban, since=today() - 30 * DAY)
    move_member(ban, to=cast.dong, on=today(), by=cast.actor("mai"))
    assert not may(cast, "hau", today())
    ban.refresh_from_db()
    take_office(member=ban, organisation=cast.phu_luong, post=Post.COMMITTEE, since=today() - DAY, by=cast.actor("mai"))
    set_state(ban, state=State.DIED, on=today() + DAY, by=cast.actor("mai"))
    assert list(Office.everything.values_list("until", flat=True).order_by("since")) == [today() - DAY, today()]


def test_a_branch_that_ends_takes_its_offices_along_and_brings_them_back(cast: Cast, ban: Member):
    elected(cast, ban, since=today() - 30 * DAY)
    grants = Grant.everything.filter(account=cast["hau"]).order_by("pk")
    before = list(Office.everything.order_by("pk").values_list()), list(grants.values_list())
    record = dissolve_organisation(cast.doai, heir=cast.dong, on=today(), by=cast.actor("mai"))
    assert not may(cast, "hau", today())
    undo_reorganisation(record, by=cast.actor("mai"))
    assert list(Office.everything.order_by("pk").values_list()) == before[0]
    assert list(grants.all().values_list()) == before[1]


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"post": Post.INSPECTION}, "không có chức vụ này"),
        ({"organisation": "dong"}, "không sinh hoạt ở"),
        ({"until": date(2000, 1, 1)}, "Ngày hết"),
        ({"since": date(1999, 1, 1)}, "không sinh hoạt ở"),
        ({"acting_for": "ban"}, "chính mình"),
        ({"acting_for": "other"}, "phải ghi ngày hết"),
    ],
)
def test_what_makes_no_sense_is_refused(cast: Cast, ban: Member, facts: dict, sentence: str):
    people = {"ban": ban, "other": on_the_roll(cast.doai, "Hà Văn Bí")}
    asked = dict(facts)
    if "organisation" in asked:
        asked["organisation"] = cast.dong
    if "acting_for" in asked:
        asked["acting_for"] = people[asked["acting_for"]]
    with pytest.raises(DomainError, match=sentence):
        elected(cast, ban, asked.pop("post", Post.SECRETARY), **asked)


def test_one_secretary_at_a_time(cast: Cast, ban: Member):
    elected(cast, ban)
    other = on_the_roll(cast.doai, "Hà Văn Bí")
    with pytest.raises(DomainError, match="đã có bí thư"):
        elected(cast, other, since=today() + 10 * DAY)
    with pytest.raises(IntegrityError, match="office_one_secretary"), transaction.atomic():
        Office(member=other, organisation=cast.doai, post="secretary", since=today()).save()


def test_who_may_and_never_for_oneself(cast: Cast, ban: Member):
    for name in ("thinh", "quyet", "son"):
        with pytest.raises(NotAllowed):
            take_office(
                member=ban, organisation=cast.doai, post=Post.DEPUTY, since=today(), by=cast.actor(name)
            )  # fmt: skip
    own = on_the_roll(cast.doai, "Văn phòng", account=cast["mai"])
    with pytest.raises(NotAllowed, match="tự ghi"):
        take_office(member=own, organisation=cast.phu_luong, post=Post.SECRETARY, since=today(), by=cast.actor("mai"))


def test_the_new_secretary_sees_the_roll(cast: Cast, ban: Member):
    elected(cast, ban)
    grant = Grant.everything.get(account=cast["hau"], organisation=cast.doai)
    actor = Actor.today(cast["hau"], capacity=grant.pk)
    assert list(Member.objects.allowed(actor, Permission.KEEP_ROLL)) == [ban]


D = date(2026, 1, 1)


@pytest.mark.parametrize(
    ("spans", "found"),
    [
        ([(0, 5), (6, 9)], [(0, 9)]),
        ([(0, 5), (7, 9)], [(0, 5), (7, 9)]),
        ([(0, None), (3, 4)], [(0, None)]),
        ([(3, 4), (0, 3)], [(0, 4)]),
        ([], []),
    ],
)
def test_spans_that_meet_become_one(spans: list, found: list):
    def day(n: int | None) -> date | None:
        return None if n is None else D + n * DAY

    assert [(s.since, s.until) for s in joined([Span(day(a), day(b)) for a, b in spans])] == [
        (day(a), day(b)) for a, b in found
    ]
