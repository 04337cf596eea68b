"""Studying a document: who may ask and record, and a coverage that a second count agrees with."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from directives.models import Document, Studied, Study, StudySession
from directives.queries.study import coverage_of
from directives.services import documents
from directives.services.study import order_study, record_session
from members.models import Member, State, StateSpell
from members.services.memberships import move_member
from members.services.merging import merge_members
from members.services.roll import settle_rolls
from portal.words.errors import DomainError, NotAllowed
from tests.cast import Cast
from tests.directives.papers import a_document
from tests.directives.test_pages import queries_of
from tests.members.people import on_the_roll
from tests.recount.study import coverage

TODAY = timezone.localdate
People = list[Member]


@pytest.fixture
def plan(cast: Cast) -> Document:
    return a_document(cast.phu_luong, "Kế hoạch")


@pytest.fixture
def study(cast: Cast, plan: Document) -> Study:
    return order_study(plan, organisation=cast.phu_luong, due_on=TODAY() + timedelta(days=30), by=cast.actor("mai"))


@pytest.fixture
def dong(cast: Cast) -> People:
    return [on_the_roll(cast.dong, f"Lò Văn Pành {number}") for number in range(4)]


def recounted(study: Study, path: str) -> dict[int, tuple[int, int]]:
    def rows(sql: str, values: Any) -> list[tuple]:
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            return cursor.fetchall()

    return coverage(rows, study.pk, path, TODAY())


def test_coverage_is_what_a_second_count_says(cast: Cast, study: Study, dong: People):
    doai = [on_the_roll(cast.doai, f"Ma Thị Sinh {number}") for number in range(3)]
    StateSpell(member=dong[3], state=State.EXEMPT, since=date(2020, 1, 1)).save()
    settle_rolls()
    record_session(study, branch=cast.dong, held_on=TODAY(), members=dong[:2], by=cast.actor("thom"))
    record_session(
        study, branch=cast.dong, held_on=TODAY() - timedelta(days=1), members=dong[1:3], by=cast.actor("thinh")
    )
    record_session(study, branch=cast.doai, held_on=TODAY(), members=doai[:1], by=cast.actor("hoa"))
    move_member(doai[0], to=cast.dong, on=TODAY(), by=cast.actor("mai"))  # keeps what was learnt
    whole, parts = coverage_of(study, cast.phu_luong)
    expected = {cast.dong.pk: (4, 4), cast.doai.pk: (2, 0)}
    assert {part.organisation.pk: (part.expected, part.reached) for part in parts} == expected
    assert recounted(study, cast.phu_luong.path) == expected
    assert (whole.expected, whole.reached, whole.branches, whole.branches_done) == (6, 4, 2, 2)


def test_two_records_of_one_person_count_once_after_merging(cast: Cast, study: Study, dong: People):
    record_session(study, branch=cast.dong, held_on=TODAY(), members=dong[:2], by=cast.actor("thinh"))
    merge_members(kept=dong[0], dropped=dong[1], by=cast.actor("mai"))
    assert Studied.everything.count() == 1
    assert coverage_of(study, cast.dong)[0].reached == recounted(study, cast.dong.path)[cast.dong.pk][1] == 1


def test_recorded_again_the_last_record_stands(cast: Cast, study: Study, dong: People):
    for members in (dong[:3], dong[2:]):
        record_session(study, branch=cast.dong, held_on=TODAY(), members=members, by=cast.actor("thinh"))
    assert set(Studied.everything.values_list("member", flat=True)) == {one.pk for one in dong[2:]}
    assert StudySession.everything.count() == 1


@pytest.mark.parametrize(
    ("name", "branch", "refusal"),
    [
        ("hau", "dong", NotAllowed),
        ("hoa", "dong", NotAllowed),
        ("vinh", "dong", NotAllowed),
        ("yen", "thuong", DomainError),
    ],
)
def test_who_may_not_record_is_refused(cast: Cast, study: Study, dong: People, name: str, branch: str, refusal: type):
    with pytest.raises(refusal):
        record_session(study, branch=getattr(cast, branch), held_on=TODAY(), members=dong, by=cast.actor(name))


@pytest.mark.parametrize("name", ["thinh", "son", "quyet"])
def test_who_may_not_ask_is_refused(cast: Cast, plan: Document, name: str):
    with pytest.raises(NotAllowed):
        order_study(plan, organisation=cast.phu_luong, due_on=TODAY(), by=cast.actor(name))


@pytest.mark.parametrize(
    ("days", "how_many", "sentence"),
    [(1, 1, "chưa diễn ra"), (-2_000, 1, "trước ngày ban hành"), (0, 0, "ít nhất một")],
)
def test_a_session_that_cannot_be_is_refused(
    cast: Cast, study: Study, dong: People, days: int, how_many: int, sentence: str
):
    held_on = TODAY() + timedelta(days=days)
    with pytest.raises(DomainError, match=sentence):
        record_session(study, branch=cast.dong, held_on=held_on, members=dong[:how_many], by=cast.actor("thinh"))


def test_a_member_of_another_branch_is_refused(cast: Cast, study: Study, dong: People):
    with pytest.raises(DomainError, match="của chi bộ này"):
        record_session(study, branch=cast.doai, held_on=TODAY(), members=dong, by=cast.actor("hoa"))


def test_a_secret_paper_is_not_studied_here(cast: Cast):
    secret = documents.register_secret(symbol="05-BC/ĐU", secrecy="secret", by=cast.actor("mai"))
    with pytest.raises(DomainError, match="mật"):
        order_study(secret, organisation=cast.phu_luong, due_on=TODAY(), by=cast.actor("mai"))


def test_a_branch_records_its_session_on_the_page(
    cast: Cast, study: Study, dong: People, sign_in: Callable[[str], Client]
):
    browser, path = sign_in("thom"), f"/quan-triet/{study.pk}/chi-bo/{cast.dong.pk}/"
    assert "Lò Văn Pành 0" in browser.get(path).content.decode()
    sent = {"held_on": f"{TODAY():%Y-%m-%d}", "members": [str(dong[0].pk), str(dong[1].pk)], "within_meeting": "on"}
    assert browser.post(path, sent).status_code == 302
    page = browser.get(f"/van-ban/{study.document_id}/quan-triet/").content.decode()
    assert "2/4 (50\u00a0%)" in page
    assert "Lò Văn Pành" not in page  # figures only
    assert browser.post(path, sent | {"held_on": ""}).content.decode().count("Lò Văn Pành") == 4  # nothing is lost


def test_more_branches_cost_no_more_queries(cast: Cast, study: Study, dong: People, sign_in: Callable[[str], Client]):
    for name in ("mai", "kien"):
        browser, path = sign_in(name), f"/van-ban/{study.document_id}/quan-triet/"
        few = queries_of(browser, path)
        for number in range(4):
            on_the_roll(cast.doai, f"Hà Văn Tám {number}")
            record_session(
                study, branch=cast.dong, held_on=TODAY() - timedelta(days=number), members=dong, by=cast.actor("mai")
            )
        assert queries_of(browser, path) == few
