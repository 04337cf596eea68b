"""Số <n>-<loại>/<nơi>: continuous from 01 for each type through the committee's term (36-HD/VPTW)."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from branches.models import DocumentNumber, Kind, NumberState, Term
from branches.models.number import TYPES, symbol_of
from branches.queries.numbers import standings_of
from branches.services.numbers import (
    propose_number,
    record_outside_number,
    reserve_numbers,
    take_number,
    use_reserved,
    void_number,
)
from branches.services.terms import correct_term, open_term
from portal.access.permissions import Permission
from portal.history.sentences import history_of
from portal.words.errors import DomainError, NotAllowed
from tests.branches.registers import DAY, D, record, register, reserve, take
from tests.cast import Cast

# Series


def test_each_type_counts_from_one(book: Cast):
    taken = [take(book, type).symbol for type in ("BC", "BC", "NQ", "CTHĐ", "BC")]
    assert taken == ["01-BC/ĐU", "02-BC/ĐU", "01-NQ/ĐU", "01-CTHĐ/ĐU", "03-BC/ĐU"]


def test_each_issuer_has_a_register_of_its_own(book: Cast):
    open_term(organisation=book.dong, name="nhiệm kỳ 2025–2027", since=D, by=book.actor("thinh"))
    take(book)
    assert take(book, issuer=book.dong, by="thom").symbol == "01-BC/CB"


def test_the_papers_of_a_congress_share_one_series(book: Cast):
    taken = [take(book, type, congress=True).symbol for type in ("BC", "NQ", "BB")]
    assert taken == ["01-BC/ĐH", "02-NQ/ĐH", "03-BB/ĐH"]
    assert take(book, "NQ").symbol == "01-NQ/ĐU"


def test_a_proposal_says_what_would_come_and_writes_nothing(book: Cast, django_assert_num_queries):
    take(book)
    by = book.actor("mai")
    with django_assert_num_queries(3):
        said = propose_number(issuer=book.phu_luong, type="BC", by=by)
    assert (said.number, said.symbol, said.term.name) == (2, "02-BC/ĐU", "nhiệm kỳ 2025–2030")
    assert register(book) == ["01-BC/ĐU"]


@pytest.mark.parametrize(
    ("kind", "symbol"), [(Kind.PROVINCE, "TU"), (Kind.DISTRICT, "HU"), (Kind.COMMUNE, "ĐU"), (Kind.BRANCH, "CB")]
)
def test_the_letters_of_an_issuer(cast: Cast, kind: Kind, symbol: str):
    cast.dong.kind = kind
    assert symbol_of(cast.dong, timezone.localdate()) == symbol


# Reserved, from outside, voided


def test_reserved_numbers_are_used_or_voided_and_not_given_to_others(book: Cast):
    first, second = reserve(book, 2)
    assert take(book).symbol == "03-BC/ĐU"
    used = use_reserved(first, on=D, subject="Viết tay", by=book.actor("mai"))
    assert (used.symbol, used.state, used.dated_on) == ("01-BC/ĐU", NumberState.ISSUED, D)
    void_number(second, reason="không dùng đến", by=book.actor("mai"))
    for gone in (first, second):
        with pytest.raises(DomainError, match="không còn được giữ"):
            use_reserved(gone, on=D, subject="x", by=book.actor("mai"))


def test_a_reserved_number_is_not_for_a_paper_of_another_term(book: Cast):
    (kept,) = reserve(book, 1)
    with pytest.raises(DomainError, match="không dùng cho văn bản ngày 15/07/2025") as refusal:
        use_reserved(kept, on=D - DAY, subject="x", by=book.actor("mai"))
    assert refusal.value.field == "on"


@pytest.mark.parametrize("count", [0, -1, 51])
def test_so_many_at_once_and_no_more(book: Cast, count: int):
    with pytest.raises(DomainError, match="từ 1 đến 50"):
        reserve(book, count)
    assert register(book) == []


def test_a_number_from_outside_lies_ahead_and_the_portal_goes_on_after_it(book: Cast):
    record(book, 12)
    assert take(book).symbol == "13-BC/ĐU"
    record(book, 7)
    record(book, 12, "a")
    term = Term.everything.get(since=D)
    assert [str(gap) for gap in standings_of(term)["BC"].gaps] == ["01–06", "08–11"]
    assert take(book).symbol == "14-BC/ĐU"
    assert register(book) == ["07-BC/ĐU", "12-BC/ĐU", "12a-BC/ĐU", "13-BC/ĐU", "14-BC/ĐU"]


def test_what_stands_in_the_register_is_not_recorded_again(book: Cast):
    take(book)
    reserve(book, 1)
    with pytest.raises(DomainError, match="01-BC/ĐU đã có trong sổ: đã cấp") as refusal:
        record(book, 1)
    assert refusal.value.field == "number"
    with pytest.raises(DomainError, match="02-BC/ĐU đang được giữ"):
        record(book, 2)


def test_a_voided_number_stays_and_is_not_given_again(book: Cast):
    last = take(book)
    void_number(last, reason="ghi nhầm loại", by=book.actor("mai"))
    assert take(book).symbol == "02-BC/ĐU"
    assert register(book) == ["01-BC/ĐU", "02-BC/ĐU"]
    with pytest.raises(DomainError, match="đã hủy từ trước"):
        void_number(last, reason="lần nữa", by=book.actor("mai"))
    with pytest.raises(DomainError, match="đã hủy"):
        record(book, 1)


def test_a_typing_error_far_ahead_no_longer_counts_when_it_is_voided(book: Cast):
    take(book)
    wrong = record(book, 1200)
    void_number(wrong, reason="gõ nhầm, là số 12", by=book.actor("mai"))
    assert take(book).symbol == "02-BC/ĐU"
    assert standings_of(Term.everything.get(since=D))["BC"].gaps == []


def test_a_voided_number_in_the_way_is_stepped_over(book: Cast):
    void_number(record(book, 2), reason="x", by=book.actor("mai"))
    void_number(record(book, 3), reason="x", by=book.actor("mai"))
    assert [number.number for number in reserve(book, 3)] == [1, 4, 5]


# Who may


@pytest.mark.parametrize("name", ["hau", "hoa", "son", "vinh", "quyet", "khoi", "xua", "moi"])
def test_others_keep_no_register(book: Cast, name: str):
    open_term(organisation=book.dong, name="nhiệm kỳ", since=D, by=book.actor("thinh"))
    kept = take(book, issuer=book.dong, by="thom")
    for refused in (
        lambda by: take_number(issuer=book.dong, type="BC", subject="x", by=by),
        lambda by: propose_number(issuer=book.dong, type="BC", by=by),
        lambda by: reserve_numbers(issuer=book.dong, type="BC", count=1, reason="x", by=by),
        lambda by: record_outside_number(issuer=book.dong, type="BC", number=9, on=D, subject="x", by=by),
        lambda by: use_reserved(kept, on=D, subject="x", by=by),
        lambda by: void_number(kept, reason="x", by=by),
        lambda by: open_term(organisation=book.dong, name="x", since=D + DAY, by=by),
        lambda by: correct_term(kept.term, name="x", since=D, until=None, by=by),
    ):
        with pytest.raises(NotAllowed):
            refused(book.actor(name))
    assert DocumentNumber.everything.get(issuer=book.dong).state == NumberState.ISSUED


@pytest.mark.parametrize(("name", "seen"), [("mai", 2), ("hau", 1), ("kien", 2), ("quyet", 0), ("hoa", 0), ("xua", 0)])
def test_who_reaches_an_organisation_reads_its_register(book: Cast, name: str, seen: int):
    open_term(organisation=book.dong, name="nhiệm kỳ", since=D, by=book.actor("thinh"))
    take(book)
    take(book, issuer=book.dong, by="thinh")
    assert DocumentNumber.objects.allowed(book.actor(name), Permission.SEE_ORGANISATION).count() == seen


# What the database holds


def test_raw_sql_writes_no_number_twice(book: Cast):
    take(book)
    columns = "issuer_id, term_id, type, series, number, suffix, symbol, state, dated_on, subject, reason, by_id, at"
    copy = f"INSERT INTO branches_documentnumber ({columns}) SELECT {columns} FROM branches_documentnumber"
    with pytest.raises(IntegrityError, match="stands_once"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(copy)


@pytest.mark.parametrize(
    "change",
    [
        {"number": 5}, {"type": "NQ"}, {"suffix": "a"}, {"state": "reserved", "reason": "x"}, {"state": "voided"},
        {"dated_on": None}, {"dated_on": D - DAY}, {"subject": ""},
    ],
)  # fmt: skip
def test_the_database_refuses_what_would_falsify_the_register(book: Cast, change: dict):
    number = take(book)
    with pytest.raises(DatabaseError), transaction.atomic():
        DocumentNumber.everything.filter(pk=number.pk).update(**change)


def test_nothing_is_taken_out_of_the_register(book: Cast):
    take(book)
    with pytest.raises(DatabaseError, match="Cannot delete"), transaction.atomic():
        DocumentNumber.everything.all().delete()


def test_a_number_stands_in_a_term_of_its_own_issuer(book: Cast):
    number = take(book)
    number.pk, number.issuer = None, book.dong
    with pytest.raises(IntegrityError, match="within_its_term"), transaction.atomic():
        number.save(force_insert=True)


def test_every_type_is_known_to_the_database(book: Cast):
    for type in TYPES:
        assert take(book, type).symbol == f"01-{type}/ĐU"


def test_the_register_has_a_history(book: Cast):
    (kept,) = reserve(book, 1)
    voided = void_number(kept, reason="không dùng đến", by=book.actor("kien"))
    newest, first = history_of(voided)
    assert (newest.who, newest.action, first.action) == ("Hồ Trung Kiên", "hủy số văn bản", "giữ số văn bản")
    assert [c.after for c in newest.changes if c.what == "trạng thái"] == ["Đã hủy"]


def test_taking_costs_the_same_queries_after_three_numbers_and_after_thirty(book: Cast):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            take(book)
        return len(queries)

    for _ in range(3):
        take(book)
    few = cost()
    for _ in range(27):
        take(book)
    assert cost() == few
