"""A province reorganises; figures of before stay true, and undoing gives back the exact state."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.utils import timezone

from branches.models import Grant, Kind, Organisation, Placement, Rank, Reorganisation, Settlement, Standing, Succession
from branches.services.organisations import NewOrganisation
from branches.services.reorganisation import (
    abolish_level,
    dissolve_organisation,
    found_organisation,
    merge_organisations,
    move_organisations,
    preview,
    rename_organisation,
    split_organisation,
    undo_reorganisation,
)
from branches.services.reorganisation.splitting import Part
from branches.signals import reorganised
from members.models import Member, Membership, StateSpell
from members.services.roll import settle_rolls
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.access.roles import Role
from portal.history.models import AccessTrace
from portal.history.models import Deed as TraceDeed
from portal.history.traces import leave_trace
from portal.words.errors import DomainError, NotAllowed
from tests.cast import Cast, place

FIRST_OF_JULY = date(2025, 7, 1)
LAST_OF_2024 = date(2024, 12, 31)
LAST_OF_JUNE = FIRST_OF_JULY - timedelta(days=1)


@dataclass
class Land:
    """A province of 2024: two districts, three communes and their branches below, with the cast's office of the province."""

    cast: Cast
    by_code: dict[str, Organisation]
    office: Actor

    def __getitem__(self, code: str) -> Organisation:
        self.by_code[code].refresh_from_db()
        return self.by_code[code]


@pytest.fixture
def land(cast: Cast) -> Land:
    made: dict[str, Organisation] = {"TB": cast.province}
    for number, (code, name, kind, above) in enumerate(
        [
            ("HA", "Huyện ủy Hà An", Kind.DISTRICT, "TB"), ("HB", "Huyện ủy Hòa Bắc", Kind.DISTRICT, "TB"),
            ("A", "Đảng ủy xã An Khê", Kind.COMMUNE, "HA"), ("B", "Đảng ủy xã Bình Khê", Kind.COMMUNE, "HA"),
            ("C", "Đảng ủy xã Cẩm Khê", Kind.COMMUNE, "HB"),
            ("A1", "Chi bộ thôn Một", Kind.BRANCH, "A"), ("A2", "Chi bộ thôn Hai", Kind.BRANCH, "A"),
            ("B1", "Chi bộ thôn Ba", Kind.BRANCH, "B"), ("C1", "Chi bộ thôn Bốn", Kind.BRANCH, "C"),
            ("C2", "Chi bộ thôn Năm", Kind.BRANCH, "C"), ("C3", "Chi bộ thôn Sáu", Kind.BRANCH, "C"),
        ],
        start=9_100_001,
    ):  # fmt: skip
        made[code] = place(number, code, name, kind, made[above])
    for commune, branch, name in [("A", "A1", "Đông"), ("B", "B1", "Đông"), ("C", "C1", "Tây"), ("C", None, "Nam")]:
        covering = made[branch] if branch else None
        Settlement(commune=made[commune], branch=covering, kind="village", name=name).save()
    for number, branch in enumerate(["A1", "C1", "C1"]):
        member = Member(full_name=f"Nguyễn Văn {number}")
        member.save()
        Membership(member=member, organisation=made[branch], since=date(2020, 1, 1)).save()
        StateSpell(member=member, state="full", since=date(2020, 1, 1)).save()
    settle_rolls()
    return Land(cast, made, cast.actor("kien"))


def subtrees(day: date) -> dict[int, list[tuple]]:
    """Of every organisation: who stood below it on the day, with names, ranks and parents of that day."""
    rows = Organisation.objects.everywhere(reason="a test compares trees")
    columns = ("pk", "name_then", "symbol_then", "rank_then", "parent_then")
    return {
        root.pk: list(rows.below_as_of(root, day).living(day).as_of(day).order_by("pk").values_list(*columns))
        for root in rows.living(day)
    }


def everything() -> dict[str, list[tuple]]:
    """The exact state of every table that a reorganisation writes, but for its own record."""
    state = {
        model.__name__: list(model._base_manager.order_by("pk").values_list())
        for model in (Organisation, Placement, Standing, Grant, Succession, Settlement, Membership, Member)
    }
    state["Ancestry"] = sorted(
        Organisation.everything.values_list("pk", "ancestries__ancestor", "ancestries__days"), key=str
    )
    return state


