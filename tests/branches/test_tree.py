"""The dated tree: what stands where on which day, what the database refuses, and that reorganisations keep the past."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from branches.models import Ancestry, Kind, Organisation, Placement, Standing
from branches.services.tree import settle_tree
from tests.cast import Cast

NEW_YEAR = date(2025, 1, 1)


def raw(sql: str, *values: object) -> None:
    """As somebody at a console would, with the deferred judgement at once."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def refused(name: str, sql: str, *values: object) -> None:
    with pytest.raises(DatabaseError) as error:
        raw(sql, *values)
    assert name in str(error.value) + str(
        getattr(error.value.__cause__, "diag", None) and error.value.__cause__.diag.constraint_name
    )


def test_a_new_organisation_stands_in_the_dated_tree_at_once(cast: Cast):
    assert cast.dong.standings.get().name == "Chi bộ thôn Đông"
    assert cast.dong.placements.get().parent == cast.phu_luong
    above = Ancestry.everything.filter(organisation=cast.dong).order_by("depth")
    assert [row.ancestor_id for row in above] == [cast.dong.pk, cast.phu_luong.pk, cast.province.pk]


def test_two_placements_at_once_are_refused(cast: Cast):
    refused(
        "placement_one_at_a_time",
        "INSERT INTO branches_placement (organisation_id, parent_id, since) VALUES (%s, %s, '2024-01-01')",
        cast.dong.pk, cast.tan_hoa.pk,
    )  # fmt: skip


@pytest.mark.parametrize(("child", "parent"), [("phu_luong", "dong"), ("dong", "doai"), ("province", "phu_luong")])
def test_a_circle_and_a_branch_above_a_commune_are_refused(cast: Cast, child: str, parent: str):
    child_pk, parent_pk = getattr(cast, child).pk, getattr(cast, parent).pk
    Placement.everything.filter(organisation=child_pk).delete()
    refused(
        "placement_below_a_higher_kind",
        "INSERT INTO branches_placement (organisation_id, parent_id) VALUES (%s, %s)",
        child_pk, parent_pk,
    )  # fmt: skip


def test_under_itself_is_refused(cast: Cast):
    refused("placement_not_under_itself", "UPDATE branches_placement SET parent_id = organisation_id")


@pytest.mark.parametrize("whose", ["dong", "phu_luong"])
def test_a_placement_outside_the_life_of_its_organisations_is_refused(cast: Cast, whose: str):
    refused(
        "placement_within_life",
        "UPDATE branches_organisation SET founded_on = '2024-01-01' WHERE id = %s",
        getattr(cast, whose).pk,
    )
    refused(
        "placement_within_life",
        "UPDATE branches_organisation SET dissolved_on = '2030-01-01', keeper_id = %s WHERE id = %s",
        cast.province.pk, getattr(cast, whose).pk,
    )  # fmt: skip


def test_a_placement_may_end_with_its_organisation_in_one_transaction(cast: Cast):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE branches_organisation SET dissolved_on = '2030-01-01' WHERE id = %s", [cast.dong.pk])
        cursor.execute("UPDATE branches_placement SET until = '2029-12-31' WHERE organisation_id = %s", [cast.dong.pk])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_what_an_organisation_is_never_changes(cast: Cast):
    refused("kind", "UPDATE branches_organisation SET kind = 'part' WHERE id = %s", cast.dong.pk)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE branches_organisation SET dissolved_on = founded_on",
        "UPDATE branches_organisation SET keeper_id = id",
        "UPDATE branches_organisation SET tags = '{tall}'",
        "UPDATE branches_organisation SET branch_type = 'village' WHERE kind = 'commune'",
        "UPDATE branches_placement SET since = '2025-02-01', until = '2025-01-31'",
        "UPDATE branches_standing SET rank = 'emperor'",
    ],
)
def test_the_database_refuses(cast: Cast, sql: str):
    Organisation.everything.update(founded_on=date(2020, 1, 1))
    Placement.everything.update(since=date(2020, 1, 1))
    with pytest.raises(DatabaseError):
        raw(sql)


def test_the_subtree_of_a_day_is_one_query_and_knows_its_names(cast: Cast, django_assert_num_queries):
    row = cast.dong.placements.get()
    row.until = NEW_YEAR - timedelta(days=1)
    row.save()
    Placement(organisation=cast.dong, parent=cast.tan_hoa, since=NEW_YEAR).save()
    name = cast.dong.standings.get()
    name.until = NEW_YEAR - timedelta(days=1)
    name.save()
    Standing(organisation=cast.dong, name="Chi bộ thôn Đông Mới", since=NEW_YEAR).save()
    rows = Organisation.objects.everywhere(reason="test").order_by("code")
    before, after = NEW_YEAR - timedelta(days=1), NEW_YEAR
    for root, day, expected in [
        (cast.phu_luong, before, {"PL", "PL-1", "PL-2"}),
        (cast.phu_luong, after, {"PL", "PL-2"}),
        (cast.tan_hoa, before, {"TH", "TH-1"}),
        (cast.tan_hoa, after, {"TH", "TH-1", "PL-1"}),
    ]:
        with django_assert_num_queries(1):
            assert {o.code for o in rows.below_as_of(root, day)} == expected
    then = {day: rows.as_of(day).get(pk=cast.dong.pk) for day in (before, after)}
    assert (then[before].name_then, then[before].parent_then) == ("Chi bộ thôn Đông", cast.phu_luong.pk)
    assert (then[after].name_then, then[after].parent_then) == ("Chi bộ thôn Đông Mới", cast.tan_hoa.pk)


def test_todays_copy_follows_on_the_day(cast: Cast):
    """A change laid ahead begins by itself: the nightly task settles the tree."""
    row = cast.dong.placements.get()
    row.until = NEW_YEAR - timedelta(days=1)
    row.save()
    Placement(organisation=cast.dong, parent=cast.tan_hoa, since=NEW_YEAR).save()
    settle_tree(NEW_YEAR - timedelta(days=1))
    cast.dong.refresh_from_db()
    assert cast.dong.parent == cast.phu_luong
    assert settle_tree(NEW_YEAR) == 1
    cast.dong.refresh_from_db()
    assert (cast.dong.parent, cast.dong.path) == (cast.tan_hoa, f"{cast.tan_hoa.path}{cast.dong.pk}/")
    assert settle_tree(NEW_YEAR) == 0


def test_kinds_stand_in_the_same_order_in_the_database(db: None):
    with connection.cursor() as cursor:
        cursor.execute("SELECT branches_height(kind) FROM unnest(%s::text[]) AS kind", [Kind.values])
        assert [height for (height,) in cursor.fetchall()] == list(range(1, len(Kind) + 1))
