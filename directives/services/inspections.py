"""Carrying out an inspection: begun, what was found, concluded, followed until everything that it demanded is settled."""

from datetime import date

from django.utils import timezone

from directives.models import Finding, Inspection, PlannedInspection, ProgrammeState
from directives.models.inspection import Demand
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.history.actions import action
from portal.words.errors import ChangedMeanwhile, DomainError

REASON = "whoever writes was asked about the organisation"


@action("bắt đầu kiểm tra, giám sát")
def begin_inspection(planned: PlannedInspection, *, opened_on: date, by: Actor) -> Inspection:
    rows = PlannedInspection.objects.everywhere(reason=REASON).select_for_update(of=("self",))
    planned = rows.select_related("programme__organisation", "subject").get(pk=planned.pk)
    by.need(Permission.INSPECT, planned.programme.organisation.path)
    if planned.programme.state != ProgrammeState.AGREED:
        raise DomainError("Chương trình chưa thông qua.")
    if planned.dropped_on:
        raise DomainError("Cuộc này đã thôi tiến hành.")
    if Inspection.objects.everywhere(reason=REASON).filter(planned=planned).exists():
        raise DomainError("Cuộc này đã bắt đầu.")
    _refuse_future(opened_on, "opened_on")
    inspection = Inspection(planned=planned, opened_on=opened_on, opened_by=by.account)
    inspection.save()
    return inspection


@action("kết luận kiểm tra, giám sát")
def conclude(inspection: Inspection, *, version: int, conclusion: str, concluded_on: date, by: Actor) -> Inspection:
    """Words and day; who saves second is told."""
    inspection = open_inspection(inspection, by)
    if inspection.version != version:
        raise ChangedMeanwhile("Người khác vừa sửa kết luận. Phần đồng chí viết vẫn còn; xem bản mới rồi ghép lại.")
    _refuse_future(concluded_on, "concluded_on")
    if concluded_on < inspection.opened_on:
        raise DomainError("Ngày kết luận phải sau ngày bắt đầu.", field="concluded_on")
    inspection.conclusion, inspection.concluded_on = conclusion, concluded_on
    inspection.version += 1
    inspection.save()
    return inspection


@action("ghi phát hiện khi kiểm tra, giám sát")
def write_finding(inspection: Inspection, *, kind: str, words: str, by: Actor) -> Finding:
    """Whoever writes what is closed may read it."""
    inspection = open_inspection(inspection, by)
    by.need(Permission.READ_CLOSED, inspection.planned.subject.path)
    finding = Finding(inspection=inspection, kind=kind, words=words)
    finding.save()
    return finding


@action("bỏ phát hiện ghi nhầm")
def remove_finding(finding: Finding, *, by: Actor) -> None:
    """Its words stay in the history of the database."""
    inspection = open_inspection(finding.inspection, by)
    by.need(Permission.READ_CLOSED, inspection.planned.subject.path)
    finding.delete()


@action("kết thúc kiểm tra, giám sát")
def end_inspection(inspection: Inspection, *, ended_on: date, by: Actor) -> Inspection:
    inspection = open_inspection(inspection, by)
    if inspection.concluded_on is None:
        raise DomainError("Ghi kết luận rồi mới kết thúc.")
    _refuse_future(ended_on, "ended_on")
    if ended_on < inspection.concluded_on:
        raise DomainError("Ngày kết thúc phải sau ngày kết luận.", field="ended_on")
    left = Demand.objects.everywhere(reason=REASON).filter(inspection=inspection).unsettled().count()
    if left:
        raise DomainError(f"Còn {left} yêu cầu chưa xong. Nhận kết quả, hoặc thôi theo dõi kèm lý do.")
    inspection.ended_on = ended_on
    inspection.save()
    return inspection


def open_inspection(inspection: Inspection, by: Actor) -> Inspection:
    """Locked, and not ended."""
    rows = Inspection.objects.everywhere(reason=REASON).select_for_update(of=("self",))
    locked = rows.select_related("planned__programme__organisation", "planned__subject").get(pk=inspection.pk)
    by.need(Permission.INSPECT, locked.planned.programme.organisation.path)
    if locked.ended_on:
        raise DomainError("Cuộc này đã kết thúc.")
    return locked


def _refuse_future(day: date, field: str) -> None:
    if day > timezone.localdate():
        raise DomainError("Ngày này chưa đến.", field=field)
