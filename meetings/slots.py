"""The places of a year: twelve regular meetings, four thematic ones, twelve of the chi ủy; and how each of them stands on a day.

Nothing of it is written down. That a meeting is missing follows from the day of reading.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db import models

from branches.rules.definitions.meetings import FIXED_DAY, LAST_DAY_OF_WEEK_ONE
from branches.rules.shapes.days import DayInMonth
from meetings.models import MeetingKind


class SlotState(models.TextChoices):
    IN_TIME = "in time", "Đúng hạn"
    MOVED = "moved", "Dời, đúng hạn"
    LATE = "late", "Họp muộn"
    LOGGING = "logging", "Đang ghi"
    PLANNED = "planned", "Có lịch"
    COMING = "coming", "Chưa đến"
    MISSING = "missing", "Chưa họp"
    EXCUSED = "excused", "Không phải họp"
    NOT_APPLICABLE = "not applicable", "Không áp dụng"

    @classmethod
    def held(cls) -> list["SlotState"]:
        return [cls.IN_TIME, cls.MOVED, cls.LATE]

    @classmethod
    def not_owed(cls) -> list["SlotState"]:
        """In no denominator."""
        return [cls.EXCUSED, cls.NOT_APPLICABLE]


@dataclass(frozen=True, order=True)
class Place:
    """One meeting that a year asks for: of a kind, for a month or a quarter (by its first day)."""

    kind: str
    period: date

    @property
    def last_day(self) -> date:
        """Of the month or the quarter itself."""
        month = self.period.month + (2 if self.kind == MeetingKind.THEMATIC else 0)
        return date(self.period.year, month, monthrange(self.period.year, month)[1])


def places_of(year: int) -> Iterator[Place]:
    for kind in MeetingKind.of_slots():
        for month in range(1, 13, 3 if kind is MeetingKind.THEMATIC else 1):
            yield Place(kind.value, date(year, month, 1))


def quarter_of(day: date) -> date:
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def place_of(kind: str, day: date) -> Place:
    """The place that a meeting of that day fills, if nobody says another."""
    return Place(kind, quarter_of(day) if kind == MeetingKind.THEMATIC else day.replace(day=1))


@dataclass(frozen=True)
class Measure:
    """The rules of an organisation for one month: the end of week one, and its own approved day or none (0)."""

    week_one: DayInMonth
    fixed_day: int = 0

    def week_one_ends(self, period: date) -> date:
        return _last_of_week_one(self.week_one, period)

    def fixed_on(self, period: date) -> date | None:
        if not self.fixed_day:
            return None
        return period.replace(day=min(self.fixed_day, monthrange(period.year, period.month)[1]))


@lru_cache(maxsize=1_024)
def _last_of_week_one(rule: DayInMonth, period: date) -> date:
    """The same for most branches of a country."""
    return rule.last_day(period.year, period.month)


RULES = (LAST_DAY_OF_WEEK_ONE, FIXED_DAY)


def is_in_time(place: Place, day: date, measure: Measure) -> bool:
    """A regular meeting: in week one, or on its approved day. Others: before the month or quarter is over."""
    if place.kind != MeetingKind.REGULAR:
        return day <= place.last_day
    return day <= measure.week_one_ends(place.period) or day == measure.fixed_on(place.period)


@lru_cache(maxsize=4_096)
def last_day_of(place: Place, measure: Measure, moved_until: date | None = None) -> date:
    """The last day on which it is still in time: from the next one on it is missing. Most branches share theirs."""
    if place.kind != MeetingKind.REGULAR:
        ends = place.last_day
    else:
        ends = max(measure.week_one_ends(place.period), measure.fixed_on(place.period) or place.period)
    return max(ends, moved_until) if moved_until else ends


def held_as(place: Place, day: date, measure: Measure, moved_until: date | None = None) -> SlotState:
    if is_in_time(place, day, measure):
        return SlotState.IN_TIME
    return SlotState.MOVED if moved_until and day <= moved_until else SlotState.LATE


@dataclass(frozen=True)
class Known:
    """What is recorded about a place: its meeting, if there is one, and the decision of the nearest committee."""

    day: date | None = None
    closed: bool = False
    started: bool = False
    moved_until: date | None = None
    excused: bool = False


def state_of(
    place: Place, known: Known, measure: Measure, *, owed: bool, today: date, last: date | None = None
) -> SlotState:
    """`owed`: the organisation was there and in the portal when the period began, and has such meetings. `last`: its last
    day, for whoever knows it already."""
    if known.day and known.closed:
        return held_as(place, known.day, measure, known.moved_until)
    if known.day and (known.started or known.day < today):
        return SlotState.LOGGING
    last = last or last_day_of(place, measure, known.moved_until)
    if known.day and (known.day <= last or today <= last):
        return SlotState.PLANNED
    if not owed:
        return SlotState.NOT_APPLICABLE
    if known.excused:
        return SlotState.EXCUSED
    if today > last:
        return SlotState.MISSING
    return SlotState.COMING
