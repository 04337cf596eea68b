import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from branches.models import Kind, Organisation
from branches.services.organisations import NewOrganisation, found_root
from branches.services.reorganisation import found_organisation
from portal.access.permissions import Permission
from portal.words.errors import DomainError, NotAllowed
from tests.cast import Cast


def codes(cast: Cast, name: str, permission: Permission = Permission.SEE_ORGANISATION) -> list[str]:
    rows = Organisation.objects.allowed(cast.actor(name), permission).order_by("path")
    return list(rows.values_list("code", flat=True))


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("kien", ["TB", "PL", "PL-1", "PL-2", "TH", "TH-1"]),
        ("mai", ["PL", "PL-1", "PL-2"]),
        ("thinh", ["PL-1"]),
        ("yen", ["TH-1"]),
        ("xua", []),
        ("moi", []),
    ],
)
def test_which_organisations_somebody_reaches(cast: Cast, name: str, seen: list[str]):
    assert codes(cast, name) == seen


def test_reach_is_by_permission(cast: Cast):
    assert codes(cast, "khoi", Permission.READ_ROLL) == []
    assert codes(cast, "kien", Permission.READ_ROLL) == []
    assert codes(cast, "mai", Permission.READ_CLOSED) == ["PL", "PL-1", "PL-2"]
    assert codes(cast, "hau", Permission.READ_ROLL) == []


def test_asking_and_listing_agree(cast: Cast):
    """“May I?” and “which ones?” read the same grants."""
    everything = Organisation.objects.everywhere(reason="a test compares with all of them")
    for name in cast.people:
        for permission in Permission:
            asked = {o.code for o in everything if cast.actor(name).may(permission, o.path)}
            if permission not in (Permission.READ_HELP, Permission.SEE_OWN_RECORD):
                assert asked == set(codes(cast, name, permission)), (name, permission)


def found_below(cast: Cast, parent: Organisation, *, code: str = "PL-3", kind: Kind = Kind.BRANCH, by: str = "mai"):
    new = NewOrganisation("Chi bộ thôn Hạ", code, kind)
    return found_organisation(new=new, parent=parent, on=timezone.localdate(), by=cast.actor(by))


def test_the_office_founds_below_itself(cast: Cast):
    found_below(cast, cast.phu_luong)
    new = Organisation.everything.get(code="PL-3")
    assert new.path == f"{cast.phu_luong.path}{new.pk}/"
    with pytest.raises(NotAllowed):
        found_below(cast, cast.tan_hoa)


@pytest.mark.parametrize(
    ("parent", "kind"), [("dong", Kind.COMMUNE), ("phu_luong", Kind.PROVINCE), ("dong", Kind.BRANCH)]
)
def test_nothing_stands_below_what_is_lower(cast: Cast, parent: str, kind: Kind):
    with pytest.raises(DomainError, match="không thể trực thuộc"):
        found_below(cast, getattr(cast, parent), kind=kind, by="kien")


def test_a_code_stands_once(cast: Cast):
    with pytest.raises(DomainError) as refusal:
        found_below(cast, cast.phu_luong, code="TH")
    assert refusal.value.field == "code"


def test_a_portal_has_one_root(db: None):
    root = found_root(code="TB", name="Tỉnh ủy Thanh Bình", kind=Kind.PROVINCE)
    assert root.path == f"/{root.pk}/"
    with pytest.raises(DomainError):
        found_root(code="X", name="x", kind=Kind.PROVINCE)


@pytest.mark.parametrize("change", [{"path": "3/"}, {"path": "/3"}, {"rank": "x"}, {"parent_id": 9_000_003}])
def test_the_database_refuses_what_is_broken(cast: Cast, change: dict):
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.everything.filter(pk=cast.dong.pk).update(**change)


def test_somebodys_rows_cost_one_query_however_many(cast: Cast):
    actor = cast.actor("kien")
    with CaptureQueriesContext(connection) as queries:
        assert len(Organisation.objects.allowed(actor, Permission.SEE_ORGANISATION)) == 6
    assert len(queries) == 1
