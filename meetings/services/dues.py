"""Party dues between meetings: paid late for an old month, or excused. In a meeting they are part of its log."""

from datetime import date

from django.utils import timezone

from branches.models import Organisation
from meetings.models import Dues
from meetings.summary import recount_dues
from members.models import Member
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.history.actions import action
from portal.words.errors import DomainError
from portal.words.quantities import number

MOST = 50_000_000


@action("ghi nộp đảng phí")
def pay_dues(
    branch: Organisation, *, member: Member, month: date, owed: int, paid: int, on: date | None, by: Actor
) -> Dues:
    """Said again, the month says what was said last. `on`: the day it was paid."""
    by.need(Permission.RECORD_MEETING, branch.path)
    row = _month_of(branch, member, month)
    if paid > owed:
        raise DomainError(f"Số đã nộp nhiều hơn số phải nộp ({number(owed)} đồng).", field="paid")
    if owed > MOST:
        raise DomainError(f"Số tiền quá lớn: tối đa {number(MOST)} đồng một tháng.", field="owed")
    if paid and on is None:
        raise DomainError("Ghi ngày nộp.", field="on")
    if on and on > timezone.localdate():
        raise DomainError("Ngày nộp chưa tới.", field="on")
    row.owed, row.paid, row.paid_on, row.excused = owed, paid, on if paid else None, False
    return _saved(row, by)


@action("ghi miễn nộp đảng phí")
def excuse_dues(branch: Organisation, *, member: Member, month: date, by: Actor) -> Dues:
    by.need(Permission.RECORD_MEETING, branch.path)
    row = _month_of(branch, member, month)
    if row.paid:
        raise DomainError("Tháng này đã nộp.", field="month")
    row.excused = True
    return _saved(row, by)


def _month_of(branch: Organisation, member: Member, month: date) -> Dues:
    if month > timezone.localdate():
        raise DomainError("Tháng này chưa tới.", field="month")
    row = Dues.everything.select_for_update().filter(member=member, month=month).first()
    if row and row.organisation_id != branch.pk:
        raise DomainError("Tháng ấy đồng chí này nộp đảng phí ở chi bộ khác.", field="month")
    if row is None and member.branch_id != branch.pk:
        raise DomainError(f"{member.full_name} không sinh hoạt ở {branch.name}.", field="month")
    return row or Dues(member=member, month=month, organisation=branch, version=0)


def _saved(row: Dues, by: Actor) -> Dues:
    row.version, row.saved_by, row.saved_at = row.version + 1, by.account, timezone.now()
    row.save()
    recount_dues(row.organisation_id, [row.month])
    return row
