from collections.abc import Sequence
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from branches.models import Grant, Kind, Organisation
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.access.roles import ROLES, Role
from portal.accounts.models import Account
from portal.history.actions import action
from portal.words.errors import DomainError, NotAllowed
from portal.words.quantities import day

ABOVE_BRANCHES = (Kind.PROVINCE, Kind.DISTRICT, Kind.COMMUNE, Kind.CENTRE)
# Where a role can be held.
HELD_IN = {
    Role.COMMUNE_MEMBER: (Kind.COMMUNE, Kind.DISTRICT),
    Role.COMMUNE_OFFICE: (Kind.COMMUNE, Kind.DISTRICT),
    Role.COMMUNE_LEADER: (Kind.COMMUNE, Kind.DISTRICT),
    Role.INSPECTOR: ABOVE_BRANCHES,
    Role.FRONT: ABOVE_BRANCHES,
    Role.PROVINCE_MEMBER: (Kind.PROVINCE,),
    Role.PROVINCE_OFFICE: (Kind.PROVINCE,),
    Role.ADMINISTRATOR: ABOVE_BRANCHES,
    Role.SECRETARY: (Kind.BRANCH, Kind.PART, Kind.BASE),
    Role.CLERK: (Kind.BRANCH, Kind.PART, Kind.BASE),
    Role.MEMBER: (Kind.BRANCH, Kind.CELL),
}
COMMUNE_ROLES = frozenset(Role) - {Role.PROVINCE_MEMBER, Role.PROVINCE_OFFICE, Role.ADMINISTRATOR}
GIVEN_BY = {
    Role.COMMUNE_OFFICE: COMMUNE_ROLES,
    Role.PROVINCE_OFFICE: frozenset(Role) - {Role.ADMINISTRATOR},
    Role.ADMINISTRATOR: frozenset(Role),
}


def roles_to_give(organisation: Organisation, by: Actor) -> list[Role]:
    """Those that can be held in this organisation and that this actor may give: what give_grant would not refuse."""
    may_give = GIVEN_BY.get(by.capacity.role, frozenset()) if by.capacity else frozenset()
    return [role for role in Role if role in may_give and organisation.kind in HELD_IN[role]]


@action("giao vai trò")
def give_grant(
    *,
    account: Account,
    organisation: Organisation,
    role: Role,
    since: date | None = None,
    until: date | None = None,
    acting_for: Account | None = None,
    ground: str = "",
    by: Actor,
) -> Grant:
    by.need(Permission.GIVE_GRANTS, organisation.path)
    _may_give(role, account, by)
    return _give(account, organisation, role, since, until, acting_for, ground, by.account)


@action("giao vai trò cho nhiều người")
def give_grants(wanted: Sequence[tuple[Account, Organisation, Role]], *, by: Actor) -> list[Grant]:
    """To accounts that have just been opened, from today: the same questions, one statement."""
    for account, organisation, role in wanted:
        by.need(Permission.GIVE_GRANTS, organisation.path)
        _may_give(role, account, by)
        _must_be_held_there(role, organisation, timezone.localdate())
    return Grant.objects.bulk_create(
        Grant(account=account, organisation=organisation, role=role, given_by=by.account)
        for account, organisation, role in wanted
    )


@action("giao vai trò đầu tiên")
def give_first_grant(*, account: Account, organisation: Organisation, role: Role) -> Grant:
    """Set-up: the first administrator is made by nobody."""
    return _give(account, organisation, role, None, None, None, "khi lập cổng", None)


@action("thu hồi vai trò")
def end_grant(grant: Grant, *, on: date, by: Actor) -> Grant:
    """`on` is the first day without it. One that has not begun yet is taken away whole."""
    by.need(Permission.GIVE_GRANTS, grant.organisation.path)
    _may_give(Role(grant.role), grant.account, by)
    if grant.follows_office:
        raise DomainError("Vai trò này theo chức vụ: ghi thôi chức vụ thì vai trò tự hết.", field="on")
    if on <= grant.since:
        grant.delete()
        return grant
    if grant.until and grant.until < on:
        raise DomainError(f"Vai trò này đã hết từ ngày {day(grant.until)}.", field="on")
    grant.until = on - timedelta(days=1)
    grant.save(update_fields=["until"])
    return grant


def _may_give(role: Role, account: Account, by: Actor) -> None:
    """A role is given by those who stand above it, and never to oneself: what the office holds is seen by others."""
    if account == by.account:
        raise NotAllowed("Không ai tự giao hoặc tự thu hồi vai trò của mình.")
    if by.capacity is None or role not in GIVEN_BY.get(by.capacity.role, frozenset()):
        raise NotAllowed(f"Vai trò {ROLES[role].label} do cấp trên hoặc quản trị giao.")


def _must_be_held_there(role: Role, organisation: Organisation, since: date) -> None:
    if organisation.ended_by(since):
        raise DomainError(f"{organisation.name} đã kết thúc: hồ sơ chỉ để tra cứu.", field="since")
    if organisation.kind not in HELD_IN[role]:
        raise DomainError(f"{ROLES[role].label}: không giữ vai trò này ở {organisation.name}.", field="role")


def _give(
    account: Account,
    organisation: Organisation,
    role: Role,
    since: date | None,
    until: date | None,
    acting_for: Account | None,
    ground: str,
    given_by: Account | None,
) -> Grant:
    since = since or timezone.localdate()
    _must_be_held_there(role, organisation, since)
    if until and until < since:
        raise DomainError("Ngày hết phải từ ngày bắt đầu trở đi.", field="until")
    if acting_for == account:
        raise DomainError("Không ai thay chính mình.", field="acting_for")
    if acting_for and until is None:
        raise DomainError("Thay người khác thì phải ghi ngày hết.", field="until")
    grant = Grant(
        account=account, organisation=organisation, role=role, since=since, until=until, acting_for=acting_for,
        ground=ground, given_by=given_by,
    )  # fmt: skip
    try:
        with transaction.atomic():
            grant.save()
    except IntegrityError as error:
        if "grant_held_once_at_a_time" not in str(error):
            raise
        sentence = f"{account.full_name} đã giữ vai trò này ở {organisation.name} trong thời gian ấy."
        raise DomainError(sentence, field="role") from error
    return grant
