"""What the summary knows of meetings: facts of closed meetings alone, counted from the rows by one statement.

A month holds its regular meeting and that of the chi ủy; the first month of a quarter holds the quarter's thematic one.
Rolls are frozen when a meeting closes, so that a member who moves changes nothing here.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import connection

from branches.models import Organisation
from branches.rules.reading import Rulebook
from branches.summary.facts import Pair, months_have
from branches.summary.months import month_of
from branches.summary.recount import recount
from meetings.models import Meeting, MeetingKind
from meetings.queries.week_one import Measures
from meetings.slots import RULES, Place, held_as, quarter_of

COLUMNS = (
    "regular_meeting", "regular_held_on", "regular_state", "regular_expected", "regular_came", "regular_minutes",
    "regular_steps", "regular_steps_done", "regular_resolved", "regular_speakers",
    "thematic_held_on", "committee_held_on", "dues_owed", "dues_paid", "regular_excused", "thematic_excused",
)  # fmt: skip
NOTHING = (None, None, "", 0, 0, None, 0, 0, False, 0, None, None, 0, 0, False, False)
HELD_ON, STATE = COLUMNS.index("regular_held_on"), COLUMNS.index("regular_state")
COUNT = """
WITH pair AS (SELECT * FROM unnest(%(organisations)s::bigint[], %(months)s::date[]) AS pair (organisation, month)),
closed AS (
    SELECT pair.organisation, pair.month, meeting.id, meeting.kind, meeting.period, meeting.day, meeting.started_at, meeting.ended_at,
           meeting.kind = 'thematic' OR meeting.also_thematic AND date_trunc('quarter', meeting.period::timestamp)::date = pair.month AS fills_quarter
    FROM pair JOIN meetings_meeting meeting ON meeting.organisation_id = pair.organisation
     AND meeting.period BETWEEN pair.month AND (pair.month + interval '2 months')::date
     AND (meeting.period = pair.month OR meeting.also_thematic AND date_trunc('quarter', meeting.period::timestamp)::date = pair.month)
    WHERE meeting.closed_at IS NOT NULL AND meeting.called_off_at IS NULL
),
regular AS (SELECT * FROM closed WHERE kind = 'regular' AND period = month),
roll AS (
    SELECT line.meeting_id AS id, count(*) AS expected, count(*) FILTER (WHERE line.mark IN ('present', 'online', 'late')) AS came
    FROM meetings_attendance line WHERE line.standing = 'expected' AND line.meeting_id IN (SELECT id FROM regular) GROUP BY 1
),
steps AS (
    SELECT id, count(*) AS asked, count(*) FILTER (WHERE done) AS done FROM (
        SELECT item.meeting_id AS id, item.step, bool_or(item.done AND NOT item.gone) AS done FROM meetings_agendaitem item
        WHERE item.step <> '' AND item.meeting_id IN (SELECT id FROM regular) GROUP BY 1, 2
    ) AS step GROUP BY 1
),
speakers AS (
    SELECT said.meeting_id AS id, count(DISTINCT said.member_id) AS people FROM meetings_opinion said
    WHERE NOT said.gone AND NOT said.sent_before AND said.meeting_id IN (SELECT id FROM regular) GROUP BY 1
),
resolved AS (
    SELECT item.meeting_id AS id, bool_and((item.assignee_id IS NOT NULL OR item.assignee_words <> '') AND item.due_on IS NOT NULL) AS whole
    FROM meetings_actionitem item
    WHERE NOT item.gone AND item.meeting_id IN (SELECT id FROM regular)
      AND EXISTS (SELECT 1 FROM meetings_resolution made WHERE made.meeting_id = item.meeting_id AND made.state = 'adopted' AND NOT made.gone)
    GROUP BY 1
),
others AS (
    SELECT organisation, month, min(day) FILTER (WHERE fills_quarter) AS thematic,
           min(day) FILTER (WHERE kind = 'committee') AS committee
    FROM closed GROUP BY 1, 2
),
dues AS (
    SELECT pair.organisation, pair.month, sum(dues.owed) AS owed, sum(dues.paid) AS paid
    FROM pair JOIN meetings_dues dues ON dues.organisation_id = pair.organisation AND dues.month = pair.month AND NOT dues.excused GROUP BY 1, 2
),
decided AS (
    SELECT DISTINCT ON (pair.organisation, pair.month, decision.kind) pair.organisation, pair.month, decision.kind, decision.change, decision.until
    FROM meetings_slotdecision decision
    JOIN pair ON pair.month = decision.period
    JOIN branches_ancestry above ON above.ancestor_id = decision.organisation_id AND above.organisation_id = pair.organisation
     AND above.days @> pair.month
    ORDER BY pair.organisation, pair.month, decision.kind, above.depth
),
excused AS (
    SELECT organisation, month, bool_or(kind = 'regular' AND change = 'excused') AS regular, bool_or(kind = 'thematic' AND change = 'excused') AS thematic,
           max(until) FILTER (WHERE kind = 'regular' AND change = 'moved') AS moved_until
    FROM decided GROUP BY 1, 2
)
SELECT pair.organisation, pair.month, regular.id, regular.day, '', COALESCE(roll.expected, 0), COALESCE(roll.came, 0),
    (EXTRACT(EPOCH FROM regular.ended_at - regular.started_at) / 60)::int, COALESCE(steps.asked, 0), COALESCE(steps.done, 0),
    COALESCE(resolved.whole, false), COALESCE(speakers.people, 0), others.thematic, others.committee,
    COALESCE(dues.owed, 0), COALESCE(dues.paid, 0), COALESCE(excused.regular, false), COALESCE(excused.thematic, false), excused.moved_until
