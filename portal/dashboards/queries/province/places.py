"""Who stood directly below a committee on a day, and how large each was."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from branches.models import Ancestry, Kind, Organisation
from branches.summary.months import last_whole_month, month_of
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.indicators.registry import Figure

WHY = "what lies below a place that was asked for through the door"


@dataclass(frozen=True)
class Below:
    """A place as it was called and sorted on the day. `is_reached`: today one may look at it by itself."""

    pk: int
    name: str
    kind: str
    area: str
    tags: Sequence[str]
    is_reached: bool

    @property
    def short_name(self) -> str:
        """Among communes the word itself is left out: “Xã Phú Lương”."""
        short = self.name.removeprefix("Đảng ủy ")
        return short[:1].upper() + short[1:]


def places_below(place: Organisation, actor: Actor, day: date) -> list[Below]:
    """The committees directly below it on that day. One query."""
    rows = Organisation.objects.everywhere(reason=WHY).placed_under(place, day).exclude(kind=Kind.BRANCH)
    rows = rows.as_of(day).in_order().values_list("pk", "name_then", "name", "kind", "area", "tags", "path")
    return [
        Below(pk, then or now, kind, area, tags, actor.may(Permission.READ_FIGURES, path))
        for pk, then, now, kind, area, tags, path in rows
    ]


@dataclass(frozen=True)
class Size:
    branches: int = 0
    members: int = 0


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


def sizes_of(
    places: Iterable[int], last: date, tree_on: date, *, today: date, branch_type: str = ""
) -> dict[int, Size]:
    """One statement, however many branches."""
    said = {
        "places": list(places), "last": last, "tree_on": tree_on, "type": branch_type,
        "month": month_of(last) if last == today else last_whole_month(last),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(SIZES, said)
        return {pk: Size(branches, int(members)) for pk, branches, members in cursor.fetchall()}


def folded(
    found: dict[str, dict[int, Figure]], places: Iterable[int], tree_on: date, *, branch_type: str = ""
) -> dict[int, dict[str, Figure]]:
    """Figures by the organisation that answers for them, summed up to the places below which it stood. One query."""
    rows = Ancestry.objects.everywhere(reason=WHY).filter(ancestor__in=list(places), days__contains=tree_on)
    if branch_type:
        rows = rows.filter(organisation__branch_type=branch_type)
    sums: dict[int, dict[str, Figure]] = {}
    for number, above in rows.values_list("organisation", "ancestor"):
        for code, parts in found.items():
            if (part := parts.get(number)) is not None:
                mine = sums.setdefault(above, {})
                mine[code] = mine[code] + part if code in mine else part
    return sums
