"""Figures of many places by one statement are the same as those of each place asked by itself, in the tree of any day."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from branches.models import Organisation
from branches.services.reorganisation import move_organisations
from branches.summary.below import Span, figures_below, months_below
from branches.summary.recount import recount_since
from portal.indicators.registry import all_indicators, indicator
from tests.cast import Cast
from tests.meetings.meetings import meeting_of, people_of
from tests.meetings.test_slots import close
from tests.standing import standing


def _lay_out(cast: Cast) -> None:
    """Thôn Đông met each month, thôn Đoài every second one; from August on it hangs under Tân Hòa."""
    with time_machine.travel("2026-11-20 09:00+07:00"):
        for branch, step in ((cast.dong, 1), (cast.doai, 2)):
            people_of(branch, 2)
            for month in range(1, 11, step):
                close(meeting_of(branch, date(2026, month, 3)))
        move_organisations(moved=[cast.doai], parent=cast.tan_hoa, on=date(2026, 8, 1), by=cast.actor("kien"))
        recount_since(Organisation.everything.all(), date(2025, 12, 1))


laid_out = standing(_lay_out)


@pytest.fixture
def year(laid_out: Cast) -> Iterator[Cast]:
    with time_machine.travel("2026-11-20 09:00+07:00"):
        yield laid_out


@pytest.mark.parametrize("last", [date(2026, 6, 30), date(2026, 8, 15), date(2026, 11, 20)], ids=str)
def test_the_same_as_each_place_by_itself(year: Cast, last: date):
    places, span = [year.phu_luong, year.tan_hoa], Span(date(2026, 1, 1), last, last)
    found = figures_below([place.pk for place in places], all_indicators(), span, top=year.province)
    held = []
    for place in places:
        for one in all_indicators():
            assert found[place.pk][one.code] == one.figure(place, span.first, span.last), (place.name, one.code)
        held.append(found[place.pk]["meetings.held"].numerator)
    assert all(held) or last < date(2026, 8, 1)
    assert sum(held) > 0


def test_in_the_tree_of_another_day(year: Cast):
    then, now = date(2026, 6, 30), date(2026, 11, 20)
    places, held = [year.phu_luong.pk, year.tan_hoa.pk], indicator("meetings.held")
    assert held

    def of(tree_on: date) -> list[int]:
        span = Span(date(2026, 1, 1), then, tree_on)
        found = figures_below(places, [held], span, top=year.province)
        months = months_below(places, held, span, since=span.first)
        for place in places:
            assert sum(figure.numerator for figure in months[place].values()) == found[place][held.code].numerator
        return [found[place][held.code].numerator for place in places]

    assert of(then) == [6 + 3, 0]
    assert of(now) == [6, 3]


def test_months_are_those_of_the_place(year: Cast):
    span = Span(date(2026, 1, 1), date(2026, 7, 31), date(2026, 7, 31))
    for one in all_indicators():
        found = months_below([year.phu_luong.pk], one, span, since=span.first)[year.phu_luong.pk]
        if found:
            assert one.by_month
            assert found == one.by_month(year.phu_luong, span.first, span.last), one.code


def test_one_statement_however_many_places(year: Cast):
    asked = [one for one in all_indicators() if one.together]
    span = Span(date(2026, 1, 1), date(2026, 11, 20), date(2026, 11, 20))

    def count(places: list[int]) -> int:
        with CaptureQueriesContext(connection) as queries:
            figures_below(places, asked, span, top=year.province)
        return len(queries)

    every = list(Organisation.everything.values_list("pk", flat=True))
    assert count(every[:1]) == count(every)
