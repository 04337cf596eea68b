"""Party age (tuổi Đảng): whole years from the day of the decision of admission, less the months that do not count.

Pure functions. Which badges there are, and on which days of the year they are given, is dated data: the caller reads it
from the rules and passes it on.
"""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple, Protocol

MONTHS_A_YEAR = 12


class DayOfYear(Protocol):
    """As the rules give it: branches.rules.shapes.days.YearDay."""

    def of(self, year: int) -> date: ...


class Award(NamedTuple):
    """A badge that comes: so many years, reached on a day, given in the first round from then on."""

    years: int
    reached_on: date
    round_on: date


def months_later(day: date, months: int) -> date:
    """The same day so many months later (or earlier); where that month has no such day, its last one."""
    year, month = divmod(day.year * MONTHS_A_YEAR + day.month - 1 + months, MONTHS_A_YEAR)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def reached_on(years: int, *, decided_on: date, not_counted: int = 0) -> date:
    """The day on which somebody has so many years of party age."""
    return months_later(decided_on, years * MONTHS_A_YEAR + not_counted)


def party_age(on: date, *, decided_on: date, not_counted: int = 0) -> int:
    """Whole years. Before the first is full, and before the decision: 0."""
    guess = on.year - decided_on.year - not_counted // MONTHS_A_YEAR + 1
    while guess > 0 and reached_on(guess, decided_on=decided_on, not_counted=not_counted) > on:
        guess -= 1
    return max(guess, 0)


def rounds_of(year: int, award_days: Iterable[DayOfYear]) -> list[date]:
    return sorted(one.of(year) for one in award_days)


def round_from(day: date, award_days: Sequence[DayOfYear]) -> date:
    """The first round on this day or after it."""
    return next(found for year in (day.year, day.year + 1) for found in rounds_of(year, award_days) if found >= day)


def round_before(day: date, award_days: Sequence[DayOfYear]) -> date:
    """The last round before this day."""
    return [found for year in (day.year - 1, day.year) for found in rounds_of(year, award_days) if found < day][-1]


def next_award(
    on: date, *, decided_on: date, not_counted: int = 0, badges: Iterable[int], award_days: Sequence[DayOfYear]
) -> Award | None:
    """The badge whose round is still to come; one that was reached since the last round still waits for the next."""
    for years in sorted(badges):
        reached = reached_on(years, decided_on=decided_on, not_counted=not_counted)
        given_on = round_from(reached, award_days)
        if given_on >= on:
            return Award(years, reached, given_on)
    return None
