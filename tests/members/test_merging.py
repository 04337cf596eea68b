"""Two records of one person become one, and come apart again to the row."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection

from members.models import BadgeAward, ClosedRecord, Correction, Member, State
from members.services.memberships import introduce_at_residence, receive_temporarily
from members.services.merging import merge_members, undo_merge
from members.services.states import relieve
from portal.words.errors import DomainError, NotAllowed
from tests.cast import Cast
from tests.members.people import on_the_roll

TABLES = ("member", "membership", "statespell", "residencelink", "badgeaward", "closedrecord", "correction")


@pytest.fixture
def twice(cast: Cast, po: Member) -> Member:
    """Pó a second time, in the next village, with everything a record can have."""
    other = on_the_roll(
        cast.doai, "Quàng Văn Pó", since=date(2010, 1, 1), phone="0912345678", card_number="00077", account=cast["hau"],
        admitted_on=None, decided_on=None, official_on=None, born_on=date(1975, 1, 1), born_known_to="year",
    )  # fmt: skip
    day = timedelta(days=1)
    relieve(other, state=State.EXEMPT, since=date(2026, 1, 1), ground="ốm", by=cast.actor("mai"))
    receive_temporarily(
        other, at=cast.dong, since=date(2026, 2, 1), until=date(2026, 2, 1) + 90 * day, by=cast.actor("mai")
    )
    introduce_at_residence(other, branch=cast.dong, status="introduced", since=date(2020, 1, 1), by=cast.actor("mai"))
    BadgeAward(member=other, years=30, on=date(2026, 2, 3)).save()
    ClosedRecord(member=other, religion="Không").save()
    for member in (po, other):
        Correction(member=member, column="phone", after="0987654321", asked_by=cast["hau"]).save()
    other.refresh_from_db()
    return other


def everything() -> dict[str, list[tuple[Any, ...]]]:
    found = {}
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT * FROM members_{table} ORDER BY id")
            found[table] = cursor.fetchall()
    return found


def test_what_the_kept_record_lacks_it_takes_from_the_other(cast: Cast, po: Member, twice: Member):
    merge_members(kept=po, dropped=twice, by=cast.actor("mai"))
    po.refresh_from_db()
    twice.refresh_from_db()
    assert (po.phone, po.card_number, po.account) == ("0912345678", "00077", cast["hau"])
    assert po.born_on == date(1975, 5, 19)  # both said something: the kept one is right
    assert (po.relief, po.branch) == ("exempt", cast.dong)
    assert (twice.branch, twice.merged_into, twice.account) == (None, po, None)
    assert po.badges.count() == po.residences.count() == 1


def test_the_dropped_record_is_on_no_roll(cast: Cast, po: Member, twice: Member):
    from members.queries.roll import roll_of

    merge_members(kept=po, dropped=twice, by=cast.actor("mai"))
    assert list(roll_of(cast.phu_luong, cast.actor("mai"))) == [po]


def test_undoing_leads_back_to_the_row(cast: Cast, po: Member, twice: Member):
    before = everything()
    merge = merge_members(kept=po, dropped=twice, by=cast.actor("mai"))
    assert everything() != before
    undo_merge(merge, by=cast.actor("mai"))
    assert everything() == before


def test_what_changed_since_stands_in_the_way_of_undoing(cast: Cast, po: Member, twice: Member):
    from members.services.records import change_member

    merge = merge_members(kept=po, dropped=twice, by=cast.actor("mai"))
    po.refresh_from_db()
    change_member(po, version=po.version, facts={"phone": "0900000000"}, by=cast.actor("thinh"))
    with pytest.raises(DomainError, match="đã thay đổi"):
        undo_merge(merge, by=cast.actor("mai"))


def test_merged_twice_or_with_itself_is_refused(cast: Cast, po: Member, twice: Member):
    with pytest.raises(DomainError, match="khác nhau"):
        merge_members(kept=po, dropped=po, by=cast.actor("mai"))
    merge_members(kept=po, dropped=twice, by=cast.actor("mai"))
    twice.refresh_from_db()
    with pytest.raises((DomainError, NotAllowed)):
        merge_members(kept=po, dropped=twice, by=cast.actor("mai"))


@pytest.mark.parametrize("name", ["thinh", "son", "quyet"])
def test_the_commune_merges_and_nobody_else(cast: Cast, po: Member, twice: Member, name: str):
    with pytest.raises(NotAllowed):
        merge_members(kept=po, dropped=twice, by=cast.actor(name))
