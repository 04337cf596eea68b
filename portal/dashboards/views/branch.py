"""The page of a branch."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import Truncator

from meetings.slots import SlotState
from portal.access.permissions import Permission
from portal.access.views import ActorRequest
from portal.dashboards.frame import Frame
from portal.dashboards.queries import branch_blocks  # noqa: F401  what leaves the page registers itself
from portal.dashboards.queries.branch import FEW, Branch
from portal.words.quantities import number, weekday

AT_FIRST = 8  # things due that stand on the page
LONGEST_CHIP = 9  # words


def page(request: ActorRequest, frame: Frame) -> HttpResponse:
    branch, parent = Branch(frame), frame.place.parent
    facts: dict[str, Any] = {
        "frame": frame,
        "organisation": frame.place,
        "lead": _lead(branch),
        "above": frame.url("dashboard", parent.pk) if parent and frame.may_open(parent) else "",
        "branch": branch,
        "book": frame.url("meetings_of", frame.place.pk) if frame.may(Permission.SEE_MEETINGS) else "",
        "targets": _targets(branch),
        "due": branch.due[:AT_FIRST],
        "due_lead": f"{number(len(branch.due))} việc, gấp nhất đứng đầu." if branch.due else "",
        "all_due": reverse("home") if len(branch.due) > AT_FIRST else "",
        "year_title": f"Sinh hoạt năm {branch.day.year}",
    }
    return render(request, "dashboards/branch.html", facts)


def _lead(branch: Branch) -> str:
    """Tháng 11: đã họp ngày 06/11, dự 25/26 đảng viên."""
    slot, month = branch.this_month, f"Tháng {branch.day.month}"
    if slot.state in SlotState.held():
        late = "họp muộn" if slot.state == SlotState.LATE else "đã họp đúng hạn"
        came = f", dự {number(slot.came)}/{number(slot.expected)} lượt đảng viên" if slot.expected else ""
        return f"{month}: {late}, ngày {slot.short_day}{came}."
    if slot.state in SlotState.not_owed():
        return f"{month}: không phải họp thường kỳ."
    if slot.state == SlotState.LOGGING:
        return f"{month}: đã họp ngày {slot.short_day}, chưa đóng sổ."
    last = f"{weekday(slot.last_day)[:1].lower()}{weekday(slot.last_day)[1:]}, {slot.last_day:%d/%m}"
    planned = f" Đã lập buổi họp cho ngày {slot.short_day}." if slot.day else ""
    verb = "đã quá hạn" if slot.state == SlotState.MISSING else "hạn"
    return f"{month}: chưa họp thường kỳ, {verb} {last}.{planned}"


def _targets(branch: Branch) -> dict[str, Any]:
    frame, document = branch.frame, branch.document
    others = [
        (Truncator(one.symbol or one.name).words(LONGEST_CHIP), frame.here(vb=str(one.pk)), one == document)
        for one in branch.found_targets
    ]
    count = len(branch.neighbours)
    middle = f"Bên cạnh là trung vị của {number(count)} chi bộ cùng đảng bộ." if count >= FEW else ""
    return {
        "title": f"Chỉ tiêu {document.name}" if document else "Chỉ tiêu",
        "lead": f"{frame.period.words}. {middle}",
        "rows": branch.targets,
        "documents": others if len(others) > 1 else [],
        "all": frame.url("targets", frame.place.pk),
        "has_middle": any(row.middle for row in branch.targets),
    }