def codes_below(land: Land, code: str, day: date) -> set[str]:
    rows = Organisation.objects.everywhere(reason="test").below_as_of(land[code], day)
    return set(rows.values_list("code", flat=True)) - {code}


def merge_three(land: Land, **options) -> Reorganisation:
    return merge_organisations(
        merged=[land["A"], land["B"], land["C"]],
        into=NewOrganisation("Đảng ủy xã Tam Khê", "TK", Kind.COMMUNE, Rank.ABOVE_BASE, "ĐU"),
        parent=land["TB"], on=FIRST_OF_JULY, decision="Quyết định 321-QĐ/TU", by=land.office, **options,
    )  # fmt: skip


def split_one(land: Land, *, remains: bool = False) -> Reorganisation:
    parts = [
        Part(NewOrganisation("Đảng ủy xã Cẩm Thượng", "CT", Kind.COMMUNE), [land["C1"]]),
        Part(NewOrganisation("Đảng ủy xã Cẩm Hạ", "CH", Kind.COMMUNE), [land["C2"]]),
    ]
    return split_organisation(land["C"], parts=parts, remains=remains, on=FIRST_OF_JULY, by=land.office)


def abolish_districts(land: Land) -> Reorganisation:
    return abolish_level(kind=Kind.DISTRICT, within=land["TB"], on=FIRST_OF_JULY, decision="NQ 202", by=land.office)


def abolish_then_merge(land: Land) -> Reorganisation:
    abolish_districts(land)
    return merge_three(land)


ACTS: dict[str, Callable[[Land], Reorganisation]] = {
    "merge three communes": merge_three,
    "merge without roles": lambda land: merge_three(land, carry_roles=False),
    "merge into one of them": lambda land: merge_organisations(
        merged=[land["A"]], into=land["B"], parent=land["HA"], on=FIRST_OF_JULY, by=land.office
    ),
    "split a commune": split_one,
    "split off, the old one remains": lambda land: split_one(land, remains=True),
    "abolish the districts": abolish_districts,
    "move branches": lambda land: move_organisations(
        moved=[land["A1"], land["A2"]], parent=land["C"], on=FIRST_OF_JULY, by=land.office
    ),
    "dissolve a branch": lambda land: dissolve_organisation(land["C1"], on=FIRST_OF_JULY, by=land.office),
    "dissolve into a neighbour": lambda land: dissolve_organisation(
        land["C1"], heir=land["C2"], on=FIRST_OF_JULY, by=land.office
    ),
    "rename": lambda land: rename_organisation(
        land["C"], name="Đảng ủy phường Cẩm Khê", symbol="ĐU", rank=Rank.ABOVE_BASE, on=FIRST_OF_JULY, by=land.office
    ),
    "found": lambda land: found_organisation(
        new=NewOrganisation("Chi bộ thôn Bảy", "C4", Kind.BRANCH), parent=land["C"], on=FIRST_OF_JULY, by=land.office
    ),
}  # fmt: skip


@pytest.mark.parametrize("act", ACTS)
def test_the_trees_of_before_stay_as_they_were(land: Land, act: str):
    before = {day: subtrees(day) for day in (LAST_OF_2024, LAST_OF_JUNE)}
    ACTS[act](land)
    assert {day: subtrees(day) for day in (LAST_OF_2024, LAST_OF_JUNE)} == before


@pytest.mark.parametrize("act", ACTS)
def test_undoing_gives_back_the_exact_state(land: Land, act: str):
    Grant(account=land.cast["mai"], organisation=land["C"], role=Role.COMMUNE_OFFICE, since=date(2024, 1, 1)).save()
    Grant(account=land.cast["hoa"], organisation=land["C1"], role=Role.SECRETARY, since=date(2025, 8, 1)).save()
    before = everything()
    record = ACTS[act](land)
    assert everything() != before
    undo_reorganisation(record, by=land.office)
    assert everything() == before


@pytest.mark.parametrize("act", ACTS)
def test_a_preview_says_the_same_and_leaves_nothing(land: Land, act: str):
    before = everything()
    service = ACTS[act]
    told = preview(service, land).told
    assert everything() == before
    assert not Reorganisation.everything.exists()
    assert told == service(land).told


