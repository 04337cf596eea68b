"""A committee's term: whose numbers a paper takes is decided by its day."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from branches.models import Term
from branches.services.terms import correct_term, open_term
from portal.words.errors import DomainError
from tests.branches.registers import DAY, D, take
from tests.cast import Cast


@pytest.mark.parametrize(("on", "symbol"), [(D - DAY, "04-BC/ĐU"), (D, "02-BC/ĐU"), (D + DAY, "02-BC/ĐU")])
def test_a_paper_takes_the_series_of_the_term_its_day_lies_in(book: Cast, on: date, symbol: str):
    for _ in range(3):
        take(book, on=date(2024, 3, 1))
    take(book, on=D + DAY)
    number = take(book, on=on)
    assert (number.symbol, number.dated_on) == (symbol, on)
    assert number.term.since <= on <= (number.term.until or on)


def test_the_new_term_ends_the_one_before_on_the_day_before(book: Cast):
    terms = Term.everything.order_by("since").values_list("since", "until")
    assert list(terms) == [(date(2020, 6, 1), D - DAY), (D, None)]


def test_a_term_does_not_begin_before_a_paper_of_the_one_before_it(book: Cast):
    take(book, on=date(2026, 3, 1))
    with pytest.raises(DomainError, match="ghi ngày 01/03/2026") as refusal:
        open_term(organisation=book.phu_luong, name="mới", since=date(2026, 3, 1), by=book.actor("mai"))
    assert refusal.value.field == "since"
    new = open_term(organisation=book.phu_luong, name="mới", since=date(2026, 3, 2), by=book.actor("mai"))
    assert Term.everything.get(pk=new.pk - 1).until == date(2026, 3, 1)


@pytest.mark.parametrize(("since", "until"), [(date(2019, 1, 1), None), (date(2019, 1, 1), date(2020, 6, 1))])
def test_terms_never_overlap(book: Cast, since: date, until: date | None):
    with pytest.raises(DomainError, match="đã có nhiệm kỳ khác"):
        open_term(organisation=book.phu_luong, name="cũ", since=since, until=until, by=book.actor("mai"))


def test_the_database_refuses_an_overlap_of_one_day(book: Cast):
    earlier = Term.everything.get(since=date(2020, 6, 1))
    with pytest.raises(IntegrityError, match="term_one_at_a_time"), transaction.atomic():
        Term.everything.filter(pk=earlier.pk).update(until=D)


def test_a_day_typed_wrong_is_mended_unless_papers_would_fall_out(book: Cast):
    take(book, on=D)
    term = Term.everything.get(since=D)
    with pytest.raises(DomainError, match="nằm ngoài khoảng"):
        correct_term(term, name="nhiệm kỳ 2025–2030", since=D + DAY, until=None, by=book.actor("mai"))
    term.refresh_from_db()
    correct_term(term, name="khóa I", since=D, until=date(2030, 6, 30), by=book.actor("mai"))
    assert Term.everything.get(pk=term.pk).name == "khóa I"


def test_without_a_term_it_is_said_where_to_open_one(cast: Cast):
    with pytest.raises(DomainError, match="Mở nhiệm kỳ ở trang Sổ số văn bản"):
        take(cast)
    assert not Term.everything.exists()


def test_a_branch_is_offered_the_term_of_its_commune(book: Cast):
    with pytest.raises(DomainError, match="gợi ý sẵn “nhiệm kỳ 2025–2030”"):
        take(book, issuer=book.dong, by="thinh")
    assert not Term.everything.filter(organisation=book.dong).exists()


def test_a_day_before_the_first_term_and_a_day_to_come_are_refused(book: Cast):
    with pytest.raises(DomainError, match="không thuộc nhiệm kỳ nào") as refusal:
        take(book, on=date(2020, 5, 31))
    assert refusal.value.field == "on"
    with pytest.raises(DomainError, match="không được sau hôm nay"):
        take(book, on=timezone.localdate() + DAY)
