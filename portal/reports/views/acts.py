"""What is done with a report by one press."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires
from portal.reports.models import Report, ReportState
from portal.reports.queries.reading import acts_for
from portal.reports.services import issuing, writing
from portal.reports.views.reached import own_report
from portal.ui.refused import refusals_said


@dataclass(frozen=True)
class Act:
    slug: str
    name: str
    permission: Permission
    service: Callable[..., Any]
    said: str
    states: tuple[ReportState, ...]

    def is_offered(self, request: ActorRequest, report: Report) -> bool:
        return report.state in self.states and acts_for(request.actor, report.organisation, self.permission)


_WRITE, _APPROVE = Permission.WRITE_REPORTS, Permission.APPROVE_REPORTS
ACTS = [
    Act("tong-hop-lai", "compose", _WRITE, writing.compose_anew, "Đã tổng hợp lại số liệu. Lời đã viết giữ nguyên.", (ReportState.DRAFT,)),
    Act("trinh-duyet", "hand_over", _WRITE, writing.hand_over, "Đã trình duyệt.", (ReportState.DRAFT,)),
    Act("rut-ve", "take_back", _WRITE, writing.take_back, "Đã rút về. Đồng chí sửa tiếp được.", (ReportState.REVIEW,)),
    Act("bo", "drop", _WRITE, writing.drop_draft, "Đã bỏ báo cáo đang soạn.", (ReportState.DRAFT,)),
    Act("duyet", "approve", _APPROVE, issuing.approve, "Đã duyệt. Báo cáo chờ lấy số, ban hành.", (ReportState.REVIEW,)),
    Act("ban-hanh", "issue", _WRITE, issuing.issue, "Đã lấy số. Cổng đang lập bản ban hành.", (ReportState.APPROVED,)),
    Act("lap-lai", "set_again", _WRITE, issuing.issue, "Cổng đang lập lại bản ban hành.", (ReportState.ISSUING,)),
    Act("thay-the", "replace", _WRITE, issuing.replace, "Đã mở bản thay thế. Bản cũ giữ nguyên cho đến khi bản này ban hành.", (ReportState.ISSUED,)),
]  # fmt: skip


def offered(request: ActorRequest, report: Report) -> dict[str, Act]:
    """By name, for the page."""
    found = {act.name: act for act in ACTS if act.is_offered(request, report)}
    if report.successor:
        found.pop("replace", None)
    return found


@require_POST
@requires(Permission.READ_FIGURES)
def act_on_report(request: ActorRequest, pk: int, slug: str) -> HttpResponse:
    act = next((act for act in ACTS if act.slug == slug), None)
    if act is None:
        raise Http404("nothing of this name is done with a report")
    report = own_report(request, pk, act.permission)
    with refusals_said(request):
        made = act.service(report, by=request.actor)
        messages.success(request, act.said)
        if act.name == "drop":
            return redirect("reports")
        return redirect("report", made.pk if act.name == "replace" else pk)
    return redirect("report", pk)
