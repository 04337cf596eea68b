"""The places below a committee side by side. Each part is read when the page asks for it; none of them asks once a place."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from branches.models import Area, BranchType, Kind, Organisation, Tag
from branches.summary.below import Span, figures_below, months_below
from meetings.queries.grid import GOOD_SHARE
from portal.dashboards.frame import Frame
from portal.dashboards.queries.province.goals import Goal, GoalsOf, chosen_goals
from portal.dashboards.queries.province.movement import (
    LastMonths,
    Went,
    figures_before,
    last_months_of,
    moved,
    period_before,
    span_before,
)
from portal.dashboards.queries.province.overdue import overdue_below
from portal.dashboards.queries.province.places import Size, sizes_of
from portal.dashboards.queries.province.rows import (
    ATTENDANCE,
    COLUMNS,
    NO_RANK,
    OFFICERS,
    Row,
    in_order,
    ranked,
)
from portal.indicators.registry import NOTHING, Figure, Indicator, indicator
from portal.words.quantities import NBSP, number, percent

T = TypeVar("T")
COUNTED = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
Only = tuple[str, Callable[[Row], bool]]  # what a list is narrowed to: its words, and who is in it


@dataclass(frozen=True)
class Asked:
    """What the address says beside the frame."""

    document: int | None = None
    indicator: Indicator | None = None
    branch_type: str = ""
    area: str = ""
    tag: str = ""
    order: str = ""
    only: str = ""
    opened: int | None = None

    @property
    def is_whole(self) -> bool:
        """All places, and all branches of theirs."""
        return not (self.branch_type or self.area or self.tag)


class Board:
    def __init__(self, frame: Frame, documents: Iterable[GoalsOf], asked: Asked) -> None:
        self.frame, self.asked = frame, asked
        self.documents = list(documents)
        self.chosen = chosen_goals(self.documents, asked.document)
        self.goals: list[Goal] = self.chosen.goals if self.chosen else []
        known = indicator(ATTENDANCE)
        assert known, "attendance is always counted"
        self.shown = asked.indicator or known
        self._wholes: dict[str, Figure] = {}

    # who is compared

    @cached_property
    def places(self) -> list[Organisation]:
        asked = self.asked
        return [
            one for one in self.frame.children
            if one.kind != Kind.CELL and (not asked.area or one.area == asked.area) and (not asked.tag or asked.tag in one.tags)
        ]  # fmt: skip

    @property
    def numbers(self) -> list[int]:
        return [one.pk for one in self.places]

    @cached_property
    def noun(self) -> str:
        return "xã, phường" if all(one.kind == Kind.COMMUNE for one in self.places) else "nơi trực thuộc"

    @property
    def span(self) -> Span:
        period = self.frame.period
        return Span(period.first, period.last, self.frame.tree_on, self.asked.branch_type)

    # what is known of them

    @cached_property
    def indicators(self) -> list[Indicator]:
        codes = [goal.indicator.code for goal in self.goals] + [*COLUMNS, OFFICERS, self.shown.code]
        return [one for code in dict.fromkeys(codes) if (one := indicator(code))]

    @cached_property
    def rows(self) -> list[Row]:
        """All of them in the order of their rank. Three statements: figures, sizes, tasks."""
        span, address, top = self.span, self._addresses(), self.frame.place
        codes = [one.code for one in self.indicators]
        figures = self._each("figures", lambda moved: figures_below(moved, self.indicators, span, top=top), *codes)
        sizes = self._each("sizes", lambda moved: sizes_of(moved, span, today=self.frame.today))
        overdue = self._each("overdue", lambda moved: overdue_below(moved, span.last, span.tree_on))
        rows = [
            self._row(one, figures[one.pk], sizes.get(one.pk, Size()), overdue.get(one.pk, 0), address(one))
            for one in self.places
        ]
        if self.asked.branch_type:
            rows = [row for row in rows if row.size.branches]
        if self.rank_by == "doi":
            self._move(rows)
        return ranked(rows, self.rank_by)

    def _each(self, name: str, count: Callable[[list[int]], Mapping[int, T]], *but: Hashable) -> Mapping[int, T]:
        """Of each of its places over its days. `but`: what else it depends on."""
        return self._each_of(self.numbers, name, count, *but)

    def _each_of(
        self, places: Sequence[int], name: str, count: Callable[[list[int]], Mapping[int, T]], *but: Hashable
    ) -> Mapping[int, T]:
        return self.frame.shelf.take_each((name, self.span, *but), places, count)

    def _row(self, place: Organisation, figures: dict[str, Figure], size: Size, overdue: int, address: str) -> Row:
        marks = [(goal, goal.is_met(figures.get(goal.indicator.code))) for goal in self.goals]
        row = Row(place, short(place.name), size, figures, marks, overdue, address, self.shown.code)
        row.is_low = self.is_low(row)
        return row

    def _addresses(self) -> Callable[[Organisation], str]:
        """One address, and in it the number of each."""
        pattern = self.frame.url("dashboard", 0)
        return lambda one: pattern.replace("/0/", f"/{one.pk}/", 1) if self.frame.may_open(one) else ""

    @cached_property
    def rank_by(self) -> str:
        key = self.asked.order.removeprefix("-")
        if key and key not in NO_RANK:
            return key
        return "chiso" if self.asked.indicator else "dat"

    # the table

    @cached_property
    def ordered(self) -> list[Row]:
        """Those that the address asks for, in its order."""
        only, order = self.only, self.asked.order
        rows = [row for row in self.rows if only is None or only[1](row)]
        return in_order(rows, order.removeprefix("-"), descending=order.startswith("-")) if order else rows

    def dress(self, rows: Sequence[Row]) -> None:
        """With how they moved and how their months went: only those that are shown. Two statements."""
        if self.rank_by != "doi":
            self._move(rows)
        period, numbers = self.frame.period, [row.pk for row in rows]
        since = period.trend_since
        months = self._each_of(
            numbers,
            "went",
            lambda moved: months_below(moved, self.shown, self.span, since=since),
            self.shown.code,
            since,
        )
        shown, goal = period.months(self.shown.months)[-12:], self.line_of(self.shown.code)
        for row in rows:
            row.went = Went(months[row.pk], shown, goal)

    def _move(self, rows: Sequence[Row]) -> None:
        span = span_before(self.frame, self.asked.branch_type)
        numbers = [row.pk for row in rows]
        before = self._each_of(
            numbers,
            "before",
            lambda moved: figures_before(moved, self.shown, span, top=self.frame.place),
            self.shown.code,
            span,
        )
        for row in rows:
            row.moved = moved(row.figure(self.shown.code), before.get(row.pk, NOTHING))

    @property
    def narrowed_words(self) -> str:
        """Chi bộ loại hình trường học; nơi thuộc miền núi."""
        asked, said = self.asked, []
        if asked.branch_type:
            said.append(f"chi bộ loại hình {BranchType(asked.branch_type).label.lower()}")
        if asked.area:
            said.append(f"nơi thuộc {Area(asked.area).label.lower()}")
        if asked.tag:
            said.append(f"nơi diện {Tag(asked.tag).label.lower()}")
        return "; ".join(said)

    @property
    def rank_words(self) -> str:
        said = {
            "dat": "Xếp theo số chỉ tiêu đạt, rồi tỷ lệ dự họp",
            "hop": "Xếp theo tỷ lệ họp thường kỳ",
            "du": "Xếp theo tỷ lệ dự họp",
            "tot": "Xếp theo tỷ lệ buổi họp chất lượng tốt",
            "doi": f"Xếp theo mức tăng, giảm: {self.shown.name}",
            "quahan": "Xếp theo số việc quá hạn, ít nhất trước",
        }
        return said.get(self.rank_by, f"Xếp theo: {self.shown.name}")

    @cached_property
    def before_words(self) -> str:
        before = period_before(self.frame.period)
        return f"So với {before.name[:1].lower()}{before.name[1:]}" if before else ""

    @property
    def has_own_column(self) -> bool:
        """What is ranked by stands in the table already."""
        return self.shown.code in COLUMNS

    # what is said of all of them

    def whole(self, code: str) -> Figure:
        """Of all places together."""
        if code not in self._wholes:
            figures = [row.figure(code) for row in self.rows]
            self._wholes[code] = Figure(sum(one.numerator for one in figures), sum(one.denominator for one in figures))
        return self._wholes[code]

    def whole_said(self, code: str) -> str:
        figure = self.whole(code)
        return percent(figure.numerator, figure.denominator)

    @cached_property
    def size(self) -> Size:
        return sum((row.size for row in self.rows), Size())

    @property
    def overdue(self) -> int:
        return sum(row.overdue for row in self.rows)

    @cached_property
    def full(self) -> int:
        return sum(row.is_full for row in self.rows)

    @property
    def goals_words(self) -> str:
        """bốn chỉ tiêu"""
        count = len(self.goals)
        return f"{COUNTED[count] if count < len(COUNTED) else number(count)} chỉ tiêu" if count > 1 else "chỉ tiêu"

    def goal_of(self, code: str) -> Goal | None:
        return next((goal for goal in self.goals if goal.indicator.code == code), None)

    def line_of(self, code: str) -> float | None:
        goal = self.goal_of(code)
        return goal.line if goal else None

    @property
    def low_line(self) -> float:
        """Under which attendance is low: where a target names it, there."""
        return self.line_of(ATTENDANCE) or GOOD_SHARE

    @property
    def low_words(self) -> str:
        return f"{number(round(self.low_line, 2)).removesuffix(',0')}{NBSP}%"

    def is_low(self, row: Row) -> bool:
        share = row.share(ATTENDANCE)
        return share is not None and share < self.low_line

    @cached_property
    def low(self) -> int:
        return sum(row.is_low for row in self.rows)

    # lists behind figures

    @cached_property
    def only(self) -> Only | None:
        """?loc=… ; a word that says nothing narrows nothing."""
        word, asked = self.asked.only.rpartition("-")[::2]
        if self.asked.only == "dat-du":
            return f"đạt đủ {self.goals_words}", lambda row: row.is_full
        if self.asked.only == "du-thap":
            return f"dự họp dưới {self.low_words}", self.is_low
        if self.asked.only == "giam":
            falling = {row.pk for row, _ in self.falling}
            return "dự họp giảm ba tháng liền", lambda row: row.pk in falling
        goal = next((one for one in self.goals if asked == str(one.pk)), None)
        if goal and word in ("dat", "chua"):
            wanted, code = word == "dat", goal.indicator.code
            said = f"{'đạt' if wanted else 'chưa đạt'} chỉ tiêu “{goal.name}”"
            return said, lambda row: goal.is_met(row.figure(code)) is wanted
        return None

    @cached_property
    def last_months(self) -> Mapping[int, LastMonths]:
        """Of all places."""
        shown = tuple(self.frame.period.months()[-4:])
        return self._each("last months", lambda moved: last_months_of(moved, self.span, shown), shown)

    @cached_property
    def falling(self) -> list[tuple[Row, LastMonths]]:
        """Whose attendance was lower three months in a row, who lost most first."""
        lost = [(found.lost, found, row) for row in self.rows if (found := self.last_months[row.pk]).lost]
        lost.sort(key=lambda one: (-(one[0] or 0), one[2].place.sort_key))
        return [(row, found) for _, found, row in lost]


def short(name: str) -> str:
    """Among communes the word itself is left out: “Xã Phú Lương”."""
    said = name.removeprefix("Đảng ủy ")
    return said[:1].upper() + said[1:]
