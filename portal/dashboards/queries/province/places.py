"""How large the places below a committee were on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection

from branches.models import Kind
from branches.summary.below import Span
from branches.summary.months import last_whole_month, month_of


@dataclass(frozen=True)
class Size:
    branches: int = 0
    members: int = 0

    def __add__(self, other: "Size") -> "Size":
        return Size(self.branches + other.branches, self.members + other.members)


# Branches of the day; members as their month ended, or as this one stands.
SIZES = f"""
SELECT below.ancestor_id, count(*), COALESCE(sum(month.strength), 0)
FROM branches_ancestry below
JOIN branches_organisation branch ON branch.id = below.organisation_id AND branch.kind = '{Kind.BRANCH}'
 AND (branch.founded_on IS NULL OR branch.founded_on <= %(last)s)
 AND (branch.dissolved_on IS NULL OR branch.dissolved_on > %(last)s)
 AND (%(type)s = '' OR branch.branch_type = %(type)s)
LEFT JOIN branches_month month ON month.organisation_id = branch.id AND month.month = %(month)s
WHERE below.ancestor_id = ANY (%(places)s) AND below.days @> %(tree_on)s
GROUP BY below.ancestor_id
"""  # noqa: S608  our own words


def sizes_of(places: Iterable[int], span: Span, *, today: date) -> dict[int, Size]:
    """One statement, however many branches."""
    said = {
        "places": list(places), "last": span.last, "tree_on": span.tree_on, "type": span.branch_type,
        "month": month_of(span.last) if span.last == today else last_whole_month(span.last),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(SIZES, said)
        return {pk: Size(branches, int(members)) for pk, branches, members in cursor.fetchall()}
