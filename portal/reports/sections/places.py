"""Kết quả theo địa bàn: the places below side by side; in the annexes every one of them, and every branch."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from branches.summary.below import figures_below
from portal.indicators.registry import NOTHING, Figure, Indicator, indicator
from portal.papers.content import Block, Text
from portal.reports.asked import Asked, name_of
from portal.reports.facts import Facts, Line, Sheet
from portal.reports.sections.section import About, Section, table_of
from portal.reports.sentences import named, paragraph, sentence
from portal.words.quantities import DOES_NOT_APPLY, number, percent

HELD, ATTENDANCE = "meetings.held", "meetings.attendance"
COLUMNS = (HELD, "meetings.week_one", "meetings.thematic", ATTENDANCE, "meetings.good", "members.with_tasks")
HEADS = ("Họp thường kỳ", "Đúng hạn", "Chuyên đề", "Dự họp", "Khá trở lên", "Có nhiệm vụ")
OF_PLACES = ("TT", "{noun}", "Số chi bộ", *HEADS)
OF_BRANCHES = ("TT", "Chi bộ", "Trực thuộc", *HEADS)
WIDTHS = (10, 0, 15, *(17 for _ in HEADS))
WIDTHS_OF_BRANCHES = (12, 0, 62, *(22 for _ in HEADS))  # on a sheet that lies
BEST, ATTENTION = 4, 3  # how many stand in the text
ENOUGH_TO_CHOOSE = BEST + ATTENTION + 3  # below that all of them stand there
COMPLETE, LOW = "places.complete", "places.low"
LOW_SHARE = 90
ALL, IN_TEXT, BRANCHES = "places.all", "places.chosen", "places.branches"


@dataclass(frozen=True)
class Row:
    name: str
    above: str
    branches: int
    figures: dict[str, Figure]

    def share(self, code: str) -> float:
        found = self.figures[code].percent
        return -1.0 if found is None else float(found)

    @property
    def order(self) -> tuple[float, float, str]:
        return (-self.share(HELD), -self.share(ATTENDANCE), self.name)

    @property
    def shares(self) -> tuple[str, ...]:
        return tuple(percent(self.figures[code].numerator, self.figures[code].denominator) for code in COLUMNS)


class Places(Section):
    """`with_branches`: an annex of every branch too."""

    key = "places"
    title = "Kết quả theo địa bàn"

    def __init__(self, *, with_branches: bool = True) -> None:
        self.with_branches = with_branches

    def read(self, asked: Asked) -> Facts:
        found = [one for code in COLUMNS if (one := indicator(code))]
        rows = sorted(_places(asked, found), key=lambda row: row.order)
        noun = "Đảng bộ" if asked.is_above_committees else "Chi bộ"
        sheets = [_all(rows, noun, asked), _chosen(rows, noun, asked)]
        if self.with_branches and asked.is_above_committees:
            sheets.append(_branches(asked, found))
        complete = sum(row.figures[HELD].denominator > 0 and not row.figures[HELD].lacking for row in rows)
        low = tuple(row.name for row in rows if 0 <= row.share(ATTENDANCE) < LOW_SHARE)
        counted = sum(row.figures[HELD].denominator > 0 for row in rows)
        lines = (
            Line(COMPLETE, f"{noun} họp đủ các kỳ", complete, counted),
            Line(LOW, f"{noun} dự họp dưới {LOW_SHARE} %", len(low)),
        )
        return Facts(asked.today, lines, tuple(sheets), names={LOW: low})

    def tell(self, facts: Facts, about: About) -> Iterable[Block]:
        complete, low = facts.line(COMPLETE), facts.names.get(LOW, ())
        if complete is None or not complete.whole:
            yield Text("Chưa có số liệu để so sánh các nơi trực thuộc.")
            return
        noun = "đảng bộ" if about.level == "province" else "chi bộ"
        every = f"cả {number(complete.whole)} {noun} đều họp đủ các kỳ"
        said = (
            every
            if complete.is_whole
            else f"{number(complete.part)}/{number(complete.whole)} {noun} họp đủ các kỳ ({complete.rate})"
        )
        below = (
            f"{number(len(low))} nơi có tỷ lệ dự họp dưới {LOW_SHARE} %: {named(low)}"
            if low
            else f"không nơi nào có tỷ lệ dự họp dưới {LOW_SHARE} %"
        )
        yield Text(paragraph(sentence(said), sentence(below)))
        if chosen := facts.sheet(IN_TEXT):
            yield table_of(chosen)

    def annexes(self, facts: Facts) -> list[Sheet]:
        return [sheet for key in (ALL, BRANCHES) if (sheet := facts.sheet(key)) and sheet.rows]


def _places(asked: Asked, found: Sequence[Indicator]) -> list[Row]:
    numbers = [one.pk for one in asked.children]
    figures = figures_below(numbers, found, asked.span, top=asked.place)
    count: dict[str, int] = {}
    for _, _, above in asked.branches:
        count[above] = count.get(above, 0) + 1
    return [Row(name_of(one), "", count.get(name_of(one), 1), figures[one.pk]) for one in asked.children]


def _line(place: int | str, row: Row, second: str) -> tuple[str, ...]:
    return (str(place), row.name, second, *row.shares)


def _sum(rows: Sequence[Row], asked: Asked) -> tuple[str, ...]:
    total = {code: sum((row.figures[code] for row in rows), NOTHING) for code in COLUMNS}
    whole = Row("Chung", "", 0, total)
    return ("", "Chung", number(sum(row.branches for row in rows)), *whole.shares)


def _heads(noun: str) -> tuple[str, ...]:
    return tuple(head.format(noun=noun) for head in OF_PLACES)


def _all(rows: Sequence[Row], noun: str, asked: Asked) -> Sheet:
    lines = [_line(place, row, number(row.branches)) for place, row in enumerate(rows, 1)]
    return _sheet(ALL, f"Kết quả của từng {noun.lower()}", noun, [*lines, _sum(rows, asked)] if rows else [])


def _chosen(rows: Sequence[Row], noun: str, asked: Asked) -> Sheet:
    """The first and the last, where there are many; units are ranked, never persons."""
    numbered = list(enumerate(rows, 1))
    few = len(rows) < ENOUGH_TO_CHOOSE
    picked = numbered if few else numbered[:BEST] + numbered[-ATTENTION:]
    said = (
        "kết quả của các nơi trực thuộc"
        if few
        else f"{BEST} đơn vị dẫn đầu và {ATTENTION} đơn vị cần tập trung chỉ đạo"
    )
    lines = [_line(place, row, number(row.branches)) for place, row in picked]
    return _sheet(IN_TEXT, f"Bảng 2. {said[:1].upper()}{said[1:]}", noun, [*lines, _sum(rows, asked)] if rows else [])


def _sheet(key: str, title: str, noun: str, rows: Sequence[tuple[str, ...]]) -> Sheet:
    heads, widths = _heads(noun), WIDTHS
    if noun == "Chi bộ":  # a branch is one branch
        heads, widths = (*heads[:2], *heads[3:]), (*widths[:2], *widths[3:])
        rows = [(*row[:2], *row[3:]) for row in rows]
    return Sheet(key, title, heads, tuple(rows), widths, sums=True)


def _branches(asked: Asked, found: Sequence[Indicator]) -> Sheet:
    numbers = [pk for pk, _, _ in asked.branches]
    figures = figures_below(numbers, found, asked.span, top=asked.place)
    rows = [Row(name, above, 1, figures[pk]) for pk, name, above in asked.branches]
    order = {name_of(one): place for place, one in enumerate(asked.children)}
    rows.sort(key=lambda row: order.get(row.above, -1))  # within each as they stand in every list
    lines = [_line(place, row, row.above or DOES_NOT_APPLY) for place, row in enumerate(rows, 1)]
    return Sheet(BRANCHES, "Kết quả của từng chi bộ", OF_BRANCHES, tuple(lines), WIDTHS_OF_BRANCHES)
