"""Lists behind the numbers of a commune's page: each holds exactly what its number counts."""

from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires
from portal.dashboards.frame import Frame, Level, frame_of
from portal.dashboards.queries.commune.lists import Part, parts_of
from portal.dashboards.queries.commune.month import HELD, LOGGING, TODAY, WAITING
from portal.dashboards.queries.commune.page import Commune
from portal.dashboards.queries.commune.targets import Counted
from portal.dashboards.queries.commune.work import named, open_proposals, overdue_tasks, with_names
from portal.dashboards.views.commune_parts import overdue_url, say
from portal.indicators.registry import NOTHING
from portal.indicators.registry import indicator as indicator_of
from portal.ui.pages import page_of
from portal.words.quantities import day as in_words
from portal.words.quantities import number, percent

GROUPS = {HELD: "Đã họp", LOGGING: "Đang ghi", TODAY: "Họp hôm nay", WAITING: "Chưa họp"}


def commune_of(request: ActorRequest, pk: int) -> Commune:
    frame = frame_of(request, pk)
    if frame.level is not Level.COMMUNE:
        raise Http404("no committee with branches directly below it")
    return Commune(frame)


def _frame(commune: Commune) -> dict[str, Any]:
    return {
        "frame": commune.frame,
        "organisation": commune.frame.place,
        "commune": commune,
        "back": commune.frame.here(),
    }


@require_safe
@requires(Permission.READ_FIGURES)
def month(request: ActorRequest, pk: int) -> HttpResponse:
    """?loc=chua-hop: where each branch stands with the meeting of that month."""
    commune = commune_of(request, pk)
    groups = commune.month.groups
    asked = request.GET.get("loc", "")
    asked = asked if asked in groups else ""
    shown = groups[asked] if asked else [one for one in commune.month.standings if one.group]
    frame = commune.frame
    chips = [("Tất cả", frame.url("dashboard_month", pk, **_cua(frame)), commune.month.owed, not asked)]
    chips += [
        (text, frame.url("dashboard_month", pk, loc=slug, **_cua(frame)), len(groups[slug]), slug == asked)
        for slug, text in GROUPS.items()
        if groups[slug] or slug == asked
    ]
    facts = {"shown": shown, "chips": chips, "month": commune.month, "title": _month_title(commune, asked)}
    return render(request, "dashboards/month.html", _frame(commune) | facts)


def _month_title(commune: Commune, asked: str) -> str:
    said = f"tháng {commune.month.month:%m/%Y}"
    return f"{GROUPS[asked]}, {said}" if asked else f"Họp thường kỳ {said}"


@require_safe
@requires(Permission.READ_FIGURES)
def figure(request: ActorRequest, pk: int, code: str) -> HttpResponse:
    """One figure split among its branches; it is their sum."""
    commune, found = commune_of(request, pk), indicator_of(code)
    if found is None:
        raise Http404("no such indicator")
    frame = commune.frame
    first = _first(request, frame)
    only = frozenset(commune.numbers) if commune.is_narrowed else None
    parts = Counted(frame.place, commune.numbers, frame.period.last, frame.tree_on, only).of([found], first)[code]
    rows: list[Part] = parts_of(frame, commune.branches, parts, code)
    whole = sum(parts.values(), NOTHING)
    facts = {
        "indicator": found,
        "rows": rows,
        "lead": f"{percent(whole.numerator, whole.denominator)}: {number(whole.numerator)}/{number(whole.denominator)} {found.of_what}."
        if whole.denominator
        else "",
        "heading": f"Theo {number(len(rows))} chi bộ",
        "spans": f"Từ ngày {in_words(first)}. {frame.day_words}.",
        "page": page_of(rows, request),
    }
    return render(request, "dashboards/figure.html", _frame(commune) | facts)


def _first(request: ActorRequest, frame: Frame) -> date:
    """?tu=2026-03-01: of a target that holds from a day on; what lies outside the period says nothing."""
    try:
        asked = date.fromisoformat(request.GET.get("tu", ""))
    except ValueError:
        return frame.period.first
    return asked if frame.period.first <= asked <= frame.period.last else frame.period.first


@require_safe
@requires(Permission.SEE_TASKS)
def overdue(request: ActorRequest, pk: int) -> HttpResponse:
    """?vb=12: of one document; ?viec=34: of one of its tasks."""
    commune = commune_of(request, pk)
    frame, found = commune.frame, commune.overdue
    frame.actor.need(Permission.SEE_TASKS, frame.place.path)
    rows, tasks = overdue_tasks(frame, commune.numbers), found.tasks if found else []
    document, task = request.GET.get("vb", ""), request.GET.get("viec", "")
    if any(str(one.ordered) == task for one in tasks):
        rows, document = rows.filter(ordered=int(task)), "?"
    elif any(str(one.document) == document for one in tasks):
        rows = rows.filter(ordered__order__document=int(document))
    else:
        document = ""
    chips = [("Tất cả", overdue_url(commune), found.count if found else 0, not document)]
    for one in found.by_document if found else []:
        is_asked = str(one.document) == document
        chips.append((one.symbol, overdue_url(commune, vb=str(one.document)), one.count, is_asked))
    page = page_of(with_names(rows).by_day(), request)
    for row in page:
        say(row, commune)
    count = number(page.paginator.count)
    facts = {"chips": chips, "page": page, "lead": f"{count} việc. {frame.day_words}." if page.paginator.count else ""}
    return render(request, "dashboards/overdue.html", _frame(commune) | facts)


@require_safe
@requires(Permission.SEE_MEETINGS)
def proposals(request: ActorRequest, pk: int) -> HttpResponse:
    """Without an answer on that day; today's are answered on the committee's own list."""
    commune = commune_of(request, pk)
    frame = commune.frame
    frame.actor.need(Permission.SEE_MEETINGS, frame.place.path)
    rows = named(open_proposals(frame))
    if commune.is_narrowed:
        rows = rows.filter(meeting__organisation__in=commune.numbers)
    facts = {"page": page_of(rows, request)}
    return render(request, "dashboards/proposals.html", _frame(commune) | facts)


def _cua(frame: Frame) -> dict[str, str]:
    return {"cua": frame.own["cua"]} if "cua" in frame.own else {}
