"""The long questions of due work are planned once on a connection, and answered anew each time."""

from datetime import timedelta

import pgtrigger
import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from portal.access.actor import Actor
from portal.duties import planned
from portal.duties.planned import planned_rows
from portal.duties.questions import Sql, question, together
from portal.duties.reading import Item, asked_by, duties_of, undone_at
from portal.duties.rules import duties
from portal.history.actions import action
from tests.cast import Cast
from tests.duties.test_home import requests

PEOPLE = ("thinh", "mai", "son", "quyet", "hau", "kien", "xua")


@pytest.fixture(autouse=True)
def nothing_planned() -> None:
    """Tests share a connection: what others have planned on it goes with the first question."""
    planned._kept.clear()


def plans() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pg_prepared_statements")
        return {name for (name,) in cursor.fetchall()}


def asked_for(value: int, given: int) -> int:
    """A question of its own for each value."""
    ((found,),) = planned_rows(Sql("SELECT %s + $1", (value,)), [("bigint", given)])
    return found


def put_together(cast: Cast, name: str) -> list[tuple[str, str, int]]:
    """The same in one statement that holds all values."""
    actor, parts = cast.actor(name), []
    for duty in duties():
        narrow = Sql("account = %s", (actor.account.pk,))
        if duty.doer:
            held = [one.organisation_id for one in actor.held if one.gives(duty.doer)]
            narrow = Sql("organisation = ANY(%s)", (held,))
        parts.append(question(duty, asked_by(actor), narrow))
    return sorted((rule, subject, organisation) for rule, subject, organisation, *_ in together(parts).rows())


def of(items: list[Item]) -> list[tuple[str, str, int]]:
    return sorted((item.duty.code, item.subject, item.organisation) for item in items)


@pytest.mark.parametrize("name", PEOPLE)
def test_planned_or_not_it_finds_the_same(cast: Cast, every_rule: None, name: str):
    requests(cast, 2)
    found = of(duties_of(cast.actor(name)))
    assert found == put_together(cast, name)
    requests(cast, 1, begin=5)
    assert of(duties_of(cast.actor(name))) == put_together(cast, name)


def test_who_asks_after_another_is_told_of_his_own(cast: Cast):
    """Two secretaries put the same question, planned once."""
    requests(cast, 2), requests(cast, 3, branch=cast.doai, begin=5)
    assert len(undone_at([cast.dong.pk], cast.actor("mai"))) == 1
    made = plans()
    assert [one.items for one in undone_at([cast.doai.pk], cast.actor("mai"))] == [3]
    (both,) = undone_at([cast.dong.pk, cast.doai.pk], cast.actor("mai"))
    assert (both.items, both.organisations, both.duty.code) == (5, 2, "sua-ho-so")
    assert plans() == made
    assert len(made) == 1


def test_within_a_service_it_finds_the_same(cast: Cast):
    """What keeps history puts words before each statement."""

    @action("thử")
    def looked_at(*, by: Actor) -> list[Item]:
        return duties_of(by)

    requests(cast, 2)
    assert of(looked_at(by=cast.actor("thinh"))) == put_together(cast, "thinh") != []
    with pgtrigger.ignore("members.Correction:history_changed"):
        assert of(duties_of(cast.actor("thinh"))) == put_together(cast, "thinh")


def test_another_day_is_another_question(cast: Cast):
    requests(cast, 1)
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert {item.remaining for item in duties_of(cast.actor("thinh"))} != {
        item.remaining for item in duties_of(cast.actor("thinh"), on=tomorrow)
    }


def test_few_are_kept_and_the_last_used_stays(db: None, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(planned, "MOST_WORDS", 50)  # two of these
    assert asked_for(0, 1) == 1
    first = max(plans(), key=lambda name: int(name.removeprefix("due_")))
    for number in range(10, 20):
        assert asked_for(number, 5) == number + 5
        assert asked_for(0, number) == number
    assert len(plans()) == 2
    assert first in plans()


def test_what_fails_is_asked_again(db: None):
    divided = Sql("SELECT 10 / $1")
    for _ in range(2):
        with pytest.raises(DatabaseError), transaction.atomic():
            planned_rows(divided, [("bigint", 0)])
        assert planned_rows(divided, [("bigint", 2)]) == [(5,)]
        assert len(plans()) == 1
    with connection.cursor() as cursor:
        cursor.execute("SHOW plan_cache_mode")
        assert cursor.fetchone() == ("auto",)


def test_a_new_connection_begins_anew(db: None, monkeypatch: pytest.MonkeyPatch):
    assert asked_for(1, 1) == 2
    another = connection.copy()
    monkeypatch.setattr(planned, "connection", another)
    try:
        assert asked_for(1, 1) == 2
    finally:
        another.close()
