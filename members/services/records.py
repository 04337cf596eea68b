"""The record of a person: entered once, kept right."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from branches.models import Grant, Kind, Organisation
from members.models import ClosedRecord, Member, Membership, State, StateSpell
from members.services.office_roles import settle_roles
from members.services.roll import settle_rolls
from members.summary import recount_people
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.accounts.models import Account
from portal.history.actions import action
from portal.live.versions import touched
from portal.words.errors import ChangedMeanwhile, DomainError
from portal.words.quantities import day

MEMBERS_LIVE_IN = (Kind.BRANCH,)
COLUMNS = (
    "full_name", "card_number", "born_on", "born_known_to", "sex", "ethnicity", "home", "residence", "phone", "job",
    "education", "theory", "admitted_on", "decided_on", "official_on", "months_not_counted",
)  # fmt: skip


@action("ghi tên vào danh sách")
def enter_member(
    *, branch: Organisation, since: date, state: State, facts: Mapping[str, Any], ground: str = "", by: Actor
) -> Member:
    """Somebody comes onto the roll of a branch: admitted, moved in from outside, or entered late."""
    by.need(Permission.KEEP_ROLL, branch.path)
    refuse_if_no_branch(branch, since)
    if state not in State.present():
        raise DomainError("Người mới vào danh sách là đảng viên chính thức hoặc dự bị.", field="state")
    member = Member(**{name: facts[name] for name in COLUMNS if name in facts})
    _save(member)
    Membership(member=member, organisation=branch, since=since, ground=ground).save()
    _first_spells(member, state, since)
    settle_rolls([member.pk])
    recount_people([member.pk], since)
    member.refresh_from_db()
    return member


@action("sửa hồ sơ đảng viên")
def change_member(member: Member, *, version: int, facts: Mapping[str, Any], by: Actor) -> Member:
    """Nobody's words are overwritten unseen: whoever saves second is told, and sees both."""
    by.need(Permission.KEEP_ROLL, path_of(member))
    stored = Member.everything.select_for_update().get(pk=member.pk)
    if stored.version != version:
        raise ChangedMeanwhile("Người khác vừa sửa hồ sơ này. Xem bản mới nhất rồi lưu lại.")
    for name in COLUMNS:
        if name in facts:
            setattr(stored, name, facts[name])
    stored.version += 1
    _save(stored)
    touched([path_of(stored)])
    return stored


@action("ghi phần đóng của hồ sơ")
def write_closed_record(
    member: Member, *, version: int, religion: str, health: str, remarks: str, by: Actor
) -> ClosedRecord:
    """Inspectors read it; who keeps the roll writes it. `version` 0: there was none."""
    by.need(Permission.READ_CLOSED, path_of(member))
    by.need(Permission.KEEP_ROLL, path_of(member))
    Member.everything.select_for_update().get(pk=member.pk)  # one writer at a time, also of the first
    record = ClosedRecord.everything.filter(member=member).first() or ClosedRecord(member=member, version=0)
    if record.version != version:
        raise ChangedMeanwhile("Người khác vừa sửa phần này. Xem bản mới nhất rồi lưu lại.")
    record.religion, record.health, record.remarks = religion, health, remarks
    record.version += 1
    record.save()
    return record


@action("nối hồ sơ với tài khoản")
def link_account(member: Member, *, account: Account | None, by: Actor) -> Member:
    """Who signs in with it sees the record as their own. Without an account: nobody does any more."""
    by.need(Permission.MANAGE_ACCOUNTS, path_of(member))
    if account and not Grant.objects.allowed(by, Permission.SEE_GRANTS).filter(account=account).exists():
        raise DomainError("Tài khoản này không giữ vai trò nào trong tổ chức của đồng chí.", field="account")
    other = Member.everything.filter(account=account).exclude(pk=member.pk).first() if account else None
    if other:
        raise DomainError(f"Tài khoản này đã nối với hồ sơ của đ/c {other.full_name}.", field="account")
    stored = Member.everything.select_for_update().get(pk=member.pk)
    before, stored.account = stored.account, account
    stored.save()
    for one in filter(None, (before, account)):
        settle_roles(one)
    return stored


def path_of(member: Member) -> str:
    """Where the record belongs today; one without a branch belongs to nobody's reach but the root's."""
    return member.branch.path if member.branch else "/"


def refuse_if_no_branch(branch: Organisation, on: date, *, field: str = "branch") -> None:
    if branch.kind not in MEMBERS_LIVE_IN:
        raise DomainError(f"Đảng viên sinh hoạt ở chi bộ; {branch.name} không phải chi bộ.", field=field)
    if not branch.lives_on(on):
        raise DomainError(f"{branch.name} không hoạt động vào ngày {day(on)}.", field=field)


def _first_spells(member: Member, state: State, since: date) -> None:
    """Since when somebody is what they are: as far as the record knows, else since they came here."""
    if state == State.FULL:
        began = min(filter(None, [member.official_on, since]))
        StateSpell(member=member, state=State.FULL, since=began).save()
        return
    StateSpell(member=member, state=State.PROBATIONARY, since=min(filter(None, [member.admitted_on, since]))).save()


SENTENCES = {
    "members_member_card_number_key": ("card_number", "Số thẻ đảng này đã có ở hồ sơ khác."),
    "member_official_after_admission": ("official_on", "Ngày chính thức phải sau ngày kết nạp."),
    "member_born_before_admission": ("born_on", "Ngày sinh phải trước ngày kết nạp."),
}


def _save(member: Member) -> None:
    """The database holds the rules; here they get their sentences."""
    try:
        with transaction.atomic():
            member.save()
    except IntegrityError as error:
        broken = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
        if broken not in SENTENCES:
            raise
        field, sentence = SENTENCES[broken]
        raise DomainError(sentence, field=field) from error
