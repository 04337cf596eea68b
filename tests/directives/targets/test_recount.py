"""The four targets of the plan of 2022 on the data of the demo, at three dates: what a second count from raw rows says."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from branches.models import Organisation
from branches.summary.recount import recount_since
from directives.keepers import Keeper, Way
from directives.models import Target
from directives.queries.targets import measured
from directives.targets.level import Level
from directives.targets.measured import Verdict
from tests import databases
from tests.browser.conftest import demo_template
from tests.recount.targets import BY_CODE, judged

GOOD_IN_THE_YEAR = ("S001-II.2a", "S001-II.2e")  # more than 90 % of organisations and members, by the year's ranking


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any, worker_id: str) -> Iterator[None]:
    with django_db_blocker.unblock():
        mine = databases.clone(demo_template(), f"recount_{worker_id}")
        with databases.using(mine):
            # the demo makes two members older after its months were counted (portal/seeding/duties.py)
            recount_since(Organisation.everything.all(), timezone.localdate().replace(month=1, day=1))
            yield
        databases.drop(mine)


def rows(sql: str, values: list[Any]) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def targets(*codes: str) -> list[Target]:
    return list(Target.everything.filter(obligation__code__in=codes).select_related("obligation"))


def known(root: Organisation, day: date) -> dict[str, Any]:
    found = {}
    for one in measured(targets(*BY_CODE), root, day):
        alone = [one.level.is_met(part) for part in one.parts.values()]
        is_met = one.verdict == Verdict.MET
        found[one.target.obligation.code] = (
            one.figure.numerator, one.figure.denominator, is_met, sum(alone), len(alone),
        )  # fmt: skip
    return found


def test_four_targets_at_three_dates_and_three_levels(demo: None, monkeypatch: pytest.MonkeyPatch):
    today = timezone.localdate()
    places = [Organisation.everything.get(pk=number) for number in (1, 2, 3)]  # province, commune, branch
    for day in (date(today.year, 3, 31), date(today.year, 8, 15), today):
        for place in places:
            assert known(place, day) == judged(rows, place.pk, day), (place, day)
    monkeypatch.setattr(Level, "_decides", lambda level, side, top: side > 0)  # “from … on” taken for “over”
    assert known(places[0], today) != judged(rows, 1, today)


def test_what_a_year_is_ranked_by_is_not_measured_yet(demo: None):
    """More than 90 % by the ranking of the year: its records come with that part of the portal."""
    for one in measured(targets(*GOOD_IN_THE_YEAR), Organisation.everything.get(pk=1), timezone.localdate()):
        assert one.verdict in (Verdict.UNMEASURED, Verdict.OUT_OF_TIME)
        assert "later:evaluation" in one.target.obligation.kept_by
        assert all(Keeper.of(code).way != Way.INDICATOR for code in one.target.obligation.kept_by)
