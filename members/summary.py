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
# Days are compared and not asked of ranges: the indexes that keep ranges apart begin with the range, which so many share
# that finding one person's there is slow, once for every month of everybody.
COUNT = """
WITH pair AS (SELECT * FROM unnest(%(organisations)s::bigint[], %(months)s::date[], %(days)s::date[]) AS pair (organisation, month, day)),
people AS (
    SELECT pair.organisation, pair.month, spell.state,
           NOT EXISTS (
               SELECT 1 FROM members_statespell relief WHERE relief.member_id = membership.member_id
                 AND relief.state = ANY (%(reliefs)s) AND pair.day BETWEEN COALESCE(relief.since, '-infinity') AND COALESCE(relief.until, 'infinity')
           ) AS works,
           EXISTS (
               SELECT 1 FROM members_assignment task WHERE task.member_id = membership.member_id
                 AND task.organisation_id = pair.organisation AND task.year = EXTRACT(YEAR FROM pair.day)
                 AND task.agreed_on <= pair.day AND (task.ended_on IS NULL OR task.ended_on > pair.day)
           ) AS has_task
    FROM pair
    JOIN members_membership membership ON membership.organisation_id = pair.organisation AND membership.kind = 'main'
     AND pair.day BETWEEN COALESCE(membership.since, '-infinity') AND COALESCE(membership.until, 'infinity')
    JOIN members_statespell spell ON spell.member_id = membership.member_id AND spell.state = ANY (%(present)s)
     AND pair.day BETWEEN COALESCE(spell.since, '-infinity') AND COALESCE(spell.until, 'infinity')
),
officers AS (
    SELECT pair.organisation, pair.month, bool_or(office.post = 'secretary') AS secretary, bool_or(office.post = 'deputy') AS deputy
    FROM pair JOIN members_office office ON office.organisation_id = pair.organisation
     AND pair.day BETWEEN COALESCE(office.since, '-infinity') AND COALESCE(office.until, 'infinity')
    GROUP BY pair.organisation, pair.month
)
SELECT pair.organisation, pair.month, count(people.state), count(*) FILTER (WHERE people.state = %(full)s),
       count(*) FILTER (WHERE people.works), count(*) FILTER (WHERE people.works AND people.has_task),
       COALESCE(bool_or(officers.secretary), false), COALESCE(bool_or(officers.deputy), false)
FROM pair LEFT JOIN people USING (organisation, month) LEFT JOIN officers USING (organisation, month)
GROUP BY pair.organisation, pair.month
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
