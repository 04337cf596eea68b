"""The province sees figures and organisations; a person only when it has asked, with a reason that the place can read."""

import logging
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from branches.models import Enquiry, Kind, Organisation
from branches.models.enquiry import LEAST_LETTERS
from branches.rules.definitions.access import ENQUIRY
from branches.rules.reading import Rulebook
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.history.actions import action
from portal.history.models import Deed
from portal.history.traces import leave_trace
from portal.words.errors import DomainError, NotAllowed
from portal.words.quantities import day

log = logging.getLogger(__name__)
# One asks about a commune or less: never about a whole province at once.
ASKED_ABOUT = (Kind.COMMUNE, Kind.BASE, Kind.PART, Kind.BRANCH, Kind.CELL)


@action("xin xem hồ sơ đảng viên")
def ask_for_persons(*, organisation: Organisation, reason: str, by: Actor) -> Enquiry:
    by.need(Permission.ASK_FOR_PERSONS, organisation.path)
    if by.capacity is None:
        raise NotAllowed(Permission.ASK_FOR_PERSONS.refusal)
    if organisation.kind not in ASKED_ABOUT:
        raise DomainError("Chỉ xin xem được ở một đảng bộ xã, phường, đặc khu hoặc một chi bộ.")
    today = timezone.localdate()
    enquiry = Enquiry(
        account=by.account,
        role=by.capacity.role,
        held_at_id=by.capacity.organisation_id,
        organisation=organisation,
        reason=_said(reason),
        since=today,
        until=today + timedelta(days=days_open(organisation, by)),
    )
    _save(enquiry)
    subject = f"Hồ sơ đảng viên của {organisation.name}, đến hết ngày {day(enquiry.until)}"
    leave_trace(Deed.ASKED, subject=subject, place=organisation.path, by=by, reason=enquiry.reason)
    log.info("persons asked for", extra={"enquiry": enquiry.pk})
    return enquiry


def days_open(organisation: Organisation, by: Actor) -> int:
    """For how many days after the day of asking."""
    return Rulebook.of(by).value(ENQUIRY.key, organisation, on=timezone.localdate())


@action("kết thúc sớm việc xem hồ sơ")
def end_enquiry(enquiry: Enquiry, *, by: Actor) -> Enquiry:
    """From this moment nothing is readable through it."""
    mine = Enquiry.objects.allowed(by, Permission.ASK_FOR_PERSONS).select_for_update(of=("self",))
    locked = mine.filter(pk=enquiry.pk).first()
    if locked is None:
        raise NotAllowed("Chỉ người xin xem mới kết thúc sớm được.")
    if not locked.is_open:
        raise DomainError("Lượt xin xem này đã kết thúc rồi.")
    locked.ended_at = timezone.now()
    locked.save(update_fields=["ended_at"])
    return locked


def _said(reason: str) -> str:
    """On one line, as it stands in the book of access."""
    said = " ".join(reason.split())
    if sum(letter.isalpha() for letter in said) < LEAST_LETTERS:
        raise DomainError(f"Lý do phải rõ, ít nhất {LEAST_LETTERS} chữ cái.", field="reason")
    if len(said) > 300:
        raise DomainError("Lý do không quá 300 chữ.", field="reason")
    return said


def _save(enquiry: Enquiry) -> None:
    try:
        with transaction.atomic():
            enquiry.save(force_insert=True)
    except IntegrityError as error:
        if "enquiry_open_once_at_a_time" not in str(error):
            raise
        sentence = f"Đồng chí đang được xem hồ sơ của {enquiry.organisation.name} rồi; chưa cần xin thêm."
        raise DomainError(sentence) from error
