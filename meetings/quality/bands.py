"""From points to a band, from the bands of the meetings to the band of the year. What the bands are, is a dated rule."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from branches.models import Organisation
from branches.rules.definitions.quality import BANDS, YEAR, Band, YearStep
from branches.rules.reading import Rulebook
from portal.words.quantities import number


def band_of(points: int, bands: Sequence[Band], *, whole: bool = True) -> int:
    """Its place, the best first. `whole`: all that must be full is; without that the best band is out of reach."""
    place = next(place for place, band in enumerate(bands) if points >= band.least)
    return max(place, 1) if not whole and len(bands) > 1 else place


class Bands:
    """Of many organisations and days from one book; where nobody has their own, all have the country's."""

    def __init__(self, book: Rulebook) -> None:
        self._book = book
        self._found: dict[tuple[int | None, date], tuple[Band, ...]] = {}
        self._some_have_own = bool(book.organisations_with_own(BANDS.key, date.max))

    def of(self, organisation: Organisation, on: date) -> tuple[Band, ...]:
        place = organisation if self._some_have_own else None
        key = (place.pk if place else None, on)
        if key not in self._found:
            self._found[key] = self._book.source_of(BANDS, place, on=on).value
        return self._found[key]


@dataclass(frozen=True)
class Marked:
    """A regular meeting of the year that was scored: its month, the place of its band."""

    month: date
    place: int


@dataclass(frozen=True)
class YearBand:
    """As it stands: `name` of what has been reached so far, and in words what the next better one still wants."""

    name: str
    place: int
    scored: int
    best: int
    lacking: str


def year_of(marks: Sequence[Marked], bands: Sequence[Band], steps: Sequence[YearStep], *, left: int) -> YearBand | None:
    """`left`: how many meetings of the year can still be scored. None: nothing was scored yet."""
    if not marks:
        return None
    reached = next((step for step in steps if not _lacks(step, marks, bands)), None)
    name = reached.name if reached else bands[-1].name
    better = steps[: steps.index(reached)] if reached else steps
    lacking = _in_words(better[-1], marks, bands, left) if better else ""
    best = sum(mark.place == 0 for mark in marks)
    return YearBand(name, _place(name, bands), len(marks), best, lacking)


def _place(name: str, bands: Sequence[Band]) -> int:
    """A level of the year is named like a band; one that is not stands last."""
    return next((place for place, band in enumerate(bands) if band.name == name), len(bands) - 1)


def _below(step: YearStep, marks: Sequence[Marked], bands: Sequence[Band]) -> list[Marked]:
    return [mark for mark in marks if mark.place > _place(step.meetings, bands)]


def _lacks(step: YearStep, marks: Sequence[Marked], bands: Sequence[Band]) -> bool:
    good = len(marks) - len(_below(step, marks, bands))
    best = sum(mark.place == 0 for mark in marks)
    return good * 100 < step.share * len(marks) or best < step.best


def _in_words(step: YearStep, marks: Sequence[Marked], bands: Sequence[Band], left: int) -> str:
    low, best = _below(step, marks, bands), sum(mark.place == 0 for mark in marks)
    whole = len(marks) + left
    if (whole - len(low)) * 100 < step.share * whole:
        months = ", ".join(str(mark.month.month) for mark in low)
        return f"Năm nay không lên {step.name} được nữa: tháng {months} dưới mức {step.meetings}."
    lacking = step.best - best
    if lacking > left:
        return f"Năm nay không lên {step.name} được nữa: cần {number(step.best)} buổi {bands[0].name}, có thể đạt {number(best + left)}."
    if lacking > 0:
        return f"Để xếp {step.name}: cần thêm {number(lacking)} buổi {bands[0].name}; các buổi khác từ {step.meetings} trở lên."
    return f"Để xếp {step.name}: cần thêm các buổi từ {step.meetings} trở lên."


def year_steps(book: Rulebook, organisation: Organisation, on: date) -> tuple[YearStep, ...]:
    return book.value(YEAR, organisation, on=on)
