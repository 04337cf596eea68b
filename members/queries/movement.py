"""Biến động đảng viên of several places side by side: counted by one statement, nobody by name."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection

from members.models import State

_PRESENT = ", ".join(f"'{state}'" for state in State.present())
BY_PLACE = f"""
WITH below AS (SELECT * FROM unnest(%(branches)s::bigint[], %(places)s::bigint[]) AS below (branch, place)),
here AS (
    SELECT below.place, membership.member_id, range_agg(daterange(membership.since, membership.until, '[]')) AS days
    FROM members_membership membership JOIN below ON below.branch = membership.organisation_id
    WHERE membership.kind = 'main' GROUP BY below.place, membership.member_id
), stretches AS (
    SELECT here.place, unnest(here.days * states.days) AS days FROM here JOIN (
        SELECT member_id, range_agg(daterange(since, until, '[]')) AS days FROM members_statespell
        WHERE state IN ({_PRESENT}) GROUP BY member_id
    ) states ON states.member_id = here.member_id
)
SELECT place, count(*) FILTER (WHERE days @> %(before)s::date), count(*) FILTER (WHERE lower(days) BETWEEN %(since)s AND %(until)s),
       count(*) FILTER (WHERE upper(days) BETWEEN %(since)s AND %(until)s), count(*) FILTER (WHERE days @> %(until)s::date)
FROM stretches GROUP BY place
"""  # noqa: S608  only our own words are put together


@dataclass(frozen=True)
class Counted:
    """Before, came, went, after: the first and the second less the third is the last."""

    before: int = 0
    came: int = 0
    went: int = 0
    after: int = 0

    def __add__(self, other: "Counted") -> "Counted":
        return Counted(
            self.before + other.before, self.came + other.came, self.went + other.went, self.after + other.after
        )


def movement_of(places: Mapping[int, int], *, since: date, until: date) -> dict[int, Counted]:
    """`places`: by branch, the place that it is counted under. Who goes from one place to another is counted at both."""
    said = {
        "branches": list(places), "places": list(places.values()), "since": since, "until": until,
        "before": since - timedelta(days=1),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(BY_PLACE, said)
        return {place: Counted(*counts) for place, *counts in cursor.fetchall()}
