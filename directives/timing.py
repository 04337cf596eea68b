"""When something is to be done, as structure. One place says what “trước ngày” and “đến ngày” mean."""

from calendar import monthrange
from collections.abc import Collection
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db import models

from portal.words.quantities import DOES_NOT_APPLY
from portal.words.quantities import day as in_words


class Pace(models.TextChoices):
    CONTINUOUS = "continuous", "Thường xuyên"
    ONCE = "once", "Một lần"
    MONTH = "month", "Hằng tháng"
    QUARTER = "quarter", "Hằng quý"
    YEAR = "year", "Hằng năm"
    TERM = "term", "Mỗi nhiệm kỳ"
    MEETING = "meeting", "Mỗi kỳ sinh hoạt"
    BEFORE_EVENT = "before event", "Trước một việc"
    AFTER_EVENT = "after event", "Sau một việc"


class Operator(models.TextChoices):
    """“Trước ngày D” means that D−1 is the last good day; “đến ngày”, “trong tháng” include it."""

    BEFORE = "before", "trước ngày"
    WITHIN = "within", "đến hết ngày"
    NONE = "", "không nêu ngày"


PERIODS = (Pace.MONTH, Pace.QUARTER, Pace.YEAR)
EVENTS = (Pace.BEFORE_EVENT, Pace.AFTER_EVENT)
_MONTHS = {Pace.MONTH: 1, Pace.QUARTER: 3, Pace.YEAR: 12}
_PER = {Pace.MONTH: "tháng", Pace.QUARTER: "quý", Pace.YEAR: "năm", Pace.TERM: "nhiệm kỳ", Pace.MEETING: "kỳ"}


@dataclass(frozen=True)
class Timing:
    pace: str = Pace.CONTINUOUS
    operator: str = Operator.NONE
    due_on: date | None = None  # once
    due_month: int | None = None  # in the year, or in the quarter
    due_day: int | None = None  # in that month
    times: int | None = None  # at least so often in each period
    since: date | None = None  # it begins
    until: date | None = None  # it holds until
    event: str = ""
    event_days: int | None = None

    @property
    def columns(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def last_good_day(self) -> date | None:
        """Of something done once."""
        return self._last(self.due_on)

    def last_good_day_of(self, period_begins: date) -> date | None:
        """Of something done each month, quarter or year, in the period that begins on this day."""
        if self.pace not in _MONTHS:
            return None
        month = _months_after(period_begins, (self.due_month or _MONTHS[Pace(self.pace)]) - 1)
        length = monthrange(month.year, month.month)[1]
        return self._last(month.replace(day=min(self.due_day or length, length)))

    def _last(self, named: date | None) -> date | None:
        return named - timedelta(days=1) if named and self.operator == Operator.BEFORE else named

    @property
    def is_dated(self) -> bool:
        return bool(self.due_on or self.due_day or self.event or self.since or self.times)

    def also(self, **more: Any) -> "Timing":
        return replace(self, **more)

    @property
    def words(self) -> str:
        """Hằng năm, trước ngày 05/12 · Một lần, đến hết ngày 30/11/2023 · Từ ngày 01/01/2021."""
        said = [*self._pace_words(), *self._span_words()]
        return ", ".join(said)

    def _pace_words(self) -> list[str]:
        if self.pace in EVENTS:
            days = f"{self.event_days} ngày " if self.event_days else ""
            side = "trước" if self.pace == Pace.BEFORE_EVENT else "sau"
            return [
                f"{'Chậm nhất ' if days else ''}{days}{side}: {self.event}".capitalize()
                if days
                else f"{side.capitalize()}: {self.event}"
            ]
        if self.pace == Pace.CONTINUOUS and self.since:
            return []
        said = [Pace(self.pace).label]
        if self.times:
            said.append(f"ít nhất {self.times} lần/{_PER.get(Pace(self.pace), 'lần')}")
        if named := self._named_day():
            said.append(f"{Operator(self.operator).label} {named}")
        return said

    def _named_day(self) -> str:
        if self.due_on:
            return in_words(self.due_on)
        if not self.due_day:
            return ""
        if self.pace == Pace.YEAR:
            return f"{self.due_day:02}/{self.due_month:02}"
        if self.pace == Pace.QUARTER:
            return f"{self.due_day} tháng thứ {self.due_month} của quý"
        return f"{self.due_day}"

    def _span_words(self) -> list[str]:
        said = []
        if self.since:
            said.append(f"{'Từ' if self.pace == Pace.CONTINUOUS else 'từ'} ngày {in_words(self.since)}")
        if self.until:
            said.append(f"đến ngày {in_words(self.until)}")
        return said


@dataclass(frozen=True)
class Period:
    """One time that something given is to be done."""

    first: date | None  # of what is done once there is no period
    opens_on: date
    due_on: date | None  # the last good day


def periods_of(timing: Timing, given_on: date, on: date, occurrences: Collection[date] = ()) -> list[Period]:
    """Those that have begun by that day. A period whose last good day was over when it was given is not asked for."""
    if timing.pace in EVENTS:
        return [_of_event(timing, day, given_on) for day in sorted(occurrences)]
    if timing.pace in PERIODS:
        return _of_calendar(timing, given_on, on)
    opens_on = max(given_on, timing.since or given_on)
    return [Period(None, opens_on, timing.last_good_day or timing.until)] if opens_on <= on else []


def _of_calendar(timing: Timing, given_on: date, on: date) -> list[Period]:
    months = _MONTHS[Pace(timing.pace)]
    begins = max(given_on, timing.since or given_on)
    first = begins.replace(month=(begins.month - 1) // months * months + 1, day=1)
    found = []
    while first <= on and (timing.until is None or first <= timing.until):
        due_on = timing.last_good_day_of(first)
        if due_on and due_on >= begins and max(first, begins) <= on:
            found.append(Period(first, max(first, begins), due_on))
        first = _months_after(first, months)
    return found


def _of_event(timing: Timing, day: date, given_on: date) -> Period:
    days = timedelta(days=timing.event_days or 0)
    if timing.pace == Pace.BEFORE_EVENT:
        return Period(day, min(given_on, day - days), day - days)
    return Period(day, day, day + days if timing.event_days else None)


def period_words(pace: str, first: date | None) -> str:
    """Tháng 10/2026 · Quý 4/2026 · Năm 2026 · 12/10/2026."""
    if first is None:
        return DOES_NOT_APPLY
    return {
        Pace.MONTH: f"Tháng {first:%m/%Y}",
        Pace.QUARTER: f"Quý {(first.month + 2) // 3}/{first.year}",
        Pace.YEAR: f"Năm {first.year}",
    }.get(Pace(pace), in_words(first))


def next_period(pace: str, first: date) -> date | None:
    """The first day of the one after; of what is done after an event there is none."""
    return _months_after(first, _MONTHS[Pace(pace)]) if pace in _MONTHS else None


def _months_after(first: date, months: int) -> date:
    month = first.month - 1 + months
    return date(first.year + month // 12, month % 12 + 1, 1)
