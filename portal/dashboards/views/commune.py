"""The page of a committee with branches directly below it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse

from portal.access.views import ActorRequest
from portal.dashboards.frame import Frame
from portal.dashboards.queries.commune import blocks  # noqa: F401  what leaves the page registers itself
from portal.dashboards.queries.commune.page import BY_NAME, Commune
from portal.dashboards.queries.commune.scope import ALL
from portal.dashboards.views import commune_parts as parts


def page(request: ActorRequest, frame: Frame) -> HttpResponse:
    commune = Commune(frame)
    facts: dict[str, Any] = {"frame": frame, "organisation": frame.place, "has_branches": bool(commune.branches)}
    return render(request, "dashboards/commune.html", facts | _head(commune) | _grid(commune) | _parts(commune))


def _parts(commune: Commune) -> dict[str, Any]:
    return {
        "targets": parts.targets(commune),
        "figures": parts.figures(commune),
        "overdue": parts.overdue(commune),
        "people": parts.people(commune),
        "proposals": parts.proposals(commune),
        "visits": parts.visits(commune),
        "news": commune.news,
    }


def _head(commune: Commune) -> dict[str, Any]:
    frame, parent = commune.frame, commune.frame.place.parent
    facts = {"frame": frame, "has_branches": bool(commune.branches), **parts.head(commune)}
    return {
        "sentence": render_to_string("dashboards/parts/commune_sentence.html", facts),
        "above": frame.url("dashboard", parent.pk) if parent and frame.may_open(parent) else "",
        "reminding": commune.reminding,
        "remind_words": parts.remind_words(commune),
        "scopes": _scopes(commune),
    }


def _scopes(commune: Commune) -> list[tuple[str, str, bool]]:
    """Whose branches, for those who follow some."""
    if not commune.in_charge:
        return []
    here = commune.frame.here
    return [
        ("Chi bộ tôi phụ trách", here(cua=""), commune.is_narrowed),
        ("Toàn đảng bộ", here(cua=ALL), not commune.is_narrowed),
    ]


def _grid(commune: Commune) -> dict[str, Any]:
    """As templates/meetings/parts/heat.html wants it."""
    frame = commune.frame
    return {
        "rows": commune.sorted_rows,
        "heading": f"{len(commune.rows)} chi bộ qua 12 tháng năm {commune.day.year}",
        "columns": [f"T{month}" for month in range(1, 13)],
        "column_now": commune.day.month,
        "noun": "Tháng",
        "is_quarterly": False,
        "has_share": True,
        "foot": commune.foot,
        "orders": [
            ("Cần chú ý trước", frame.here(xep=""), not commune.is_by_name),
            ("Theo tên", frame.here(xep=BY_NAME), commune.is_by_name),
        ],
        "whole_grid": f"{reverse('meeting_grid', args=[frame.place.pk])}?nam={commune.day.year}",
    }
