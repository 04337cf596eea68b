"""The database writes history: nothing escapes it, nothing changes it."""

from datetime import date

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from branches.models import Grant
from branches.services.grants import end_grant, give_grant
from portal.access.actor import Actor
from portal.access.roles import Role
from portal.help.models import Term
from portal.help.services.glossary import add_term, change_term, remove_term
from portal.history.actions import action
from portal.history.models import AccessTrace, Deed
from portal.history.sentences import history_of
from portal.history.traces import leave_trace
from portal.watch.requests import request_number
from tests.cast import Cast


def test_a_history_says_who_did_what_in_which_capacity(cast: Cast):
    by = cast.actor("khoi")
    token = request_number.set("K7PM-4XQ2")
    term = add_term(word="Chi bộ", meaning="cũ", by=by)
    change_term(term, word="Chi bộ", meaning="mới", version=1, by=by)
    request_number.reset(token)
    newest, first = history_of(term)
    assert (newest.who, newest.capacity, newest.action, newest.request) == (
        "Trịnh Minh Khôi", "Quản trị", "sửa thuật ngữ", "K7PM-4XQ2",
    )  # fmt: skip
    assert [(c.what, c.before, c.after) for c in newest.changes] == [("nghĩa là", "cũ", "mới")]
    assert (first.action, first.changes) == ("thêm thuật ngữ", [])


def test_what_was_removed_is_still_in_the_history(cast: Cast):
    term = add_term(word="Chi bộ", meaning="…", by=cast.actor("khoi"))
    events = term.events.model
    remove_term(term, by=cast.actor("khoi"))
    last = events.objects.order_by("-pgh_id").first()
    assert (last.pgh_label, last.word) == ("removed", "Chi bộ")


def test_bulk_updates_and_raw_sql_leave_a_trace(cast: Cast):
    term = add_term(word="Chi bộ", meaning="một", by=cast.actor("khoi"))
    Term.everything.update(meaning="hai")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE help_term SET meaning = 'ba'")
    term.refresh_from_db()
    assert [(c.before, c.after) for entry in history_of(term) for c in entry.changes] == [("hai", "ba"), ("một", "hai")]


@pytest.mark.parametrize("sql", ["DELETE FROM help_termevent", "UPDATE help_termevent SET meaning = 'x'",
                                 "DELETE FROM history_accesstrace", "UPDATE history_accesstrace SET subject = 'x'"])  # fmt: skip
def test_the_database_refuses_to_change_history(cast: Cast, sql: str):
    add_term(word="Chi bộ", meaning="…", by=cast.actor("khoi"))
    leave_trace(Deed.READ, subject="Ý kiến thiểu số", place=cast.dong.path, by=cast.actor("thinh"))
    with pytest.raises(ProgrammingError, match="Cannot"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_grants_have_a_history(cast: Cast):
    grant = give_grant(
        account=cast["hau"], organisation=cast.doai, role=Role.CLERK, since=date(2026, 1, 5), by=cast.actor("mai")
    )
    end_grant(grant, on=date(2026, 7, 1), by=cast.actor("mai"))
    newest, first = history_of(grant)
    assert (newest.who, newest.capacity) == ("Đinh Thị Mai", "Văn phòng, cán bộ tổ chức Đảng ủy xã, phường")
    assert [(c.what, c.before, c.after) for c in newest.changes] == [("đến hết ngày", "–", "30/06/2026")]
    assert [newest.action, first.action] == ["thu hồi vai trò", "giao vai trò"]


def test_a_service_within_a_service_is_told_as_what_the_person_did(cast: Cast):
    @action("cấp tài khoản")
    def outer(*, by: Actor) -> Grant:
        return give_grant(account=cast["hau"], organisation=cast.doai, role=Role.CLERK, by=by)

    (entry,) = history_of(outer(by=cast.actor("mai")))
    assert entry.action == "cấp tài khoản"


def test_a_history_costs_two_queries_however_long(cast: Cast, django_assert_num_queries):
    term = add_term(word="Chi bộ", meaning="0", by=cast.actor("khoi"))
    for number in range(1, 30):
        Term.everything.filter(pk=term.pk).update(meaning=str(number))
    with django_assert_num_queries(2):
        assert len(history_of(term)) == 30


def test_a_trace_says_who_read_what_and_where_it_lies(cast: Cast):
    leave_trace(
        Deed.READ, subject="Ý kiến thiểu số tháng 11", place=cast.dong.path, by=cast.actor("son"), reason="kiểm tra"
    )
    trace = AccessTrace.everything.get()
    assert (trace.account, trace.capacity, trace.place, trace.reason) == (
        cast["son"],
        "Ủy ban Kiểm tra",
        cast.dong.path,
        "kiểm tra",
    )
