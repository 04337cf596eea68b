"""Tăng, giảm đảng viên trong kỳ: who came into the strength of an organisation and who left it, from a day to a day.

Somebody is counted while a main membership below the organisation and a state of being in the Party overlap. Each stretch of
such days that begins inside the time is a coming, each that ends there a going: so the strength before, and the comings,
less the goings, is the strength at the end, and each of them has its ground.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import IO

from django.db import connection

from branches.models import Organisation
from branches.models.organisation import OrganisationQuerySet
from members.models import State
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.files.sheets.blank import write_sheet
from portal.history.models import Deed
from portal.history.traces import leave_trace
from portal.words.quantities import day, number

REASON = "who stood below an organisation that the caller may read"
ADMITTED, MOVED_IN, CAME_BACK, ENTERED = "Kết nạp", "Chuyển đến", "Trở lại danh sách", "Ghi vào danh sách"
MOVED_OUT, NO_LONGER = "Chuyển đi", "Không còn trong danh sách"
_PRESENT = ", ".join(f"'{state}'" for state in State.present())
_GONE = ", ".join(f"'{state}'" for state in State.gone())
_STRETCHES = f"""
WITH here AS (
    SELECT membership.member_id, range_agg(daterange(membership.since, membership.until, '[]')) AS days
    FROM members_membership membership
    WHERE membership.kind = 'main' AND membership.organisation_id = ANY (%(below)s::bigint[]) GROUP BY membership.member_id
), stretches AS (
    SELECT here.member_id, unnest(here.days * states.days) AS days FROM here JOIN (
        SELECT member_id, range_agg(daterange(since, until, '[]')) AS days FROM members_statespell
        WHERE state IN ({_PRESENT}) GROUP BY member_id
    ) states ON states.member_id = here.member_id
)
"""  # noqa: S608  only our own words are put together
STRENGTH = f"""
{_STRETCHES}
SELECT count(*) FILTER (WHERE days @> %(before)s::date), count(*) FILTER (WHERE days @> %(until)s::date) FROM stretches
"""  # noqa: S608
EVENTS = f"""
{_STRETCHES}, turns AS (
    SELECT member_id, lower(days) AS on_day, true AS came FROM stretches WHERE lower(days) BETWEEN %(since)s AND %(until)s
    UNION ALL
    SELECT member_id, upper(days), false FROM stretches WHERE upper(days) BETWEEN %(since)s AND %(until)s
)
SELECT turns.came, turns.on_day, member.full_name, COALESCE(member.card_number, ''), member.admitted_on,
       COALESCE(beside.name, ''), COALESCE(mine.name, ''),
       COALESCE((SELECT state FROM members_statespell WHERE member_id = turns.member_id AND state IN ({_GONE})
                 AND daterange(since, until, '[]') @> (turns.on_day - turns.came::int) LIMIT 1), '')
