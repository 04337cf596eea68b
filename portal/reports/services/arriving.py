"""At the committee above: acknowledged, or returned with what is asked for."""

from django.utils import timezone

from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.history.actions import action
from portal.reports.models import Arrival, ArrivalState
from portal.reports.services.writing import WHY
from portal.words.errors import DomainError


@action("nhận báo cáo cấp dưới")
def acknowledge(arrival: Arrival, *, by: Actor) -> Arrival:
    return _judged(arrival, ArrivalState.ACKNOWLEDGED, "", by)


@action("trả lại báo cáo cấp dưới")
def return_report(arrival: Arrival, *, remark: str, by: Actor) -> Arrival:
    """The issued one stays; those below answer with one that replaces it."""
    if not remark.strip():
        raise DomainError("Ghi cần bổ sung, sửa gì.", field="remark")
    return _judged(arrival, ArrivalState.RETURNED, remark, by)


def _judged(arrival: Arrival, state: ArrivalState, remark: str, by: Actor) -> Arrival:
    rows = Arrival.objects.everywhere(reason=WHY).select_for_update(no_key=True, of=("self",))
    arrival = rows.select_related("organisation", "report").get(pk=arrival.pk)
    by.need(Permission.TAKE_REPORTS, arrival.organisation.path)
    if getattr(arrival.report, "replaced_by", None) and arrival.report.replaced_by.is_issued:
        raise DomainError("Báo cáo này đã có bản thay thế; hãy xem bản mới.")
    arrival.state, arrival.remark, arrival.judged_by, arrival.judged_at = state, remark, by.account, timezone.now()
    arrival.save()
    return arrival
