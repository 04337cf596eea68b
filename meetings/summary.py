"""What the summary knows of meetings: facts of closed meetings alone, counted from the rows by one statement.

A month holds its regular meeting and that of the chi ủy; the first month of a quarter holds the quarter's thematic one.
Rolls are frozen when a meeting closes, so that a member who moves changes nothing here.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import connection

from branches.models import Organisation
from branches.rules.definitions.quality import BANDS
from branches.rules.reading import Rulebook
from branches.summary.facts import Pair, months_have
from branches.summary.months import month_of, next_month
from branches.summary.recount import recount
from meetings.models import Meeting, MeetingKind
from meetings.quality.bands import Bands, band_of
from meetings.queries.week_one import Measures
from meetings.slots import RULES, Place, held_as, quarter_of

COLUMNS = (
    "regular_meeting", "regular_held_on", "regular_state", "regular_expected", "regular_came", "regular_minutes",
    "regular_steps", "regular_steps_done", "regular_resolved", "regular_speakers",
    "thematic_held_on", "committee_held_on", "dues_owed", "dues_paid", "regular_excused", "thematic_excused",
    "regular_score", "regular_band", "regular_place", "regular_score_above", "thematic_score", "thematic_band", "thematic_place",
)  # fmt: skip
NOTHING = (
    None, None, "", 0, 0, None, 0, 0, False, 0, None, None, 0, 0, False, False, None, "", None, None, None, "", None,
)  # fmt: skip
HELD_ON, STATE, THEMATIC_ON = (COLUMNS.index(name) for name in ("regular_held_on", "regular_state", "thematic_held_on"))
# what the database gives is its points, and whether all was full that must be; what follows from that are two columns
SCORES = {HELD_ON: COLUMNS.index("regular_score"), THEMATIC_ON: COLUMNS.index("thematic_score")}
# By organisations and a span of months, not by pairs: so the planner knows how much there is, of one month as of all.
COUNT = """
WITH closed AS (
    SELECT id, organisation_id AS organisation, kind, period, day, started_at, ended_at,
           kind = 'thematic' OR also_thematic AS fills_quarter, date_trunc('quarter', period::timestamp)::date AS quarter
    FROM meetings_meeting
    WHERE organisation_id = ANY (%(organisations)s) AND period BETWEEN %(first)s AND %(last)s
      AND closed_at IS NOT NULL AND called_off_at IS NULL
),
regular AS (SELECT organisation, period AS month, id, day, started_at, ended_at FROM closed WHERE kind = 'regular'),
roll AS (
    SELECT line.meeting_id AS id, count(*) AS expected, count(*) FILTER (WHERE line.mark IN ('present', 'online', 'late')) AS came
    FROM meetings_attendance line JOIN regular ON regular.id = line.meeting_id WHERE line.standing = 'expected' GROUP BY 1
),
steps AS (
    SELECT id, count(*) AS asked, count(*) FILTER (WHERE done) AS done FROM (
        SELECT item.meeting_id AS id, bool_or(item.done AND NOT item.gone) AS done
        FROM meetings_agendaitem item JOIN regular ON regular.id = item.meeting_id WHERE item.step <> '' GROUP BY item.meeting_id, item.step
    ) AS step GROUP BY 1
),
speakers AS (
    SELECT said.meeting_id AS id, count(DISTINCT said.member_id) AS people
    FROM meetings_opinion said JOIN regular ON regular.id = said.meeting_id WHERE NOT said.gone AND NOT said.sent_before GROUP BY 1
),
resolved AS (
    SELECT item.meeting_id AS id, bool_and((item.assignee_id IS NOT NULL OR item.assignee_words <> '') AND item.due_on IS NOT NULL) AS whole
    FROM meetings_actionitem item JOIN regular ON regular.id = item.meeting_id
    WHERE NOT item.gone
      AND EXISTS (SELECT 1 FROM meetings_resolution made WHERE made.meeting_id = item.meeting_id AND made.state = 'adopted' AND NOT made.gone)
    GROUP BY 1
),
held AS (
    SELECT regular.organisation, regular.month, regular.id, regular.day, COALESCE(roll.expected, 0) AS expected, COALESCE(roll.came, 0) AS came,
           (EXTRACT(EPOCH FROM regular.ended_at - regular.started_at) / 60)::int AS minutes, COALESCE(steps.asked, 0) AS asked,
           COALESCE(steps.done, 0) AS done, COALESCE(resolved.whole, false) AS whole, COALESCE(speakers.people, 0) AS people
    FROM regular LEFT JOIN roll USING (id) LEFT JOIN steps USING (id) LEFT JOIN speakers USING (id) LEFT JOIN resolved USING (id)
),
thematic AS (SELECT organisation, quarter AS month, min(day) AS day FROM closed WHERE fills_quarter GROUP BY 1, 2),
points AS (
    SELECT score.meeting_id AS id, score.scorer, sum(given.points) AS points,
           bool_and(given.points = criterion.most) FILTER (WHERE criterion.must_be_full) AS whole
    FROM closed JOIN meetings_qualityscore score ON score.meeting_id = closed.id AND score.agreed AND NOT score.gone AND score.scorer <> 'visitor'
    JOIN meetings_scorerow given ON given.score_id = score.id AND NOT given.gone
    JOIN meetings_criterion criterion ON criterion.id = given.criterion_id GROUP BY 1, 2
),
scored AS (
    SELECT closed.organisation, date_trunc(CASE WHEN closed.kind = 'thematic' THEN 'quarter' ELSE 'month' END, closed.period::timestamp)::date AS month,
           max(own.points) FILTER (WHERE closed.kind = 'regular') AS regular, bool_and(own.whole) FILTER (WHERE closed.kind = 'regular') AS regular_whole,
           max(above.points) FILTER (WHERE closed.kind = 'regular') AS above,
           max(own.points) FILTER (WHERE closed.kind = 'thematic') AS thematic, bool_and(own.whole) FILTER (WHERE closed.kind = 'thematic') AS thematic_whole
    FROM closed LEFT JOIN points own ON own.id = closed.id AND own.scorer = 'branch'
    LEFT JOIN points above ON above.id = closed.id AND above.scorer = 'above'
    WHERE own.id IS NOT NULL OR above.id IS NOT NULL GROUP BY 1, 2
),
committee AS (SELECT organisation, period AS month, min(day) AS day FROM closed WHERE kind = 'committee' GROUP BY 1, 2),
dues AS (
    SELECT organisation_id AS organisation, month, sum(owed) AS owed, sum(paid) AS paid FROM meetings_dues
    WHERE organisation_id = ANY (%(organisations)s) AND month BETWEEN %(first)s AND %(last)s AND NOT excused GROUP BY 1, 2
),
decided AS (
    SELECT DISTINCT ON (above.organisation_id, decision.period, decision.kind)
           above.organisation_id AS organisation, decision.period AS month, decision.kind, decision.change, decision.until
    FROM meetings_slotdecision decision
    JOIN branches_ancestry above ON above.ancestor_id = decision.organisation_id AND above.days @> decision.period
    WHERE above.organisation_id = ANY (%(organisations)s) AND decision.period BETWEEN %(first)s AND %(last)s
    ORDER BY above.organisation_id, decision.period, decision.kind, above.depth
),
changed AS (
    SELECT organisation, month, bool_or(kind = 'regular' AND change = 'excused') AS regular, bool_or(kind = 'thematic' AND change = 'excused') AS thematic,
           max(until) FILTER (WHERE kind = 'regular' AND change = 'moved') AS moved_until
    FROM decided GROUP BY 1, 2
)
SELECT organisation, month, held.id, held.day, '', COALESCE(held.expected, 0), COALESCE(held.came, 0), held.minutes,
    COALESCE(held.asked, 0), COALESCE(held.done, 0), COALESCE(held.whole, false), COALESCE(held.people, 0), thematic.day, committee.day,
    COALESCE(dues.owed, 0), COALESCE(dues.paid, 0), COALESCE(changed.regular, false), COALESCE(changed.thematic, false),
    scored.regular, '', NULL, scored.above, scored.thematic, '', NULL, changed.moved_until, scored.regular_whole, scored.thematic_whole
