"""Villages and neighbourhoods: each name once in its commune among the living, covered by a branch below it or by none."""

import unicodedata
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from branches.models import Kind, Organisation, Settlement, SettlementKind
from branches.queries.settlements import Coverage, coverage_of
from branches.services.settlements import (
    add_settlement,
    add_settlements,
    assign_to_branch,
    change_settlement,
    end_settlement,
)
from portal.access.permissions import Permission
from portal.history.sentences import history_of
from portal.words.errors import DomainError, NotAllowed
from tests.cast import Cast, place

VILLAGE, UPLAND, NEIGHBOURHOOD = SettlementKind.VILLAGE, SettlementKind.UPLAND_VILLAGE, SettlementKind.NEIGHBOURHOOD


def add(cast: Cast, name: str, by: str = "mai", **more: object) -> Settlement:
    facts = {"commune": cast.phu_luong, "kind": VILLAGE}
    return add_settlement(name=name, **facts | more, by=cast.actor(by))


def paste(cast: Cast, lines: str, otherwise: SettlementKind = VILLAGE):
    return add_settlements(commune=cast.phu_luong, lines=lines, otherwise=otherwise, by=cast.actor("mai"))


def names(rows=None) -> list[str]:
    rows = Settlement.everything.all() if rows is None else rows
    return [str(settlement) for settlement in rows.order_by("sort_key", "kind")]


def test_a_village_and_the_branch_that_covers_it(cast: Cast):
    dong = add(cast, "Đông", branch=cast.dong, households=120, households_year=2025)
    add(cast, "Nà Pài")
    rows = Settlement.objects.everywhere(reason="a test").of(cast.phu_luong)
    assert names(rows.without_branch()) == ["thôn Nà Pài"]
    assert list(rows.covered_by(cast.dong)) == [dong]
    assert coverage_of(cast.phu_luong) == Coverage(total=2, without=1, noun="thôn")


@pytest.mark.parametrize("again", ["Hoà Bình", "hòa bình", "HOÀ  BÌNH", unicodedata.normalize("NFD", "Hoà Bình")])
def test_a_name_stands_once_however_it_is_spelt(cast: Cast, again: str):
    add(cast, "Hòa Bình")
    with pytest.raises(DomainError, match="đã có thôn") as refusal:
        add(cast, again)
    assert refusal.value.field == "name"
    add(cast, "Hòa Bình", kind=NEIGHBOURHOOD)
    add(cast, "Hòa Bình", commune=cast.tan_hoa, by="quyet")


def test_the_database_refuses_a_double_too(cast: Cast):
    add(cast, "Hòa Bình")
    with pytest.raises(IntegrityError), transaction.atomic():
        Settlement.everything.bulk_create([Settlement(commune=cast.phu_luong, kind=VILLAGE, name="Hoà Bình")])


def test_the_name_of_one_that_ended_may_be_taken_again(cast: Cast):
    old = add(cast, "Hòa Bình")
    end_settlement(old, on=timezone.localdate(), by=cast.actor("mai"))
    add(cast, "Hòa Bình")
    rows = Settlement.objects.everywhere(reason="a test").of(cast.phu_luong)
    assert (rows.living().count(), rows.ended().get()) == (1, old)


@pytest.mark.parametrize("branch", ["thuong", "tan_hoa", "province", "phu_luong"])
def test_the_branch_lies_below_the_commune(cast: Cast, branch: str):
    with pytest.raises(DomainError, match="không trực thuộc Đảng ủy xã Phú Lương") as refusal:
        assign_to_branch(add(cast, "Đông"), branch=getattr(cast, branch), by=cast.actor("mai"))
    assert refusal.value.field == "branch"
    assert Settlement.everything.get().branch is None


def test_todays_tree_decides(cast: Cast):
    dong = add(cast, "Đông", branch=cast.dong)
    Organisation.everything.filter(pk=cast.doai.pk).update(
        parent=cast.tan_hoa, path=f"{cast.tan_hoa.path}{cast.doai.pk}/"
    )
    with pytest.raises(DomainError):
        assign_to_branch(dong, branch=Organisation.everything.get(pk=cast.doai.pk), by=cast.actor("mai"))


def test_a_village_is_given_to_another_branch_and_to_none(cast: Cast):
    dong = add(cast, "Đông", branch=cast.dong)
    assign_to_branch(dong, branch=cast.doai, by=cast.actor("mai"))
    assign_to_branch(dong, branch=None, by=cast.actor("kien"))
    newest, before, _ = history_of(dong)
    assert [(c.what, c.before, c.after) for c in newest.changes] == [("chi bộ", "Chi bộ thôn Đoài", "–")]
    assert (newest.who, before.who) == ("Hồ Trung Kiên", "Đinh Thị Mai")


def test_only_communes_have_villages(cast: Cast):
    for organisation in (cast.dong, cast.province):
        with pytest.raises(DomainError, match="thuộc xã, phường"):
            add(cast, "Đông", by="kien", commune=organisation)