FROM turns JOIN members_member member ON member.id = turns.member_id
LEFT JOIN LATERAL (
    SELECT organisation.name FROM members_membership other
    JOIN branches_organisation organisation ON organisation.id = other.organisation_id
    WHERE other.member_id = turns.member_id AND other.kind = 'main'
      AND daterange(other.since, other.until, '[]') @> (turns.on_day - turns.came::int)
      AND other.organisation_id <> ALL (%(below)s::bigint[]) LIMIT 1
) beside ON true
LEFT JOIN LATERAL (
    SELECT organisation.name FROM members_membership own
    JOIN branches_organisation organisation ON organisation.id = own.organisation_id
    WHERE own.member_id = turns.member_id AND own.kind = 'main'
      AND daterange(own.since, own.until, '[]') @> (turns.on_day - (NOT turns.came)::int)
      AND own.organisation_id = ANY (%(below)s::bigint[]) LIMIT 1
) mine ON true
ORDER BY turns.came DESC, turns.on_day, member.sort_key, member.id
"""  # noqa: S608  only our own words are put together


@dataclass(frozen=True)
class Turn:
    """`why`: the ground as the report names it. Of places outside only that it was outside is told."""

    came: bool
    on: date
    full_name: str
    card_number: str
    branch: str
    why: str


@dataclass(frozen=True)
class Changes:
    since: date
    until: date
    before: int
    after: int
    turns: list[Turn] = field(default_factory=list)

    @property
    def came(self) -> list[Turn]:
        return [turn for turn in self.turns if turn.came]

    @property
    def went(self) -> list[Turn]:
        return [turn for turn in self.turns if not turn.came]

    @property
    def by_ground(self) -> list[tuple[bool, str, int]]:
        counted = Counter((turn.came, turn.why) for turn in self.turns)
        return [
            (came, why, count)
            for (came, why), count in sorted(counted.items(), key=lambda one: (not one[0][0], -one[1]))
        ]


def changes_of(organisation: Organisation, *, since: date, until: date, by: Actor) -> Changes:
    by.need(Permission.READ_ROLL, organisation.path)
    below = Organisation.objects.everywhere(reason=REASON).filter(path__startswith=organisation.path)
    return _changes(below, since, until)


@dataclass(frozen=True)
class CountedChanges:
    """How many, on which grounds; nobody by name."""

    before: int
    after: int
    came: int
    went: int
    by_ground: list[tuple[bool, str, int]]


def counted_changes(organisation: Organisation, *, since: date, until: date) -> CountedChanges:
    """Figures, for whoever may read figures there: the caller has asked. In the tree of the last day, as all figures."""
    found = _changes(Organisation.objects.everywhere(reason=REASON).below_as_of(organisation, until), since, until)
    return CountedChanges(found.before, found.after, len(found.came), len(found.went), found.by_ground)


def _changes(below: OrganisationQuerySet, since: date, until: date) -> Changes:
    numbers = list(below.order_by().values_list("pk", flat=True))
    said = {"below": numbers, "since": since, "until": until, "before": since - timedelta(days=1)}
    with connection.cursor() as cursor:
        cursor.execute(STRENGTH, said)
        before, after = cursor.fetchone()
        cursor.execute(EVENTS, said)
        turns = [
            Turn(came, on, name, card, branch, _why(came, on, admitted, bool(beside), gone))
            for came, on, name, card, admitted, beside, branch, gone in cursor.fetchall()
        ]
    return Changes(since, until, before, after, turns)


def export_changes(organisation: Organisation, out: IO[bytes], *, since: date, until: date, by: Actor) -> int:
    by.need(Permission.EXPORT_ROLL, organisation.path)
    found = changes_of(organisation, since=since, until=until, by=by)
    rows = [
        ["Tăng" if turn.came else "Giảm", turn.full_name, turn.card_number, turn.branch, turn.why, day(turn.on)]
        for turn in found.turns
    ]
    totals = [
        ["Cộng", f"Đảng viên trước kỳ: {found.before}", "", "", "", ""],
        ["Cộng", f"Tăng: {len(found.came)}", "", "", "", ""],
        ["Cộng", f"Giảm: {len(found.went)}", "", "", "", ""],
        ["Cộng", f"Đảng viên cuối kỳ: {found.after}", "", "", "", ""],
    ]
    explained = f"Tăng, giảm đảng viên của {organisation.name}, từ {day(since)} đến hết {day(until)}."
    headings = ["Tăng, giảm", "Họ và tên", "Số thẻ đảng viên", "Chi bộ", "Lý do", "Từ ngày"]
    write_sheet(out, explained, headings, [12, 32, 18, 30, 26, 14], rows + totals)
    leave_trace(
        Deed.EXPORTED, subject=f"Tăng, giảm đảng viên {day(since)} – {day(until)}: {number(len(rows))} dòng",
        place=organisation.path, by=by,
    )  # fmt: skip
    return len(rows)


def _why(came: bool, on: date, admitted: date | None, beside: bool, gone: str) -> str:
    if came:
        if beside:
            return MOVED_IN
        if admitted == on:
            return ADMITTED
        return CAME_BACK if gone else ENTERED
    if gone:
        return MOVED_OUT if gone == State.MOVED_AWAY else str(State(gone).label)
    return MOVED_OUT if beside else NO_LONGER
