"""A committee with committees below: where each stands, whom to call."""

from typing import Any

from django.core.paginator import Page
from django.http import HttpResponse
from django.shortcuts import render

from portal.access.permissions import Permission
from portal.access.views import ActorRequest
from portal.accounts.models import SavedView
from portal.dashboards.forms.province import asked_board
from portal.dashboards.frame import Frame
from portal.dashboards.queries.province.attention import signs_of
from portal.dashboards.queries.province.board import Board
from portal.dashboards.queries.province.pictures import TileMap, strips_of
from portal.dashboards.queries.province.pulls import pulls_of
from portal.dashboards.queries.province.rows import ATTENDANCE, BEST, HELD
from portal.dashboards.views import province_blocks  # noqa: F401  what leaves the page registers itself
from portal.ui.icons import draw_icon
from portal.ui.pages import page_of

ROWS_A_PAGE = 25
COMPARE = "so-sanh"


def page(request: ActorRequest, frame: Frame) -> HttpResponse:
    """The whole page; or, where htmx asks for it, the comparison alone."""
    board, form = asked_board(frame)
    rows = page_of(board.ordered, request, rows_a_page=ROWS_A_PAGE)
    board.dress(list(rows))
    for row in rows:
        if row.pk == board.asked.opened:
            row.pulls = pulls_of(board, row)
    facts = {"frame": frame, "filters": form, "board": board, "lists": _lists(board), **_table(board, rows)}
    if request.htmx and request.htmx.target == COMPARE:
        return render(request, "dashboards/province.html#compare", facts)
    return render(request, "dashboards/province.html", facts | _around(request, board))


def _around(request: ActorRequest, board: Board) -> dict[str, Any]:
    """What stands beside the comparison."""
    frame = board.frame
    return {
        "strips": strips_of(board),
        "papers": [
            (one.document.brief, frame.here(vanban=str(one.document.pk), loc=""), len(one.goals), one is board.chosen)
            for one in board.documents
        ],
        "tiles": TileMap(board),
        "map_title": f"Bản đồ {board.noun}",
        "signs": signs_of(board),
        "saved_views": SavedView.objects.allowed(frame.actor, Permission.SEE_OWN_RECORD).of_page(request.path),
        "query": _kept_query(request),
    }


def _lists(board: Board) -> dict[str, str]:
    """Where each number of the first sentence leads."""
    here = board.frame.here
    return {
        "all": here(loc="") + f"#{COMPARE}",
        "branches": here(loc="", xep="-chibo") + f"#{COMPARE}",
        "members": here(loc="", xep="-dangvien") + f"#{COMPARE}",
        "full": here(loc="dat-du") + f"#{COMPARE}",
        "low": here(loc="du-thap") + f"#{COMPARE}",
        "lowest": here(loc="", xep="dat" if board.goals else "du") + f"#{COMPARE}" if board.rows else "",
        "unfiltered": here(loc="", chiso="", loai="", diaban="", dien="", xep=""),
    }


def _table(board: Board, rows: Page) -> dict[str, Any]:
    """Addresses are made once, and of each row only its number put in."""
    frame = board.frame
    here = frame.here(trang=str(rows.number) if rows.number > 1 else "")
    tasks, _, tasks_after = frame.url("dashboard_tasks", 0, loc="qua-han").partition("0/")
    beside, _, beside_after = frame.url("dashboard_beside", 0).partition("0/")
    return {
        "page": rows, "opened": board.asked.opened, "close_url": here,
        "open_url": f"{here}{'&' if '?' in here else '?'}mo=", "icon_open": draw_icon("down"), "icon_close": draw_icon("up"),
        "tasks_before": tasks, "tasks_after": f"/{tasks_after}", "beside_before": beside, "beside_after": f"/{beside_after}",
        "compare_title": f"So sánh {board.noun}",
        "compare_lead": f"{board.rank_words} · {frame.period.words}",
        "whole": {"held": board.whole_said(HELD), "attendance": board.whole_said(ATTENDANCE), "best": board.whole_said(BEST),
                  "shown": board.whole_said(board.shown.code)},
    }  # fmt: skip


def _kept_query(request: ActorRequest) -> str:
    """The filters as they would be kept under a name: without the page and the open row, and without what says nothing."""
    query = request.GET.copy()
    for name in [name for name, value in query.items() if not value or name in ("trang", "mo")]:
        query.pop(name)
    return query.urlencode()
