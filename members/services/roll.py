"""Today's copy of the dated rows on each member: branch, state, relief. Kept after every change, and each night."""

from collections.abc import Iterable
from datetime import date

from django.db import connection
from django.utils import timezone

# The row of today; else the last one that was; else the first one that will be.
NEAREST = "ORDER BY daterange(since, until, '[]') @> %(today)s DESC, since > %(today)s, abs(since - %(today)s) LIMIT 1"
COPY = f"""
UPDATE members_member member SET branch_id = now.branch_id, state = now.state, relief = now.relief
FROM (
    SELECT known.id, membership.organisation_id AS branch_id, COALESCE(spell.state, '') AS state,
           COALESCE(relief.state, '') AS relief
    FROM members_member known
    LEFT JOIN LATERAL (
        SELECT organisation_id FROM members_membership WHERE member_id = known.id AND kind = 'main' {NEAREST}
    ) membership ON true
    LEFT JOIN LATERAL (
        SELECT state FROM members_statespell
        WHERE member_id = known.id AND state NOT IN ('exempt', 'deferred') {NEAREST}
    ) spell ON true
    LEFT JOIN LATERAL (
        SELECT state FROM members_statespell
        WHERE member_id = known.id AND state IN ('exempt', 'deferred') AND daterange(since, until, '[]') @> %(today)s
        LIMIT 1
    ) relief ON true
    WHERE %(everybody)s OR known.id = ANY (%(members)s)
) now
WHERE member.id = now.id
  AND (member.branch_id, member.state, member.relief) IS DISTINCT FROM (now.branch_id, now.state, now.relief)
"""  # noqa: S608  only our own words are put together


def settle_rolls(members: Iterable[int] | None = None, *, today: date | None = None) -> int:
    """Of these, or of everybody. One statement, however many; says how many changed."""
    facts = {"today": today or timezone.localdate(), "everybody": members is None, "members": list(members or [])}
    with connection.cursor() as cursor:
        cursor.execute(COPY, facts)
        return cursor.rowcount
