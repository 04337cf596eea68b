"""What stands beside an office: posts outside the Party, classes attended, branches and households in charge."""

from datetime import date, timedelta
from typing import TypeVar

from django.db import IntegrityError, transaction

from branches.models import Organisation, Settlement
from members.models import Charge, ConcurrentPost, HouseholdCharge, Member, StatePost, Training, TrainingLevel
from members.services.records import path_of
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.history.actions import action
from portal.live.versions import touched
from portal.words.errors import DomainError

Row = TypeVar("Row", ConcurrentPost, Charge, HouseholdCharge, Training)
SidePost = ConcurrentPost | Charge | HouseholdCharge


@action("ghi chức vụ chính quyền, đoàn thể")
def take_state_post(
    member: Member, *, post: StatePost, since: date, settlement: Settlement | None = None, detail: str = "", by: Actor
) -> ConcurrentPost:
    by.need(Permission.KEEP_ROLL, path_of(member))
    if post == StatePost.VILLAGE_HEAD and settlement is None:
        raise DomainError("Ghi là trưởng thôn, tổ dân phố nào.", field="settlement")
    row = ConcurrentPost(member=member, post=post, since=since, settlement=settlement, detail=detail)
    return _saved(row, "settlement", "Thôn này đã ghi một người đứng đầu trong thời gian ấy.")


@action("phân công phụ trách chi bộ")
def put_in_charge(member: Member, *, organisation: Organisation, since: date, by: Actor) -> Charge:
    by.need(Permission.KEEP_OFFICES, organisation.path)
    by.need(Permission.READ_ROLL, path_of(member))
    row = Charge(member=member, organisation=organisation, since=since)
    return _saved(row, "organisation", "Đồng chí này đang phụ trách chi bộ ấy.")


@action("phân công phụ trách hộ")
def put_in_charge_of_households(
    member: Member, *, area: str, households: int, since: date, by: Actor
) -> HouseholdCharge:
    by.need(Permission.KEEP_ROLL, path_of(member))
    return _saved(HouseholdCharge(member=member, area=area, households=households, since=since), "area", "")


@action("ghi lớp đã học")
def write_training(
    member: Member,
    *,
    name: str,
    level: TrainingLevel,
    ended_on: date,
    place: str = "",
    certificate: str = "",
    by: Actor,
) -> Training:
    by.need(Permission.KEEP_ROLL, path_of(member))
    row = Training(member=member, name=name, level=level, ended_on=ended_on, place=place, certificate=certificate)
    return _saved(row, "name", "Lớp này đã ghi rồi.")


@action("thôi phụ trách")
def end_side_post(row: SidePost, *, on: date, by: Actor) -> None:
    """`on` is the first day without it; before it began, it was written by mistake."""
    by.need(Permission.KEEP_ROLL, path_of(row.member))
    if row.since and on <= row.since:
        row.delete()
    else:
        row.until = on - timedelta(days=1)
        row.save()
    touched([path_of(row.member)])


def _saved(row: Row, field: str, sentence: str) -> Row:
    try:
        with transaction.atomic():
            row.save()
            touched([path_of(row.member)])
    except IntegrityError as error:
        raise DomainError(sentence or "Không ghi được dòng này.", field=field) from error
    return row
