"""What was counted is taken from the shelf while nothing has moved, and counted again when something has."""

from datetime import date

import pytest
from django.db import connection

from branches.models import Month, Organisation, Rule, Term
from branches.summary import kept
from branches.summary.kept import Shelf
from tests.cast import Cast
from tests.ripples import OCTOBER, TODAY, Counting, settle, strengths, taken


@pytest.fixture
def cast(cast: Cast) -> Cast:
    settle()
    return cast


def test_it_is_counted_once(cast: Cast):
    count = strengths(cast.dong)
    assert taken(cast.phu_luong, count) == taken(cast.phu_luong, count)
    assert count.times == 1


@pytest.mark.parametrize("what", ["another name", "another place", "another day"])
def test_something_else_is_counted_by_itself(cast: Cast, what: str):
    count = strengths(cast.dong)
    taken(cast.phu_luong, count)
    place, day, name = cast.phu_luong, TODAY, "it"
    if what == "another name":
        name = "that"
    elif what == "another place":
        place = cast.tan_hoa
    else:
        day = date(2026, 11, 21)
    Shelf(place.pk, day).take(name, count)
    assert count.times == 2


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT count(*) FROM accounts_account",  # nobody watches it
        'SELECT "meetings_meeting"."title" FROM "meetings_meeting"',  # nor this column
        'SELECT * FROM "meetings_meeting"',
        'SELECT "meetings_meeting"."day", meetings_meeting.title FROM "meetings_meeting"',
        "SELECT meeting.title FROM meetings_meeting meeting",  # which columns, nobody knows
        'SELECT U0."title" FROM "meetings_meeting" U0 WHERE true',
        'SELECT U0."day" FROM "meetings_meeting" U0 INNER JOIN "meetings_meeting" U1 ON U1."title" = \'\'',
        "SELECT * FROM meetings_meeting",
        'SELECT count(*) FROM "meetings_meeting" INNER JOIN "meetings_attendance" ON true',
        "PREPARE one AS SELECT 1; EXECUTE one; DEALLOCATE one",  # whatever it reads
    ],
)
def test_what_nobody_watches_is_never_kept(cast: Cast, sql: str):
    def read() -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql)

    count = Counting(read)
    taken(cast.phu_luong, count), taken(cast.phu_luong, count)
    assert count.times == 2
    around = Counting(lambda: taken(cast.phu_luong, count))
    taken(cast.phu_luong, around, "around"), taken(cast.phu_luong, around, "around")
    assert around.times == 2


def test_a_question_within_a_question_may_call_a_table_otherwise(cast: Cast):
    def read() -> None:
        with connection.cursor() as cursor:
            cursor.execute('SELECT U0."day" FROM "meetings_meeting" U0 WHERE U0."closed_at" IS NULL')

    count = Counting(read)
    taken(cast.phu_luong, count), taken(cast.phu_luong, count)
    assert count.times == 1


def test_what_is_taken_while_something_is_counted_belongs_to_it(cast: Cast, month: Month):
    """Also where it was on the shelf already, and nothing was read."""
    inner = strengths(cast.dong)
    taken(cast.phu_luong, inner)

    def outer() -> object:
        return taken(cast.phu_luong, Counting(lambda: taken(cast.phu_luong, inner)), "outer")

    outer()
    Month.everything.filter(organisation=cast.dong).update(strength=55)
    assert {strength for _, strength in outer()} == {55}
    assert inner.times == 2


def test_what_is_the_same_everywhere_is_kept_once(cast: Cast):
    count = Counting(Rule.everything.count)
    for place_of_look in (cast.phu_luong, cast.tan_hoa, cast.province):
        Shelf(place_of_look.pk, TODAY).take_for_all("rules", count)
    assert count.times == 1
    of_a_place = strengths(cast.dong)
    for _ in range(2):
        Shelf(cast.phu_luong.pk, TODAY).take_for_all("strength", of_a_place)
    assert of_a_place.times == 2, "what is of a place is not the same everywhere"


def test_the_oldest_is_forgotten_when_there_is_no_room(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(kept, "MOST_KEPT", 2)
    counts = {name: strengths(cast.dong) for name in "abc"}
    for name in "abac":
        taken(cast.phu_luong, counts[name], name)
    taken(cast.phu_luong, counts["a"], "a")  # asked for since b was
    taken(cast.phu_luong, counts["b"], "b")
    assert {name: count.times for name, count in counts.items()} == {"a": 1, "b": 2, "c": 1}


def test_of_many_places_only_those_are_counted_again_that_moved(cast: Cast):
    Month.everything.create(organisation=cast.dong, month=OCTOBER, strength=20)
    Month.everything.create(organisation=cast.thuong, month=OCTOBER, strength=30)
    asked: list[list[int]] = []

    def count(moved: list[int]) -> dict[int, int]:
        asked.append(moved)
        below = Month.everything.filter(organisation__ancestries__ancestor__in=moved)
        return {place: below.filter(organisation__ancestries__ancestor=place).count() for place in moved}

    def take() -> dict[int, int]:
        return Shelf(cast.province.pk, TODAY).take_each("months", both, count)

    both = [cast.phu_luong.pk, cast.tan_hoa.pk]
    assert take() == take() == {cast.phu_luong.pk: 1, cast.tan_hoa.pk: 1}
    Month.everything.create(organisation=cast.doai, month=OCTOBER)
    assert take() == {cast.phu_luong.pk: 2, cast.tan_hoa.pk: 1}
    Organisation.everything.filter(pk=cast.dong.pk).update(area="urban")
    take()
    assert asked == [both, [cast.phu_luong.pk], both]


def test_a_place_of_which_nothing_is_known_any_more_is_left_out(cast: Cast):
    month = Month.everything.create(organisation=cast.dong, month=OCTOBER, strength=20)

    def count(moved: list[int]) -> dict[int, int]:
        return dict(Month.everything.filter(organisation__in=moved).values_list("organisation", "strength"))

    def take() -> dict[int, int]:
        return Shelf(cast.phu_luong.pk, TODAY).take_each("strength", [cast.dong.pk, cast.doai.pk], count)

    assert take() == take() == {cast.dong.pk: 20}
    month.delete()
    assert take() == take() == {}
    Month.everything.create(organisation=cast.doai, month=OCTOBER, strength=5)
    assert take() == {cast.doai.pk: 5}


def test_of_many_places_nothing_is_kept_that_reads_what_nobody_watches(cast: Cast):
    asked: list[list[int]] = []

    def count(moved: list[int]) -> dict[int, int]:
        asked.append(moved)
        return dict.fromkeys(moved, Term.everything.count())

    for _ in range(2):
        Shelf(cast.phu_luong.pk, TODAY).take_each("terms", [cast.dong.pk, cast.doai.pk], count)
    assert asked == [[cast.dong.pk, cast.doai.pk]] * 2
