"""Over which days figures are read: from the beginning of a month, quarter, half, year or term to the day one looks from."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from branches.models import Organisation, Term
from branches.summary.months import last_day_of, last_whole_month, month_of, months_between
from portal.access.reach import paths_down_to
from portal.words.quantities import day as in_words

QUARTERS = ("I", "II", "III", "IV")
TREND = 12  # months


class Length(StrEnum):
    MONTH = "thang"
    QUARTER = "quy"
    HALF = "nua-nam"
    YEAR = "nam"
    TERM = "nhiem-ky"

    @property
    def label(self) -> str:
        return {"thang": "Tháng", "quy": "Quý", "nua-nam": "6 tháng", "nam": "Năm", "nhiem-ky": "Nhiệm kỳ"}[self]


@dataclass(frozen=True)
class Period:
    length: Length
    first: date
    last: date
    name: str
    ends: date | None  # None: nobody knows yet

    @property
    def said(self) -> str:
        """Within a sentence: quý IV/2026, tháng 10/2026"""
        return self.name[:1].lower() + self.name[1:]

    @property
    def words(self) -> str:
        """Quý IV/2026, đến ngày 21/11/2026"""
        return self.name if self.last == self.ends else f"{self.name}, đến ngày {in_words(self.last)}"

    @property
    def trend_since(self) -> date:
        """A year of months at least, so that a line can be seen."""
        month = last_whole_month(self.last)
        before = month.year * 12 + month.month - TREND
        return min(self.first, date(before // 12, before % 12 + 1, 1))

    def months(self, step: int = 1) -> list[date]:
        """Of the trend; by quarters when `step` is three."""
        found = months_between(self.trend_since, last_whole_month(self.last))
        return [month for month in found if (month.month - 1) % step == 0]

    @property
    def before(self) -> date:
        """The last day of the one before it."""
        return date.fromordinal(self.first.toordinal() - 1)


def usual_day(today: date) -> date:
    """In January the year has no whole month yet: the year before is looked at, as it ended."""
    begun = last_whole_month(today).year == today.year
    return today if begun else date(today.year - 1, 12, 31)


def period_of(length: Length, day: date) -> Period:
    """Of the calendar; a term is a committee's own."""
    months = {Length.MONTH: 1, Length.QUARTER: 3, Length.HALF: 6, Length.YEAR: 12}[length]
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    ends = last_day_of(date(day.year, first.month + months - 1, 1))
    return Period(length, first, day, _name(length, first), ends)


def term_of(place: Organisation, day: date) -> Period | None:
    """Of the committee itself or of the nearest above it. One query."""
    rows = Term.objects.everywhere(reason="since when a committee sits is known to all below")
    rows = rows.filter(organisation__path__in=paths_down_to(place.path), since__lte=day).on(day)
    term = max(rows.select_related("organisation"), key=lambda row: len(row.organisation.path), default=None)
    if term is None:
        return None
    return Period(Length.TERM, month_of(term.since), day, term.name[:1].upper() + term.name[1:], term.until)


def _name(length: Length, first: date) -> str:
    return {
        Length.MONTH: f"Tháng {first:%m/%Y}",
        Length.QUARTER: f"Quý {QUARTERS[(first.month - 1) // 3]}/{first.year}",
        Length.HALF: f"6 tháng {'đầu' if first.month == 1 else 'cuối'} năm {first.year}",
        Length.YEAR: f"Năm {first.year}",
    }[length]


def lengths() -> Iterator[tuple[str, str]]:
    for length in Length:
        yield length.value, length.label
