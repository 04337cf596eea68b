"""Reports of the cast, brought to where a test wants them."""

from datetime import date

from django.utils import timezone

from branches.models import Organisation, Term
from branches.services.terms import open_term
from portal.access.actor import Actor
from portal.reports.kinds import kind_named
from portal.reports.models import Report
from portal.reports.services.issuing import approve
from portal.reports.services.writing import begin_report, hand_over
from tests.cast import Cast
from tests.reports.written import written


def last_year() -> date:
    """The last that is over."""
    return date(timezone.localdate().year - 1, 1, 1)


def with_terms(cast: Cast) -> Cast:
    """Without a term nobody takes a number."""
    for place, name in ((cast.province, "kien"), (cast.phu_luong, "mai"), (cast.tan_hoa, "quyet")):
        if not Term.everything.filter(organisation=place).exists():
            open_term(organisation=place, name="Nhiệm kỳ 2025-2030", since=date(2025, 1, 1), by=cast.actor(name))
    return cast


def approved(cast: Cast, kind: str = "tinh-nam", *, of: Organisation | None = None, day: date | None = None) -> Report:
    """Of the province by its office; of Phú Lương by Mai, whom Vinh approves."""
    place = of or cast.province
    by, leader = ("kien", "kien") if place == cast.province else ("mai", "vinh")
    return approved_by(cast.actor(leader), drafted(cast.actor(by), kind, place, day or last_year()), cast.actor(by))


def drafted(by: Actor, kind: str, place: Organisation, day: date) -> Report:
    found = kind_named(kind)
    assert found
    return begin_report(kind=found, organisation=place, day=day, by=by)


def approved_by(leader: Actor, report: Report, by: Actor) -> Report:
    return approve(hand_over(written(report, by), by=by), by=leader)
