"""Two places, or two years of one, side by side; and the tasks behind a number."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires
from portal.dashboards.frame import Frame, frame_of
from portal.dashboards.queries.province.beside import Beside, lines_by_subject, others_beside, years_beside
from portal.dashboards.queries.province.tasks import LISTS, tasks_below
from portal.ui.pages import page_of
from portal.words.quantities import day as in_words
from portal.words.quantities import number

LONGEST_NUMBER = 18  # digits


@require_safe
@requires(Permission.READ_FIGURES)
def beside(request: ActorRequest, pk: int) -> HttpResponse:
    frame = frame_of(request, pk)
    asked = Beside(frame, others_beside(frame), years_beside(frame), request.GET)
    facts = {
        "frame": frame,
        "asked": asked,
        "sides": asked.sides,
        "subjects": lines_by_subject(frame, *asked.sides) if asked.sides else [],
        "years": [(year, frame.url("dashboard_beside", pk, **{"voi-nam": str(year)})) for year in asked.years],
        "here_url": frame.url("dashboard", pk),
        "heading": _heading(frame, asked),
        **_above(frame),
    }
    return render(request, "dashboards/beside.html", facts)


@require_safe
@requires(Permission.SEE_TASKS)
def tasks(request: ActorRequest, pk: int) -> HttpResponse:
    """?loc=qua-han or den-han, &vanban=5: of the place and all below it."""
    frame = frame_of(request, pk)
    request.actor.need(Permission.SEE_TASKS, frame.place.path)
    asked = request.GET.get("loc", "")
    asked = asked if asked in LISTS else "qua-han"
    paper = request.GET.get("vanban", "")
    is_number = paper.isascii() and paper.isdecimal() and len(paper) <= LONGEST_NUMBER
    page = page_of(tasks_below(frame, asked, int(paper) if is_number else None), request)
    for row in page:
        row.is_reached = frame.may_open(row.organisation, Permission.SEE_TASKS)
    words = {"vanban": paper} if is_number else {}
    facts = {
        "frame": frame,
        "page": page,
        "said": LISTS[asked],
        "heading": f"Việc {LISTS[asked]}",
        "nothing": f"Không có việc {LISTS[asked]}",
        "lead": f"{number(page.paginator.count)} việc của nơi này và các nơi trực thuộc, tính đến {in_words(frame.period.last)}.",
        "here_url": frame.url("dashboard", pk),
        "lists": [
            (name, frame.url("dashboard_tasks", pk, loc=key, **words), key == asked) for key, name in LISTS.items()
        ],
    }
    return render(request, "dashboards/tasks.html", facts)


def _heading(frame: Frame, asked: Beside) -> str:
    """Xã Phú Lương và Xã Tân Hòa; Năm 2026 và năm 2025."""
    if asked.sides is None:
        return frame.place.name
    left, right = (side.name for side in asked.sides)
    return f"{left} và {right if asked.other else right[:1].lower() + right[1:]}"


def _above(frame: Frame) -> dict[str, Any]:
    """Whose page stands above it, for whoever may go there."""
    up = frame.place.parent
    if up is None or not frame.may_open(up):
        return {"up": None, "up_url": ""}
    return {"up": up, "up_url": frame.url("dashboard", up.pk)}
