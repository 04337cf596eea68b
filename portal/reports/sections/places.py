"""Kết quả theo địa bàn: the places below side by side; in the annexes every one of them, and every branch."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from branches.summary.below import figures_below
from portal.indicators.registry import NOTHING, Figure, Indicator, indicator
from portal.papers.content import Block, Text
from portal.reports.asked import Asked, body_of
from portal.reports.facts import Facts, Line, Sheet
from portal.reports.sections.section import About, Section, table_of
from portal.reports.sentences import named, of_all, paragraph, sentence
from portal.words.quantities import number, percent

HELD, ATTENDANCE = "meetings.held", "meetings.attendance"
COLUMNS = (HELD, "meetings.week_one", "meetings.thematic", ATTENDANCE, "meetings.good", "members.with_tasks")
HEADS = ("Họp thường kỳ", "Đúng hạn", "Chuyên đề", "Dự họp", "Khá trở lên", "Có nhiệm vụ")
OF_BRANCHES = ("TT", "Chi bộ", "Trực thuộc", *HEADS)
OF_SHARES = (17, 15, 17, 15, 15, 16)
WIDTHS = (10, 0, 12, *OF_SHARES)
WIDTHS_OF_BRANCHES = (12, 0, 54, *(20 for _ in HEADS))  # on a sheet that lies
COUNTS = "Số chi bộ"
BRANCH, COMMITTEE, UNIT = "Chi bộ", "Đảng bộ", "Đơn vị"
BEST, ATTENTION = 4, 3  # how many stand in the text
ENOUGH_TO_CHOOSE = BEST + ATTENTION + 3  # below that all of them stand there
COMPLETE, LOW = "places.complete", "places.low"
LOW_SHARE = 90
ALL, IN_TEXT, BRANCHES = "places.all", "places.chosen", "places.branches"


@dataclass(frozen=True)
class Row:
    name: str
    branches: int
    figures: dict[str, Figure]
    above: str = ""

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
        super().__init__()
        self.with_branches = with_branches

    def read(self, asked: Asked) -> Facts:
        found = [one for code in COLUMNS if (one := indicator(code))]
        rows = sorted(_places(asked, found), key=lambda row: row.order)
        noun = _noun(asked)
        sheets = [_all(rows, noun), _chosen(rows, noun)]
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
        complete, low, chosen = facts.line(COMPLETE), facts.names.get(LOW, ()), facts.sheet(IN_TEXT)
        if complete is None or chosen is None or not complete.whole:
            yield Text("Chưa có số liệu để so sánh các nơi trực thuộc.")
            return
        noun = chosen.heads[1].lower()
        kept = of_all(complete, noun, "họp đủ các kỳ", not_done="chưa họp đủ các kỳ")
        below = f"{number(len(low))} {noun} có" if low else f"không {noun} nào có"
        names = f": {named(low)}" if low else ""
        yield Text(paragraph(sentence(kept), sentence(f"{below} tỷ lệ dự họp dưới {LOW_SHARE} %{names}")))
        yield table_of(chosen)

    def annexes(self, facts: Facts) -> list[Sheet]:
        return [sheet for key in (ALL, BRANCHES) if (sheet := facts.sheet(key)) and sheet.rows]


def _noun(asked: Asked) -> str:
    if not asked.is_above_committees:
        return BRANCH
    return COMMITTEE if len(asked.committees) == len(asked.children) else UNIT


def _places(asked: Asked, found: Sequence[Indicator]) -> list[Row]:
    figures = figures_below([one.pk for one in asked.children], found, asked.span, top=asked.place)
    count = Counter(above for _, _, above in asked.branches)
    return [Row(body_of(one), count[one.pk], figures[one.pk]) for one in asked.children]


def _line(place: int | str, row: Row, second: str) -> tuple[str, ...]:
    return (str(place), row.name, second, *row.shares)


def _sum(rows: Sequence[Row]) -> tuple[str, ...]:
    total = {code: sum((row.figures[code] for row in rows), NOTHING) for code in COLUMNS}
    whole = Row("Chung", sum(row.branches for row in rows), total)
    return _line("", whole, number(whole.branches))


def _all(rows: Sequence[Row], noun: str) -> Sheet:
    lines = [_line(place, row, number(row.branches)) for place, row in enumerate(rows, 1)]
    sheet = _sheet(ALL, f"Kết quả của từng {noun.lower()}", noun, [*lines, _sum(rows)] if rows else [])
    return replace(sheet, drawn=HEADS[COLUMNS.index(ATTENDANCE)])


def _chosen(rows: Sequence[Row], noun: str) -> Sheet:
    """The first and the last, where there are many; units are ranked, never persons."""
    numbered = list(enumerate(rows, 1))
    few = len(rows) < ENOUGH_TO_CHOOSE
    picked = numbered if few else numbered[:BEST] + numbered[-ATTENTION:]
    low = noun.lower()
    said = f"Kết quả của các {low}" if few else f"{BEST} {low} dẫn đầu và {ATTENTION} {low} cần tập trung chỉ đạo"
    lines = [_line(place, row, number(row.branches)) for place, row in picked]
    return _sheet(IN_TEXT, said, noun, [*lines, _sum(rows)] if rows else [])


def _sheet(key: str, title: str, noun: str, rows: Sequence[tuple[str, ...]]) -> Sheet:
    heads, widths = ("TT", noun, COUNTS, *HEADS), WIDTHS
    if noun == BRANCH:  # a branch is one branch
        heads, widths = (*heads[:2], *heads[3:]), (*widths[:2], *widths[3:])
        rows = [(*row[:2], *row[3:]) for row in rows]
    return Sheet(key, title, heads, tuple(rows), widths, sums=True)


def _branches(asked: Asked, found: Sequence[Indicator]) -> Sheet:
    """Of every branch, within each committee as they stand in every list."""
    figures = figures_below([pk for pk, _, _ in asked.branches], found, asked.span, top=asked.place)
    order = {one.pk: place for place, one in enumerate(asked.children)}
    bodies = {one.pk: body_of(one) for one in asked.children}
    listed = sorted(asked.branches, key=lambda branch: order.get(branch[2], -1))
    rows = [Row(name, 1, figures[pk], "" if above == pk else bodies.get(above, "")) for pk, name, above in listed]
    lines = [_line(place, row, row.above or body_of(asked.place)) for place, row in enumerate(rows, 1)]
    sides = f"cll{'r' * len(HEADS)}"
    return Sheet(BRANCHES, "Kết quả của từng chi bộ", OF_BRANCHES, tuple(lines), WIDTHS_OF_BRANCHES, sides=sides)
