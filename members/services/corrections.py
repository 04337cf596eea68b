"""A member says what is wrong in the own record; the secretary corrects it with one press, or says why not."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from members.models import Correction, Member, Precision
from members.services.records import change_member, path_of
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.accounts.phones import normal_phone
from portal.history.actions import action
from portal.words.errors import DomainError, NotAllowed

# What a member may ask to have corrected; how they stand in the Party is not corrected but decided.
CORRECTABLE = (
    "full_name", "born_on", "sex", "ethnicity", "home", "residence", "phone", "job", "education", "theory",
    "card_number", "admitted_on", "decided_on", "official_on",
)  # fmt: skip


@action("xin sửa hồ sơ của mình")
def ask_for_correction(member: Member, *, column: str, after: str, note: str = "", by: Actor) -> Correction:
    """`after` is written as people write it; a day as 2026-11-21, a choice as its value."""
    if member.account_id != by.account.pk:
        raise NotAllowed("Chỉ xin sửa được hồ sơ của chính mình.")
    if column not in CORRECTABLE:
        raise DomainError("Mục này không xin sửa được ở đây.", field="column")
    before, wanted = _plain(getattr(member, column)), _plain(_read(column, after))
    if before == wanted:
        raise DomainError("Hồ sơ đang ghi đúng như vậy.", field="after")
    correction = Correction(member=member, column=column, before=before, after=wanted, note=note, asked_by=by.account)
    try:
        with transaction.atomic():
            correction.save()
    except IntegrityError as error:
        raise DomainError("Mục này đang chờ bí thư trả lời một đề nghị khác.", field="column") from error
    return correction


@action("sửa hồ sơ theo đề nghị")
def accept_correction(correction: Correction, *, by: Actor) -> Correction:
    correction = _still_waiting(correction, by)
    member = correction.member
    facts = {correction.column: _read(correction.column, correction.after)}
    if correction.column == "born_on":
        facts["born_known_to"] = Precision.DAY  # what a member asks for is a whole day
    change_member(member, version=member.version, facts=facts, by=by)
    return _answer(correction, Correction.Answer.ACCEPTED, "", by)


@action("không sửa hồ sơ theo đề nghị")
def refuse_correction(correction: Correction, *, reason: str, by: Actor) -> Correction:
    if not reason.strip():
        raise DomainError("Ghi vì sao không sửa.", field="reason")
    return _answer(_still_waiting(correction, by), Correction.Answer.REFUSED, reason, by)


def _still_waiting(correction: Correction, by: Actor) -> Correction:
    by.need(Permission.KEEP_ROLL, path_of(correction.member))
    locked = Correction.everything.select_for_update(of=["self"]).select_related("member__branch").get(pk=correction.pk)
    if locked.answer != Correction.Answer.WAITING:
        raise DomainError("Đề nghị này đã được trả lời.")
    if locked.asked_by_id == by.account.pk:
        raise NotAllowed("Đề nghị của mình do người khác trả lời.")
    return locked


def _answer(correction: Correction, answer: Correction.Answer, reason: str, by: Actor) -> Correction:
    correction.answer, correction.reason = answer, reason
    correction.answered_by, correction.answered_at = by.account, timezone.now()
    correction.save()
    return correction


def _read(column: str, typed: str) -> Any:
    field = Member._meta.get_field(column)
    if column == "phone":
        return _phone(typed)
    try:
        value = field.clean(typed or (None if field.null else ""), None)
    except ValidationError as error:
        raise DomainError(f"{str(field.verbose_name).capitalize()}: viết chưa đúng.", field="after") from error
    return value


def _phone(typed: str) -> str:
    number = normal_phone(typed) if typed else ""
    if number is None:
        raise DomainError("Số điện thoại chưa đúng, ví dụ 0912 345 678.", field="after")
    return number


def _plain(value: Any) -> str:
    return "" if value is None else str(value)
