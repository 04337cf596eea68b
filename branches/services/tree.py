"""Today's copy of the dated tree: name, symbol, rank, parent and path on each organisation, for the door and every list."""

from datetime import date

import pgtrigger
from django.db import connection, transaction
from django.utils import timezone

from branches.models import Kind, Organisation
from branches.summary import so_far
from branches.summary.facts import Pair
from branches.summary.months import month_of
from branches.summary.recount import recount
from portal.live.versions import touched

# Where each organisation hangs today: its placement of today; else, when it has ended, under who keeps its records; else
# where it will hang, or last hung. From the roots down this gives the paths. Only rows that differ come back.
DIFFERENT = """
WITH RECURSIVE hung (id, parent_id) AS (
    SELECT organisation.id, CASE
        WHEN organisation.keeper_id IS NOT NULL AND organisation.dissolved_on <= %(today)s THEN organisation.keeper_id
        ELSE placement.parent_id
    END
    FROM branches_organisation organisation
    LEFT JOIN LATERAL (
        SELECT parent_id FROM branches_placement
        WHERE organisation_id = organisation.id
        ORDER BY daterange(since, until, '[]') @> %(today)s DESC, since > %(today)s DESC, abs(since - %(today)s)
        LIMIT 1
    ) placement ON true
),
tree (id, parent_id, path) AS (
    SELECT id, parent_id, '/' || id || '/' FROM hung WHERE parent_id IS NULL
    UNION ALL
    SELECT hung.id, hung.parent_id, tree.path || hung.id || '/' FROM hung JOIN tree ON tree.id = hung.parent_id
)
SELECT tree.id, tree.parent_id, tree.path, standing.name, standing.symbol, standing.rank
FROM tree
JOIN branches_organisation organisation ON organisation.id = tree.id
JOIN LATERAL (
    SELECT name, symbol, rank FROM branches_standing
    WHERE organisation_id = organisation.id
    ORDER BY daterange(since, until, '[]') @> %(today)s DESC, since > %(today)s DESC, abs(since - %(today)s)
    LIMIT 1
) standing ON true
WHERE (organisation.parent_id, organisation.path, organisation.name, organisation.symbol, organisation.rank)
      IS DISTINCT FROM (tree.parent_id, tree.path, standing.name, standing.symbol, standing.rank)
"""
COPY = """
UPDATE branches_organisation organisation SET parent_id = new.parent_id, path = new.path
FROM unnest(%s::bigint[], %s::bigint[], %s::text[]) AS new (id, parent_id, path) WHERE organisation.id = new.id
"""
# The book of traces says where the data lay by its path; when the tree is hung anew, the same place has a new path.
MOVE_TRACES = """
UPDATE history_accesstrace trace SET place = moved.path
FROM unnest(%s::text[], %s::text[]) AS moved (before, path) WHERE trace.place = moved.before
"""


def settle_tree(today: date | None = None) -> int:
    """Brings the copy up to date: after every change of the tree, and each night, when a change laid ahead begins."""
    with connection.cursor() as cursor:
        cursor.execute(DIFFERENT, {"today": today or timezone.localdate()})
        rows = cursor.fetchall()
        if not rows:
            return 0
        before = dict(Organisation.everything.filter(pk__in=[row[0] for row in rows]).values_list("pk", "path"))
        cursor.execute(COPY, [[row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows]])
        moved = [(before[pk], path) for pk, _, path, *_ in rows if before[pk] != path]
        if moved:
            with pgtrigger.ignore("history.AccessTrace:append_only"):
                cursor.execute(MOVE_TRACES, [[old for old, _ in moved], [new for _, new in moved]])
    touched([*before.values(), *(path for _, _, path, *_ in rows)])
    _copy_names({pk: (name, symbol, rank) for pk, _, _, name, symbol, rank in rows})
    return len(rows)


def begin_the_day(today: date | None = None) -> None:
    """After midnight: changes laid ahead begin, and on the first of a month everybody's month is laid out."""
    today = today or timezone.localdate()
    settle_tree(today)
    living = Organisation.objects.everywhere(reason="the clock lays out the month of all").living(today)
    missing = living.exclude(months__month=month_of(today)).values_list("pk", flat=True)
    recount(Pair(number, month_of(today)) for number in missing)
    _add_up_the_year(today)


def _add_up_the_year(today: date) -> None:
    """What the months of each branch have come to: of this day."""
    branches = Organisation.objects.everywhere(reason="the clock adds up the year of all").filter(kind=Kind.BRANCH)
    numbers = list(branches.values_list("pk", flat=True))
    with transaction.atomic():
        so_far.lock(numbers)
        so_far.add_up(numbers, today)


def _copy_names(names: dict[int, tuple[str, str, str]]) -> None:
    """One by one, because the keys for order and search are Python's; names change rarely."""
    for organisation in Organisation.everything.filter(pk__in=names):
        wanted = names[organisation.pk]
        if (organisation.name, organisation.symbol, organisation.rank) != wanted:
            organisation.name, organisation.symbol, organisation.rank = wanted
            organisation.save(update_fields=["name", "sort_key", "search_key", "symbol", "rank"])
