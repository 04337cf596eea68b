"""The year so far of each branch says what its months say, or nothing."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.utils import timezone

from branches.models import Month, Organisation, Rule, SoFar
from branches.rules.definitions.organisations import DEPUTY_FROM
from branches.services.tree import begin_the_day
from branches.summary import below, so_far
from branches.summary.below import Span, figures_below
from branches.summary.facts import Pair
from branches.summary.recount import recount, recount_since
from branches.summary.so_far import figures_so_far, kept_codes
from portal.indicators.registry import Indicator, all_indicators, indicator
from tests.cast import Cast
from tests.meetings.meetings import meeting_of, people_of
from tests.meetings.test_slots import close
from tests.standing import standing

TODAY = date(2026, 11, 20)


def _lay_out(cast: Cast) -> None:
    """Thôn Đông met each month, thôn Đoài every second one."""
    with time_machine.travel("2026-11-20 09:00+07:00"):
        for branch, step in ((cast.dong, 1), (cast.doai, 2)):
            people_of(branch, 2)
            for month in range(1, 11, step):
                close(meeting_of(branch, date(2026, month, 3)))
        recount_since(Organisation.everything.all(), date(2025, 12, 1))


laid_out = standing(_lay_out)


@pytest.fixture
def year(laid_out: Cast, db: None) -> Iterator[Cast]:
    with time_machine.travel("2026-11-20 09:00+07:00"):
        yield laid_out


def kept() -> list[Indicator]:
    return [one for one in all_indicators() if one.code in kept_codes(TODAY)]


def read(year: Cast) -> list | None:
    return figures_so_far([year.phu_luong.pk], kept(), tree_on=TODAY, branch_type="")


def of_months(year: Cast) -> list:
    return below._rows(kept(), [year.phu_luong.pk], Span(date(2026, 1, 1), TODAY, TODAY))


def test_nearly_all_that_is_made_of_months_is_kept():
    assert len(kept()) >= 12
    assert {"meetings.held", "meetings.attendance", "meetings.best", "members.with_tasks"} <= set(kept_codes(TODAY))


def test_it_says_what_the_months_say(year: Cast):
    found = read(year)
    assert found == of_months(year)
    assert found
    assert sum(found[0][1:])


def test_of_one_type_of_branches_alone(year: Cast):
    span = Span(date(2026, 1, 1), TODAY, TODAY, branch_type="school")
    assert (
        figures_so_far([year.phu_luong.pk], kept(), tree_on=TODAY, branch_type="school")
        or below._rows(kept(), [year.phu_luong.pk], span) == []
    )


def test_a_month_that_changes_takes_it_away_until_it_is_counted_anew(year: Cast):
    october = Pair(year.dong.pk, date(2026, 10, 1))
    Month.everything.filter(organisation=year.dong, month=october.month).update(regular_held_on=None)
    assert read(year) is None
    found = figures_below([year.phu_luong.pk], kept(), Span(date(2026, 1, 1), TODAY, TODAY), top=year.province)
    assert found[year.phu_luong.pk]["meetings.held"].numerator == 9 + 5
    recount([october])
    assert read(year) == of_months(year)
    assert figures_below([year.phu_luong.pk], kept(), Span(date(2026, 1, 1), TODAY, TODAY), top=year.province)[
        year.phu_luong.pk
    ]["meetings.held"].numerator == 10 + 5  # fmt: skip


def test_it_is_of_one_day_and_made_anew_each_night(year: Cast):
    with time_machine.travel("2026-11-30 09:00+07:00"):
        assert read(year) is None  # November is over on that day
        begin_the_day()
        last = timezone.localdate()
        found = figures_so_far([year.phu_luong.pk], kept(), tree_on=last, branch_type="")
        assert found == below._rows(kept(), [year.phu_luong.pk], Span(date(2026, 1, 1), last, last))


def test_other_words_of_another_version_say_nothing(year: Cast):
    SoFar.everything.filter(organisation=year.doai).update(words=["before"])
    assert read(year) is None
    recount([Pair(year.doai.pk, date(2026, 10, 1))])  # nothing has changed but the words
    assert read(year) == of_months(year)


def test_a_rule_that_changes_changes_what_is_counted(year: Cast):
    """Officers are complete without a deputy in a small branch: how small, a rule says."""
    officers = indicator("members.officers_complete")
    assert officers
    span = Span(date(2026, 1, 1), TODAY, TODAY)

    def complete() -> int:
        return figures_below([year.phu_luong.pk], [officers], span, top=year.province)[year.phu_luong.pk][
            officers.code
        ].numerator

    Month.everything.filter(organisation=year.dong).update(has_secretary=True, has_deputy=False, full_members=5)
    recount_kept(year)
    assert figures_so_far([year.phu_luong.pk], [officers], tree_on=TODAY, branch_type="")
    assert complete() == 1
    Rule.everything.filter(key=DEPUTY_FROM.key).update(value=3)
    assert figures_so_far([year.phu_luong.pk], [officers], tree_on=TODAY, branch_type="") is None
    assert complete() == 0


def recount_kept(year: Cast) -> None:
    """What stands in the months as a test has written them."""
    every = Organisation.everything.values_list("pk", flat=True)
    so_far.lock(every)
    so_far.add_up(every)
