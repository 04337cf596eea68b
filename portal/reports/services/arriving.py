"""At the committee above: acknowledged, or returned with what is asked for."""

from django.utils import timezone

from branches.models import Organisation
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.history.actions import action
from portal.notifications.services.telling import remind_below, tell_now
from portal.reports.duties import ReplaceReport, ReportTaken, SendReport, TakeReports
from portal.reports.kinds import ReportKind
from portal.reports.models import Arrival, ArrivalState, Report
from portal.reports.queries.reading import takes_for
from portal.reports.services.writing import WHY
from portal.words.errors import DomainError, NotAllowed


def arrive(report: Report) -> None:
    """In the transaction that issues it: at the committee above, which is told."""
    above = report.organisation.parent
    if above:
        arrival = Arrival.objects.everywhere(reason=WHY).create(
            report=report, organisation=above, sent_at=timezone.now()
        )
        tell_now([TakeReports.code], str(arrival.pk))


@action("nhận báo cáo cấp dưới")
def acknowledge(arrival: Arrival, *, by: Actor) -> Arrival:
    taken = _judged(arrival, ArrivalState.ACKNOWLEDGED, "", by)
    tell_now([ReportTaken.code], str(taken.pk))
    return taken


@action("trả lại báo cáo cấp dưới")
def return_report(arrival: Arrival, *, remark: str, by: Actor) -> Arrival:
    """The issued one stays; those below answer with one that replaces it."""
    if not remark.strip():
        raise DomainError("Ghi cần bổ sung, sửa gì.", field="remark")
    returned = _judged(arrival, ArrivalState.RETURNED, remark, by)
    tell_now([ReplaceReport.code], str(returned.pk))
    return returned


@action("nhắc gửi báo cáo")
def remind_to_send(place: Organisation, kind: ReportKind, *, by: Actor) -> int:
    """Whoever writes the reports below, once a day, of the one that is asked for now. Says how many notices are new."""
    _must_be_theirs(place, by)
    return remind_below(SendReport(kind).code, place.path, facts={"asked_by": place.name})


def _judged(arrival: Arrival, state: ArrivalState, remark: str, by: Actor) -> Arrival:
    rows = Arrival.objects.everywhere(reason=WHY).select_for_update(no_key=True, of=("self",))
    arrival = rows.select_related("organisation", "report").get(pk=arrival.pk)
    _must_be_theirs(arrival.organisation, by)
    if getattr(arrival.report, "replaced_by", None) and arrival.report.replaced_by.is_issued:
        raise DomainError("Báo cáo này đã có bản thay thế; hãy xem bản mới.")
    arrival.state, arrival.remark, arrival.judged_by, arrival.judged_at = state, remark, by.account, timezone.now()
    arrival.save()
    return arrival


def _must_be_theirs(place: Organisation, by: Actor) -> None:
    if not takes_for(by, place):
        raise NotAllowed(Permission.TAKE_REPORTS.refusal)
