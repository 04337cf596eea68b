"""What leaves a branch's page by itself."""

from portal.dashboards.blocks import Block, Table, block
from portal.dashboards.frame import Frame, Level
from portal.dashboards.queries.branch import Branch
from portal.ui.plots.bars import WIDE, Bar, bars
from portal.words.quantities import day as in_words
from portal.words.quantities import number


def _lead(frame: Frame) -> str:
    """Whose it is and to which day is said by what it leaves as."""
    return frame.period.words


@block("chi-tieu", of=Level.BRANCH)
def targets(frame: Frame) -> Block:
    branch = Branch(frame)
    rows = [
        [row.name, row.measured.target.goal, row.measured.said, row.measured.base, row.middle, row.measured.state]
        for row in branch.targets
    ]
    heads = ["Chỉ tiêu", "Yêu cầu", "Thực hiện", "Trên tổng số", "Các chi bộ cùng đảng bộ", "Đánh giá"]
    drawn = [
        Bar(row.name, row.measured.bar[0], row.measured.said, row.measured.tone, goal=row.measured.bar[1])
        for row in branch.targets
        if row.measured.bar
    ]
    title = f"Chỉ tiêu {branch.document.name}" if branch.document else "Chỉ tiêu"
    chart = bars(drawn, label=title, width=WIDE, at_most=100) if drawn else ""
    return Block("chi-tieu", title, _lead(frame), Table(heads, rows, frozenset({2})), chart)


@block("so-lieu", of=Level.BRANCH)
def figures(frame: Frame) -> Block:
    rows = [
        [line.indicator.name, number(line.figure.numerator), number(line.figure.denominator), line.said]
        for line in Branch(frame).figures
    ]
    table = Table(["Chỉ số", "Đạt", "Trên tổng số", "Tỷ lệ"], rows, frozenset({1, 2, 3}))
    return Block("so-lieu", "Số liệu trong kỳ", _lead(frame), table)


@block("nam-hop", of=Level.BRANCH)
def year(frame: Frame) -> Block:
    branch = Branch(frame)
    rows = [
        [
            slot.told.split(":")[0],
            slot.state.label,
            in_words(slot.day) if slot.day else "",
            in_words(slot.last_day),
            number(slot.came) if slot.expected else "",
            number(slot.expected) if slot.expected else "",
        ]
        for slot in (*branch.months, *branch.quarters)
    ]
    table = Table(["Kỳ", "Tình trạng", "Ngày họp", "Hạn", "Đã dự", "Phải dự"], rows, frozenset({4, 5}))
    return Block("nam-hop", f"Sinh hoạt năm {branch.day.year}", _lead(frame), table)
