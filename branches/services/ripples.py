"""Ripples of one table at one place become one row, by the clock. What they come to stays, also for those who read it meanwhile."""

from django.db import connection, transaction

from branches.models.ripple import EVERYWHERE, TREE, UNSETTLED

FOLD = """
WITH gone AS (
    DELETE FROM branches_ripple WHERE (place, source) IN (SELECT place, source FROM branches_ripple WHERE NOT folded)
    RETURNING place, source, value
)
INSERT INTO branches_ripple (place, source, value, folded)
SELECT place, source, bit_xor(value), true FROM gone GROUP BY place, source
RETURNING place, source
"""
# Where the tree has changed, whoever was writing then may still leave ripples where things stood before. All who can are those
# that have begun by now; when the last of them is done, things may be kept again.
UNSETTLE = """
INSERT INTO branches_ripple (place, source, value, folded)
VALUES (%s, pg_snapshot_xmax(pg_current_snapshot())::text, 0, true)
"""
SETTLE = """
DELETE FROM branches_ripple WHERE place = %s AND source::xid8 <= pg_snapshot_xmin(pg_current_snapshot())
"""
ONE_AT_A_TIME = "SELECT pg_try_advisory_xact_lock(hashtext('branches_ripple'))"


@transaction.atomic
def fold_ripples() -> None:
    with connection.cursor() as cursor:
        cursor.execute(ONE_AT_A_TIME)
        if not cursor.fetchone()[0]:
            return
        cursor.execute(SETTLE, [UNSETTLED])
        cursor.execute(FOLD)
        if (EVERYWHERE, TREE) in cursor.fetchall():
            cursor.execute(UNSETTLE, [UNSETTLED])
