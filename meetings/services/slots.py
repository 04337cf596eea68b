"""A committee moves a month's meeting (Tết, a storm) or excuses it, for itself and all below, or for one branch."""

from datetime import date

from django.db import IntegrityError, transaction

from branches.models import Organisation
from branches.summary.months import next_month
from meetings.models import MeetingKind, SlotChange, SlotDecision
from meetings.slots import Place, quarter_of
from meetings.summary import recount_places
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.history.actions import action
from portal.words.errors import DomainError


@action("quyết định về kỳ họp")
def decide_slot(
    organisation: Organisation,
    *,
    kind: str,
    period: date,
    change: str,
    because: str,
    until: date | None = None,
    by: Actor,
) -> SlotDecision:
    """One decision for a place: a new one is refused until the old one is withdrawn."""
    by.need(Permission.DIRECT_MEETINGS, organisation.path)
    place = _place(kind, period)
    until = until if change == SlotChange.MOVED else None
    _fits(place, change, until)
    row = SlotDecision(
        organisation=organisation, kind=place.kind, period=place.period, change=change, until=until,
        because=because.strip(), by=by.account,
    )  # fmt: skip
    if not row.because:
        raise DomainError("Ghi lý do, ví dụ: nghỉ Tết, bão lũ.", field="because")
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise DomainError("Kỳ này đã có quyết định. Bỏ quyết định cũ rồi ghi lại.", field="period") from error
    _count_anew(organisation, place)
    return row


@action("bỏ quyết định về kỳ họp")
def withdraw_slot_decision(decision: SlotDecision, *, by: Actor) -> None:
    by.need(Permission.DIRECT_MEETINGS, decision.organisation.path)
    place = Place(decision.kind, decision.period)
    decision.delete()
    _count_anew(decision.organisation, place)


def _place(kind: str, period: date) -> Place:
    if kind not in MeetingKind.of_slots():
        raise DomainError("Chỉ dời được buổi thường kỳ, chuyên đề và họp chi ủy.", field="kind")
    return Place(kind, quarter_of(period) if kind == MeetingKind.THEMATIC else period.replace(day=1))


def _fits(place: Place, change: str, until: date | None) -> None:
    if change != SlotChange.MOVED:
        return
    latest = next_month(place.last_day)
    if until is None:
        raise DomainError("Ghi ngày cuối cùng được họp.", field="until")
    if not place.period <= until < next_month(latest):
        raise DomainError(
            f"Ngày được họp phải trong kỳ ấy hoặc tháng liền sau, đến trước {next_month(latest):%d/%m/%Y}.",
            field="until",
        )


def _count_anew(organisation: Organisation, place: Place) -> None:
    """Whether a meeting was in time stands in the summary."""
    rows = Organisation.objects.everywhere(reason="whom a decision reaches").at_or_below(organisation.path)
    recount_places(rows.values_list("pk", flat=True), place.period)
