"""Many take numbers in the same moment, each on a connection of its own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from branches.models import Term
from branches.services.numbers import take_number
from branches.services.terms import open_term
from portal.words.errors import DomainError
from tests.branches.registers import DAY, D, register, take
from tests.cast import Cast, assemble

TAKERS = 20


@pytest.fixture
def together(committed: None) -> Cast:
    cast = assemble()
    open_term(organisation=cast.phu_luong, name="nhiệm kỳ", since=D, by=cast.actor("mai"))
    return cast


class Mishap(Exception):
    pass


def at_once(cast: Cast, *, fails: set[int] = frozenset()) -> list[int | None]:
    """So many takers, each with a connection of its own, all at the same moment; some of their transactions fail."""
    by, start = cast.actor("mai"), Barrier(TAKERS)

    def one(place: int) -> int | None:
        try:
            start.wait(timeout=30)
            with transaction.atomic():
                number = take_number(issuer=cast.phu_luong, type="BC", subject=f"văn bản {place}", by=by)
                if place in fails:
                    raise Mishap
            return number.number
        except Mishap:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(TAKERS) as pool:
        return list(pool.map(one, range(TAKERS)))


def test_twenty_at_once_get_twenty_numbers_in_a_row(together: Cast):
    assert sorted(at_once(together)) == list(range(1, TAKERS + 1))
    assert len(register(together)) == TAKERS


def test_whose_transaction_fails_leaves_no_gap(together: Cast):
    taken = at_once(together, fails={3, 8, 11})
    assert sorted(number for number in taken if number) == list(range(1, TAKERS - 2))
    assert take(together).number == TAKERS - 2


def test_the_lock_is_what_keeps_them_apart(together: Cast, monkeypatch: pytest.MonkeyPatch):
    """Without it two read the same standing: the test above can fail."""
    monkeypatch.setattr("branches.services.numbers._hold", lambda term, on: term)
    with pytest.raises(IntegrityError, match="stands_once"):
        at_once(together)


def test_the_term_that_ends_while_one_waits_gives_no_number(together: Cast):
    """The taker waits for the office that ends the term, and then looks again."""
    term, by = Term.everything.get(), together.actor("mai")
    waiting = Barrier(2)

    def late() -> str:
        try:
            waiting.wait(timeout=30)
            take_number(issuer=together.phu_luong, type="BC", subject="x", by=by)
            return "taken"
        except DomainError as refusal:
            return refusal.sentence
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            Term.everything.filter(pk=term.pk).update(until=timezone.localdate() - DAY)
            answer = pool.submit(late)
            waiting.wait(timeout=30)
            _until_somebody_waits()
        assert "Hãy làm lại lần nữa" in answer.result(timeout=30)
    assert register(together) == []


def _until_somebody_waits() -> None:
    for _ in range(600):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid) "
                "WHERE NOT granted AND datname = current_database()"
            )
            if cursor.fetchone()[0]:
                return
            cursor.execute("SELECT pg_sleep(0.05)")
    raise AssertionError("nobody waits for the term")
