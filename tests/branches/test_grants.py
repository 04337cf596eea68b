"""Who may act as what, where, from when to when."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from branches.models import Grant
from branches.queries.grants import grants_of
from branches.services.grants import end_grant, give_first_grant, give_grant
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.access.roles import ROLES, Role
from portal.words.errors import DomainError, NotAllowed
from tests.cast import Cast

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "holds"), [("2026-03-09", False), ("2026-03-10", True), ("2026-06-30", True), ("2026-07-01", False)]
)
def test_a_grant_holds_from_its_first_day_to_its_last(cast: Cast, day: str, holds: bool):
    Grant(
        account=cast["hau"], organisation=cast.doai, role=Role.CLERK, since=date(2026, 3, 10), until=date(2026, 6, 30)
    ).save()
    held = grants_of(cast["hau"], date.fromisoformat(day))
    assert (Role.CLERK in [one.role for one in held]) is holds


def test_an_ex_secretary_loses_access_on_the_day(cast: Cast):
    today = timezone.localdate()
    for name, since_days, expected in [("xua", -1, True), ("xua", 0, False), ("moi", 0, False), ("moi", 1, True)]:
        with time_machine.travel(timezone.now() + since_days * DAY):
            assert cast.actor(name).may(Permission.READ_ROLL, cast.dong.path) is expected, (name, today)


def test_the_office_gives_a_role_in_its_subtree(cast: Cast):
    grant = give_grant(account=cast["hau"], organisation=cast.doai, role=Role.CLERK, by=cast.actor("mai"))
    assert (grant.given_by, grant.since, grant.until) == (cast["mai"], timezone.localdate(), None)
    assert Role.CLERK in [held.role for held in grants_of(cast["hau"], timezone.localdate())]


@pytest.mark.parametrize("name", ["thinh", "thom", "hau", "son", "vinh", "quyet", "xua", "moi"])
def test_nobody_else_gives_roles_there(cast: Cast, name: str):
    with pytest.raises(NotAllowed):
        give_grant(account=cast["hau"], organisation=cast.doai, role=Role.CLERK, by=cast.actor(name))


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.PROVINCE_OFFICE, Role.PROVINCE_MEMBER])
def test_an_office_gives_no_role_above_its_own(cast: Cast, role: Role):
    with pytest.raises((NotAllowed, DomainError)):
        give_grant(account=cast["hau"], organisation=cast.phu_luong, role=role, by=cast.actor("mai"))


@pytest.mark.parametrize("name", ["mai", "khoi", "kien"])
def test_nobody_gives_a_role_to_oneself_or_takes_it_away(cast: Cast, name: str):
    with pytest.raises(NotAllowed, match="tự"):
        give_grant(account=cast[name], organisation=cast.dong, role=Role.SECRETARY, by=cast.actor(name))
    with pytest.raises(NotAllowed, match="tự"):
        end_grant(cast[name].grants.get(), on=timezone.localdate(), by=cast.actor(name))


def test_a_role_is_held_where_it_belongs(cast: Cast):
    with pytest.raises(DomainError) as refusal:
        give_grant(account=cast["hau"], organisation=cast.phu_luong, role=Role.SECRETARY, by=cast.actor("mai"))
    assert refusal.value.field == "role"


def test_the_same_role_is_not_held_twice_at_a_time(cast: Cast):
    with pytest.raises(DomainError, match="đã giữ vai trò này"):
        give_grant(account=cast["thinh"], organisation=cast.dong, role=Role.SECRETARY, by=cast.actor("mai"))
    assert cast["thinh"].grants.count() == 1


def test_the_database_refuses_it_too(cast: Cast):
    with pytest.raises(IntegrityError, match="grant_held_once_at_a_time"), transaction.atomic():
        Grant.everything.bulk_create([Grant(account=cast["thinh"], organisation=cast.dong, role=Role.SECRETARY)])
    with pytest.raises(IntegrityError, match="grant_ends_after_it_begins"), transaction.atomic():
        Grant.everything.filter(account=cast["thinh"]).update(until=date(2000, 1, 1))
    with pytest.raises(IntegrityError, match="grant_role_known"), transaction.atomic():
        Grant.everything.filter(account=cast["thinh"]).update(role="king")


def test_after_an_end_it_may_begin_again_the_next_day(cast: Cast):
    today = timezone.localdate()
    end_grant(cast["thinh"].grants.get(), on=today, by=cast.actor("mai"))
    give_grant(account=cast["thinh"], organisation=cast.dong, role=Role.SECRETARY, since=today, by=cast.actor("mai"))
    assert [(g.since, g.until) for g in cast["thinh"].grants.order_by("since")][1] == (today, None)


def test_a_grant_that_has_not_begun_is_taken_away_whole(cast: Cast):
    end_grant(cast["moi"].grants.get(), on=timezone.localdate(), by=cast.actor("mai"))
    assert not cast["moi"].grants.exists()


def test_an_acting_substitute_has_the_role_until_a_day_and_says_for_whom(cast: Cast):
    with pytest.raises(DomainError) as refusal:
        give_grant(
            account=cast["hau"],
            organisation=cast.dong,
            role=Role.SECRETARY,
            acting_for=cast["thinh"],
            by=cast.actor("mai"),
        )
    assert refusal.value.field == "until"
    until = timezone.localdate() + 10 * DAY
    give_grant(
        account=cast["hau"], organisation=cast.dong, role=Role.SECRETARY, acting_for=cast["thinh"], until=until,
        by=cast.actor("mai"),
    )  # fmt: skip
    labels = [held.label for held in grants_of(cast["hau"], until)]
    assert "Bí thư, phó bí thư chi bộ (thay đ/c Lò Văn Thịnh)" in labels
    assert len(grants_of(cast["hau"], until + DAY)) == 1


def test_the_first_grant_is_given_by_nobody(cast: Cast):
    assert give_first_grant(account=cast["hau"], organisation=cast.province, role=Role.ADMINISTRATOR).given_by is None


def test_one_acts_in_one_capacity_at_a_time(cast: Cast):
    give_grant(account=cast["thinh"], organisation=cast.phu_luong, role=Role.COMMUNE_MEMBER, by=cast.actor("mai"))
    secretary = next(g for g in cast["thinh"].grants.all() if g.role == Role.SECRETARY)
    member = next(g for g in cast["thinh"].grants.all() if g.role == Role.COMMUNE_MEMBER)
    as_secretary, as_member = (Actor.today(cast["thinh"], capacity=grant.pk) for grant in (secretary, member))
    assert as_secretary.may(Permission.READ_ROLL, cast.dong.path)
    assert not as_member.may(Permission.READ_ROLL, cast.dong.path)
    assert as_member.may(Permission.READ_FIGURES, cast.doai.path)
    assert not as_secretary.may(Permission.READ_FIGURES, cast.doai.path)


def test_a_capacity_of_somebody_else_is_not_taken(cast: Cast):
    stolen = cast["mai"].grants.get().pk
    assert Actor.today(cast["thinh"], capacity=stolen).capacity.role is Role.SECRETARY


def test_every_role_is_described():
    assert set(ROLES) == set(Role)
    for text in ROLES.values():
        assert all([text.label, text.description, text.permissions])


def test_administrators_see_no_contents():
    contents = {Permission.READ_ROLL, Permission.READ_CLOSED, Permission.READ_FIGURES}
    assert ROLES[Role.ADMINISTRATOR].permissions & contents == set()


def test_the_province_sees_no_persons_by_role():
    persons = {Permission.READ_ROLL, Permission.READ_CLOSED}
    assert (ROLES[Role.PROVINCE_OFFICE].permissions | ROLES[Role.PROVINCE_MEMBER].permissions) & persons == set()