def test_three_communes_go_on_in_one_after_the_districts_have_ended(land: Land):
    abolish_then_merge(land)
    assert codes_below(land, "TB", LAST_OF_JUNE) >= {"HA", "HB", "A", "B", "C"}
    assert codes_below(land, "HA", LAST_OF_JUNE) == {"A", "B", "A1", "A2", "B1"}
    assert not {"HA", "HB", "A", "B", "C"} & codes_below(land, "TB", FIRST_OF_JULY)
    new = Organisation.everything.get(code="TK")
    land.by_code["TK"] = new
    assert codes_below(land, "TK", FIRST_OF_JULY) == {"A1", "A2", "B1", "C1", "C2", "C3"}
    assert codes_below(land, "TK", LAST_OF_JUNE) == set()
    assert {s.old.code for s in new.precessions.select_related("old")} == {"A", "B", "C"}
    assert land["A1"].path == f"{land['TB'].path}{new.pk}/{land['A1'].pk}/"
    assert land["A"].path == f"{new.path}{land['A'].pk}/"  # its records are reached from where they are kept
    assert land["HA"].path == f"{land['TB'].path}{land['HA'].pk}/"


def test_a_split_shares_out_and_the_rest_goes_to_the_first(land: Land):
    split_one(land)
    for code, expected in {"CT": {"C1", "C3"}, "CH": {"C2"}}.items():
        land.by_code[code] = Organisation.everything.get(code=code)
        assert codes_below(land, code, FIRST_OF_JULY) == expected
    assert land["C"].keeper == land["CT"]


def test_the_same_people_go_on_unless_their_roles_end(land: Land):
    office = Grant(account=land.cast["mai"], organisation=land["A"], role=Role.COMMUNE_OFFICE, since=date(2024, 1, 1))
    office.save()
    coming = Grant(account=land.cast["son"], organisation=land["B"], role=Role.INSPECTOR, since=date(2099, 1, 1))
    coming.save()
    merge_three(land)
    office.refresh_from_db()
    new = Organisation.everything.get(code="TK")
    assert office.until == LAST_OF_JUNE
    held = {(g.account, g.role, g.since) for g in new.grants.select_related("account")}
    assert held == {
        (land.cast["mai"], Role.COMMUNE_OFFICE, FIRST_OF_JULY), (land.cast["son"], Role.INSPECTOR, date(2099, 1, 1)),
    }  # fmt: skip
    assert not Grant.everything.filter(pk=coming.pk).exists()


def test_villages_go_with_their_commune_and_doubled_names_are_told_apart(land: Land):
    record = merge_three(land)
    names = Settlement.everything.filter(commune__code="TK").order_by("pk").values_list("name", flat=True)
    assert list(names) == ["Đông", "Đông (Đảng ủy xã Bình Khê)", "Tây", "Nam"]
    assert any("trùng tên" in sentence for sentence in record.told)


@pytest.mark.parametrize(("heir", "branch"), [("C2", "C2"), (None, None)])
def test_members_and_villages_of_a_dissolved_branch_go_to_its_heir_or_wait(
    land: Land, heir: str | None, branch: str | None
):
    to = land[heir] if heir else None
    record = dissolve_organisation(land["C1"], heir=to, on=FIRST_OF_JULY, by=land.office)
    assert Settlement.everything.get(name="Tây").branch == (land[branch] if branch else None)
    before = Membership.everything.on(LAST_OF_JUNE).filter(organisation__code="C1")
    after = Membership.everything.on(FIRST_OF_JULY).filter(organisation__code=branch)
    assert before.count() == 2
    assert after.count() == (2 if heir else 0)
    assert not Membership.everything.on(FIRST_OF_JULY).filter(organisation__code="C1").exists()
    assert any("2 đảng viên" in sentence for sentence in record.told)


