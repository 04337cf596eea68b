"""How far a report has come: its steps, who took each, and when."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth import get_user_model
from django.utils import timezone

from portal.reports.models import ArrivalState, Report, ReportState
from portal.words.quantities import day

ORDER = [ReportState.DRAFT, ReportState.REVIEW, ReportState.APPROVED, ReportState.ISSUED]
TITLES = {
    ReportState.DRAFT: "Soạn", ReportState.REVIEW: "Trình duyệt", ReportState.APPROVED: "Duyệt",
    ReportState.ISSUED: "Ban hành",
}  # fmt: skip
AWAITED = {
    ReportState.REVIEW: "chưa trình", ReportState.APPROVED: "chờ người có quyền duyệt",
    ReportState.ISSUED: "chưa lấy số",
}  # fmt: skip


@dataclass(frozen=True)
class Step:
    """`state`: done, here, waiting; as components draw it."""

    title: str
    meta: str
    state: str
    when: str = ""


def course_of(report: Report, *, above: str) -> list[Step]:
    """From begun to acknowledged. `above`: the name of whoever it goes to, empty where it goes nowhere. Two queries."""
    entered = _entered(report)
    here = ORDER.index(ReportState.ISSUED if report.state == ReportState.ISSUING else ReportState(report.state))
    steps = []
    for place, state in enumerate(ORDER):
        who, at = entered.get(state, ("", None)) if place <= here else ("", None)
        steps.append(
            Step(_title(report, state), who or AWAITED.get(state, ""), _standing(report, place, here), _when(at))
        )
    return [*steps, _arrival(report, above)] if above else steps


def _title(report: Report, state: ReportState) -> str:
    if state == ReportState.ISSUED and report.number:
        return f"Ban hành số {report.number.symbol}"
    return TITLES[state]


def _standing(report: Report, place: int, here: int) -> str:
    if place == here and not report.is_issued:
        return "here"
    return "done" if place <= here else "waiting"


def _entered(report: Report) -> dict[ReportState, tuple[str, datetime | None]]:
    """The last time that each state was entered. An event keeps the row as it was before a change."""
    events = list(
        report.events.filter(pgh_label="changed")
        .order_by("pgh_id")
        .values_list("state", "pgh_created_at", "pgh_context")
    )
    states = [state for state, _, _ in events] + [report.state]
    found: dict[ReportState, tuple[int | None, datetime]] = {ReportState.DRAFT: (report.begun_by_id, report.begun_at)}
    for number, (before, at, context) in enumerate(events):
        after = ReportState.ISSUED if states[number + 1] == ReportState.ISSUING else ReportState(states[number + 1])
        if before != states[number + 1] and after != ReportState.DRAFT and before != ReportState.ISSUING:
            found[after] = ((context or {}).get("account"), at)
    rows = get_user_model().objects.filter(pk__in={pk for pk, _ in found.values() if pk})
    names = dict(rows.values_list("pk", "full_name"))
    return {state: (f"đ/c {names[pk]}" if pk in names else "", at) for state, (pk, at) in found.items()}


def _arrival(report: Report, above: str) -> Step:
    found = report.arrived
    if found is None:
        return Step(f"Gửi {above}", "tự gửi khi ban hành", "waiting")
    if found.state == ArrivalState.ACKNOWLEDGED:
        return Step(f"{above} đã nhận", _when(found.judged_at), "done")
    if found.state == ArrivalState.RETURNED:
        return Step(f"{above} trả lại", "cần soạn bản thay thế", "waiting", _when(found.judged_at))
    return Step(f"Đã gửi {above}", "chờ xác nhận", "here", _when(found.sent_at))


def _when(at: datetime | None) -> str:
    return day(timezone.localdate(at)) if at else ""
