"""What targets ask of meetings, read from the summary: as of a day, its months whole, its tree that of the day."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.urls import reverse

from branches.models import Kind, Organisation
from branches.models.summary import Month
from branches.summary.months import next_month
from portal.indicators.registry import Figure, Indicator


def last_whole_month(day: date) -> date:
    """The month that is over on that day."""
    month = day.replace(day=1)
    return month if next_month(month) - timedelta(days=1) == day else (month - timedelta(days=1)).replace(day=1)


def _months(place: Organisation, first: date, last: date) -> QuerySet:
    rows = Month.objects.everywhere(reason="figures are for whoever may read them").below_as_of(place, last)
    branches = rows.filter(organisation__kind=Kind.BRANCH, in_use=True)
    return branches.between(first, last_whole_month(last)).order_by()


def _quarters_over(first: date, last: date) -> list[date]:
    """By their first months; those that lie within, whole."""
    month, found = first.replace(day=1), []
    while month <= last_whole_month(last):
        if month.month % 3 == 1 and next_month(next_month(month)) <= last_whole_month(last):
            found.append(month)
        month = next_month(month)
    return found


def regime(place: Organisation, first: date, last: date) -> dict[int, Figure]:
    """A branch keeps it that has held a regular meeting each month and a thematic one each quarter."""
    in_quarter = Q(month__in=_quarters_over(first, last), thematic_excused=False)
    rows = _months(place, first, last).values("organisation").annotate(
        months=Count("pk", filter=Q(regular_excused=False)),
        months_held=Count("pk", filter=Q(regular_excused=False, regular_held_on__lte=last)),
        quarters=Count("pk", filter=in_quarter),
        quarters_held=Count("pk", filter=in_quarter & Q(thematic_held_on__lte=last)),
    )  # fmt: skip
    return {
        row["organisation"]: Figure(
            int(row["months"] == row["months_held"] and row["quarters"] == row["quarters_held"]), 1
        )
        for row in rows
        if row["months"] or row["quarters"]
    }


def steps(place: Organisation, first: date, last: date) -> dict[int, Figure]:
    """A branch does them all that in none of its regular meetings has left one out."""
    held = _months(place, first, last).filter(regular_held_on__lte=last)
    whole = Q(regular_steps__gt=0, regular_steps_done=F("regular_steps"))
    rows = held.values("organisation").annotate(held=Count("pk"), whole=Count("pk", filter=whole))
    return {row["organisation"]: Figure(int(row["held"] == row["whole"]), 1) for row in rows}


def attendance(place: Organisation, first: date, last: date) -> dict[int, Figure]:
    """Of all who were expected at regular meetings, those who came; the exempt are in neither."""
    held = _months(place, first, last).filter(regular_held_on__lte=last)
    rows = held.values("organisation").annotate(came=Sum("regular_came"), expected=Sum("regular_expected"))
    return {row["organisation"]: Figure(row["came"], row["expected"]) for row in rows if row["expected"]}


def scored(place: Organisation, first: date, last: date) -> dict[int, Figure]:
    """Of the regular meetings that were held, those whose branch has scored them."""
    held = _months(place, first, last).filter(regular_held_on__lte=last)
    rows = held.values("organisation").annotate(held=Count("pk"), scored=Count("regular_score"))
    return {row["organisation"]: Figure(row["scored"], row["held"]) for row in rows}


def best_band(place: Organisation, first: date, last: date) -> dict[int, Figure]:
    """Of those that were scored, those in the best band."""
    held = _months(place, first, last).filter(regular_held_on__lte=last, regular_score__isnull=False)
    rows = held.values("organisation").annotate(scored=Count("pk"), best=Count("pk", filter=Q(regular_place=1)))
    return {row["organisation"]: Figure(row["best"], row["scored"]) for row in rows}


def agrees_with_above(place: Organisation, first: date, last: date) -> dict[int, Figure]:
    """Of those that the level above has scored as well, those to which it gave the same points."""
    held = _months(place, first, last).filter(regular_held_on__lte=last, regular_score__isnull=False)
    both = held.filter(regular_score_above__isnull=False)
    same = Q(regular_score_above=F("regular_score"))
    rows = both.values("organisation").annotate(both=Count("pk"), same=Count("pk", filter=same))
    return {row["organisation"]: Figure(row["same"], row["both"]) for row in rows}


def _grid(place: Any, year: int, **said: str) -> str:
    asked = "".join(f"&{name}={value}" for name, value in said.items())
    return f"{reverse('meeting_grid', args=[place.pk])}?nam={year}{asked}"


def _quality(place: Any, year: int) -> str:
    return f"{reverse('quality_below', args=[place.pk])}?nam={year}"


def indicators() -> Iterator[Indicator]:
    yield Indicator(
        "meetings.regime", "Chi bộ giữ đủ chế độ sinh hoạt thường kỳ và chuyên đề", "chi bộ", regime,
        lambda place, year: _grid(place, year, loc="chua-hop"),
    )  # fmt: skip
    yield Indicator(
        "meetings.steps", "Chi bộ làm đủ các bước trong mọi buổi thường kỳ", "chi bộ", steps,
        lambda place, year: _grid(place, year, loc="thieu-buoc"),
    )  # fmt: skip
    yield Indicator(
        "meetings.attendance", "Đảng viên dự sinh hoạt thường kỳ", "lượt đảng viên phải dự", attendance,
        _grid,
    )  # fmt: skip
    yield Indicator("meetings.scored", "Buổi thường kỳ đã chấm điểm", "buổi thường kỳ đã họp", scored, _quality)
    yield Indicator(
        "meetings.best", "Buổi thường kỳ được chấm mức cao nhất", "buổi thường kỳ đã chấm", best_band, _quality,
    )  # fmt: skip
    yield Indicator(
        "meetings.agrees", "Buổi thường kỳ cấp trên chấm bằng điểm chi bộ", "buổi cả hai cấp đã chấm",
        agrees_with_above, _quality,
    )  # fmt: skip