def test_whoever_is_in_the_new_one_reaches_the_records_of_the_old(land: Land):
    Grant(account=land.cast["mai"], organisation=land["A"], role=Role.COMMUNE_OFFICE, since=date(2024, 1, 1)).save()
    leave_trace(TraceDeed.READ, subject="phần đóng", place=land["B1"].path, by=land.office)
    merge_three(land)
    grant = land.cast["mai"].grants.get(organisation__code="TK")
    actor = Actor.today(land.cast["mai"], capacity=grant.pk)
    seen = set(Organisation.objects.allowed(actor, Permission.SEE_ORGANISATION).values_list("code", flat=True))
    assert {"TK", "A", "B", "C", "B1"} <= seen
    assert AccessTrace.objects.allowed(actor, Permission.READ_TRACES).get().subject == "phần đóng"


def test_a_change_laid_ahead_changes_nothing_today(land: Land):
    ahead = timezone.localdate() + timedelta(days=30)
    paths = dict(Organisation.everything.values_list("pk", "path"))
    dissolve_organisation(land["C1"], heir=land["C2"], on=ahead, by=land.office)
    assert dict(Organisation.everything.values_list("pk", "path")) == paths
    assert land["C1"].lives_on(ahead - timedelta(days=1))
    assert not land["C1"].lives_on(ahead)


@pytest.mark.parametrize(("after", "expected"), [(0, "B"), (40, "C")])
def test_an_act_dated_before_another_keeps_the_later_one(land: Land, after: int, expected: str):
    """Entered late: A1 went to B on 01/06; that it goes to C on 10/07 was known already."""
    move_organisations(moved=[land["A1"]], parent=land["C"], on=date(2025, 7, 10), by=land.office)
    move_organisations(moved=[land["A1"]], parent=land["B"], on=date(2025, 6, 1), by=land.office)
    day = date(2025, 6, 1) + timedelta(days=after)
    assert "A1" in codes_below(land, expected, day)
    assert land["A1"].parent == land["C"]


def test_something_recorded_on_the_new_one_ends_the_undoing(land: Land):
    record = merge_three(land)
    new = Organisation.everything.get(code="TK")
    Grant(account=land.cast["quyet"], organisation=new, role=Role.COMMUNE_LEADER, since=FIRST_OF_JULY).save()
    with pytest.raises(DomainError, match="đã có ghi chép mới"):
        undo_reorganisation(record, by=land.office)


def test_the_later_act_is_undone_first(land: Land):
    first = abolish_districts(land)
    second = merge_three(land)
    with pytest.raises(DomainError, match="Hoàn tác lần sắp xếp sau trước"):
        undo_reorganisation(first, by=land.office)
    before = everything()
    undo_reorganisation(second, by=land.office)
    undo_reorganisation(first, by=land.office)
    with pytest.raises(DomainError, match="đã được hoàn tác"):
        undo_reorganisation(first, by=land.office)
    assert everything() != before


def test_upper_apps_move_their_own_and_undoing_takes_that_back(land: Land):
    """A receiver writes through the journal; here with a role, as the roll will with memberships."""

    def receiver(work, **_):
        for old, heir in work.heirs.items():
            work.journal.add(
                Grant(account=land.cast["hau"], organisation=heir, role=Role.INSPECTOR, since=work.on, ground=old.code)
            )
            work.journal.tell(f"Đi theo {old.name}.")
            break

    before = everything()
    reorganised.connect(receiver)
    try:
        record = merge_three(land)
    finally:
        reorganised.disconnect(receiver)
    assert "Đi theo Đảng ủy xã An Khê." in record.told
    assert Grant.everything.filter(ground="A").exists()
    undo_reorganisation(record, by=land.office)
    assert everything() == before


