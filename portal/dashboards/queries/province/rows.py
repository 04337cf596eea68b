"""A place in the comparison, and how places are put in order. Only organisations are ranked."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from branches.models import Organisation
from portal.dashboards.queries.province.goals import Goal
from portal.dashboards.queries.province.movement import ATTENDANCE, HELD, Moved, Went
from portal.dashboards.queries.province.places import Size
from portal.indicators.registry import NOTHING, Figure
from portal.ui.icons import draw_icon
from portal.words.quantities import number, percent

BEST = "meetings.best"
OFFICERS = "members.officers_complete"
COLUMNS = (HELD, ATTENDANCE, BEST)  # that have a column of their own


@dataclass
class Row:
    place: Organisation
    name: str
    size: Size
    figures: dict[str, Figure]
    marks: Sequence[tuple[Goal, bool | None]]
    overdue: int
    address: str  # of its own dashboard; empty where one may not look any more
    shown: str  # the indicator that it is ranked by, or its attendance
    is_low: bool = False  # few come
    rank: int = 0
    moved: Moved | None = None
    went: Went | None = None
    pulls: Sequence[Any] = field(default=())

    @property
    def pk(self) -> int:
        return self.place.pk

    def figure(self, code: str) -> Figure:
        return self.figures.get(code, NOTHING)

    def share(self, code: str) -> Decimal | None:
        return self.figure(code).percent

    def said(self, code: str) -> str:
        figure = self.figure(code)
        return percent(figure.numerator, figure.denominator)

    @property
    def met(self) -> int:
        return sum(is_met is True for _, is_met in self.marks)

    @property
    def is_full(self) -> bool:
        """All of the targets are met."""
        return bool(self.marks) and self.met == len(self.marks)

    @property
    def marks_drawn(self) -> SafeString:
        return marks_drawn(tuple(is_met for _, is_met in self.marks))

    @property
    def spark(self) -> SafeString | str:
        return self.went.drawn if self.went else ""

    @property
    def size_words(self) -> str:
        return f"{number(self.size.branches)} chi bộ, {number(self.size.members)} đảng viên"

    @property
    def held(self) -> str:
        return self.said(HELD)

    @property
    def attendance(self) -> str:
        return self.said(ATTENDANCE)

    @property
    def best(self) -> str:
        return self.said(BEST)

    @property
    def shown_said(self) -> str:
        return self.said(self.shown)


MARKS = {True: ("ok", "check"), False: ("warn", "minus"), None: ("mute", "dot")}


@cache
def marks_drawn(marks: tuple[bool | None, ...]) -> SafeString:
    """Which of the targets are met, in small signs. Most places look alike: each pattern is drawn once."""
    met, unknown = marks.count(True), marks.count(None)
    told = f"Đạt {number(met)} trên {number(len(marks))} chỉ tiêu"
    told += f", {number(unknown)} chưa có gì để tính" if unknown else ""
    signs = "".join(f'<span data-tone="{MARKS[one][0]}">{draw_icon(MARKS[one][1])}</span>' for one in marks)
    return mark_safe(f'<span class="marks" role="img" aria-label="{told}">{signs}</span>')  # noqa: S308  our own words


Value = Callable[[Row], Any]

# How a row counts for an order: the more the better; None: there is nothing to say, and it comes last.
VALUES: dict[str, Value] = {
    "ten": lambda row: row.place.sort_key,
    "chibo": lambda row: row.size.branches,
    "dangvien": lambda row: row.size.members,
    "dat": lambda row: (row.met, row.share(ATTENDANCE) or Decimal(-1)),
    "hop": lambda row: row.share(HELD),
    "du": lambda row: row.share(ATTENDANCE),
    "tot": lambda row: row.share(BEST),
    "chiso": lambda row: row.share(row.shown),
    "doi": lambda row: row.moved.points if row.moved else None,
    "quahan": lambda row: row.overdue,
}
NO_RANK = ("ten", "chibo", "dangvien")  # orders that say nothing of who stands better
FEWER_IS_BETTER = ("quahan",)


def ranked(rows: Iterable[Row], key: str) -> list[Row]:
    """The best first; those of the same value share their rank, and who has no value has none."""
    value = VALUES[key]
    known = [(said, row) for row in rows if (said := value(row)) is not None]
    known.sort(key=lambda pair: pair[1].place.sort_key)
    known.sort(key=lambda pair: pair[0], reverse=key not in FEWER_IS_BETTER)
    last = None
    for place, (said, row) in enumerate(known, start=1):
        row.rank = known[place - 2][1].rank if place > 1 and said == last else place
        last = said
    unknown = [row for row in rows if value(row) is None]
    for row in unknown:
        row.rank = 0
    return [row for _, row in known] + unknown


def in_order(rows: Sequence[Row], key: str, *, descending: bool) -> list[Row]:
    """By the head of a column: up or down; what has no value comes last either way."""
    value = VALUES[key]
    known = sorted((row for row in rows if value(row) is not None), key=value, reverse=descending)
    return known + [row for row in rows if value(row) is None]
