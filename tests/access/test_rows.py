"""The guarded queryset says nothing until it was opened."""

import pytest

from portal.access.permissions import Permission
from portal.access.rows import UnopenedRows
from portal.accounts.models import Account
from portal.help.models import Term
from tests.conftest import actor

WAYS_OUT = {
    "loop": list,
    "first": lambda rows: rows.first(),
    "get": lambda rows: rows.get(pk=1),
    "count": lambda rows: rows.count(),
    "exists": lambda rows: rows.exists(),
    "aggregate": lambda rows: rows.aggregate(n=__import__("django.db.models", fromlist=["Count"]).Count("pk")),
    "update": lambda rows: rows.update(meaning="x"),
    "delete": lambda rows: rows.delete(),
    "iterator": lambda rows: list(rows.iterator()),
    "contains": lambda rows: rows.contains(Term(pk=1)),
    "in_bulk": lambda rows: rows.in_bulk([1]),
    "values": lambda rows: list(rows.values("word")),
    "slice": lambda rows: rows[0],
    "bool": bool,
    "len": len,
    "subquery": lambda rows: list(Account.objects.filter(pk__in=rows.values("pk"))),
    "union": lambda rows: list(rows.union(Term.objects.everywhere(reason="a test"))),
    "united with": lambda rows: list(Term.objects.everywhere(reason="a test").union(rows)),
    "or": lambda rows: list(Term.objects.everywhere(reason="a test") | rows),
    "and": lambda rows: list(Term.objects.everywhere(reason="a test") & rows),
    "raw": lambda rows: list(rows.raw("SELECT * FROM help_term")),
    "after a filter": lambda rows: list(rows.filter(word="x").exclude(pk=2).order_by("pk")),
}


@pytest.mark.parametrize("way", WAYS_OUT)
def test_rows_that_nobody_opened_are_not_read(db: None, way: str):
    with pytest.raises(UnopenedRows):
        WAYS_OUT[way](Term.objects.all())


@pytest.mark.parametrize("way", sorted(set(WAYS_OUT) - {"get", "slice"}))
def test_rows_opened_for_somebody_are(thinh: Account, way: str):
    WAYS_OUT[way](Term.objects.allowed(actor(thinh), Permission.READ_HELP))


def test_without_the_permission_there_are_no_rows(thinh: Account, khoi: Account):
    Term(word="chi bộ", meaning="…").save()
    assert Term.objects.allowed(actor(thinh), Permission.WRITE_HELP).count() == 0
    assert Term.objects.allowed(actor(khoi), Permission.WRITE_HELP).count() == 1


def test_background_work_says_why(db: None):
    assert Term.objects.everywhere(reason="a test").count() == 0
    with pytest.raises(UnopenedRows):
        Term.objects.everywhere(reason=" ")
