"""Where somebody belongs: moving between branches, for good or for a time."""

from datetime import date, timedelta

from django.utils import timezone

from branches.models import Kind, Organisation
from members.models import CellSpell, Member, Membership, MembershipKind, ResidenceLink, ResidenceStatus, State
from members.services.assignments import end_assignments_of
from members.services.offices import end_offices_of
from members.services.records import path_of, refuse_if_no_branch
from members.services.roll import settle_rolls
from members.summary import recount_people
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.history.actions import action
from portal.words.errors import DomainError
from portal.words.quantities import day


@action("chuyển sinh hoạt đảng")
def move_member(
    member: Member, *, to: Organisation, on: date, ground: str = "", decision: str = "", by: Actor
) -> Membership:
    """Between two branches of the portal, for good; or into one, for who is in none. Both lie within reach."""
    by.need(Permission.MOVE_MEMBERS, path_of(member))
    by.need(Permission.MOVE_MEMBERS, to.path)
    refuse_if_no_branch(to, on, field="to")
    if member.state not in State.present():
        raise DomainError(f"{member.full_name} không còn trong danh sách: đổi tình trạng trước.", field="on")
    now = _main_on(member, on)
    if now and now.organisation_id == to.pk:
        raise DomainError(f"Đảng viên đang sinh hoạt ở {to.name}.", field="to")
    if now and now.since and now.since >= on:
        raise DomainError(f"Đảng viên mới về {now.organisation.name} từ ngày {day(now.since)}.", field="on")
    later = Membership.everything.filter(member=member, kind=MembershipKind.MAIN, since__gt=on)
    if later.exists():
        raise DomainError("Đã ghi một lần chuyển sau ngày này: sửa lần ấy trước.", field="on")
    if now:
        now.until = on - timedelta(days=1)
        now.save()
    new = Membership(member=member, organisation=to, since=on, ground=ground, decision=decision)
    new.save()
    settle_rolls([member.pk])
    if now:
        moved = f"Chuyển sinh hoạt đến {to.name}"[:200]
        end_offices_of(member, on=on, because=moved, at=now.organisation)
        end_assignments_of([member.pk], on=on, because=moved)
    recount_people([member.pk], on)
    return new


@action("chuyển sinh hoạt tạm thời")
def receive_temporarily(
    member: Member, *, at: Organisation, since: date, until: date, attends: bool = True, ground: str = "",
    decision: str = "", by: Actor,
) -> Membership:  # fmt: skip
    """Beside the main membership: counted there, expected here."""
    by.need(Permission.MOVE_MEMBERS, path_of(member))
    refuse_if_no_branch(at, since, field="at")
    if until < since:
        raise DomainError("Ngày hết phải từ ngày bắt đầu trở đi.", field="until")
    if member.branch == at:
        raise DomainError(f"Đảng viên đã sinh hoạt chính thức ở {at.name}.", field="at")
    overlapping = Membership.everything.filter(member=member, kind=MembershipKind.TEMPORARY, since__lte=until)
    if any(row.until is None or row.until >= since for row in overlapping):
        raise DomainError("Đảng viên đã có một lần sinh hoạt tạm thời trong thời gian ấy.", field="since")
    new = Membership(
        member=member, organisation=at, kind=MembershipKind.TEMPORARY, since=since, until=until, attends=attends,
        ground=ground, decision=decision,
    )  # fmt: skip
    new.save()
    return new


@action("thôi sinh hoạt tạm thời")
def end_temporary_of(member: Member, *, on: date, by: Actor) -> Membership:
    """The one that goes on today."""
    rows = Membership.everything.on(timezone.localdate()).filter(member=member, kind=MembershipKind.TEMPORARY)
    membership = rows.first()
    if membership is None:
        raise DomainError("Đảng viên không sinh hoạt tạm thời ở đâu.", field="on")
    return end_temporary(membership, on=on, by=by)


@action("thôi sinh hoạt tạm thời")
def end_temporary(membership: Membership, *, on: date, by: Actor) -> Membership:
    """`on` is the first day without it."""
    by.need(Permission.MOVE_MEMBERS, path_of(membership.member))
    if membership.kind != MembershipKind.TEMPORARY:
        raise DomainError("Sinh hoạt chính thức kết thúc bằng việc chuyển đi.")
    if membership.since and on <= membership.since:
        membership.delete()
        return membership
    membership.until = on - timedelta(days=1)
    membership.save()
    return membership


@action("xếp vào tổ đảng")
def assign_cell(member: Member, *, cell: Organisation | None, on: date, by: Actor) -> None:
    """From this day on; no cell: in none any more."""
    by.need(Permission.KEEP_ROLL, path_of(member))
    membership = _main_on(member, on)
    if membership is None:
        raise DomainError("Ngày ấy đảng viên không sinh hoạt ở chi bộ này.", field="on")
    if cell and (cell.kind != Kind.CELL or cell.parent_id != membership.organisation_id):
        raise DomainError("Tổ đảng phải thuộc chi bộ này.", field="cell")
    later = CellSpell.everything.filter(membership=membership).from_day(on)
    for row in later.order_by("since"):
        if row.since and row.since > on:
            raise DomainError(f"Đã ghi một lần xếp tổ từ ngày {day(row.since)}: sửa lần ấy trước.", field="on")
        _end_cell(row, on)
    if cell:
        CellSpell(membership=membership, cell=cell, since=on).save()


def _end_cell(row: CellSpell, on: date) -> None:
    if row.since == on:
        row.delete()
    else:
        row.until = on - timedelta(days=1)
        row.save()


@action("giới thiệu về nơi cư trú")
def introduce_at_residence(
    member: Member, *, branch: Organisation, status: ResidenceStatus, since: date, by: Actor
) -> ResidenceLink:
    """Quy định 213. No vote there, never counted there."""
    by.need(Permission.KEEP_ROLL, path_of(member))
    refuse_if_no_branch(branch, since)
    before = ResidenceLink.everything.filter(member=member).on(since).first()
    if before and before.since and before.since >= since:
        raise DomainError("Đã giới thiệu về nơi cư trú từ ngày này.", field="since")
    if before:
        before.until = since - timedelta(days=1)
        before.save()
    link = ResidenceLink(member=member, branch=branch, status=status, since=since)
    link.save()
    return link


def _main_on(member: Member, on: date) -> Membership | None:
    rows = Membership.everything.on(on).filter(member=member, kind=MembershipKind.MAIN)
    return rows.select_related("organisation").first()
