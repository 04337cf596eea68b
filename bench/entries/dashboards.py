"""Dashboards at the size of a province. Promised: a commune's page in 40 ms and a province's in 60 ms of the server's time, and at
most half as much again as its template takes on data that is ready; the summary twenty times as fast as the logs themselves."""

from datetime import date

from django.db import connection
from django.utils import timezone

from bench.bare_summary import CODES, RAW, said_of
from bench.frame import Contest, entry
from branches.models import Kind, Organisation
from branches.summary.below import Span, figures_below
from portal.indicators.registry import Indicator, indicator

Counted = dict[int, list[tuple[int, int]]]


@entry("summary.sql")
def summary_sql() -> Contest:
    """The figures of the comparison, of every commune, this year to today. Both say the same, to the last commune."""
    today = timezone.localdate()
    first, top = date(today.year, 1, 1), Organisation.everything.get(parent=None)
    communes = list(Organisation.everything.filter(kind=Kind.COMMUNE).order_by("pk").values_list("pk", flat=True))
    indicators = [one for code in CODES if (one := indicator(code))]
    assert len(indicators) == len(CODES)
    span = Span(first, today, today)

    def ours() -> Counted:
        return of_summary(communes, indicators, span, top)

    def floor() -> Counted:
        return of_logs(communes, first, today)

    assert ours() == floor()
    return Contest(ours=ours, floor=floor, floor_is="the same counted from the logs, by one statement", goal=0.05)


def of_summary(places: list[int], indicators: list[Indicator], span: Span, top: Organisation) -> Counted:
    found = figures_below(places, indicators, span, top=top)
    return {
        place: [(figures[one.code].numerator, figures[one.code].denominator) for one in indicators]
        for place, figures in found.items()
    }


def of_logs(places: list[int], first: date, last: date) -> Counted:
    with connection.cursor() as cursor:
        cursor.execute(RAW, said_of(places, first, last))
        rows = {place: [int(value or 0) for value in values] for place, *values in cursor.fetchall()}
    nothing = [0] * 2 * len(CODES)
    return {
        place: list(zip(rows.get(place, nothing)[::2], rows.get(place, nothing)[1::2], strict=True)) for place in places
    }
