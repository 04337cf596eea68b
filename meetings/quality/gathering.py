"""Facts of many meetings at once, by one statement, however many there are."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import connection
from django.utils import timezone

from branches.models import Organisation
from branches.rules.definitions import meetings as meeting_rules
from branches.rules.definitions import quality
from branches.rules.reading import Reader, Rulebook
from meetings.models import Meeting
from meetings.quality.facts import Borders, Facts
from meetings.queries.measures import least_minutes
from meetings.queries.week_one import Measures
from meetings.slots import Place, is_in_time

RULES = (
    quality.ATTENDANCE_FULL, quality.ATTENDANCE_NONE, quality.SPEAKERS_FULL, quality.ABSENT_RUNNING,
    meeting_rules.PAPERS_BEFORE,
)  # fmt: skip
# `before`: the meeting of the same kind that came before it; what happened since then belongs to this one.
GATHER = """
WITH wanted AS (
    SELECT m.id, m.organisation_id, m.kind, m.period, m.day, m.told_at,
           COALESCE((SELECT max(e.day) FROM meetings_meeting e WHERE e.organisation_id = m.organisation_id AND e.kind = m.kind
                     AND e.day < m.day AND e.called_off_at IS NULL), m.day - 31) AS before
    FROM meetings_meeting m WHERE m.id = ANY (%(meetings)s)
),
roll AS (
    SELECT line.meeting_id AS id, count(*) AS expected, count(*) FILTER (WHERE line.mark IN ('present', 'online', 'late')) AS came,
           count(*) FILTER (WHERE line.mark = 'absent') AS absent, count(*) FILTER (WHERE line.mark = '') AS unmarked
    FROM meetings_attendance line JOIN wanted ON wanted.id = line.meeting_id WHERE line.standing = 'expected' GROUP BY 1
),
years AS (SELECT DISTINCT organisation_id, kind, EXTRACT(YEAR FROM day)::int AS year FROM wanted),
seen AS (
    SELECT m.id, m.organisation_id, m.kind, m.day, line.member_id, line.mark IN ('excused', 'absent') AS away
    FROM years JOIN meetings_meeting m ON m.organisation_id = years.organisation_id AND m.kind = years.kind
     AND m.day BETWEEN make_date(years.year, 1, 1) AND make_date(years.year, 12, 31)
     AND (m.closed_at IS NOT NULL OR m.id = ANY (%(meetings)s)) AND m.called_off_at IS NULL
    JOIN meetings_attendance line ON line.meeting_id = m.id AND line.standing = 'expected'
),
spells AS (
    SELECT id, member_id, away, count(*) FILTER (WHERE NOT away) OVER (
        PARTITION BY organisation_id, kind, member_id, EXTRACT(YEAR FROM day) ORDER BY day, id) AS spell, organisation_id, kind, day
    FROM seen
),
running AS (
    SELECT id, array_agg(times) AS times FROM (
        SELECT id, away, count(*) FILTER (WHERE away) OVER (
            PARTITION BY organisation_id, kind, member_id, EXTRACT(YEAR FROM day), spell ORDER BY day, id) AS times
        FROM spells
    ) AS counted WHERE away AND times > 1 AND id = ANY (%(meetings)s) GROUP BY 1
),
papers AS (
    SELECT wanted.id, count(*) AS papers, array_agg((wanted.day - (paper.put_out_at AT TIME ZONE %(zone)s)::date)) AS days
    FROM meetings_meetingpaper paper JOIN wanted ON wanted.id = paper.meeting_id GROUP BY 1
),
prepared AS (
    SELECT wanted.id, max(m.day) AS day FROM wanted JOIN meetings_meeting m ON m.organisation_id = wanted.organisation_id
     AND m.kind = 'committee' AND m.called_off_at IS NULL AND m.started_at IS NOT NULL AND m.day <= wanted.day AND m.day > wanted.before
    GROUP BY 1
),
committees AS (
    SELECT wanted.id FROM wanted WHERE EXISTS (
        SELECT 1 FROM members_office office WHERE office.organisation_id = wanted.organisation_id AND office.post = 'committee'
        AND daterange(office.since, office.until, '[]') @> wanted.day)
),
moved AS (
    SELECT DISTINCT ON (wanted.id) wanted.id, decision.change, decision.until FROM wanted
    JOIN branches_ancestry above ON above.organisation_id = wanted.organisation_id AND above.days @> wanted.period
    JOIN meetings_slotdecision decision ON decision.organisation_id = above.ancestor_id AND decision.kind = wanted.kind
     AND decision.period = wanted.period
    ORDER BY wanted.id, above.depth
),
steps AS (
    SELECT id, count(*) AS asked, count(*) FILTER (WHERE done) AS done FROM (
        SELECT item.meeting_id AS id, bool_or(item.done AND NOT item.gone) AS done
        FROM meetings_agendaitem item JOIN wanted ON wanted.id = item.meeting_id WHERE item.step <> '' GROUP BY item.meeting_id, item.step
    ) AS step GROUP BY 1
),
speakers AS (
    SELECT said.meeting_id AS id, count(DISTINCT said.member_id) AS people FROM meetings_opinion said
    JOIN wanted ON wanted.id = said.meeting_id WHERE NOT said.gone AND NOT said.sent_before GROUP BY 1
),
review AS (
    SELECT item.meeting_id AS id, count(*) AS times, array_agg(item.action_id) AS actions FROM meetings_itemreview item
    JOIN wanted ON wanted.id = item.meeting_id WHERE NOT item.gone GROUP BY 1
),
given AS (
    SELECT wanted.id, count(*) AS left_over FROM wanted
    JOIN meetings_actionitem item ON item.organisation_id = wanted.organisation_id AND NOT item.gone
     AND (item.stand NOT IN ('done', 'dropped') OR item.stood_on > wanted.day)
    JOIN meetings_meeting m ON m.id = item.meeting_id AND m.day < wanted.day
    LEFT JOIN review ON review.id = wanted.id
    WHERE review.id IS NULL OR item.id <> ALL (review.actions) GROUP BY 1
),
studies AS (
    SELECT wanted.id, count(DISTINCT study.id) AS due, count(DISTINCT study.id) FILTER (
        WHERE session.id IS NOT NULL OR decision.id IS NOT NULL) AS done
    FROM wanted JOIN branches_ancestry above ON above.organisation_id = wanted.organisation_id AND above.days @> wanted.day
    JOIN directives_study study ON study.organisation_id = above.ancestor_id AND study.due_on > wanted.before
     AND study.due_on < (date_trunc('month', wanted.day::timestamp) + interval '1 month')::date
    LEFT JOIN directives_studysession session ON session.study_id = study.id
     AND session.organisation_id = wanted.organisation_id AND session.held_on <= wanted.day
    LEFT JOIN meetings_decision decision ON decision.meeting_id = wanted.id AND decision.study_id = study.id AND NOT decision.gone
    GROUP BY 1
),
remarks AS (
    SELECT item.meeting_id AS id, count(*) AS times FROM meetings_remark item JOIN wanted ON wanted.id = item.meeting_id
    WHERE NOT item.gone GROUP BY 1
),
adopted AS (
    SELECT item.meeting_id AS id, bool_or(item.vote_id IS NOT NULL) OR EXISTS (
        SELECT 1 FROM meetings_vote vote WHERE vote.meeting_id = item.meeting_id AND NOT vote.gone) AS voted
    FROM meetings_resolution item JOIN wanted ON wanted.id = item.meeting_id
    WHERE NOT item.gone AND item.state = 'adopted' GROUP BY item.meeting_id
),
actions AS (
    SELECT item.meeting_id AS id, count(*) AS given, count(*) FILTER (
        WHERE (item.assignee_id IS NOT NULL OR item.assignee_words <> '') AND item.due_on IS NOT NULL) AS whole
    FROM meetings_actionitem item JOIN wanted ON wanted.id = item.meeting_id WHERE NOT item.gone GROUP BY 1
)
SELECT wanted.id, COALESCE(roll.expected, 0), COALESCE(roll.came, 0), COALESCE(roll.absent, 0), COALESCE(roll.unmarked, 0), running.times,
    (wanted.told_at AT TIME ZONE %(zone)s)::date, papers.days, prepared.day, committees.id IS NOT NULL,
    CASE WHEN moved.change = 'moved' THEN moved.until END, COALESCE(steps.asked, 0), COALESCE(steps.done, 0), COALESCE(speakers.people, 0),
    COALESCE(review.times, 0), COALESCE(given.left_over, 0), COALESCE(studies.due, 0), COALESCE(studies.done, 0), COALESCE(remarks.times, 0),
    adopted.id IS NOT NULL, COALESCE(adopted.voted, false), COALESCE(actions.given, 0), COALESCE(actions.whole, 0)