FROM held FULL JOIN thematic USING (organisation, month) FULL JOIN committee USING (organisation, month)
FULL JOIN dues USING (organisation, month) FULL JOIN changed USING (organisation, month) LEFT JOIN scored USING (organisation, month)
"""


def count(pairs: Sequence[Pair]) -> dict[Pair, tuple]:
    months, wanted = [pair.month for pair in pairs], set(pairs)
    last = next_month(next_month(max(months)))  # a quarter is filled from its later months too
    said = {"organisations": list({pair.organisation for pair in pairs}), "first": min(months), "last": last}
    with connection.cursor() as cursor:
        cursor.execute(COUNT, said)
        rows = [row for row in cursor.fetchall() if Pair(*row[:2]) in wanted]
    if not rows:
        return {}
    judge = _judge()
    places = Organisation.objects.everywhere(reason="the summary counts for whoever may read it")
    found = places.in_bulk({row[0] for row in rows})
    return {Pair(number, month): judge.facts(found[number], month, facts) for number, month, *facts in rows}


class _Judge:
    """What follows from facts by dated rules: in time, moved or late; the bands. As the pages judge it (meetings/slots.py).

    Where no rules are in the database yet nobody can say.
    """

    def __init__(self, book: Rulebook) -> None:
        self._measures = Measures(book) if all(book.entries(rule.key, None) for rule in RULES) else None
        self._bands = Bands(book) if book.entries(BANDS.key, None) else None

    def facts(self, organisation: Organisation, month: date, row: list[Any]) -> tuple:
        *facts, moved_until, regular_whole, thematic_whole = row
        if self._measures and (held_on := facts[HELD_ON]):
            place = Place(MeetingKind.REGULAR.value, month)
            facts[STATE] = held_as(place, held_on, self._measures.of(organisation, month), moved_until).value
        for (day, points), whole in zip(SCORES.items(), (regular_whole, thematic_whole), strict=True):
            if self._bands and facts[points] is not None:
                bands = self._bands.of(organisation, facts[day])
                place_of_band = band_of(facts[points], bands, whole=whole is not False)
                facts[points + 1 : points + 3] = [bands[place_of_band].name, place_of_band + 1]
        return tuple(facts)


def _judge() -> _Judge:
    return _Judge(Rulebook())


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
