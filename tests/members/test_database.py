"""What the database itself refuses about people, whatever road it comes by."""

import pytest
from django.db import DatabaseError, connection, transaction

from tests.cast import Cast
from tests.members.people import on_the_roll

NOW = "(SELECT id FROM members_member)"


@pytest.mark.parametrize(
    "sql",
    [
        f"INSERT INTO members_membership (member_id, organisation_id, kind, attends, ground, decision) SELECT {NOW}, id, 'main', true, '', '' FROM branches_organisation WHERE code = 'PL-2'",
        f"INSERT INTO members_statespell (member_id, state, ground, decision, since) VALUES ({NOW}, 'probationary', '', '', '2026-01-01')",
        f"INSERT INTO members_statespell (member_id, state, ground, decision) SELECT {NOW}, state, '', '' FROM unnest(ARRAY['exempt', 'deferred']) AS state",
        "UPDATE members_membership SET until = '1990-01-01'",
        "UPDATE members_membership SET kind = 'guest'",
        "UPDATE members_statespell SET state = 'angry'",
        "UPDATE members_member SET full_name = ''",
        "UPDATE members_member SET card_number = ''",
        "UPDATE members_member SET sex = 'x'",
        "UPDATE members_member SET phone = '0912 345'",
        "UPDATE members_member SET born_on = '2000-01-01', admitted_on = '1999-01-01'",
        "UPDATE members_member SET admitted_on = '2020-01-01', official_on = '2019-01-01'",
        "UPDATE members_member SET merged_into_id = id",
    ],
)
def test_it_is_refused(cast: Cast, sql: str):
    on_the_roll(cast.dong, "Nguyễn Văn An")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_one_card_number_is_one_record(cast: Cast):
    on_the_roll(cast.dong, "Nguyễn Văn An", card_number="123")
    other = on_the_roll(cast.dong, "Nguyễn Văn An", card_number="124")
    with pytest.raises(DatabaseError), transaction.atomic():
        type(other).everything.filter(pk=other.pk).update(card_number="123")
