"""Totals shared out: from the province to a commune, on to its branches; the sum beside what was received."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.test import Client

from branches.services.reorganisation import dissolve_organisation, undo_reorganisation
from directives.models import TargetShare, TargetTotal
from directives.queries.shares import SharedOut, actuals_of, amounts_of, given_by, within_its_term
from directives.queries.targets import targets_to_share
from directives.services.figures import give_shares, hand_on, open_total, say_by_hand
from portal.indicators import registry
from portal.indicators.registry import Figure, Indicator
from portal.words.errors import DomainError, NotAllowed
from tests.cast import Cast
from tests.directives.papers import a_document, a_target

YEAR = {"first_year": 2026, "last_year": 2026}


@pytest.fixture(autouse=True)
def today() -> Any:
    with time_machine.travel("2026-11-15 09:00+07:00"):
        yield


@pytest.fixture
def total(cast: Cast) -> TargetTotal:
    return admissions(cast)


def admissions(cast: Cast, amount: int = 100, **facts: Any) -> TargetTotal:
    said = {"name": "Kết nạp đảng viên", "unit": "đảng viên", "amount": amount} | YEAR | facts
    return open_total(cast.province, **said, by=cast.actor("kien"))


def test_a_share_is_handed_on_and_its_sum_held_against_what_was_received(cast: Cast, total: TargetTotal):
    amounts = {cast.phu_luong.pk: 40, cast.tan_hoa.pk: 60}
    assert give_shares(total, amounts=amounts, by=cast.actor("kien")) == 0
    below = hand_on(TargetShare.everything.get(receiver=cast.phu_luong), by=cast.actor("mai"))
    assert give_shares(below, amounts={cast.dong.pk: 20, cast.doai.pk: 15}, by=cast.actor("mai")) == 5
    assert [one.words for one in given_by(cast.phu_luong)] == ["Đã giao 35/40\u00a0đảng viên, còn 5"]
    assert give_shares(below, amounts={cast.dong.pk: 30, cast.doai.pk: 15}, by=cast.actor("mai")) == -5
    assert [one.words for one in given_by(cast.phu_luong)] == ["Đã giao 45/40\u00a0đảng viên, vượt 5"]
    assert [one.words for one in given_by(cast.province)] == ["Đã giao 100/100\u00a0đảng viên, vừa đủ"]
    give_shares(total, amounts={cast.phu_luong.pk: 45}, by=cast.actor("kien"))  # what those above change, is received
    assert given_by(cast.phu_luong)[0].left == 0


def test_an_empty_figure_takes_the_part_away_unless_it_was_handed_on(cast: Cast, total: TargetTotal):
    give_shares(total, amounts={cast.phu_luong.pk: 40, cast.tan_hoa.pk: 60}, by=cast.actor("kien"))
    hand_on(TargetShare.everything.get(receiver=cast.phu_luong), by=cast.actor("mai"))
    give_shares(total, amounts={cast.tan_hoa.pk: None}, by=cast.actor("kien"))
    assert amounts_of(total) == {cast.phu_luong.pk: 40}
    with pytest.raises(DomainError, match="đã phân bổ tiếp"):
        give_shares(total, amounts={cast.phu_luong.pk: None}, by=cast.actor("kien"))


def test_years_are_held_against_their_term(cast: Cast):
    term = admissions(cast, 450, first_year=2025, last_year=2030)
    first, second = (admissions(cast, 200, first_year=year, last_year=year) for year in (2026, 2027))
    found = within_its_term(first)
    assert (found.total, found.given, found.left) == (term, 400, 50)
    assert within_its_term(second).given == 400
    assert within_its_term(term) is None
    other = admissions(cast, 9, name="Mở lớp")
    assert within_its_term(other) is None


def test_the_same_of_the_same_year_is_opened_once(cast: Cast, total: TargetTotal):
    with pytest.raises(DomainError, match="đã được lập"):
        admissions(cast)
    assert admissions(cast, first_year=2027, last_year=2027).pk != total.pk


@pytest.mark.parametrize("name", ["thinh", "son", "hau", "quyet"])
def test_who_may_not_give_is_refused(cast: Cast, name: str):
    with pytest.raises(NotAllowed):
        open_total(cast.phu_luong, name="Kết nạp", unit="đảng viên", amount=9, **YEAR, by=cast.actor(name))


def test_only_for_those_directly_below(cast: Cast, total: TargetTotal):
    with pytest.raises(DomainError, match="trực thuộc trực tiếp"):
        give_shares(total, amounts={cast.dong.pk: 1}, by=cast.actor("kien"))
    with pytest.raises(DatabaseError), transaction.atomic():
        TargetShare(total=total, receiver=cast.dong, amount=1).save()


def test_what_was_received_belongs_to_whom_it_was_given(cast: Cast, total: TargetTotal):
    give_shares(total, amounts={cast.tan_hoa.pk: 60}, by=cast.actor("kien"))
    share = TargetShare.everything.get()
    with pytest.raises(DatabaseError), transaction.atomic():
        TargetTotal(giver=cast.phu_luong, name="Kết nạp", unit="đảng viên", received=share, **YEAR).save()
    with pytest.raises(NotAllowed):
        hand_on(share, by=cast.actor("mai"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""}, {"amount": 0}, {"amount": None}, {"first_year": 2026, "last_year": 2025},
        {"first_year": 2025, "last_year": 2031}, {"first_year": 1999, "last_year": 1999},
    ],
)  # fmt: skip
def test_the_database_refuses_what_cannot_be(cast: Cast, wrong: dict[str, Any]):
    facts = {"name": "Kết nạp", "unit": "đảng viên", "amount": 9} | YEAR | wrong
    with pytest.raises(DatabaseError), transaction.atomic():
        TargetTotal(giver=cast.province, **facts).save()


def test_what_has_come_of_it_is_counted_at_each_receiver(
    cast: Cast, total: TargetTotal, monkeypatch: pytest.MonkeyPatch
):
    receivers = [cast.phu_luong, cast.tan_hoa]
    assert actuals_of(total, receivers, date(2026, 11, 15)) is None  # nothing counts it yet
    parts = {cast.dong.pk: Figure(2, 2), cast.doai.pk: Figure(1, 1), cast.thuong.pk: Figure(5, 5)}
    one = Indicator("growth.admitted", "Kết nạp", "đảng viên", lambda place, first, last: parts)
    monkeypatch.setattr(registry, "_published", registry._published | {one.code: one})
    total.indicator = one.code
    assert actuals_of(total, receivers, date(2026, 11, 15)) == {cast.phu_luong.pk: 3, cast.tan_hoa.pk: 5}


def test_more_and_less_than_the_total_are_told_apart(total: TargetTotal):
    assert [(SharedOut(total, given).tone, SharedOut(total, given).over) for given in (99, 100, 101)] == [
        ("warn", 0), ("ok", 0), ("warn", 1),
    ]  # fmt: skip


def test_the_table_is_filled_in_and_keeps_what_was_typed(
    cast: Cast, total: TargetTotal, sign_in: Callable[[str], Client]
):
    path, key = f"/phan-bo/{total.pk}/", f"phan-{cast.phu_luong.pk}"
    answer = sign_in("kien").post(path, {"amount": "120", key: "45", f"phan-{cast.tan_hoa.pk}": ""}, follow=True)
    assert "Còn 75 đảng viên so với tổng số" in answer.text
    assert (amounts_of(total), TargetTotal.everything.get().amount) == ({cast.phu_luong.pk: 45}, 120)
    wrong = sign_in("kien").post(path, {"amount": "120", key: "nhiều"})
    assert 'value="nhiều"' in wrong.text
    assert amounts_of(total) == {cast.phu_luong.pk: 45}


def test_a_commune_opens_a_total_of_its_own_by_two_pages(cast: Cast, as_mai: Client):
    path = f"/to-chuc/{cast.phu_luong.pk}/chi-tieu/phan-bo/moi/"
    said = {"subject": "rieng", "name": "Kết nạp đảng viên", "period": "2026-2026", "amount": "40", "unit": "đảng viên"}
    answer = as_mai.post(path, said, follow=True)
    assert "Chi bộ thôn Đông" in answer.text
    total = TargetTotal.everything.get()
    assert (total.giver, total.amount, total.period) == (cast.phu_luong, 40, "năm 2026")
    assert "Ghi nội dung của chỉ tiêu." in as_mai.post(path, said | {"name": ""}).text
    assert "đã được lập" in as_mai.post(path, said).text


def test_a_value_is_said_by_hand_with_who_and_when(cast: Cast, as_thinh: Client):
    target = a_target(a_document(None, "Nghị quyết"))
    path = f"/to-chuc/{cast.dong.pk}/chi-tieu/{target.pk}/ghi-tay/"
    said = {"as_of": "2026-11-01", "value": "92,5", "words": "Rà soát của chi bộ"}
    answer = as_thinh.post(path, said, follow=True)
    assert "ghi tay, đến 01/11/2026" in answer.text
    assert "Rà soát của chi bộ; Lò Văn Thịnh ghi 15/11/2026" in answer.text
    assert "Tỷ lệ không quá 100 %" in as_thinh.post(path, said | {"value": "101"}).text.replace("\u00a0", " ")
    assert "Ngày này chưa đến." in as_thinh.post(path, said | {"as_of": "2026-11-16"}).text
    as_thinh.post(path, said | {"value": "80"})  # said again for the same day, it is put right
    assert [one.value for one in target.hand_values.all()] == [80]


def test_what_the_portal_measures_is_not_said_by_hand(cast: Cast):
    target = a_target(a_document(None, "Nghị quyết"), "meetings.attendance")
    with pytest.raises(DomainError, match="cổng tự đo"):
        say_by_hand(target, organisation=cast.dong, as_of=date(2026, 1, 1), value=1, words="x", by=cast.actor("thinh"))


def test_the_part_of_a_branch_that_ends_goes_to_its_heir(cast: Cast):
    total = open_total(cast.phu_luong, name="Kết nạp", unit="đảng viên", amount=9, **YEAR, by=cast.actor("mai"))
    give_shares(total, amounts={cast.dong.pk: 5, cast.doai.pk: 4}, by=cast.actor("mai"))
    record = dissolve_organisation(cast.doai, heir=cast.dong, on=date(2026, 11, 1), by=cast.actor("mai"))
    assert amounts_of(total) == {cast.dong.pk: 9, cast.doai.pk: 0}
    undo_reorganisation(record, by=cast.actor("mai"))
    assert amounts_of(total) == {cast.dong.pk: 5, cast.doai.pk: 4}


def test_only_what_is_a_number_of_something_is_offered_to_be_shared(cast: Cast):
    document = a_document(None, "Nghị quyết")
    number = a_target(document, value=40, unit="đảng viên")
    elsewhere = a_target(document, comparison="", value=None, unit="", value_words="chỉ tiêu Đại hội")
    a_target(document)
    a_target(document, "meetings.attendance", value=4, unit="buổi")
    a_target(document, comparison="", value=None, unit="")
    a_target(document, value=9, unit="đảng viên", timing={"until": date(2026, 11, 14)})
    found = targets_to_share(cast.phu_luong, cast.actor("mai"), date(2026, 11, 15))
    assert set(found) == {number, elsewhere}
