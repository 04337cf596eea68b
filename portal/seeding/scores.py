"""How branches scored their meetings. In the demo what fills itself is measured from the logs that were written before;
in bulk, where only the last logs are whole, points are drawn as if the branches had said them."""

from collections.abc import Sequence
from datetime import date, datetime, time
from random import Random

from django.db import connection
from django.utils import timezone

from branches.rules.definitions.quality import BANDS
from branches.rules.reading import Rulebook
from meetings.models import CriteriaSet, Criterion, Meeting, MeetingKind, QualityScore, Scorer
from meetings.quality.facts import Facts
from meetings.quality.gathering import facts_of
from meetings.quality.measurers import MEASURERS
from meetings.queries.criteria import lines_of
from meetings.queries.log_wire import name_within
from meetings.services.criteria import load_criteria
from portal.duties.rules import Asked
from portal.seeding.scales import Scale

ABOVE = 0.15  # of regular meetings the level above has scored so many, too
CAREFUL = 0.8  # that a branch gives itself all points of what it is asked
COPY = """
COPY meetings_scorerow (id, meeting_id, version, stamp, gone, saved_at, score_id, criterion_id, points, reason, by_hand) FROM STDIN
"""
# From the beginning of the running year: a branch that keeps its meetings well gives itself nearly all points.
IN_BULK = """
WITH held AS (
    SELECT meeting.id, meeting.kind, meeting.day, branch.code, pg_temp.chance(branch.code || ' keeps') AS keeps
    FROM meetings_meeting meeting JOIN branches_organisation branch ON branch.id = meeting.organisation_id
    WHERE meeting.kind IN ('regular', 'thematic') AND meeting.ended_at IS NOT NULL AND meeting.day >= %(since)s
),
asked AS (
    SELECT held.*, scorer FROM held, unnest(ARRAY['branch', 'above']) AS scorer
    WHERE scorer = 'branch' OR pg_temp.chance(held.id || ' above') < 0.15 AND held.kind = 'regular'
),
sheet AS (
    INSERT INTO meetings_qualityscore (id, meeting_id, version, stamp, gone, saved_by_id, saved_at, criteria_id, scorer, agreed, agreed_at, comment)
    SELECT pg_temp.named(asked.id || scorer), asked.id, 1, 0, false, NULL, asked.day::timestamp + interval '20 hours', criteria.id, scorer,
        true, asked.day::timestamp + interval '20 hours', ''
    FROM asked JOIN meetings_criteriaset criteria ON criteria.organisation_id IS NULL AND criteria.kind = asked.kind AND criteria.until IS NULL
    RETURNING id
)
SELECT count(*) FROM sheet
"""
ROWS_IN_BULK = """
INSERT INTO meetings_scorerow (id, meeting_id, version, stamp, gone, saved_by_id, saved_at, score_id, criterion_id, points, reason, by_hand)
SELECT pg_temp.named(score.id || ' row ' || criterion.id), score.meeting_id, 1, 0, false, NULL, score.saved_at, score.id, criterion.id,
    CASE WHEN drawn.given < 0.95 - keeps * 0.35 THEN criterion.most
         WHEN drawn.given < 0.985 - keeps * 0.2 THEN criterion.most / 2 ELSE 0 END, '', true
FROM meetings_qualityscore score
JOIN meetings_meeting meeting ON meeting.id = score.meeting_id
JOIN branches_organisation branch ON branch.id = meeting.organisation_id
JOIN meetings_block block ON block.criteria_id = score.criteria_id
JOIN meetings_criterion criterion ON criterion.block_id = block.id
CROSS JOIN LATERAL (SELECT pg_temp.chance(branch.code || ' keeps') AS keeps) AS kept
CROSS JOIN LATERAL (SELECT pg_temp.chance(score.meeting_id || ' scores ' || criterion.position || block.position
    || CASE WHEN score.scorer = 'above' AND pg_temp.chance(score.id || ' otherwise' || criterion.position) < 0.1 THEN 'above' ELSE '' END) AS given) AS drawn
"""


def seed_scores(scale: Scale, random: Random, today: date) -> None:
    """While the logs are open: a branch's own score is locked with them. Without rules nobody can say what is full."""
    if not Rulebook().entries(BANDS.key, None):
        return
    load_criteria()
    if scale.in_bulk:
        with connection.cursor() as cursor:
            cursor.execute(IN_BULK, {"since": date(today.year, 1, 1)})
            cursor.execute("ANALYZE meetings_qualityscore")
            cursor.execute(ROWS_IN_BULK)
            cursor.execute("ANALYZE meetings_scorerow")
        return
    rows = Meeting.everything.filter(kind__in=MeetingKind.scored(), ended_at__isnull=False)
    meetings = list(rows.select_related("organisation").order_by("pk"))
    sets = {kind: CriteriaSet.everything.of_whole_country().get(kind=kind, until=None) for kind in MeetingKind.scored()}
    for kind, criteria in sets.items():
        _score([row for row in meetings if row.kind == kind], criteria, random)


def _score(meetings: Sequence[Meeting], criteria: CriteriaSet, random: Random) -> None:
    """What is asked is drawn, what can be measured is measured."""
    lines, facts = lines_of(criteria), facts_of(meetings, Asked(timezone.localdate()))
    scores: list[QualityScore] = []
    rows: list[tuple] = []
    for meeting in meetings:
        own = _sheet(meeting, criteria, Scorer.BRANCH)
        given: list[tuple[Criterion, int, str, bool]] = [
            (line, *_points(line, facts[meeting.pk], random)) for line in lines
        ]
        scores.append(own)
        rows += [_row(own, *one) for one in given]
        if meeting.kind == MeetingKind.REGULAR and random.random() < ABOVE:
            above = _sheet(meeting, criteria, Scorer.ABOVE)
            scores.append(above)
            rows += [_row(above, line, _otherwise(points, random), "", True) for line, points, *_ in given]
    QualityScore.everything.bulk_create(scores, batch_size=1_000)
    with connection.cursor() as cursor, cursor.copy(COPY) as copy:
        for row in rows:
            copy.write_row(row)


def _sheet(meeting: Meeting, criteria: CriteriaSet, scorer: Scorer) -> QualityScore:
    at = timezone.make_aware(datetime.combine(meeting.day, meeting.ended_at or time(17)))
    name = name_within(meeting, "quality", *([] if scorer is Scorer.BRANCH else [scorer]))
    return QualityScore(
        id=name, meeting=meeting, criteria=criteria, scorer=scorer, agreed=True, agreed_at=at, saved_at=at
    )


def _row(score: QualityScore, line: Criterion, points: int, reason: str, by_hand: bool) -> tuple:
    """In the order of COPY."""
    name = name_within(score.meeting, "score", line.pk, *([] if score.scorer == Scorer.BRANCH else [score.scorer]))
    return (name, score.meeting_id, 1, 0, False, score.saved_at, score.pk, line.pk, points, reason, by_hand)


def _points(line: Criterion, facts: Facts, random: Random) -> tuple[int, str, bool]:
    if line.fills in MEASURERS:
        filled = MEASURERS[line.fills].fill(facts, line.most)
        return filled.points, filled.reason, False
    given = line.most if random.random() < CAREFUL else line.most - random.randint(1, max(1, line.most // 2))
    return given, "", True


def _otherwise(points: int, random: Random) -> int:
    """The level above agrees mostly; where it does not it gives less."""
    return max(0, points - random.randint(1, 2)) if random.random() < 0.12 else points
