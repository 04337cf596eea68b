"""The year of a branch by what its regular meetings were scored, read from the summary."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse

from branches.models import Organisation
from branches.models.summary import Month
from branches.rules.definitions.quality import BANDS
from branches.rules.reading import Rulebook
from meetings.quality.bands import Marked, YearBand, year_of, year_steps

TONES = ("ok", "info", "warn", "bad")
ICONS = {"ok": "check", "info": "check", "warn": "minus", "bad": "x"}


@dataclass(frozen=True)
class MonthScore:
    month: date
    points: int | None
    band: str
    place: int
    above: int | None
    meeting: UUID | None

    @property
    def tone(self) -> str:
        return tone_of(self.place) if self.band else "mute"

    @property
    def url(self) -> str:
        return reverse("score_sheet", args=[self.meeting]) if self.band else ""

    @property
    def told(self) -> str:
        if not self.band:
            return f"Tháng {self.month.month}: chưa chấm"
        above = f", cấp trên chấm {self.above}" if self.above is not None else ""
        return f"Tháng {self.month.month}: {self.points} điểm, {self.band}{above}"


@dataclass(frozen=True)
class YearQuality:
    band: YearBand
    months: list[MonthScore]
    differing: int  # how often the level above gave other points than the branch
    is_over: bool

    @property
    def tone(self) -> str:
        return tone_of(self.band.place)

    @property
    def icon(self) -> str:
        return ICONS[self.tone]


def tone_of(place: int) -> str:
    return TONES[min(place, len(TONES) - 1)]


def year_quality(organisation: Organisation, year: int, *, today: date, book: Rulebook) -> YearQuality | None:
    """One query. None: no regular meeting of that year was scored."""
    rows = Month.objects.everywhere(reason="of an organisation that was reached").filter(
        organisation=organisation, month__year=year
    )
    columns = ("month", "regular_score", "regular_band", "regular_place", "regular_score_above", "regular_meeting")
    found = {
        row[0]: MonthScore(row[0], row[1], row[2], (row[3] or 1) - 1, row[4], row[5])
        for row in rows.values_list(*columns)
    }
    months = [
        found.get(month) or MonthScore(month, None, "", 0, None, None)
        for month in (date(year, n, 1) for n in range(1, 13))
    ]
    marks = [Marked(one.month, one.place) for one in months if one.band]
    on = min(today, date(year, 12, 31))
    left = sum(not one.band and one.month >= today.replace(day=1) for one in months)
    bands, steps = book.value(BANDS, organisation, on=on), year_steps(book, organisation, on)
    band = year_of(marks, bands, steps, left=left)
    differing = sum(one.above is not None and one.points is not None and one.above != one.points for one in months)
    return YearQuality(band, months, differing, today.year > year) if band else None
