"""The rules of due work with meetings, by hand in bare SQL: what stands in bare_duties.py, for the app upstairs."""

from datetime import date
from typing import Any

from branches.rules.definitions import dues, quality, reminders
from branches.rules.definitions.meetings import FIXED_DAY, LAST_DAY_OF_WEEK_ONE, PAPERS_BEFORE, THEMATIC_PLAN_BY
from branches.rules.reading import Rulebook
from meetings.slots import Measure, quarter_of

BARE = """
WITH branch AS (
    SELECT * FROM branches_organisation WHERE kind = %(branch)s
       AND (founded_on IS NULL OR founded_on <= %(on)s) AND (dissolved_on IS NULL OR dissolved_on > %(on)s)
),
excused AS (
    SELECT id, kind, period FROM (
        SELECT DISTINCT ON (b.id, d.kind, d.period) b.id, d.kind, d.period, d.change FROM meetings_slotdecision d
        JOIN branches_organisation o ON o.id = d.organisation_id JOIN branch b ON starts_with(b.path, o.path)
        ORDER BY b.id, d.kind, d.period, length(o.path) DESC
    ) AS nearest WHERE change = 'excused'
),
closed AS (
    SELECT * FROM meetings_meeting m
    WHERE m.closed_at IS NOT NULL OR EXISTS (SELECT FROM meetings_reopening r WHERE r.meeting_id = m.id)
),
here AS (
    SELECT m.id, m.member_id, m.organisation_id FROM members_membership m JOIN branches_organisation b ON b.id = m.organisation_id
    WHERE b.kind = %(branch)s AND m.kind = 'main' AND (m.since IS NULL OR m.since <= %(on)s) AND (m.until IS NULL OR m.until >= %(on)s)
),
marks AS (
    SELECT a.member_id, m.day, a.mark FROM meetings_attendance a JOIN meetings_meeting m ON m.id = a.meeting_id
    WHERE a.standing = 'expected' AND m.kind = 'regular' AND m.closed_at IS NOT NULL
      AND m.day BETWEEN make_date(%(year)s, 1, 1) AND %(on)s
),
last AS (SELECT member_id, max(day) AS came FROM marks WHERE mark IN ('present', 'online', 'late') GROUP BY 1),
missed AS (
    SELECT marks.member_id, count(*) AS times, max(day) AS latest FROM marks LEFT JOIN last USING (member_id)
    WHERE marks.mark IN ('excused', 'absent') AND (last.came IS NULL OR marks.day > last.came) GROUP BY 1
)
SELECT 'hop-thuong-ky', b.id || ':' || to_char(%(month)s::date, 'YYYY-MM'), b.id, %(in_time)s
FROM branch b WHERE (b.joined_on IS NULL OR b.joined_on <= %(month)s) AND (b.founded_on IS NULL OR b.founded_on <= %(month)s)
  AND NOT EXISTS (SELECT FROM meetings_meeting m WHERE m.organisation_id = b.id AND m.kind = 'regular' AND m.period = %(month)s
                  AND m.called_off_at IS NULL AND m.day <= %(on)s)
  AND NOT EXISTS (SELECT FROM excused e WHERE e.id = b.id AND e.kind = 'regular' AND e.period = %(month)s)
UNION ALL
SELECT 'hop-chuyen-de', b.id || ':' || to_char(%(quarter)s::date, 'YYYY-MM'), b.id, (%(quarter)s + interval '3 months -1 day')::date
FROM branch b WHERE (b.joined_on IS NULL OR b.joined_on <= %(quarter)s) AND (b.founded_on IS NULL OR b.founded_on <= %(quarter)s)
  AND NOT EXISTS (SELECT FROM meetings_meeting m WHERE m.organisation_id = b.id AND (m.kind = 'thematic' OR m.also_thematic) AND date_trunc('quarter', m.period)::date = %(quarter)s
                  AND m.called_off_at IS NULL AND m.day <= %(on)s)
  AND NOT EXISTS (SELECT FROM excused e WHERE e.id = b.id AND e.kind = 'thematic' AND e.period = %(quarter)s)
UNION ALL
SELECT 'moi-hop', m.id::text, m.organisation_id, m.day - %(papers)s FROM meetings_meeting m
WHERE m.called_off_at IS NULL AND m.told_at IS NULL AND m.closed_at IS NULL AND m.day > %(on)s AND m.day - 7 - %(papers)s <= %(on)s
UNION ALL
SELECT 'dong-so-hop', m.id::text, m.organisation_id, m.day + %(close)s FROM meetings_meeting m
WHERE m.called_off_at IS NULL AND m.closed_at IS NULL AND m.day <= %(on)s AND NOT m.entered_later
UNION ALL
SELECT 'viec-duoc-giao', i.id::text, i.organisation_id, i.due_on
FROM meetings_actionitem i JOIN closed m ON m.id = i.meeting_id JOIN members_member p ON p.id = i.assignee_id
WHERE NOT i.gone AND i.stand NOT IN ('done', 'dropped') AND p.account_id IS NOT NULL AND i.due_on IS NOT NULL AND m.day <= %(on)s
UNION ALL
SELECT 'viec-qua-han', i.id::text, i.organisation_id, i.due_on FROM meetings_actionitem i JOIN closed m ON m.id = i.meeting_id
WHERE NOT i.gone AND i.stand NOT IN ('done', 'dropped') AND i.due_on < %(on)s
UNION ALL
SELECT 'no-dang-phi', h.id::text, h.organisation_id, max(owed.month) FROM here h JOIN LATERAL (
    SELECT month FROM meetings_dues d WHERE d.member_id = h.member_id AND d.organisation_id = h.organisation_id
       AND d.month BETWEEN make_date(%(year)s, 1, 1) AND %(on)s AND NOT d.excused AND d.paid < d.owed ORDER BY month LIMIT %(unpaid)s
) owed ON true GROUP BY h.id, h.organisation_id
HAVING count(*) = %(unpaid)s AND max(owed.month) + interval '1 month' <= %(on)s
UNION ALL
SELECT 'vang-lien-tiep', h.id::text, h.organisation_id, missed.latest
FROM here h JOIN missed USING (member_id) WHERE missed.times >= %(absent)s
UNION ALL
SELECT 'tra-loi-kien-nghi', p.id::text, p.to_id, m.day + %(reply)s FROM meetings_proposal p JOIN closed m ON m.id = p.meeting_id
WHERE p.state = 'raised' AND NOT p.gone AND m.day <= %(on)s
UNION ALL
SELECT 'bao-lai-tra-loi', p.id::text, m.organisation_id, p.answered_on + %(tell)s
FROM meetings_proposal p JOIN closed m ON m.id = p.meeting_id
WHERE p.state <> 'raised' AND NOT p.gone AND p.answered_on <= %(on)s AND NOT EXISTS (
    SELECT FROM meetings_meeting n WHERE n.organisation_id = m.organisation_id AND n.kind = 'regular' AND n.called_off_at IS NULL
       AND n.closed_at IS NOT NULL AND n.day BETWEEN p.answered_on AND %(on)s)
UNION ALL
SELECT 'gui-ke-hoach-chuyen-de', b.id || ':' || %(year)s::text, b.id, %(plan_by)s FROM branch b
WHERE (b.joined_on IS NULL OR b.joined_on <= make_date(%(year)s, 1, 1)) AND (b.founded_on IS NULL OR b.founded_on <= make_date(%(year)s, 1, 1))
  AND NOT EXISTS (SELECT FROM meetings_thematicplan p WHERE p.organisation_id = b.id AND p.year = %(year)s AND p.state IN ('sent', 'approved'))
UNION ALL
SELECT 'duyet-ke-hoach-chuyen-de', p.id::text, b.parent_id, p.sent_on + %(approve)s
FROM meetings_thematicplan p JOIN branches_organisation b ON b.id = p.organisation_id
WHERE p.state = 'sent' AND p.sent_on <= %(on)s AND b.parent_id IS NOT NULL
UNION ALL
SELECT 'du-hop', m.id || ':' || m.day, m.organisation_id, m.day
FROM meetings_invitation i JOIN meetings_meeting m ON m.id = i.meeting_id JOIN members_member p ON p.id = i.member_id
WHERE (i.day IS NULL OR i.day = m.day) AND i.answer = '' AND i.told_at IS NOT NULL AND p.account_id IS NOT NULL
  AND m.day >= %(on)s AND m.called_off_at IS NULL AND m.closed_at IS NULL
UNION ALL
SELECT 'du-hop-chi-bo-phu-trach', m.id || ':' || m.day, m.organisation_id, m.day
FROM members_charge c JOIN meetings_meeting m ON m.organisation_id = c.organisation_id JOIN members_member p ON p.id = c.member_id
WHERE m.day >= %(on)s AND m.told_at IS NOT NULL AND m.called_off_at IS NULL AND m.closed_at IS NULL
  AND c.since <= m.day AND (c.until IS NULL OR c.until >= m.day) AND p.account_id IS NOT NULL
"""
RULES = {
    "papers": PAPERS_BEFORE, "close": reminders.CLOSE_LOG, "reply": reminders.ANSWER_PROPOSAL, "tell": reminders.TELL_ANSWER,
    "approve": reminders.APPROVE_PLAN, "unpaid": dues.UNPAID, "absent": quality.ABSENT_RUNNING,
}  # fmt: skip


def facts_on(today: date, book: Rulebook) -> dict[str, Any]:
    """What this statement needs beside what the other one does."""
    facts = {name: book.source_of(rule, None, on=today).value for name, rule in RULES.items()}
    week_one, fixed, plan = (
        book.source_of(rule, None, on=today).value for rule in (LAST_DAY_OF_WEEK_ONE, FIXED_DAY, THEMATIC_PLAN_BY)
    )
    month, measure = today.replace(day=1), Measure(week_one, fixed)
    in_time = max(measure.week_one_ends(month), measure.fixed_on(month) or month)
    return facts | {
        "month": month,
        "quarter": quarter_of(today),
        "in_time": in_time,
        "plan_by": plan.last_day(today.year),
    }
