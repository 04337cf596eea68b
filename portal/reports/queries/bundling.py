"""What goes into one file of all: who sent what is good, in the order of every list, and who is not in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from branches.models import Organisation
from portal.access.actor import Actor
from portal.reports.expected import Expected
from portal.reports.models import Arrival, ArrivalState, ReportState
from portal.reports.queries.arriving import arrived_at, round_of
from portal.reports.queries.reading import readable


@dataclass(frozen=True)
class Collected:
    """`missing`: who owes it and has not sent; `returned`: whose was returned and not replaced yet."""

    place: Organisation
    expected: Expected
    arrivals: Sequence[Arrival]
    missing: Sequence[str]
    returned: Sequence[str]


def collected(place: Organisation, expected: Expected, actor: Actor, *, today: date) -> Collected:
    rows = arrived_at(place, actor).filter(
        report__kind=expected.kind.code, report__first=expected.period.first, report__document=None,
        report__in=readable(actor),
    )  # fmt: skip
    good = rows.exclude(state=ArrivalState.RETURNED).exclude(report__replaced_by__state=ReportState.ISSUED)
    arrivals = list(good.select_related("report__pdf").order_by("report__organisation__sort_key", "pk"))
    there = {one.report.organisation_id for one in arrivals}
    found = round_of(place, expected, actor, today=today)
    returned = [row.name for row in found.rows if row.arrival and row.pk not in there]
    return Collected(place, expected, arrivals, [row.name for row in found.missing], returned)
