"""What the summary knows of people: each month as it stood at its end, counted from the dated rows by one statement.

Whether officers are complete is judged at reading, by the rule of that day; here stand the facts alone.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from celery import current_app
from django.db import connection, transaction
from django.utils import timezone

from branches.models import Organisation
from branches.summary.facts import Pair, months_have
from branches.summary.months import months_between, next_month
from branches.summary.recount import first_month_of, recount
from members.models import Membership, State

AT_ONCE = 3_000  # months that a writer counts itself
COLUMNS = ("strength", "full_members", "working", "with_tasks", "has_secretary", "has_deputy")
NOTHING = (0, 0, 0, 0, False, False)
# Of each membership the stretches of days in which it counts; then what begins and ends is summed up to each month's day.
# So the cost is that of people, not of people times months.
COUNT = """
WITH pair AS (SELECT * FROM unnest(%(organisations)s::bigint[], %(months)s::date[], %(days)s::date[]) AS pair (organisation, month, day)),
main AS (
    SELECT id, organisation_id AS organisation, member_id, datemultirange(daterange(since, until, '[]')) AS days
    FROM members_membership WHERE kind = 'main' AND organisation_id = ANY (SELECT DISTINCT organisation FROM pair)
),
spells AS (
    SELECT member_id, range_agg(daterange(since, until, '[]')) FILTER (WHERE state = ANY (%(present)s)) AS present,
           range_agg(daterange(since, until, '[]')) FILTER (WHERE state = %(full)s) AS is_full,
           range_agg(daterange(since, until, '[]')) FILTER (WHERE state = ANY (%(reliefs)s)) AS relieved
    FROM members_statespell WHERE member_id IN (SELECT member_id FROM main) GROUP BY member_id
),
tasks AS (
    SELECT member_id, organisation_id AS organisation,
           range_agg(daterange(GREATEST(agreed_on, make_date(year, 1, 1)), LEAST(ended_on, make_date(year + 1, 1, 1)), '[)')) AS days
    FROM members_assignment
    WHERE agreed_on IS NOT NULL AND agreed_on < make_date(year + 1, 1, 1)
      AND (ended_on IS NULL OR ended_on > GREATEST(agreed_on, make_date(year, 1, 1))) AND member_id IN (SELECT member_id FROM main)
    GROUP BY 1, 2
),
stretches AS (
    SELECT main.organisation, main.days * spells.present AS there, main.days * spells.present * spells.is_full AS is_full,
           main.days * spells.present - COALESCE(spells.relieved, '{}') AS works, COALESCE(tasks.days, '{}') AS given
    FROM main JOIN spells ON spells.member_id = main.member_id AND spells.present IS NOT NULL
    LEFT JOIN tasks ON tasks.member_id = main.member_id AND tasks.organisation = main.organisation
),
told AS (
    SELECT organisation, 1 AS what, unnest(there) AS days FROM stretches
    UNION ALL SELECT organisation, 2, unnest(is_full) FROM stretches
    UNION ALL SELECT organisation, 3, unnest(works) FROM stretches
    UNION ALL SELECT organisation, 4, unnest(works * given) FROM stretches
    UNION ALL SELECT organisation_id, 5, daterange(since, until, '[]') FROM members_office
        WHERE post = 'secretary' AND organisation_id = ANY (SELECT DISTINCT organisation FROM pair)
    UNION ALL SELECT organisation_id, 6, daterange(since, until, '[]') FROM members_office
        WHERE post = 'deputy' AND organisation_id = ANY (SELECT DISTINCT organisation FROM pair)
),
turns AS (
    SELECT organisation, COALESCE(lower(days), '-infinity'::date) AS day, what, 1 AS by, NULL::date AS month FROM told
    UNION ALL SELECT organisation, upper(days), what, -1, NULL FROM told WHERE NOT upper_inf(days)
    UNION ALL SELECT organisation, day, 0, 0, month FROM pair
),
summed AS (
    SELECT organisation, month, sum(by) FILTER (WHERE what = 1) OVER until_then AS there, sum(by) FILTER (WHERE what = 2) OVER until_then AS is_full,
           sum(by) FILTER (WHERE what = 3) OVER until_then AS works, sum(by) FILTER (WHERE what = 4) OVER until_then AS given,
           sum(by) FILTER (WHERE what = 5) OVER until_then AS secretaries, sum(by) FILTER (WHERE what = 6) OVER until_then AS deputies
    FROM turns WINDOW until_then AS (PARTITION BY organisation ORDER BY day RANGE UNBOUNDED PRECEDING)
)
SELECT organisation, month, COALESCE(there, 0), COALESCE(is_full, 0), COALESCE(works, 0), COALESCE(given, 0),
       COALESCE(secretaries, 0) > 0, COALESCE(deputies, 0) > 0
FROM summed WHERE month IS NOT NULL
"""


def count(pairs: Sequence[Pair]) -> dict[Pair, tuple]:
    said = {
        "organisations": [pair.organisation for pair in pairs],
        "months": [pair.month for pair in pairs],
        "days": [next_month(pair.month) - timedelta(days=1) for pair in pairs],
        "reliefs": [state.value for state in State.reliefs()],
        "present": [state.value for state in State.present()],
        "full": State.FULL.value,
    }
    with connection.cursor() as cursor:
        cursor.execute(COUNT, said)
        return {Pair(organisation, month): tuple(facts) for organisation, month, *facts in cursor.fetchall()}


def register() -> None:
    months_have("people", columns=COLUMNS, nothing=NOTHING, count=count)


def recount_people(members: Iterable[int], since: date | None) -> None:
    """After a change that holds from that day on: the months of every branch where they are or were from then."""
    rows = Membership.everything.filter(member__in=list(members))
    rows = rows.from_day(since - timedelta(days=1)) if since else rows
    recount_branches(Organisation.everything.filter(pk__in=rows.values("organisation")), since)


def recount_branches(branches: Iterable[Organisation], since: date | None) -> None:
    """Not before the portal has months of them."""
    recount(_months_of(branches, since))


def recount_soon(branches: Iterable[int], since: date | None) -> None:
    """After a sheet, which may touch a whole province: few months with the writing, many by a worker right after it."""
    numbers = list(branches)
    pairs = list(_months_of(Organisation.everything.filter(pk__in=numbers), since))
    if len(pairs) <= AT_ONCE:
        recount(pairs)
    else:
        said = [numbers, since.isoformat() if since else None]
        transaction.on_commit(lambda: current_app.send_task("members.recount_branches", said), robust=True)


def _months_of(branches: Iterable[Organisation], since: date | None) -> Iterator[Pair]:
    today = timezone.localdate()
    for branch in branches:
        for month in months_between(max(since or date.min, first_month_of(branch, today)), today):
            yield Pair(branch.pk, month)