FROM wanted LEFT JOIN roll USING (id) LEFT JOIN running USING (id) LEFT JOIN papers USING (id) LEFT JOIN prepared USING (id)
LEFT JOIN committees USING (id) LEFT JOIN moved USING (id) LEFT JOIN steps USING (id) LEFT JOIN speakers USING (id)
LEFT JOIN review USING (id) LEFT JOIN given USING (id) LEFT JOIN studies USING (id) LEFT JOIN remarks USING (id)
LEFT JOIN adopted USING (id) LEFT JOIN actions USING (id)
"""


def facts_of(meetings: Sequence[Meeting], reader: Reader) -> dict[uuid.UUID, Facts]:
    """Meetings with their organisations. Rules are those of each one's day and place."""
    book = Rulebook.of(reader)
    borders, weeks = _BordersOf(book), Measures(book)
    found = {}
    rows = {row[0]: row[1:] for row in _gathered([meeting.pk for meeting in meetings])}
    for meeting in meetings:
        said = rows[meeting.pk]
        here = borders.of(meeting.organisation, meeting.day)
        found[meeting.pk] = _told(meeting, said, here, weeks, reader)
    return found


def _gathered(meetings: list[uuid.UUID]) -> Iterable[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(GATHER, {"meetings": meetings, "zone": timezone.get_current_timezone_name()})
        return cursor.fetchall()


class _BordersOf:
    """Where nobody has rules of their own, those of the country are read once a day."""

    def __init__(self, book: Rulebook) -> None:
        self._book = book
        self._found: dict[tuple[int | None, date], Borders] = {}
        self._some_have_own = any(book.organisations_with_own(rule.key, date.max) for rule in RULES)

    def of(self, organisation: Organisation, on: date) -> Borders:
        place = organisation if self._some_have_own else None
        key = (place.pk if place else None, on)
        if key not in self._found:
            values: list[Any] = [self._book.source_of(rule, place, on=on).value for rule in RULES]
            self._found[key] = Borders(*values)
        return self._found[key]


def _told(meeting: Meeting, said: tuple, borders: Borders, weeks: Measures, reader: Reader) -> Facts:
    (
        expected, came, absent, unmarked, running, told_on, papers, committee_met_on, has_committee, moved_until, steps,
        steps_done, speakers, reviewed, left_over, studies, studied, remarks, concluded, voted, actions, actions_whole,
    ) = said  # fmt: skip
    in_time, was_moved = _in_time(meeting, moved_until, weeks)
    return Facts(
        borders=borders, day=meeting.day, expected=expected, came=came, absent=absent, unmarked=unmarked,
        running=sum(times >= borders.absent_running for times in running or ()), told_on=told_on,
        papers=len(papers or ()), papers_late=sum(days < borders.papers_days for days in papers or ()),
        has_committee=has_committee, committee_met_on=committee_met_on, in_time=in_time, was_moved=was_moved,
        minutes=meeting.minutes, least_minutes=least_minutes(meeting, expected, reader), steps=steps,
        steps_done=steps_done, speakers=speakers, nothing_raised=meeting.nothing_raised,
        to_review=reviewed + left_over, reviewed=reviewed, studies=studies, studied=studied, remarks=remarks,
        concluded=concluded, voted=voted, actions=actions, actions_whole=actions_whole,
        minutes_read=meeting.minutes_read,
    )  # fmt: skip


def _in_time(meeting: Meeting, moved_until: date | None, weeks: Measures) -> tuple[bool, bool]:
    if meeting.period is None:
        return True, False
    place = Place(meeting.kind, meeting.period)
    if is_in_time(place, meeting.day, weeks.of(meeting.organisation, meeting.period)):
        return True, False
    was_moved = moved_until is not None and meeting.day <= moved_until
    return was_moved, was_moved
