"""What leaves a commune's page by itself. Each block asks for what its part of the page asks for."""

from portal.access.permissions import Permission
from portal.dashboards.blocks import Block, Table, block
from portal.dashboards.frame import Frame, Level
from portal.dashboards.queries.commune.charts import chart_of_counts, chart_of_without, line_of_grid
from portal.dashboards.queries.commune.page import Commune
from portal.dashboards.queries.commune.work import named, open_proposals, overdue_tasks, with_names
from portal.ui.plots.bars import WIDE, Bar, bars
from portal.ui.plots.grid import Foot, heat_picture
from portal.words.quantities import day as in_words
from portal.words.quantities import number


def _lead(frame: Frame) -> str:
    """Whose it is and to which day is said by what it leaves as."""
    return frame.period.words


@block("chi-tieu", of=Level.COMMUNE)
def targets(frame: Frame) -> Block:
    found = Commune(frame).targets
    rows = [
        [
            card.name,
            card.measured.target.goal,
            card.measured.said,
            number(card.measured.figure.numerator),
            number(card.measured.figure.denominator),
            card.measured.state,
        ]
        for card in found.cards
    ]
    heads = ["Chỉ tiêu", "Yêu cầu", "Thực hiện", "Đạt", "Trên tổng số", "Đánh giá"]
    title = f"Chỉ tiêu {found.document.name}" if found.document else "Chỉ tiêu"
    known = [(card, card.measured.bar) for card in found.shown]
    drawn = [
        Bar(card.name, bar[0], f"{card.measured.said} ({card.measured.base})", card.measured.tone, goal=bar[1])
        for card, bar in known
        if bar
    ]
    chart = bars(drawn, label=title, width=WIDE, at_most=100) if drawn else ""
    return Block("chi-tieu", title, _lead(frame), Table(heads, rows, frozenset({3, 4})), chart)


@block("so-lieu", of=Level.COMMUNE)
def figures(frame: Frame) -> Block:
    found = Commune(frame).figures
    rows = [
        [line.indicator.name, number(line.figure.numerator), number(line.figure.denominator), line.said]
        for line in found
    ]
    table = Table(["Chỉ số", "Đạt", "Trên tổng số", "Tỷ lệ"], rows, frozenset({1, 2, 3}))
    drawn = [Bar(line.indicator.name, float(line.figure.percent or 0), f"{line.said} ({line.base})") for line in found]
    chart = bars(drawn, label="Số liệu trong kỳ", width=WIDE, at_most=100) if drawn else ""
    return Block("so-lieu", "Số liệu trong kỳ", _lead(frame), table, chart)


@block("luoi-hop", of=Level.COMMUNE)
def grid(frame: Frame) -> Block:
    commune = Commune(frame)
    rows = []
    for row in commune.sorted_rows:
        share = "" if row.share is None else f"{number(row.share, 1)} %"
        cells = [f"{slot.state.label} {slot.short_day}".strip() for slot in row.slots]
        rows.append([row.branch.name, number(row.strength), *cells, share])
    heads = ["Chi bộ", "Đảng viên", *(f"Tháng {month}" for month in range(1, 13)), "Dự họp bình quân"]
    title = f"Sinh hoạt thường kỳ năm {commune.day.year}"
    lines = [line_of_grid(row) for row in commune.sorted_rows]
    columns, foot = (
        [f"T{month}" for month in range(1, 13)],
        [f"{good}/{owed}" if owed else "" for good, owed in commune.foot],
    )
    chart = heat_picture(lines, columns=columns, label=title, foot=Foot("Họp đúng hạn", foot), now=commune.day.month)
    return Block("luoi-hop", title, _lead(frame), Table(heads, rows, frozenset({1, 14})), chart if lines else "")


@block("viec-qua-han", of=Level.COMMUNE)
def overdue(frame: Frame) -> Block | None:
    if not frame.may(Permission.SEE_TASKS):
        return None
    day = frame.period.last
    rows = [
        [
            row.ordered.words,
            row.organisation.name,
            row.ordered.order.document.symbol or row.ordered.order.document.name,
            in_words(row.due_on),
            number((day - row.due_on).days) if row.due_on else "",
        ]
        for row in with_names(overdue_tasks(frame, Commune(frame).numbers)).by_day()
    ]
    table = Table(["Nhiệm vụ", "Chi bộ", "Văn bản", "Hạn", "Quá hạn (ngày)"], rows, frozenset({4}))
    chart = chart_of_counts([row[2] for row in rows], noun="việc", label="Việc quá hạn theo văn bản")
    return Block("viec-qua-han", "Nhiệm vụ quá hạn", _lead(frame), table, chart)


@block("kien-nghi", of=Level.COMMUNE)
def proposals(frame: Frame) -> Block | None:
    if not frame.may(Permission.SEE_MEETINGS):
        return None
    commune, found = Commune(frame), named(open_proposals(frame))
    if commune.is_narrowed:
        found = found.filter(meeting__organisation__in=commune.numbers)
    rows = [[row.words, row.meeting.organisation.name, in_words(row.meeting.day), row.to.name] for row in found]
    table = Table(["Kiến nghị", "Chi bộ", "Họp ngày", "Gửi"], rows)
    return Block("kien-nghi", "Kiến nghị chưa trả lời", _lead(frame), table)


@block("chua-giao-nhiem-vu", of=Level.COMMUNE)
def without_tasks(frame: Frame) -> Block:
    """How many, by branch; no names."""
    commune = Commune(frame)
    rows = [[one.name, number(one.figure.lacking), number(one.figure.denominator)] for one in commune.without_tasks]
    table = Table(["Chi bộ", "Chưa được giao", "Trên tổng số"], rows, frozenset({1, 2}))
    return Block(
        "chua-giao-nhiem-vu", "Đảng viên chưa được giao nhiệm vụ", _lead(frame), table, chart_of_without(commune)
    )


@block("lich-du-hop", of=Level.COMMUNE)
def visits(frame: Frame) -> Block | None:
    if not frame.may(Permission.SEE_MEETINGS):
        return None
    found = Commune(frame).visits
    rows = [
        [in_words(one.day), one.said, one.branch.name, "; ".join(one.followers) or "Chưa phân công"]
        for one in (found.coming if found else [])
    ]
    table = Table(["Ngày", "Buổi họp", "Chi bộ", "Cấp ủy viên phụ trách"], rows)
    return Block("lich-du-hop", "Lịch cấp ủy viên dự sinh hoạt", _lead(frame), table, names_persons=True)
