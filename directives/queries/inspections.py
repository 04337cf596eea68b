"""Inspections as lists: the programmes of an organisation, the lines of one, what concerns a subject, a document's."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from branches.models import Organisation
from directives.models import Demand, Document, Finding, FindingKind, InspectionProgramme, PlannedInspection
from directives.models.inspection import SETTLED
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.words.quantities import day, number


@dataclass(frozen=True)
class Stand:
    """How an inspection stands on a day: tone, sign, words."""

    tone: str
    icon: str
    words: str


def stand_of(planned: PlannedInspection, on: date) -> Stand:
    begun = planned.begun
    if planned.dropped_on:
        return Stand("mute", "minus", "Thôi tiến hành")
    if begun is None:
        return _not_begun(planned, on)
    if begun.ended_on:
        return Stand("ok", "check-circle", "Đã kết thúc")
    if begun.concluded_on:
        return Stand("info", "flag", "Đã kết luận, đang theo dõi")
    return Stand("info", "clock", "Đang tiến hành")


def _not_begun(planned: PlannedInspection, on: date) -> Stand:
    if planned.programme.is_draft:
        return Stand("mute", "edit", "Dự kiến")
    if planned.until < on:
        return Stand("bad", "alert", "Quá hạn, chưa bắt đầu")
    return Stand("warn", "clock", "Đến kỳ") if planned.since <= on else Stand("mute", "calendar", "Chưa đến kỳ")


def in_time_words(planned: PlannedInspection) -> str:
    """Whether it began within its days."""
    begun = planned.begun
    if begun is None:
        return ""
    late = (begun.opened_on - planned.until).days
    return f"bắt đầu {day(begun.opened_on)}, {f'muộn {number(late)} ngày' if late > 0 else 'đúng kỳ'}"


@dataclass(frozen=True)
class Line:
    planned: PlannedInspection
    stand: Stand
    in_time: str
    open_demands: int


def lines(rows: QuerySet[PlannedInspection], on: date) -> list[Line]:
    unsettled = Count("inspection__demands", filter=~Q(inspection__demands__state__in=SETTLED), distinct=True)
    found = rows.select_related("programme__organisation", "subject", "inspection").annotate(unsettled=unsettled)
    return [Line(one, stand_of(one, on), in_time_words(one), one.unsettled) for one in found]


def programmes_of(place: Organisation, actor: Actor) -> QuerySet[InspectionProgramme]:
    """With how many inspections each holds, and how many have begun."""
    rows = InspectionProgramme.objects.allowed(actor, Permission.SEE_TASKS).filter(organisation=place)
    rows = rows.select_related("organisation")
    standing = Q(planned__dropped_on=None)
    return rows.annotate(
        count=Count("planned", filter=standing),
        begun=Count("planned", filter=standing & Q(planned__inspection__isnull=False)),
    ).newest_first()


def planned_in(programme: InspectionProgramme, actor: Actor) -> QuerySet[PlannedInspection]:
    return PlannedInspection.objects.allowed(actor, Permission.SEE_TASKS).filter(programme=programme).in_order()


def concerning(place: Organisation, actor: Actor) -> QuerySet[PlannedInspection]:
    """That were, or will be, made there."""
    rows = PlannedInspection.objects.allowed(actor, Permission.SEE_TASKS).standing().filter(subject=place)
    return rows.order_by("-since", "-pk")


def about(document: Document, actor: Actor) -> QuerySet[PlannedInspection]:
    rows = PlannedInspection.objects.allowed(actor, Permission.SEE_TASKS).standing()
    return rows.filter(documents=document).order_by("-since", "-pk")


def demands_at(place: Organisation, actor: Actor) -> QuerySet[Demand]:
    """That it has to carry out still."""
    rows = Demand.objects.allowed(actor, Permission.SEE_TASKS).unsettled().filter(organisation=place)
    return rows.select_related("inspection__planned__programme__organisation").in_order()


def demands_of(planned: PlannedInspection, actor: Actor) -> QuerySet[Demand]:
    rows = Demand.objects.allowed(actor, Permission.SEE_TASKS).filter(inspection__planned=planned)
    return rows.select_related("organisation").in_order()


def counted_findings(planned: PlannedInspection, actor: Actor) -> list[tuple[str, int]]:
    """Figures without words: for everybody who may see the inspection."""
    rows = Finding.objects.allowed(actor, Permission.SEE_TASKS).filter(inspection__planned=planned)
    found = dict(rows.order_by().values_list("kind").annotate(count=Count("pk")))
    return [(kind.label, found[kind.value]) for kind in FindingKind if kind.value in found]
