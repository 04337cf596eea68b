"""Who is given which Party badge in which round."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from operator import or_

from django.db.models import Q

from members.models import BadgeAward, Member
from members.models.member import MemberQuerySet
from members.party_age import months_later, reached_on


@dataclass
class Due:
    """A badge that falls into the round; `award` once it is noted as given."""

    member_id: int
    years: int
    reached_on: date
    member: Member | None = None
    award: BadgeAward | None = None


def due_in(rows: MemberQuerySet, *, after: date, until: date, badges: Iterable[int]) -> list[Due]:
    """Reached after the round before, and up to this one; the longest first, then in order of names. One query.

    The database only looks for who may be meant; the count itself is that of party_age.
    """
    years = sorted(badges, reverse=True)
    candidates = rows.filter(_perhaps(years, after, until)).in_order()
    found = [
        Due(pk, one, reached)
        for pk, decided_on, not_counted in candidates.values_list("pk", "decided_on", "months_not_counted")
        for one in years
        if after < (reached := reached_on(one, decided_on=decided_on, not_counted=not_counted)) <= until
    ]
    return sorted(found, key=lambda due: -due.years)


def _perhaps(years: Sequence[int], after: date, until: date) -> Q:
    slack = timedelta(days=3)  # months have different lengths
    windows = [
        Q(decided_on__range=(months_later(after, -12 * one) - slack, months_later(until, -12 * one) + slack))
        for one in years
    ]
    return reduce(or_, windows, Q(decided_on__isnull=False, months_not_counted__gt=0))


def with_members(due: Sequence[Due], rows: MemberQuerySet) -> None:
    """The people of one page, and what they were given already. Two queries."""
    numbers = [one.member_id for one in due]
    people = rows.select_related("branch").in_bulk(numbers)
    awards = BadgeAward.objects.everywhere(reason="of members who were just read through the door")
    given = {(award.member_id, award.years): award for award in awards.filter(member__in=numbers)}
    for one in due:
        one.member, one.award = people.get(one.member_id), given.get((one.member_id, one.years))
