"""Who holds which office: elected or appointed, standing in for somebody, and no longer."""

from datetime import date, timedelta

from django.db import IntegrityError, transaction

from branches.models import Kind, Organisation, Term
from branches.services.grants import GIVEN_BY
from members.models import How, Member, Office, Post, State
from members.services.office_roles import settle_roles_of
from members.summary import recount_branches
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.access.roles import ROLES
from portal.history.actions import action
from portal.words.errors import DomainError, NotAllowed
from portal.words.quantities import day

REFUSED = {
    "office_one_secretary": ("post", "Trong thời gian ấy đã có bí thư: ghi thôi chức vụ của người trước đã."),
    "office_held_once": ("post", "Đồng chí này đã giữ chức vụ ấy trong thời gian ấy."),
}


@action("ghi chức vụ")
def take_office(
    *, member: Member, organisation: Organisation, post: Post, since: date, until: date | None = None,
    how: How = How.ELECTED, term: Term | None = None, acting_for: Member | None = None, decision: str = "", by: Actor,
) -> Office:  # fmt: skip
    by.need(Permission.KEEP_OFFICES, organisation.path)
    office = Office(
        member=member, organisation=organisation, post=post, since=since, until=until, how=how, term=term,
        acting_for=acting_for, decision=decision,
    )  # fmt: skip
    _must_make_sense(office)
    _may_put_into(office, by)
    _save(office)
    settle_roles_of(member)
    recount_branches([organisation], since)
    return office


@action("ghi thôi chức vụ")
def leave_office(office: Office, *, on: date, because: str = "", by: Actor) -> None:
    """`on` is the first day without it. One that has not begun yet was written by mistake, and goes."""
    by.need(Permission.KEEP_OFFICES, office.organisation.path)
    _may_put_into(office, by)
    if office.until and office.until < on:
        raise DomainError(f"Chức vụ này đã hết từ ngày {day(office.until)}.", field="on")
    _end(office, on, because)
    settle_roles_of(office.member)


def end_offices_of(member: Member, *, on: date, because: str, at: Organisation | None = None) -> None:
    """For whoever leaves the Party, or the branch. Inside the act of somebody who may do that."""
    rows = Office.everything.filter(member=member).from_day(on)
    for office in rows.filter(organisation=at) if at else rows:
        _end(office, on, because)
    settle_roles_of(member)


def _end(office: Office, on: date, because: str) -> None:
    if office.since and on <= office.since:
        office.delete()
    else:
        office.until, office.ended_because = on - timedelta(days=1), because
        office.save()
    recount_branches([office.organisation], on)


def _must_make_sense(office: Office) -> None:
    where, member = office.organisation, office.member
    if office.post not in Post.of(where.kind):
        raise DomainError(f"{where.name} không có chức vụ này.", field="post")
    if office.since is None or not where.lives_on(office.since):
        raise DomainError(f"{where.name} không hoạt động vào ngày ấy.", field="since")
    if office.until and office.until < office.since:
        raise DomainError("Ngày hết phải từ ngày bắt đầu trở đi.", field="until")
    if member.state not in State.present():
        raise DomainError(f"{member.full_name} không còn trong danh sách đảng viên.", field="member")
    if where.kind == Kind.BRANCH and not member.memberships.on(office.since).filter(organisation=where).exists():
        raise DomainError(f"Ngày ấy {member.full_name} không sinh hoạt ở {where.name}.", field="member")
    if office.acting_for == member:
        raise DomainError("Không ai thay chính mình.", field="acting_for")
    if office.acting_for and office.until is None:
        raise DomainError("Phụ trách thay thì phải ghi ngày hết.", field="until")
    if office.term and office.term.organisation_id != where.pk:
        raise DomainError("Nhiệm kỳ này của tổ chức khác.", field="term")


def _may_put_into(office: Office, by: Actor) -> None:
    """An office carries a role, so that the rules of giving roles hold here as well."""
    if office.member.account_id == by.account.pk:
        raise NotAllowed("Không ai tự ghi chức vụ của mình.")
    role = office.role
    if role and (by.capacity is None or role not in GIVEN_BY.get(by.capacity.role, frozenset())):
        raise NotAllowed(f"Vai trò {ROLES[role].label} do cấp trên hoặc quản trị giao.")


def _save(office: Office) -> None:
    try:
        with transaction.atomic():
            office.save()
    except IntegrityError as error:
        for constraint, (field, sentence) in REFUSED.items():
            if constraint in str(error):
                raise DomainError(sentence, field=field) from error
        raise
