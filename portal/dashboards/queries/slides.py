"""What a hall is shown of a dashboard: one thing on each slide, large; units only, no persons. A slide reads what it shows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from portal.access.permissions import Permission
from portal.dashboards.frame import Frame, Level
from portal.dashboards.queries.branch import Beside, Branch
from portal.dashboards.queries.commune.charts import line_of_grid
from portal.dashboards.queries.commune.page import Commune
from portal.dashboards.queries.commune.targets import Card
from portal.dashboards.queries.province.attention import Sign, signs_of
from portal.dashboards.queries.province.board import Asked, Board
from portal.dashboards.queries.province.goals import goals_by_document
from portal.dashboards.queries.province.pictures import Strip, TileMap, strips_of
from portal.dashboards.queries.province.rows import ATTENDANCE, HELD
from portal.ui.plots.bars import WIDE, Bar, bars
from portal.ui.plots.hall import hall_grid
from portal.words.quantities import number

ROWS, CARDS, STRIPS, SIGNS, NAMES = 8, 4, 2, 5, 8
WIDTH = WIDE + 40
NOTHING_YET = "Chưa có gì để tính trong kỳ này."


@dataclass(frozen=True)
class Fact:
    """A number that is read from afar, what it is of, and what it says."""

    said: str
    words: str
    tone: str = ""


@dataclass(frozen=True)
class Slide:
    title: str
    lead: str = ""
    facts: Sequence[Fact] = ()
    names: Sequence[str] = ()  # of units
    cards: Sequence[Card | Beside] = ()
    strips: Sequence[Strip] = ()
    signs: Sequence[Sign] = ()
    picture: str = ""
    nothing: str = ""


Shown = Callable[[], Slide]


def slides_of(frame: Frame) -> list[Shown]:
    return {Level.COMMUNE: _of_commune, Level.PROVINCE: _of_province, Level.BRANCH: _of_branch}[frame.level](frame)


# A committee with branches


def _of_commune(frame: Frame) -> list[Shown]:
    commune = Commune(frame)
    grids = range(0, len(commune.branches), ROWS)
    found = [partial(_month, commune)]
    if commune.found_targets:
        found.append(partial(_targets, commune))
    found += [partial(_grid, commune, first) for first in grids]
    if frame.may(Permission.SEE_TASKS):
        found.append(partial(_overdue, commune))
    return found


def _month(commune: Commune) -> Slide:
    month = commune.month
    title = f"Sinh hoạt thường kỳ tháng {month.month:%m/%Y}"
    if not month.owed:
        return Slide(title, nothing="Không chi bộ nào phải họp thường kỳ trong tháng này.")
    left = [one.row.name for one in [*month.waiting, *month.meeting_today]]
    facts = [
        Fact(f"{number(len(month.held))}/{number(month.owed)}", "chi bộ đã họp", "ok"),
        Fact(number(len(month.logging)), "chi bộ đang ghi sổ", "info"),
        Fact(number(len(left)), "chi bộ chưa họp", "bad" if month.late else "warn" if left else "ok"),
    ]
    more = [f"và {number(len(left) - NAMES)} chi bộ khác"] if len(left) > NAMES else []
    lead = f"Hạn họp: {month.last_day:%d/%m/%Y}" if month.last_day else ""
    return Slide(title, lead, facts, names=[*left[:NAMES], *more])


def _targets(commune: Commune) -> Slide:
    found = commune.targets
    title = f"Chỉ tiêu {found.document.name}" if found.document else "Chỉ tiêu"
    nothing = "" if found.shown else NOTHING_YET
    return Slide(title, commune.frame.period.words, cards=found.shown[:CARDS], nothing=nothing)


def _grid(commune: Commune, first: int) -> Slide:
    rows = commune.sorted_rows
    shown = rows[first : first + ROWS]
    title = f"{number(len(rows))} chi bộ qua 12 tháng năm {commune.day.year}"
    order = "theo tên" if commune.is_by_name else "nơi cần chú ý trước"
    lead = f"Chi bộ {number(first + 1)}–{number(first + len(shown))}, {order}. Số trong ô: tỷ lệ dự họp (%)"
    columns = [f"T{month}" for month in range(1, 13)]
    lines = [line_of_grid(row) for row in shown]
    return Slide(title, lead, picture=hall_grid(lines, columns=columns, now=commune.day.month, label=title))


def _overdue(commune: Commune) -> Slide:
    found = commune.overdue
    title = "Nhiệm vụ quá hạn"
    if not found or not found.count:
        return Slide(title, nothing="Không có nhiệm vụ nào quá hạn.")
    lead = f"{number(found.count)} việc chi bộ chưa xong, theo văn bản"
    signs = [Sign(one.symbol, f"{number(one.count)} việc quá hạn", "", "bad", "alert") for one in found.by_document]
    return Slide(title, lead, signs=signs[:SIGNS])


# A committee with committees


def _of_province(frame: Frame) -> list[Shown]:
    board = Board(frame, goals_by_document(frame), Asked())
    strips = range(0, len(board.goals), STRIPS)
    return [
        partial(_standing, board),
        *(partial(_strips, board, first) for first in strips),
        partial(_map, board),
        partial(_signs, board),
    ]


def _standing(board: Board) -> Slide:
    size, facts = board.size, []
    if board.chosen:
        whole = f"{number(board.full)}/{number(len(board.rows))}"
        facts.append(Fact(whole, f"nơi đạt đủ {board.goals_words}", "ok" if board.full else "warn"))
    facts.append(Fact(number(board.low), f"nơi dự họp dưới {board.low_words}", "bad" if board.low else "ok"))
    lead = f"{number(len(board.rows))} {board.noun}, {number(size.branches)} chi bộ, {number(size.members)} đảng viên"
    return Slide(board.frame.period.words, lead, facts)


def _strips(board: Board, first: int) -> Slide:
    lead = "Mỗi chấm là một nơi; vạch đứng là chỉ tiêu"
    return Slide(f"Mức đạt {board.goals_words}", lead, strips=strips_of(board)[first : first + STRIPS])


def _map(board: Board) -> Slide:
    tiles = TileMap(board)
    nothing = "" if tiles.rows else "Chưa có nơi nào trực thuộc."
    return Slide(board.shown.name, board.frame.period.words, picture=tiles.picture, nothing=nothing)


def _signs(board: Board) -> Slide:
    signs = signs_of(board)[:SIGNS]
    return Slide("Cần chú ý", signs=signs, nothing="" if signs else "Không có gì phải chú ý riêng trong kỳ này.")


# A branch


def _of_branch(frame: Frame) -> list[Shown]:
    branch = Branch(frame)
    found = [partial(_year, branch)]
    if branch.found_targets:
        found.append(partial(_targets_of_branch, branch))
    return [*found, partial(_figures, branch)]


def _year(branch: Branch) -> Slide:
    found = {line.indicator.code: line for line in branch.figures}
    facts = []
    if held := found.get(HELD):
        facts.append(Fact(held.base, "kỳ sinh hoạt đã họp", "warn" if held.figure.lacking else "ok"))
    if attendance := found.get(ATTENDANCE):
        facts.append(Fact(attendance.said, "đảng viên dự sinh hoạt", "info"))
    return Slide(branch.frame.period.words, facts=facts, nothing="" if facts else NOTHING_YET)


def _targets_of_branch(branch: Branch) -> Slide:
    title = f"Chỉ tiêu {branch.document.name}" if branch.document else "Chỉ tiêu"
    nothing = "" if branch.targets else NOTHING_YET
    return Slide(title, branch.frame.period.words, cards=branch.targets[:CARDS], nothing=nothing)


def _figures(branch: Branch) -> Slide:
    drawn = [Bar(line.indicator.name, float(line.figure.percent or 0), line.said) for line in branch.figures]
    if not drawn:
        return Slide("Số liệu trong kỳ", nothing=NOTHING_YET)
    label = "Tỷ lệ của từng chỉ số"
    return Slide("Số liệu trong kỳ", label, picture=bars(drawn, label=label, width=WIDTH, at_most=100))
