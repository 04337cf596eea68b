"""The record: entered once, kept right; corrections; the closed part; badges; the account."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from members.models import BadgeAward, ClosedRecord, Correction, Member, Precision, State
from members.services.badges import give_badge
from members.services.corrections import accept_correction, ask_for_correction, refuse_correction
from members.services.records import change_member, enter_member, link_account, write_closed_record
from portal.words.errors import ChangedMeanwhile, DomainError, NotAllowed
from tests.cast import Cast
from tests.members.people import on_the_roll


def test_who_is_entered_stands_on_the_roll_at_once(cast: Cast):
    facts = {"full_name": "Lò Thị Pành", "admitted_on": date(2026, 1, 5)}
    new = enter_member(
        branch=cast.dong, since=date(2026, 1, 5), state=State.PROBATIONARY, facts=facts, by=cast.actor("thinh")
    )
    assert (new.branch, new.state, new.standing) == (cast.dong, "probationary", "Dự bị")
    assert new.party_age is None


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"card_number": "00012"}, "card_number"),
        ({"admitted_on": date(2000, 1, 1), "official_on": date(1999, 1, 1)}, "official_on"),
        ({"born_on": date(2000, 1, 1), "admitted_on": date(2000, 1, 1)}, "born_on"),
    ],
)
def test_what_the_database_refuses_gets_its_sentence(cast: Cast, facts: dict, field: str):
    on_the_roll(cast.dong, "Ma Văn Sùng", card_number="00012")
    with pytest.raises(DomainError) as refused:
        enter_member(
            branch=cast.dong, since=date(2020, 1, 1), state=State.FULL, facts={"full_name": "Lò Thị Pành"} | facts,
            by=cast.actor("thinh"),
        )  # fmt: skip
    assert refused.value.field == field


def test_whoever_saves_second_is_told(cast: Cast, po: Member):
    change_member(po, version=1, facts={"job": "Thợ xây"}, by=cast.actor("thinh"))
    with pytest.raises(ChangedMeanwhile):
        change_member(po, version=1, facts={"job": "Nông dân"}, by=cast.actor("mai"))
    po.refresh_from_db()
    assert po.job == "Thợ xây"


@pytest.fixture
def hau(cast: Cast) -> Member:
    return on_the_roll(cast.dong, "Phạm Đức Hậu", account=cast["hau"], born_known_to=Precision.YEAR)


def test_a_correction_is_accepted_with_one_press(cast: Cast, hau: Member):
    asked = ask_for_correction(hau, column="born_on", after="1975-06-01", by=cast.actor("hau"))
    assert (asked.said_before, asked.said_after) == ("19/05/1975", "01/06/1975")
    accept_correction(asked, by=cast.actor("thinh"))
    hau.refresh_from_db()
    assert (hau.born_on, hau.born) == (date(1975, 6, 1), "01/06/1975")  # a whole day is known now
    assert hau.version == 2


def test_a_correction_is_refused_with_a_reason(cast: Cast, hau: Member):
    asked = ask_for_correction(hau, column="phone", after="0912 345 678", by=cast.actor("hau"))
    assert asked.after == "0912345678"
    with pytest.raises(DomainError, match="vì sao"):
        refuse_correction(asked, reason=" ", by=cast.actor("thinh"))
    refuse_correction(asked, reason="Chưa có giấy tờ", by=cast.actor("thinh"))
    with pytest.raises(DomainError, match="đã được trả lời"):
        accept_correction(asked, by=cast.actor("thinh"))


@pytest.mark.parametrize(
    ("column", "after", "sentence"),
    [
        ("phone", "12", "chưa đúng"),
        ("sex", "khác", "viết chưa đúng"),
        ("born_on", "2026-02-30", "viết chưa đúng"),
        ("state", "full", "không xin sửa được"),
        ("full_name", "Phạm Đức Hậu", "đang ghi đúng như vậy"),
        ("full_name", "", "viết chưa đúng"),
    ],
)
def test_what_cannot_be_asked_for(cast: Cast, hau: Member, column: str, after: str, sentence: str):
    with pytest.raises(DomainError, match=sentence):
        ask_for_correction(hau, column=column, after=after, by=cast.actor("hau"))


def test_one_question_about_a_thing_at_a_time_and_ones_own_only(cast: Cast, hau: Member, po: Member):
    ask_for_correction(hau, column="job", after="Thợ mộc", by=cast.actor("hau"))
    with pytest.raises(DomainError, match="đang chờ"):
        ask_for_correction(hau, column="job", after="Thợ xây", by=cast.actor("hau"))
    with pytest.raises(NotAllowed):
        ask_for_correction(po, column="job", after="Thợ mộc", by=cast.actor("hau"))


def test_nobody_answers_the_own_question(cast: Cast):
    own = on_the_roll(cast.dong, "Lò Văn Thịnh", account=cast["thinh"])
    asked = ask_for_correction(own, column="job", after="Thợ mộc", by=cast.actor("thinh"))
    with pytest.raises(NotAllowed):
        accept_correction(asked, by=cast.actor("thinh"))
    accept_correction(asked, by=cast.actor("mai"))
    assert Correction.everything.get().answer == "accepted"


def test_the_closed_part_is_written_by_who_keeps_the_roll(cast: Cast, po: Member):
    said = {"religion": "Không", "health": "Tốt", "remarks": ""}
    write_closed_record(po, version=0, **said, by=cast.actor("thinh"))
    with pytest.raises(ChangedMeanwhile):
        write_closed_record(po, version=0, **said, by=cast.actor("mai"))
    with pytest.raises(NotAllowed):  # inspectors read it
        write_closed_record(po, version=1, **said, by=cast.actor("son"))
    assert ClosedRecord.everything.get().version == 1


def test_an_account_opens_one_record_and_is_of_ones_own_reach(cast: Cast, po: Member):
    link_account(po, account=cast["hau"], by=cast.actor("mai"))
    other = on_the_roll(cast.doai, "Vàng A Lử")
    with pytest.raises(DomainError, match="đã nối với hồ sơ của đ/c Quàng Văn Pó"):
        link_account(other, account=cast["hau"], by=cast.actor("mai"))
    with pytest.raises(DomainError, match="không giữ vai trò nào"):
        link_account(other, account=cast["yen"], by=cast.actor("mai"))
    with pytest.raises(NotAllowed):
        link_account(other, account=cast["hoa"], by=cast.actor("thinh"))
    link_account(po, account=None, by=cast.actor("mai"))
    assert Member.everything.filter(account=cast["hau"]).count() == 0


def test_badges_by_the_rules(cast: Cast):
    today = timezone.localdate()
    old = on_the_roll(cast.dong, "Giàng A Páo", since=date(1990, 1, 1), born_on=date(1960, 1, 1))
    Member.everything.filter(pk=old.pk).update(
        decided_on=date(1994, 1, 10), admitted_on=date(1994, 2, 1), official_on=date(1995, 2, 1)
    )
    old.refresh_from_db()
    by = cast.actor("thinh")
    with pytest.raises(DomainError, match="Không có Huy hiệu 35 năm"):
        give_badge(old, years=35, on=today, by=by)
    with pytest.raises(DomainError, match="mới đủ 30 năm"):
        give_badge(old, years=30, on=date(2023, 1, 9), by=by)  # a year and a day early
    with pytest.raises(DomainError, match="chưa đến"):
        give_badge(old, years=30, on=today + timedelta(days=1), by=by)
    give_badge(old, years=30, on=date(2024, 2, 3), by=by)
    with pytest.raises(DomainError, match="Đã ghi trao"):
        give_badge(old, years=30, on=date(2024, 2, 3), by=by)
    assert BadgeAward.everything.get().on == date(2024, 2, 3)
