"""What a committee above others should look at first: computed, each with the way to the list behind it."""

from dataclasses import dataclass

from branches.summary.months import last_day_of, last_whole_month
from directives.models import Document
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.dashboards.frame import Tree
from portal.dashboards.queries.province.board import Board
from portal.dashboards.queries.province.overdue import SoonDue, soon_due_below
from portal.dashboards.queries.province.rows import HELD, OFFICERS
from portal.indicators.registry import Figure
from portal.words.quantities import number, percent

FALLS_NAMED, PAPERS_NAMED = 3, 3


@dataclass(frozen=True)
class Sign:
    title: str
    meta: str
    url: str
    tone: str
    icon: str


def signs_of(board: Board) -> list[Sign]:
    """Two statements. What its list could not show as it is narrowed here is left out."""
    return [*_falls(board), *_not_held(board), *_soon_due(board), *_officers(board)]


def _falls(board: Board) -> list[Sign]:
    found = [
        Sign(f"{row.name}: dự họp giảm ba tháng liền", f"Còn {_percent(last.attendance)} trong {_month(board)}", row.address, "bad", "alert")
        for row, last in board.falling[:FALLS_NAMED]
    ]  # fmt: skip
    if (more := len(board.falling) - FALLS_NAMED) > 0:
        title = f"{number(more)} nơi khác cũng giảm ba tháng liền"
        url = board.frame.here(loc="giam") + "#so-sanh"
        found.append(Sign(title, "Tỷ lệ dự sinh hoạt thường kỳ", url, "bad", "alert"))
    return found


def _month(board: Board) -> str:
    return f"tháng {last_whole_month(board.frame.period.last):%m/%Y}"


def _not_held(board: Board) -> list[Sign]:
    """In the last whole month: who met later, met late."""
    if not _is_exact(board):
        return []
    month = last_whole_month(board.frame.period.last)
    lacking = [found.not_held for found in board.last_months.values() if found.not_held]
    if not lacking:
        return []
    title = f"{number(sum(lacking))} chi bộ không họp trong {_month(board)}"
    url = _figure(board, HELD, ky="thang", den=last_day_of(month).isoformat())
    return [Sign(title, f"Ở {number(len(lacking))} {board.noun}", url, "bad", "alert")]


def _officers(board: Board) -> list[Sign]:
    if not _is_exact(board):
        return []
    lacking = [row.figure(OFFICERS).lacking for row in board.rows if row.figure(OFFICERS).lacking]
    if not lacking:
        return []
    title = f"{number(sum(lacking))} chi bộ chưa đủ bí thư, phó bí thư"
    url = _figure(board, OFFICERS)
    return [Sign(title, f"Ở {number(len(lacking))} {board.noun}", url, "warn", "users")]


def _is_exact(board: Board) -> bool:
    """The page of a figure shows all branches, in the tree of the day."""
    frame = board.frame
    return board.asked.is_whole and (frame.tree is Tree.THEN or frame.is_now)


def _figure(board: Board, code: str, **changes: str) -> str:
    words = {"to-chuc": str(board.frame.place.pk), "xem": "thieu", "cay": ""}
    return board.frame.url("figure", code, **words, **changes)


def _soon_due(board: Board) -> list[Sign]:
    frame = board.frame
    if not board.asked.is_whole or not frame.may(Permission.SEE_TASKS):
        return []
    day, tree_on = frame.period.last, frame.tree_on
    found = frame.shelf.take(("soon due", day, tree_on), lambda: soon_due_below(frame.place.pk, day, tree_on))[
        :PAPERS_NAMED
    ]
    numbers = [one.document for one in found]
    papers = frame.shelf.take(("papers", frame.actor.reach, *numbers), lambda: _papers(frame.actor, numbers))
    return [_due_sign(board, one, papers[one.document]) for one in found if one.document in papers]


def _papers(actor: Actor, numbers: list[int]) -> dict[int, Document]:
    return Document.objects.allowed(actor, Permission.READ_LIBRARY).without_texts().in_bulk(numbers)


def _due_sign(board: Board, one: SoonDue, paper: Document) -> Sign:
    name = paper.symbol or paper.brief
    days = f"{one.first:%d/%m}" if one.first == one.last else f"{one.first:%d/%m}–{one.last:%d/%m}"
    title = f"{number(one.tasks)} nhiệm vụ {name} đến hạn {days}"
    url = board.frame.url("dashboard_tasks", board.frame.place.pk, loc="den-han", vanban=str(paper.pk))
    return Sign(title, f"{number(one.doers)} nơi đang làm", url, "warn", "clock")


def _percent(figure: Figure) -> str:
    return percent(figure.numerator, figure.denominator)
