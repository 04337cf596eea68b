"""Members follow their branch when the tree is reorganised."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.dispatch import receiver

from branches.signals import reorganised, undone
from members.models import Charge, Membership, Office, ResidenceLink
from members.services.office_roles import settle_roles
from members.services.roll import settle_rolls
from portal.accounts.models import Account


@receiver(reorganised, dispatch_uid="members follow their branch")
def follow(work: Any, **_: Any) -> None:
    members: set[int] = set()
    for old, heir in work.heirs.items():
        for model, column in ((Membership, "organisation"), (ResidenceLink, "branch")):
            rows = list(model.everything.from_day(work.on).filter(**{column: old}).order_by("pk"))
            if not rows:
                continue
            members |= {row.member_id for row in rows}
            going_on = [_copy_for(row, column, heir, work.on) for row in rows] if heir else []
            later = [row.pk for row in rows if row.since and row.since >= work.on]
            for row in model.everything.filter(pk__in=later):
                work.journal.remove(row)
            ending = model.everything.filter(pk__in=[row.pk for row in rows]).exclude(pk__in=later)
            work.journal.change_all(ending, until=work.on - timedelta(days=1))
            work.journal.add_all(going_on)
            if model is Membership:
                _tell(work, len(rows), old, heir)
    work.when_settled(lambda: settle_rolls(members))


@receiver(reorganised, dispatch_uid="offices end with their organisation")
def end_offices(work: Any, **_: Any) -> None:
    """Whoever goes on for it gets its officers anew: elected or appointed there."""
    members: set[int] = set()
    for model in (Office, Charge):
        rows = model.everything.from_day(work.on).filter(organisation__in=list(work.heirs))
        members |= set(rows.values_list("member_id", flat=True)) if model is Office else set()
        later = rows.filter(since__gte=work.on)
        for row in later.order_by("pk"):
            work.journal.remove(row)
        ending = rows.filter(since__lt=work.on).order_by("pk")
        reason = {"ended_because": "Tổ chức kết thúc"} if model is Office else {}
        work.journal.change_all(ending, until=work.on - timedelta(days=1), **reason)
    if members:
        work.journal.tell(f"{len(members)} chức vụ kết thúc: ghi cấp ủy mới ở tổ chức mới.")
        work.when_settled(lambda: _settle_roles(members))


@receiver(undone, dispatch_uid="rolls are as before")
def settle_again(record: Any, **_: Any) -> None:
    settle_rolls()
    offices = [note["pk"] for note in record.journal if note["model"] == "members.office"]
    _settle_roles(Office.everything.filter(pk__in=offices).values_list("member_id", flat=True))


def _settle_roles(members: Iterable[int]) -> None:
    for account in Account.objects.filter(member__in=list(members)):
        settle_roles(account)


def _copy_for(row: Any, column: str, heir: Any, on: Any) -> Any:
    values = {
        field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key
    }
    values |= {"since": max(on, row.since or on), f"{column}_id": heir.pk}
    return type(row)(**values)


def _tell(work: Any, count: int, old: Any, heir: Any) -> None:
    if heir:
        work.journal.tell(f"{count} đảng viên của {old.name} chuyển về {heir.name}.")
    else:
        work.journal.tell(f"{count} đảng viên của {old.name} chưa có chi bộ mới: chuyển từng người sau đó.")