def test_many_are_pasted_a_line_each(cast: Cast):
    add(cast, "Đông")
    added = paste(
        cast,
        "thôn Nà Pài\n  - Bản  Mòn;\n3. TỔ DÂN PHỐ 7\ntdp 8\n\nCầu Đá\nThôn Đông\nthôn nà pài\nxóm Bản Cũ\nthôn 1\n",
    )
    assert names() == [
        "thôn 1", "tổ dân phố 7", "tổ dân phố 8", "xóm Bản Cũ", "thôn Cầu Đá", "thôn Đông", "bản Mòn", "thôn Nà Pài",
    ]  # fmt: skip
    assert added.doubles == ["thôn Đông", "thôn nà pài"]
    assert len(added.new) == 7


def test_a_line_without_a_kind_is_of_the_kind_that_was_chosen(cast: Cast):
    paste(cast, "Nà Pài\nBảng Vàng", UPLAND)
    assert names() == ["bản Bảng Vàng", "bản Nà Pài"]


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ("", "Chưa có dòng nào"),
        (" \n - \n", "Chưa có dòng nào"),
        ("thôn Nà Pài\nthôn", "Dòng 2 chưa có tên: “thôn”"),
        ("thôn Nà Pài\n!!!", "Dòng 2 chưa có tên"),
        ("thôn " + "a" * 121, "Dòng 1 dài quá"),
        ("\n".join(f"thôn {n}" for n in range(301)), "tối đa 300 dòng, đang có 301"),
    ],
)
def test_a_list_that_cannot_be_read_adds_nothing(cast: Cast, lines: str, sentence: str):
    with pytest.raises(DomainError, match=sentence) as refusal:
        paste(cast, lines)
    assert refusal.value.field == "lines"
    assert not Settlement.everything.exists()


def test_renaming_keeps_search_and_order(cast: Cast):
    village = add(cast, "Nà Pài")
    change_settlement(village, name="Đoài", kind=UPLAND, by=cast.actor("mai"))
    rows = Settlement.objects.everywhere(reason="a test")
    assert rows.matching("ban doai").get() == village
    assert not rows.matching("na pai").exists()
    add(cast, "Nà Pài")
    with pytest.raises(DomainError, match="đã có thôn nà pài"):
        change_settlement(village, name="nà pài", kind=VILLAGE, by=cast.actor("mai"))


@pytest.mark.parametrize("days", [1, 400])
def test_nothing_ends_on_a_day_to_come(cast: Cast, days: int):
    with pytest.raises(DomainError, match="không được sau hôm nay"):
        end_settlement(add(cast, "Đông"), on=timezone.localdate() + timedelta(days=days), by=cast.actor("mai"))


def test_what_has_ended_ends_no_more_and_gets_no_branch(cast: Cast):
    village = end_settlement(add(cast, "Đông"), on=date(2025, 7, 1), by=cast.actor("mai"))
    with pytest.raises(DomainError, match="đã kết thúc ngày 01/07/2025"):
        end_settlement(village, on=date(2025, 7, 2), by=cast.actor("mai"))
    with pytest.raises(DomainError, match="đã kết thúc"):
        assign_to_branch(village, branch=cast.dong, by=cast.actor("mai"))


@pytest.mark.parametrize("name", ["thinh", "hau", "son", "vinh", "quyet", "khoi", "xua"])
def test_only_the_offices_keep_the_list(cast: Cast, name: str):
    village, by = add(cast, "Đông", branch=cast.dong), cast.actor(name)
    for refused in (
        lambda: add(cast, "Nà Pài", by=name),
        lambda: add_settlements(commune=cast.phu_luong, lines="thôn x", otherwise=VILLAGE, by=by),
        lambda: change_settlement(village, name="x", kind=VILLAGE, by=by),
        lambda: assign_to_branch(village, branch=None, by=by),
        lambda: end_settlement(village, on=timezone.localdate(), by=by),
    ):
        with pytest.raises(NotAllowed):
            refused()
    assert names() == ["thôn Đông"]


@pytest.mark.parametrize(
    ("name", "seen"),
    [("mai", ["thôn Đoài", "thôn Đông"]), ("thinh", ["thôn Đông"]), ("hoa", ["thôn Đoài"]), ("quyet", []), ("xua", [])],
)
def test_who_reaches_the_commune_or_the_branch_sees_them(cast: Cast, name: str, seen: list[str]):
    add(cast, "Đông", branch=cast.dong)
    add(cast, "Đoài", branch=cast.doai)
    assert names(Settlement.objects.allowed(cast.actor(name), Permission.SEE_ORGANISATION)) == seen


@pytest.mark.parametrize(
    "change", [{"kind": "city"}, {"households": 5}, {"households_year": 2025}, {"branch_id": 9_000_002}]
)
def test_the_database_refuses_what_is_broken(cast: Cast, change: dict):
    add(cast, "Đông")
    with pytest.raises(IntegrityError), transaction.atomic():
        Settlement.everything.update(**change)


def test_counting_names_every_kind_that_lives_there(cast: Cast):
    paste(cast, "thôn 1\nthôn 2\nbản Mòn")
    end_settlement(add(cast, "Đông", kind=NEIGHBOURHOOD), on=date(2025, 7, 1), by=cast.actor("mai"))
    part = place(9_100_000, "PL-P", "Đảng bộ bộ phận Mòn", Kind.PART, cast.phu_luong)
    assign_to_branch(Settlement.everything.get(name="Mòn"), branch=part, by=cast.actor("mai"))
    assert coverage_of(cast.phu_luong) == Coverage(total=3, without=2, noun="thôn, bản")
