"""What leaves the page of a committee with committees below it: always all places, as the address narrows and ranks them."""

from portal.dashboards.blocks import Block, Table, block
from portal.dashboards.forms.province import asked_board
from portal.dashboards.frame import Frame, Level
from portal.dashboards.queries.province.attention import signs_of
from portal.dashboards.queries.province.board import Board
from portal.dashboards.queries.province.pictures import TileMap, strips_of, together
from portal.dashboards.queries.province.rows import ATTENDANCE, BEST, HELD, Row
from portal.words.quantities import number


@block("chi-tieu", of=Level.PROVINCE)
def goals(frame: Frame) -> Block | None:
    board, _ = asked_board(frame)
    if board.chosen is None:
        return None
    strips = strips_of(board)
    heads = ["Nơi", *(f"{strip.goal.name} ({strip.goal.said})" for strip in strips), "Số chỉ tiêu đạt"]
    rows = [
        [row.name, *(row.said(strip.code) for strip in strips), f"{number(row.met)}/{number(len(row.marks))}"]
        for row in board.rows
    ]
    lead = f"{board.chosen.document.brief}. {_lead(board)}"
    numbers = frozenset(range(1, len(heads)))
    return Block("chi-tieu", f"Mức đạt {board.goals_words}", lead, Table(heads, rows, numbers), together(strips))


@block("so-sanh", of=Level.PROVINCE)
def comparison(frame: Frame) -> Block:
    board, _ = asked_board(frame)
    rows = board.ordered
    board.dress(rows)
    own = [] if board.has_own_column else [board.shown.name]
    heads = ["Hạng", "Nơi", "Chi bộ", "Đảng viên", "Chỉ tiêu đạt", "Họp thường kỳ", "Dự họp", *own,
             f"{board.before_words or 'Tăng, giảm'} (điểm)", "Chất lượng tốt", "Việc quá hạn"]  # fmt: skip
    table = Table(heads, [_compared(row, bool(own)) for row in rows], frozenset({0, *range(2, len(heads))}))
    narrowed = f" Chỉ những nơi {board.only[0]}." if board.only else ""
    return Block("so-sanh", f"So sánh {board.noun}", f"{board.rank_words}. {_lead(board)}{narrowed}", table)


def _compared(row: Row, has_own: bool) -> list[str]:
    own = [row.shown_said] if has_own else []
    marks = f"{number(row.met)}/{number(len(row.marks))}" if row.marks else ""
    return [
        str(row.rank or ""), row.name, number(row.size.branches), number(row.size.members), marks, row.said(HELD),
        row.said(ATTENDANCE), *own, row.moved.said if row.moved else "", row.said(BEST), number(row.overdue),
    ]  # fmt: skip


@block("ban-do", of=Level.PROVINCE)
def tiles(frame: Frame) -> Block:
    board, _ = asked_board(frame)
    found = TileMap(board)
    rows = [[row.name, row.shown_said, found.band_words(row)] for row in found.rows]
    table = Table(["Nơi", board.shown.name, "Mức"], rows, frozenset({1}))
    return Block("ban-do", f"Bản đồ {board.noun}", f"{board.shown.name}. {_lead(board)}", table, found.picture)


@block("can-chu-y", of=Level.PROVINCE)
def attention(frame: Frame) -> Block:
    board, _ = asked_board(frame)
    rows = [[sign.title, sign.meta] for sign in signs_of(board)]
    return Block("can-chu-y", "Cần chú ý", _lead(board), Table(["Việc", "Chi tiết"], rows))


def _lead(board: Board) -> str:
    narrowed = board.narrowed_words
    return f"{board.frame.period.words}{f'. Chỉ tính {narrowed}' if narrowed else ''}."
