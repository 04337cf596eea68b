"""The branches that pull a place down: which, why, and how their year went."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from branches.models import Kind, Organisation
from branches.rules.reading import Rulebook
from branches.summary.below import figures_below
from branches.summary.months import month_of
from meetings.models import MeetingKind
from meetings.queries.slots import Slot, slots_of_year
from meetings.slots import SlotState
from portal.access.permissions import Permission
from portal.dashboards.queries.province.board import Board
from portal.dashboards.queries.province.goals import Goal
from portal.dashboards.queries.province.rows import ATTENDANCE, HELD, Row
from portal.indicators.registry import NOTHING, Figure, indicator
from portal.words.quantities import number, percent

WHY = "branches below a place that was asked for through the door"
NAMED = 3
TASKS = "members.with_tasks"


@dataclass(frozen=True)
class Pull:
    branch: Organisation
    figures: dict[str, Figure]
    unmet: list[Goal]
    low_line: float
    slots: Sequence[Slot] = field(default=())
    since: date | None = None  # what is said of meetings is of the period; the strip shows the year
    may_open_meetings: bool = False
    address: str = ""

    @property
    def name(self) -> str:
        called: str = getattr(self.branch, "name_then", None) or self.branch.name
        return called

    @property
    def weight(self) -> tuple[int, Decimal]:
        """How many targets it misses, then how much it lacks of all that is counted."""
        lacking = [Decimal(one.lacking) / one.denominator for one in self.figures.values() if one.denominator]
        return len(self.unmet), sum(lacking, Decimal(0))

    @property
    def why(self) -> str:
        """Bỏ họp tháng 8, muộn 3 tháng, 5 đảng viên chưa có nhiệm vụ."""
        said = [*self._meetings(), *self._people()]
        if not said:
            said = [one.name[:1].lower() + one.name[1:] for one in self.unmet[:1]]
            said = [f"chưa đạt: {one}" for one in said]
        words = ", ".join(said)
        return words[:1].upper() + words[1:]

    def _meetings(self) -> list[str]:
        slots = [slot for slot in self.slots if self.since is None or slot.place.period >= self.since]
        missed = [str(slot.number) for slot in slots if slot.state == SlotState.MISSING]
        late = sum(slot.state == SlotState.LATE for slot in slots)
        short = sum(slot.steps_left > 0 for slot in slots)
        said = [f"bỏ họp tháng {', '.join(missed)}"] if missed else []
        said += [f"muộn {number(late)} tháng"] if late else []
        return said + ([f"{number(short)} buổi thiếu bước"] if short else [])

    def _people(self) -> list[str]:
        without, came = self.figures.get(TASKS, NOTHING), self.figures.get(ATTENDANCE, NOTHING)
        said = [f"{number(without.lacking)} đảng viên chưa có nhiệm vụ"] if without.lacking else []
        is_low = came.percent is not None and came.percent < self.low_line
        return [*said, f"dự họp {percent(came.numerator, came.denominator)}"] if is_low else said

    @property
    def strip_words(self) -> str:
        return f"{len(self.slots)} tháng của {self.name}"


def pulls_of(board: Board, row: Row) -> list[Pull]:
    """The three that miss most. A constant number of statements, however many branches."""
    frame, span = board.frame, board.span
    branches = _branches(board, row.place)
    codes = dict.fromkeys([goal.indicator.code for goal in board.goals] + [HELD, ATTENDANCE, TASKS])
    asked = [one for code in codes if (one := indicator(code))]
    figures = figures_below([one.pk for one in branches], asked, span, top=row.place)
    found = [_pull(board, branch, figures[branch.pk]) for branch in branches]
    worst = sorted((one for one in found if one.weight[1]), key=lambda one: one.weight, reverse=True)[:NAMED]
    chosen = [one.branch for one in worst]
    day = frame.period.last
    years = slots_of_year(chosen, day.year, today=day, book=Rulebook.of(frame.actor), kinds=[MeetingKind.REGULAR.value])
    return [_with_year(board, one, list(years[one.branch.pk].values())) for one in worst]


def _branches(board: Board, place: Organisation) -> list[Organisation]:
    rows = Organisation.objects.everywhere(reason=WHY).below_as_of(place, board.frame.tree_on)
    rows = rows.filter(kind=Kind.BRANCH).living(board.frame.period.last).as_of(board.frame.tree_on)
    if board.asked.branch_type:
        rows = rows.filter(branch_type=board.asked.branch_type)
    return list(rows.in_order())


def _pull(board: Board, branch: Organisation, figures: dict[str, Figure]) -> Pull:
    unmet = [goal for goal in board.goals if goal.is_met(figures.get(goal.indicator.code)) is False]
    return Pull(branch, figures, unmet, board.low_line)


def _with_year(board: Board, pull: Pull, slots: list[Slot]) -> Pull:
    frame = board.frame
    past = [slot for slot in slots if slot.place.period <= month_of(frame.period.last)]
    past.sort(key=lambda slot: slot.place)
    may = frame.may_open(pull.branch, Permission.SEE_MEETINGS)
    address = frame.url("dashboard", pull.branch.pk) if frame.may_open(pull.branch) else ""
    return replace(pull, slots=past, since=frame.period.first, may_open_meetings=may, address=address)
