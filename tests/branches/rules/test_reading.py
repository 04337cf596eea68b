"""What holds where and when: inherited, nearest wins, latest begun wins; and what reading costs."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from branches.models import Kind, Organisation, Rule
from branches.rules.definitions.meetings import MINUTES
from branches.rules.reading import Rulebook, RulesNotLoaded
from branches.rules.registry import UnknownRule
from branches.services.reorganisation import move_organisations
from tests.cast import Cast, place

KEY, FREE = "meeting.minutes.least", "meeting.week_one.last_day"
D, DAY = date(2026, 5, 10), timedelta(days=1)


def own(organisation: Organisation, value: object, since: date = D, key: str = KEY) -> Rule:
    rule = Rule(key=key, organisation=organisation, since=since, value=value, source="Quyết định 1", certainty="own")
    rule.save()
    return rule


def minutes(organisation: Organisation, on: date = D) -> int:
    return Rulebook().value(MINUTES, organisation, on=on)


def test_without_more_the_whole_country_holds(cast: Cast):
    standing = Rulebook().source_of(KEY, cast.dong, on=D)
    assert (standing.value, standing.entry.organisation, standing.entry.since) == (90, None, date(2025, 10, 28))
    assert "42-HD/BTCTW" in standing.entry.source


def test_the_text_of_the_time_holds(cast: Cast):
    """42-HD/BTCTW took the place of 12-HD/BTCTW on 28/10/2025."""
    book = Rulebook()
    sources = [book.source_of(KEY, cast.dong, on=date(2025, 10, day)).entry.source for day in (27, 28, 29)]
    assert ["12-HD" in source for source in sources] == [True, False, False]


def test_before_the_first_text_the_first_one_answers(cast: Cast):
    assert minutes(cast.dong, date(1990, 1, 1)) == 90


@pytest.mark.parametrize(("day", "expected"), [(D - DAY, 90), (D, 100), (D + DAY, 100)])
def test_it_begins_on_its_day(cast: Cast, day: date, expected: int):
    own(cast.phu_luong, 100)
    assert minutes(cast.phu_luong, day) == expected
    assert minutes(cast.dong, day) == expected


def test_it_goes_down_the_tree_and_nowhere_else(cast: Cast):
    own(cast.phu_luong, 100)
    found = {
        o.code: minutes(o) for o in (cast.province, cast.phu_luong, cast.dong, cast.doai, cast.tan_hoa, cast.thuong)
    }
    assert found == {"TB": 90, "PL": 100, "PL-1": 100, "PL-2": 100, "TH": 90, "TH-1": 90}


def test_the_nearest_wins_whatever_came_last(cast: Cast):
    own(cast.dong, "through 10", D, FREE)
    own(cast.phu_luong, "through 5", D + DAY, FREE)
    own(cast.province, "through 6", D + 2 * DAY, FREE)
    book, later = Rulebook(), D + 9 * DAY
    days = [book.value(FREE, o, on=later).day for o in (cast.dong, cast.doai, cast.thuong)]
    assert days == [10, 5, 6]


def test_the_latest_that_has_begun_wins(cast: Cast):
    own(cast.phu_luong, 110, D + 30 * DAY)
    own(cast.phu_luong, 100, D)
    own(cast.phu_luong, 95, D - 30 * DAY)
    days = [D - 31 * DAY, D - 30 * DAY, D - DAY, D, D + 29 * DAY, D + 30 * DAY]
    assert [minutes(cast.dong, day) for day in days] == [90, 95, 95, 100, 100, 110]


def test_from_a_day_on_the_level_above_is_followed_again(cast: Cast):
    own(cast.province, 95, D)
    own(cast.phu_luong, 100, D)
    own(cast.phu_luong, None, D + 5 * DAY)
    assert [minutes(cast.dong, D + days * DAY) for days in (4, 5, 6)] == [100, 95, 95]


def test_a_laxer_one_below_does_not_count_when_the_level_above_tightens(cast: Cast):
    own(cast.phu_luong, 100, D)
    own(cast.province, 110, D + 5 * DAY)
    assert [minutes(cast.dong, D + days * DAY) for days in (4, 5)] == [100, 110]


def test_the_cheapest_question_names_the_level_above(cast: Cast):
    own(cast.phu_luong, 100)
    above = Rulebook().source_of(KEY, cast.phu_luong, on=D, but_itself=True)
    assert above.value == 90


def test_who_has_one_of_its_own(cast: Cast):
    own(cast.phu_luong, 100)
    own(cast.dong, 105)
    own(cast.dong, None, D + DAY)
    own(cast.tan_hoa, 105, D + DAY)
    assert Rulebook().organisations_with_own(KEY, D) == {cast.phu_luong.pk, cast.dong.pk}
    assert Rulebook().organisations_with_own(KEY, D + DAY) == {cast.phu_luong.pk, cast.tan_hoa.pk}


def test_an_unknown_rule_and_one_that_was_not_loaded_are_errors(cast: Cast):
    with pytest.raises(UnknownRule):
        Rulebook().value("no.such.rule", cast.dong, on=D)
    Rule.everything.all().delete()
    with pytest.raises(RulesNotLoaded):
        minutes(cast.dong)


def queries_of_reading(organisations: list[Organisation], reads: int) -> int:
    book = Rulebook()
    with CaptureQueriesContext(connection) as queries:
        for number in range(reads):
            book.value(KEY, organisations[number % len(organisations)], on=D + (number % 700) * DAY)
    return len(queries)


def test_ten_thousand_reads_cost_two_queries_at_most(cast: Cast):
    few = queries_of_reading([cast.dong], 1)
    many = []
    for number in range(100):
        many.append(place(9_100_000 + number, f"PL-X{number}", f"Chi bộ {number}", Kind.BRANCH, cast.phu_luong))
        own(many[-1], 100 + number)
    assert queries_of_reading(many, 10_000) == few <= 2


def test_one_book_serves_a_request(cast: Cast):
    mai = cast.actor("mai")
    with CaptureQueriesContext(connection) as queries:
        for _ in range(3):
            Rulebook.of(mai).value(KEY, cast.dong, on=D)
    assert len(queries) == 2  # the rules, and who stood above whom on days that are not today
    assert Rulebook.of(cast.actor("mai")) is not Rulebook.of(mai)


def test_a_past_day_is_judged_by_who_stood_above_then(cast: Cast):
    """Thôn Đông goes to another commune on the day; before it the limits of the old one held there."""
    own(cast.phu_luong, 100, D - timedelta(days=300))
    own(cast.tan_hoa, 120, D - timedelta(days=300))
    move_organisations(moved=[cast.dong], parent=cast.tan_hoa, on=D, by=cast.actor("kien"))
    cast.dong.refresh_from_db()
    book = Rulebook()
    assert book.value(KEY, cast.dong, on=D - timedelta(days=1)) == 100
    assert book.value(KEY, cast.dong, on=D) == 120
