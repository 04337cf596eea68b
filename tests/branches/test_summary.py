"""The summary: facts by organisation and month, counted anew under lock."""

import threading
import time
from datetime import date

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction

from branches.models import BranchType, Grant, Month, Organisation
from branches.services.organisations import describe_organisation
from branches.services.reorganisation import dissolve_organisation, undo_reorganisation
from branches.services.tree import begin_the_day
from branches.summary import facts as registry
from branches.summary.facts import Pair, months_have
from branches.summary.months import months_between
from branches.summary.recount import recount
from portal.access.roles import Role
from tests.cast import Cast, assemble

NOVEMBER = date(2026, 11, 1)


def in_use(organisation: Organisation) -> list[str]:
    rows = Month.everything.filter(organisation=organisation, in_use=True).order_by("month")
    return [f"{row.month:%m/%Y}" for row in rows]


def months(organisation: Organisation, first: date, last: date) -> list[Pair]:
    return [Pair(organisation.pk, month) for month in months_between(first, last)]


def test_months_between_counts_both_ends():
    assert [f"{month:%m/%y}" for month in months_between(date(2025, 11, 30), date(2026, 2, 1))] == [
        "11/25",
        "12/25",
        "01/26",
        "02/26",
    ]


@pytest.mark.parametrize(
    ("founded", "joined", "dissolved", "expected"),
    [
        (None, None, None, ["05/2026", "06/2026", "07/2026"]),
        (date(2026, 6, 1), None, None, ["06/2026", "07/2026"]),
        (date(2026, 6, 2), None, None, ["07/2026"]),
        (None, date(2026, 6, 1), None, ["06/2026", "07/2026"]),
        (None, date(2026, 6, 2), None, ["07/2026"]),
        (None, None, date(2026, 7, 1), ["05/2026", "06/2026"]),
        (None, None, date(2026, 7, 2), ["05/2026", "06/2026", "07/2026"]),
    ],
)
def test_a_month_counts_when_the_organisation_was_there_as_it_began(cast: Cast, founded, joined, dissolved, expected):
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE branches_placement SET since = %s, until = %s::date - 1 WHERE organisation_id = %s",
            [founded, dissolved, cast.dong.pk],
        )
    Organisation.everything.filter(pk=cast.dong.pk).update(founded_on=founded, joined_on=joined, dissolved_on=dissolved)
    recount(months(cast.dong, date(2026, 5, 1), date(2026, 7, 1)))
    assert in_use(cast.dong) == expected


@time_machine.travel("2026-11-20 08:00+07:00", tick=False)
def test_what_is_done_to_an_organisation_counts_its_months_anew(cast: Cast):
    begin_the_day(NOVEMBER)
    describe_organisation(
        cast.dong, code="PL-1", branch_type=BranchType.VILLAGE, area="", tags=[], joined_on=date(2026, 9, 1), decision="",
        by=cast.actor("mai"),
    )  # fmt: skip
    assert in_use(cast.dong) == ["09/2026", "10/2026", "11/2026"]
    assert set(cast.dong.months.values_list("branch_type", flat=True)) == {"village"}
    record = dissolve_organisation(cast.dong, on=date(2026, 10, 15), by=cast.actor("mai"))
    assert in_use(cast.dong) == ["09/2026", "10/2026"]
    undo_reorganisation(record, by=cast.actor("mai"))
    assert in_use(cast.dong) == ["09/2026", "10/2026", "11/2026"]


def test_each_month_is_laid_out_for_everybody_by_the_clock(cast: Cast):
    begin_the_day(date(2026, 12, 1))
    assert Month.everything.filter(month=date(2026, 12, 1)).count() == Organisation.everything.count()
    begin_the_day(date(2026, 12, 2))
    assert Month.everything.count() == Organisation.everything.count()


def test_the_cost_does_not_grow_with_the_months(cast: Cast, django_assert_num_queries):
    few, many = months(cast.dong, NOVEMBER, NOVEMBER), months(cast.doai, date(2024, 1, 1), NOVEMBER)
    with django_assert_num_queries(14) as one:
        recount(few)
    with django_assert_num_queries(len(one)):
        recount(many)


def test_a_month_is_its_first_day_and_stands_once(cast: Cast):
    recount([Pair(cast.dong.pk, NOVEMBER)])
    for sql in (
        "UPDATE branches_month SET month = '2026-11-02'",
        "INSERT INTO branches_month (organisation_id, month, in_use, branch_type) SELECT organisation_id, month, false, '' FROM branches_month",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def test_another_apps_facts_are_counted_with_them(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    """An upper app registers its columns; here it counts into a column that is there."""
    monkeypatch.setattr(registry, "_registered", dict(registry._registered))
    months_have("test", columns=["branch_type"], nothing=["other"], count=lambda pairs: {pairs[0]: ("police",)})
    recount(months(cast.dong, date(2026, 10, 1), NOVEMBER))
    assert list(cast.dong.months.order_by("month").values_list("branch_type", flat=True)) == ["police", "other"]


def test_two_writers_at_once_count_what_both_wrote(committed: None, monkeypatch: pytest.MonkeyPatch):
    """The second waits for the first, and counts after it."""
    cast = assemble()
    words = {1: "police", 2: "school"}  # stands for a figure: how many grants there are
    before = cast.dong.grants.count()
    monkeypatch.setattr(registry, "_registered", {})
    months_have(
        "test", columns=["branch_type"], nothing=[""],
        count=lambda pairs: {pair: (words[cast.dong.grants.count() - before],) for pair in pairs},
    )  # fmt: skip
    first_has_counted = threading.Event()

    def write(account: str, *, first: bool) -> None:
        try:
            if not first:
                first_has_counted.wait(timeout=10)
            with transaction.atomic():
                Grant(account=cast[account], organisation=cast.dong, role=Role.CLERK).save()
                recount([Pair(cast.dong.pk, NOVEMBER)])
                if first:
                    first_has_counted.set()
                    time.sleep(0.3)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=write, args=[name], kwargs={"first": name == "yen"}) for name in ("yen", "quyet")
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert cast.dong.months.get().branch_type == "school"
