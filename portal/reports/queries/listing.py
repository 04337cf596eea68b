"""Reports of one place: which there are, narrowed; which are due by the calendar and not issued yet."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from branches.models import Organisation
from portal.access.actor import Actor
from portal.figures.periods import Length, Period
from portal.reports.kinds import ReportKind, kinds_of
from portal.reports.models import Report, ReportState
from portal.reports.models.report import ReportQuerySet
from portal.reports.queries.reading import readable
from portal.words.quantities import day

BEFOREHAND = {Length.YEAR: 30}  # days before the last one on which a report begins to be asked for
USUALLY_BEFOREHAND = 10
LONGEST_LATE = 60  # days: what is older was sent on paper, and is begun by whoever wants it
OPEN, DONE = "dang-soan", "da-ban-hanh"


@dataclass(frozen=True)
class Due:
    """One that the committee above waits for."""

    kind: ReportKind
    period: Period
    on: date
    report: Report | None = None  # begun, not issued

    @property
    def title(self) -> str:
        return f"{self.kind.name}, {self.period.said}"

    @property
    def query(self) -> str:
        return urlencode({"loai": self.kind.code, "ky": period_end(self.period).isoformat()})

    @property
    def meta(self) -> str:
        begun = self.report.get_state_display() if self.report else "Chưa soạn"
        return f"{begun}, hạn gửi {day(self.on)}"


def reports_of(place: Organisation, actor: Actor) -> ReportQuerySet:
    """Without what they stand on, which is large."""
    rows = readable(actor).filter(organisation=place).defer("facts")
    return rows.select_related("document", "number", "pdf", "replaced_by", "arrival").newest_first()


def narrowed(rows: ReportQuerySet, asked: Mapping[str, Any]) -> ReportQuerySet:
    if asked.get("nam"):
        rows = rows.filter(first__year=asked["nam"])
    if asked.get("loai"):
        rows = rows.filter(kind=asked["loai"])
    if asked.get("loc") == OPEN:
        return rows.exclude(state=ReportState.ISSUED)
    return rows.filter(state=ReportState.ISSUED) if asked.get("loc") == DONE else rows


def years_of(rows: ReportQuerySet) -> list[int]:
    found = rows.order_by().values_list("first__year", flat=True).distinct()
    return sorted(found, reverse=True)


def due_of(place: Organisation, today: date) -> list[Due]:
    """What a place owes: of the period that is over or nearly so, the earliest first. One query."""
    asked = [one for kind in kinds_of(place) if kind.due and kind.goes_up for one in _periods(kind, place, today)]
    if not asked:
        return []
    why = "which reports of a place stand is known to whoever reaches the place"
    rows = Report.objects.everywhere(reason=why).filter(
        organisation=place, kind__in={one.kind.code for one in asked}, first__gte=min(one.period.first for one in asked)
    )
    begun: dict[tuple[str, date], Report] = {}
    issued = set()
    for row in rows.defer("facts").order_by("pk"):
        begun[row.kind, row.first] = row
        if row.is_issued:
            issued.add((row.kind, row.first))
    open_ones = [one for one in asked if (one.kind.code, one.period.first) not in issued]
    found = [Due(one.kind, one.period, one.on, begun.get((one.kind.code, one.period.first))) for one in open_ones]
    return sorted(found, key=lambda one: (one.on, one.kind.code))


def _periods(kind: ReportKind, place: Organisation, today: date) -> list[Due]:
    """The one we are in, once it is time; and the one before it. Of what lies before the portal came into use, none."""
    now = kind.period(today)
    last = kind.period(now.before)
    found = []
    for period in (last, kind.period(period_end(now))):
        assert kind.due
        on = kind.due(period)
        begins = on - timedelta(days=BEFOREHAND.get(kind.length, USUALLY_BEFOREHAND))
        in_use = place.joined_on is not None and place.joined_on <= period_end(period)
        is_asked = (
            today <= on + timedelta(days=LONGEST_LATE) and min(begins, period_end(period) + timedelta(days=1)) <= today
        )
        if in_use and is_asked:
            found.append(Due(kind, period, on))
    return found


def period_end(period: Period) -> date:
    """Of the calendar, so it has one."""
    return period.ends or period.last
