"""Sharing totals out below, and saying by hand what a target has come to."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone

from branches.models import Kind, Organisation
from directives.models import HandValue, Target, TargetShare, TargetTotal
from directives.targets.level import PERCENT
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.history.actions import action
from portal.live.versions import touched
from portal.words.errors import DomainError

REASON = "whoever gives was asked about the organisation"


@action("lập chỉ tiêu phân bổ")
def open_total(
    giver: Organisation,
    *,
    first_year: int,
    last_year: int,
    amount: int,
    unit: str,
    name: str = "",
    target: Target | None = None,
    by: Actor,
) -> TargetTotal:
    """Its own figure: of a target that a document names, or under a name of its own."""
    by.need(Permission.GIVE_TASKS, giver.path)
    if giver.kind in (Kind.BRANCH, Kind.CELL):
        raise DomainError("Chi bộ không có tổ chức trực thuộc để phân bổ.")
    if bool(name) == bool(target):
        raise DomainError("Chọn một chỉ tiêu của văn bản, hoặc tự ghi nội dung.", field="name")
    return _opened(TargetTotal(
        giver=giver, target=target, name=name, unit=unit, first_year=first_year, last_year=last_year, amount=amount,
    ))  # fmt: skip


@action("phân bổ tiếp chỉ tiêu được giao")
def hand_on(share: TargetShare, *, by: Actor) -> TargetTotal:
    """The receiver shares its part out in turn; what it was given is the total."""
    by.need(Permission.GIVE_TASKS, share.receiver.path)
    above = share.total
    return _opened(TargetTotal(
        giver=share.receiver, target=above.target, name=above.name, unit=above.unit, first_year=above.first_year,
        last_year=above.last_year, received=share, indicator=above.indicator,
    ))  # fmt: skip


def _opened(total: TargetTotal) -> TargetTotal:
    try:
        with transaction.atomic():
            total.save(force_insert=True)
    except IntegrityError as error:
        raise DomainError("Chỉ tiêu này của kỳ này đã được lập.", field="name") from error
    return total


@action("giao chỉ tiêu cho từng nơi")
def give_shares(total: TargetTotal, *, amounts: Mapping[int, int | None], own: int | None = None, by: Actor) -> int:
    """Says how much of the total is left; below 0 where more was given than there is, which an office may do knowingly.

    A place without a figure has no part. `own`: the total, where it is not given by those above.
    """
    by.need(Permission.GIVE_TASKS, total.giver.path)
    below = {one.pk: one for one in _below(total.giver)}
    if set(amounts) - set(below):
        raise DomainError("Chỉ giao được cho tổ chức trực thuộc trực tiếp.")
    if own is not None:
        _change(total, own)
    known = {one.receiver_id: one for one in TargetShare.objects.everywhere(reason=REASON).filter(total=total)}
    for receiver, amount in amounts.items():
        _put(known.get(receiver), total, below[receiver], amount)
    touched(receiver.path for receiver in below.values())
    rows = TargetShare.objects.everywhere(reason=REASON).filter(total=total)
    return total.total - sum(rows.values_list("amount", flat=True))


def _change(total: TargetTotal, amount: int) -> None:
    if total.received_id:
        raise DomainError("Tổng số này do cấp trên giao, không đổi ở đây.", field="amount")
    if total.amount != amount:
        total.amount = amount
        total.save()


def _below(giver: Organisation) -> list[Organisation]:
    return list(Organisation.objects.everywhere(reason=REASON).filter(parent=giver, dissolved_on=None))


def _put(there: TargetShare | None, total: TargetTotal, receiver: Organisation, amount: int | None) -> None:
    if amount is None:
        if there and there.handed_on.exists():
            raise DomainError(f"{receiver.name} đã phân bổ tiếp phần này.", field=f"phan-{receiver.pk}")
        if there:
            there.delete()
    elif there is None:
        TargetShare(total=total, receiver=receiver, amount=amount).save(force_insert=True)
    elif there.amount != amount:
        there.amount = amount
        there.save()


@action("ghi tay kết quả chỉ tiêu")
def say_by_hand(
    target: Target, *, organisation: Organisation, as_of: date, value: Decimal, words: str, by: Actor
) -> HandValue:
    """Said again for the same day, it is put right."""
    by.need(Permission.ANSWER_TASKS, organisation.path)
    if not target.is_by_hand:
        raise DomainError("Chỉ tiêu này cổng tự đo, không ghi tay.")
    if as_of > timezone.localdate():
        raise DomainError("Ngày này chưa đến.", field="as_of")
    if as_of.year < timezone.localdate().year - 1:
        raise DomainError("Chỉ ghi được số liệu của năm nay và năm trước.", field="as_of")
    if target.unit == PERCENT and value > 100:
        raise DomainError("Tỷ lệ không quá 100 %.", field="value")
    rows = HandValue.objects.everywhere(reason=REASON)
    row = rows.filter(target=target, organisation=organisation, as_of=as_of).first()
    row = row or HandValue(target=target, organisation=organisation, as_of=as_of)
    row.value, row.words, row.said_by, row.said_at = value, words, by.account, timezone.now()
    row.save()
    touched([organisation.path])
    return row
