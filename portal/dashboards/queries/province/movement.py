"""How far places have moved since the period before this one, and how their months went."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from branches.models import Organisation
from branches.summary.below import Span, figures_below, months_of_several
from branches.summary.months import last_day_of, last_whole_month
from portal.dashboards.frame import Frame, Tree
from portal.figures.periods import Length, Period, period_of
from portal.indicators.registry import NOTHING, Figure, Indicator, indicator
from portal.ui.drawing import HEIGHT, WIDTH, line_of
from portal.words.quantities import number, percent

HELD, ATTENDANCE = "meetings.held", "meetings.attendance"
TENTH = Decimal("0.1")
FALLING = 3  # months in a row


@dataclass(frozen=True)
class Moved:
    """By how many points a share has changed."""

    points: Decimal

    @property
    def said(self) -> str:
        """+1,2 · −0,8 · 0: what has moved at all is never told as nothing."""
        if not self.points:
            return "0"
        size = max(abs(self.points).quantize(TENTH, rounding=ROUND_HALF_UP), TENTH)
        return f"{'+' if self.points > 0 else '−'}{number(size).removesuffix(',0')}"

    @property
    def words(self) -> str:
        return "không đổi" if not self.points else "tăng" if self.points > 0 else "giảm"

    @property
    def tone(self) -> str:
        return "mute" if not self.points else "ok" if self.points > 0 else "bad"


def moved(now: Figure, before: Figure) -> Moved | None:
    if now.percent is None or before.percent is None:
        return None
    return Moved(now.percent - before.percent)


def period_before(period: Period) -> Period | None:
    """The whole one before it; of a term nobody looks at the last one here."""
    return None if period.length is Length.TERM else period_of(period.length, period.before)


def span_before(frame: Frame, branch_type: str = "") -> Span | None:
    """In its own tree, as its own page shows it; in today's where that was chosen."""
    before = period_before(frame.period)
    if before is None:
        return None
    return Span(before.first, before.last, frame.today if frame.tree is Tree.NOW else before.last, branch_type)


def figures_before(
    places: Sequence[int], one: Indicator, span: Span | None, *, top: Organisation
) -> Mapping[int, Figure]:
    if span is None:
        return {}
    found = figures_below(places, [one], span, top=top)
    return {place: figures[one.code] for place, figures in found.items()}


@dataclass(frozen=True)
class Went:
    """How a share went month by month, and the line it should have reached."""

    months: Mapping[date, Figure]
    shown: Sequence[date]
    goal: float | None = None

    @property
    def drawn(self) -> SafeString:
        return spark_of(self.months, self.shown, self.goal)


def spark_of(months: Mapping[date, Figure], shown: Iterable[date], goal: float | None) -> SafeString:
    """A year in a line, in one piece: a table has dozens of them."""
    figures = [(month, months.get(month, NOTHING)) for month in shown]
    known = [(month, figure) for month, figure in figures if figure.denominator]
    if len(known) < 2:
        return mark_safe("")
    shares = [None if figure.percent is None else float(figure.percent) for _, figure in figures]
    drawn = line_of(shares, goal, span=10)
    told = "; ".join(f"tháng {month:%m/%Y}: {_percent(figure)}" for month, figure in (known[0], known[-1]))
    marks = (
        f'<line class="spark__goal" x1="0" x2="{WIDTH}" y1="{drawn["goal_y"]}" y2="{drawn["goal_y"]}"/>' if goal else ""
    )
    marks += "".join(f'<polyline class="spark__line" points="{points}"/>' for points in drawn["pieces"])
    x, y = drawn["dot"]
    marks += f'<circle class="spark__dot" cx="{x}" cy="{y}" r="3.2"/>'
    return mark_safe(  # noqa: S308  our own numbers, the words escaped
        f'<svg class="spark" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(told.capitalize())}">{marks}</svg>'
    )


def _percent(figure: Figure) -> str:
    return percent(figure.numerator, figure.denominator)


def fell(months: Mapping[date, Figure], shown: Sequence[date]) -> Decimal | None:
    """By how many points, where it was lower each of the last three months than the month before; else None."""
    last = [months.get(month, NOTHING).percent for month in shown[-FALLING - 1 :]]
    known = [share for share in last if share is not None]
    if len(known) <= FALLING or any(after >= before for before, after in pairwise(known)):
        return None
    return known[0] - known[-1]


@dataclass(frozen=True)
class LastMonths:
    """How a place went of late."""

    lost: Decimal | None  # points, where fewer came each of the last months
    attendance: Figure  # of the last of them
    not_held: int  # branches that had not met when the last whole month ended


def last_months_of(places: Sequence[int], span: Span, shown: Sequence[date]) -> dict[int, LastMonths]:
    """Attendance, as many months as it takes to see who falls; and who met, as the month ended. One statement."""
    month = last_whole_month(span.last)
    asked = [
        (one, day) for code, day in ((ATTENDANCE, span.last), (HELD, last_day_of(month))) if (one := indicator(code))
    ]
    found = months_of_several(places, asked, span, since=shown[0])
    return {
        place: LastMonths(
            fell(months[ATTENDANCE], shown),
            months[ATTENDANCE].get(shown[-1], NOTHING),
            months[HELD].get(month, NOTHING).lacking,
        )
        for place, months in found.items()
    }
