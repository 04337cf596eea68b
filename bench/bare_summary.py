"""What the summary holds of meetings, counted from the logs themselves: of many places at once, by one statement.

As somebody would write it who has no summary: the tree of the last day, months whole, as the rules of the whole country say.
"""

from datetime import date
from typing import Any

from branches.rules.definitions.quality import BANDS
from branches.rules.reading import Rulebook
from branches.summary.months import last_whole_month, quarters_over

CODES = (
    "meetings.held", "meetings.week_one", "meetings.thematic", "meetings.regime", "meetings.attendance", "meetings.steps",
    "meetings.resolved", "meetings.best",
)  # fmt: skip
IN_WEEK_ONE = 7
RAW = """
WITH below AS (
    SELECT tree.ancestor_id AS place, branch.id AS branch, branch.founded_on, branch.dissolved_on, branch.joined_on
    FROM branches_ancestry tree JOIN branches_organisation branch ON branch.id = tree.organisation_id AND branch.kind = 'branch'
    WHERE tree.ancestor_id = ANY (%(places)s) AND tree.days @> %(last)s
),
decided AS (
    SELECT DISTINCT ON (above.organisation_id, decision.period, decision.kind)
           above.organisation_id AS branch, decision.period AS month, decision.kind, decision.change, decision.until
    FROM meetings_slotdecision decision
    JOIN branches_ancestry above ON above.ancestor_id = decision.organisation_id AND above.days @> decision.period
    WHERE decision.period BETWEEN %(first)s AND %(month)s
    ORDER BY above.organisation_id, decision.period, decision.kind, above.depth
),
owed AS (
    SELECT below.place, below.branch, span.month, COALESCE(regular.change = 'excused', false) AS free,
           span.month = ANY (%(quarters)s) AND COALESCE(theme.change <> 'excused', true) AS owes_theme,
           CASE WHEN regular.change = 'moved' THEN regular.until END AS moved_until
    FROM below CROSS JOIN (SELECT generate_series(%(first)s::date, %(month)s::date, '1 month')::date AS month) AS span
    LEFT JOIN decided regular ON regular.branch = below.branch AND regular.month = span.month AND regular.kind = 'regular'
    LEFT JOIN decided theme ON theme.branch = below.branch AND theme.month = span.month AND theme.kind = 'thematic'
    WHERE (founded_on IS NULL OR founded_on <= span.month) AND (dissolved_on IS NULL OR dissolved_on > span.month)
      AND (joined_on IS NULL OR joined_on <= span.month)
),
closed AS (
    SELECT id, organisation_id AS branch, kind, period, day, kind = 'thematic' OR also_thematic AS has_theme
    FROM meetings_meeting
    WHERE closed_at IS NOT NULL AND called_off_at IS NULL AND period BETWEEN %(first)s AND %(last)s AND day <= %(last)s
      AND organisation_id IN (SELECT branch FROM below)
),
roll AS (
    SELECT line.meeting_id AS id, count(*) AS expected, count(*) FILTER (WHERE line.mark IN ('present', 'online', 'late')) AS came
    FROM meetings_attendance line JOIN closed ON closed.id = line.meeting_id AND closed.kind = 'regular'
    WHERE line.standing = 'expected' GROUP BY 1
),
steps AS (
    SELECT id, bool_and(done) AS whole FROM (
        SELECT item.meeting_id AS id, bool_or(item.done AND NOT item.gone) AS done
        FROM meetings_agendaitem item JOIN closed ON closed.id = item.meeting_id AND closed.kind = 'regular'
        WHERE item.step <> '' GROUP BY item.meeting_id, item.step
    ) AS step GROUP BY 1
),
resolved AS (
    SELECT item.meeting_id AS id, bool_and((item.assignee_id IS NOT NULL OR item.assignee_words <> '') AND item.due_on IS NOT NULL) AS whole
    FROM meetings_actionitem item JOIN closed ON closed.id = item.meeting_id AND closed.kind = 'regular'
    WHERE NOT item.gone
      AND EXISTS (SELECT FROM meetings_resolution made WHERE made.meeting_id = item.meeting_id AND made.state = 'adopted' AND NOT made.gone)
    GROUP BY 1
),
points AS (
    SELECT score.meeting_id AS id, sum(given.points) AS points, bool_and(given.points = criterion.most) FILTER (WHERE criterion.must_be_full) AS whole
    FROM closed JOIN meetings_qualityscore score ON score.meeting_id = closed.id AND score.agreed AND NOT score.gone AND score.scorer = 'branch'
    JOIN meetings_scorerow given ON given.score_id = score.id AND NOT given.gone
    JOIN meetings_criterion criterion ON criterion.id = given.criterion_id
    WHERE closed.kind = 'regular' GROUP BY 1
),
themes AS (SELECT branch, date_trunc('quarter', period::timestamp)::date AS month FROM closed WHERE has_theme GROUP BY 1, 2),
held AS (
    SELECT closed.branch, closed.period AS month, closed.day, roll.expected, roll.came, COALESCE(steps.whole, false) AS steps,
           COALESCE(resolved.whole, false) AS resolved, points.points, COALESCE(points.points >= %(best)s AND points.whole IS NOT FALSE, false) AS best
    FROM closed LEFT JOIN roll USING (id) LEFT JOIN steps USING (id) LEFT JOIN resolved USING (id) LEFT JOIN points USING (id)
    WHERE closed.kind = 'regular'
),
places AS (
    SELECT owed.place, owed.branch,
        count(held.day) FILTER (WHERE NOT owed.free) AS held, count(*) FILTER (WHERE NOT owed.free) AS had_to,
        count(*) FILTER (WHERE held.day <= owed.month + %(week)s - 1 OR held.day <= owed.moved_until) AS in_time, count(held.day) AS met,
        count(themes.month) FILTER (WHERE owed.owes_theme) AS themes, count(*) FILTER (WHERE owed.owes_theme) AS had_themes,
        bool_and((owed.free OR held.day IS NOT NULL) AND (NOT owed.owes_theme OR themes.month IS NOT NULL))
            FILTER (WHERE NOT owed.free OR owed.owes_theme) AS keeps,
        sum(held.came) AS came, sum(held.expected) AS expected, bool_and(held.steps) FILTER (WHERE held.day IS NOT NULL) AS steps,
        count(*) FILTER (WHERE held.resolved) AS resolved, count(*) FILTER (WHERE held.best) AS best, count(held.points) AS scored
    FROM owed LEFT JOIN held USING (branch, month) LEFT JOIN themes USING (branch, month) GROUP BY 1, 2
)
SELECT place, sum(held), sum(had_to), sum(in_time), sum(met), sum(themes), sum(had_themes), count(*) FILTER (WHERE keeps), count(keeps),
       sum(came), sum(expected), count(*) FILTER (WHERE steps), count(steps), sum(resolved), sum(met), sum(best), sum(scored)
FROM places GROUP BY 1
"""


def said_of(places: list[int], first: date, last: date) -> dict[str, Any]:
    bands = Rulebook().source_of(BANDS, None, on=last).value
    return {
        "places": places, "first": first, "last": last, "month": last_whole_month(last),
        "quarters": quarters_over(first, last), "week": IN_WEEK_ONE, "best": bands[0].least,
    }  # fmt: skip