FROM pair LEFT JOIN others USING (organisation, month) LEFT JOIN dues USING (organisation, month)
LEFT JOIN regular USING (organisation, month) LEFT JOIN roll ON roll.id = regular.id LEFT JOIN steps ON steps.id = regular.id
LEFT JOIN speakers ON speakers.id = regular.id LEFT JOIN resolved ON resolved.id = regular.id
LEFT JOIN excused USING (organisation, month)
WHERE regular.id IS NOT NULL OR others.organisation IS NOT NULL OR dues.organisation IS NOT NULL
  OR excused.organisation IS NOT NULL
"""


def count(pairs: Sequence[Pair]) -> dict[Pair, tuple]:
    said = {"organisations": [pair.organisation for pair in pairs], "months": [pair.month for pair in pairs]}
    with connection.cursor() as cursor:
        cursor.execute(COUNT, said)
        rows = cursor.fetchall()
    if not rows:
        return {}
    judge = _judge()
    places = Organisation.objects.everywhere(reason="the summary counts for whoever may read it")
    found = places.in_bulk({row[0] for row in rows})
    return {
        Pair(number, month): tuple(_with_state(facts, judge, found[number], month)) for number, month, *facts in rows
    }


def _judge() -> Measures | None:
    """Where no rules are in the database yet nobody can say whether a meeting was in time."""
    book = Rulebook()
    return Measures(book) if all(book.entries(rule.key, None) for rule in RULES) else None


def _with_state(facts: list[Any], judge: Measures | None, organisation: Organisation, month: date) -> list[Any]:
    """In time, moved or late: by the rules of that month, as the pages judge it (meetings/slots.py)."""
    *facts, moved_until = facts
    if judge and (held_on := facts[HELD_ON]):
        place = Place(MeetingKind.REGULAR.value, month)
        facts[STATE] = held_as(place, held_on, judge.of(organisation, month), moved_until).value
    return facts


def register() -> None:
    months_have("meetings", columns=COLUMNS, nothing=NOTHING, count=count)


def recount_of(meeting: Meeting) -> int:
    """When its log closes or opens again: its month, and the quarter that it may fill."""
    period = meeting.period or month_of(meeting.day)
    months = {period, month_of(meeting.day), quarter_of(period)}
    return recount(Pair(meeting.organisation_id, month) for month in months)


def recount_dues(organisation: int, months: Iterable[date]) -> int:
    """Whoever pays late pays for an old month."""
    return recount(Pair(organisation, month_of(month)) for month in months)


def recount_places(organisations: Iterable[int], period: date) -> int:
    """After a decision on a month's meetings, for all whom it reaches."""
    return recount(Pair(number, period) for number in organisations)