@pytest.mark.parametrize(
    ("act", "sentence"),
    [
        (lambda land: merge_organisations(merged=[land["A"]], into=NewOrganisation("x", "X", Kind.COMMUNE), parent=land["TB"], on=FIRST_OF_JULY, by=land.office), "ít nhất hai"),
        (lambda land: merge_organisations(merged=[land["A"], land["A1"]], into=NewOrganisation("x", "X", Kind.COMMUNE), parent=land["TB"], on=FIRST_OF_JULY, by=land.office), "khác loại"),
        (lambda land: merge_organisations(merged=[land["A"], land["B"]], into=land["A"], parent=land["HA"], on=FIRST_OF_JULY, by=land.office), "chính mình"),
        (lambda land: merge_organisations(merged=[land["A"], land["B"]], into=NewOrganisation("x", "C", Kind.COMMUNE), parent=land["TB"], on=FIRST_OF_JULY, by=land.office), "Mã C đã dùng"),
        (lambda land: move_organisations(moved=[land["A"]], parent=land["B1"], on=FIRST_OF_JULY, by=land.office), "không thể trực thuộc"),
        (lambda land: move_organisations(moved=[land["A1"]], parent=land["A"], on=FIRST_OF_JULY, by=land.office), "đã trực thuộc"),
        (lambda land: move_organisations(moved=[], parent=land["A"], on=FIRST_OF_JULY, by=land.office), "ít nhất một"),
        (lambda land: dissolve_organisation(land["A"], heir=land["A1"], on=FIRST_OF_JULY, by=land.office), "một Đảng ủy xã"),
        (lambda land: dissolve_organisation(land["C1"], heir=land["C2"], on=FIRST_OF_JULY, by=land.office) and dissolve_organisation(land["C1"], on=FIRST_OF_JULY, by=land.office), "không hoạt động"),
        (lambda land: dissolve_organisation(land["TB"], on=FIRST_OF_JULY, by=land.office), "gốc"),
        (lambda land: abolish_level(kind=Kind.PART, within=land["TB"], on=FIRST_OF_JULY, by=land.office), "không có"),
        (lambda land: rename_organisation(land["A"], name="Đảng ủy xã An Khê", symbol="", rank=Rank.NONE, on=FIRST_OF_JULY, by=land.office), "không có gì để đổi"),
        (lambda land: split_organisation(land["A"], parts=[Part(NewOrganisation("x", "X", Kind.COMMUNE))], remains=False, on=FIRST_OF_JULY, by=land.office), "ít nhất hai"),
        (lambda land: split_organisation(land["A"], parts=[Part(NewOrganisation("x", "X", Kind.BRANCH))], remains=True, on=FIRST_OF_JULY, by=land.office), "cùng loại"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_in_words_and_nothing_is_written(land: Land, act: Callable, sentence: str):
    with pytest.raises(DomainError, match=sentence):
        act(land)


def test_only_those_above_reorganise(land: Land):
    cast = land.cast
    for actor, act in [
        (cast.actor("mai"), lambda by: dissolve_organisation(cast.phu_luong, on=FIRST_OF_JULY, by=by)),
        (cast.actor("mai"), lambda by: rename_organisation(cast.phu_luong, name="x", symbol="", rank=Rank.NONE, on=FIRST_OF_JULY, by=by)),
        (cast.actor("quyet"), lambda by: dissolve_organisation(cast.dong, on=FIRST_OF_JULY, by=by)),
        (cast.actor("mai"), lambda by: move_organisations(moved=[cast.dong], parent=cast.tan_hoa, on=FIRST_OF_JULY, by=by)),
        (cast.actor("thinh"), lambda by: dissolve_organisation(cast.dong, on=FIRST_OF_JULY, by=by)),
    ]:  # fmt: skip
        with pytest.raises(NotAllowed):
            act(actor)
    record = dissolve_organisation(cast.dong, heir=cast.doai, on=FIRST_OF_JULY, by=cast.actor("mai"))
    with pytest.raises(NotAllowed):
        undo_reorganisation(record, by=cast.actor("quyet"))
    undo_reorganisation(record, by=cast.actor("mai"))


def test_who_holds_a_branch_reads_the_records_of_those_that_went_on_in_it(land: Land):
    """Also with a role that reaches only its own organisation."""
    Grant(account=land.cast["hoa"], organisation=land["C2"], role=Role.SECRETARY, since=date(2024, 1, 1)).save()
    dissolve_organisation(land["C1"], heir=land["C2"], on=FIRST_OF_JULY, by=land.office)
    grant = land.cast["hoa"].grants.get(organisation=land["C2"])
    actor = Actor.today(land.cast["hoa"], capacity=grant.pk)
    assert set(Organisation.objects.allowed(actor, Permission.READ_ROLL)) == {land["C1"], land["C2"]}
    assert actor.may(Permission.READ_ROLL, land["C1"].path)
    assert not actor.may(Permission.READ_ROLL, land["C3"].path)
