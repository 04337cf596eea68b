"""The rules of due work as somebody would write them by hand, in bare SQL: the floor of the scan. Rule, subject, organisation,
the day that the rule names."""

from datetime import date, timedelta
from typing import Any

from branches.models import Kind
from branches.rules.definitions import admission, assignments, badges, reminders
from branches.rules.reading import Rulebook
from members.models import Post, State
from members.party_age import round_before, round_from

BARE = """
WITH lacking AS MATERIALIZED (
    SELECT m.id, m.organisation_id, m.since FROM members_membership m
    WHERE m.kind = 'main' AND (m.since IS NULL OR m.since <= %(on)s) AND (m.until IS NULL OR m.until >= %(on)s)
      AND EXISTS (SELECT FROM members_statespell s WHERE s.member_id = m.member_id AND s.state = ANY(%(present)s)
                  AND (s.since IS NULL OR s.since <= %(on)s) AND (s.until IS NULL OR s.until >= %(on)s))
      AND NOT EXISTS (SELECT FROM members_statespell s WHERE s.member_id = m.member_id AND s.state = ANY(%(reliefs)s)
                      AND (s.since IS NULL OR s.since <= %(on)s) AND (s.until IS NULL OR s.until >= %(on)s))
      AND NOT EXISTS (SELECT FROM members_assignment a WHERE a.member_id = m.member_id AND a.organisation_id = m.organisation_id
                      AND a.year = %(year)s AND a.agreed_on <= %(on)s AND (a.ended_on IS NULL OR a.ended_on > %(on)s))
),
branch AS (
    SELECT * FROM branches_organisation WHERE kind = %(branch)s
       AND (founded_on IS NULL OR founded_on <= %(on)s) AND (dissolved_on IS NULL OR dissolved_on > %(on)s)
)
SELECT 'sua-ho-so', c.id::text, CASE WHEN own.is_own THEN b.parent_id ELSE b.id END,
       (c.asked_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date + %(answer)s
FROM members_correction c JOIN members_member m ON m.id = c.member_id JOIN branches_organisation b ON b.id = m.branch_id
CROSS JOIN LATERAL (SELECT EXISTS (
    SELECT FROM branches_grant g WHERE g.account_id = c.asked_by_id AND g.organisation_id = b.id AND g.role = ANY(%(keepers)s)
       AND (g.since IS NULL OR g.since <= %(on)s) AND (g.until IS NULL OR g.until >= %(on)s)
) AS is_own) own
WHERE c.answer = 'waiting'
UNION ALL
SELECT 'cong-nhan-chinh-thuc', m.id::text, m.branch_id, (m.admitted_on + make_interval(months => %(probation)s))::date + 42
FROM members_member m
WHERE m.state = 'probationary' AND m.branch_id IS NOT NULL
  AND (m.admitted_on + make_interval(months => %(prepare)s))::date <= %(on)s
UNION ALL
SELECT 'huy-hieu', m.id || ':' || y, m.branch_id, round.on
FROM members_member m JOIN branches_organisation b ON b.id = m.branch_id CROSS JOIN unnest(%(years)s::int[]) y
CROSS JOIN LATERAL (SELECT (m.decided_on + make_interval(months => 12 * y + m.months_not_counted))::date AS on) reached
CROSS JOIN LATERAL (SELECT min(r) AS on FROM unnest(%(rounds)s::date[]) r WHERE r >= reached.on) round
WHERE m.state = 'full' AND reached.on > %(first)s AND reached.on <= %(last)s AND round.on - %(ahead)s <= %(on)s
  AND (b.joined_on IS NULL OR b.joined_on <= round.on)
  AND NOT EXISTS (SELECT FROM members_badgeaward a WHERE a.member_id = m.id AND a.years = y)
UNION ALL
SELECT 'dong-nhap-loi', i.id::text, i.organisation_id, (i.applied_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date + %(mend)s
FROM members_import i
WHERE i.state = 'applied' AND i.wrong > 0 AND NOT EXISTS (
    SELECT FROM members_import l WHERE l.organisation_id = i.organisation_id AND l.state = 'applied' AND l.applied_at > i.applied_at)
UNION ALL
SELECT 'giao-nhiem-vu', b.id || ':' || %(year)s, b.id, %(given_by)s
FROM branch b WHERE (b.joined_on IS NULL OR b.joined_on <= %(given_by)s)
  AND b.id IN (SELECT l.organisation_id FROM lacking l WHERE l.since IS NULL OR l.since <= %(given_by)s)
UNION ALL
SELECT 'nhiem-vu-nguoi-moi', l.id::text, l.organisation_id, l.since + %(newcomer)s
FROM lacking l JOIN branches_organisation b ON b.id = l.organisation_id
WHERE l.since > %(given_by)s AND b.kind = %(branch)s
UNION ALL
SELECT 'khuyet-bi-thu', b.id::text, b.parent_id,
       COALESCE(gone.last + 1, b.joined_on, b.founded_on, make_date(%(year)s, 1, 1)) + %(vacancy)s
FROM branch b LEFT JOIN (
    SELECT organisation_id, max(until) AS last FROM members_office WHERE post = %(secretary)s AND until < %(on)s GROUP BY 1
) gone ON gone.organisation_id = b.id
WHERE b.parent_id IS NOT NULL AND NOT EXISTS (
    SELECT FROM members_office o WHERE o.organisation_id = b.id AND o.post = %(secretary)s
       AND (o.since IS NULL OR o.since <= %(on)s) AND (o.until IS NULL OR o.until >= %(on)s))
UNION ALL
SELECT 'het-chuc-vu', o.id::text, CASE WHEN b.kind = %(branch)s THEN b.parent_id ELSE b.id END, o.until
FROM members_office o JOIN branches_organisation b ON b.id = o.organisation_id
WHERE o.post = %(secretary)s AND o.acting_for_id IS NULL AND o.until >= %(on)s AND o.until - %(office_ahead)s <= %(on)s
  AND NOT EXISTS (SELECT FROM members_office n WHERE n.organisation_id = o.organisation_id AND n.post = %(secretary)s
                  AND n.since > o.until)
UNION ALL
SELECT 'het-nhiem-ky', t.id::text, t.organisation_id, t.until
FROM branches_term t JOIN branches_organisation o ON o.id = t.organisation_id
WHERE t.until - %(term_ahead)s <= %(on)s AND (o.dissolved_on IS NULL OR o.dissolved_on > %(on)s)
  AND NOT EXISTS (SELECT FROM branches_term n WHERE n.organisation_id = t.organisation_id AND n.since > t.since)
UNION ALL
SELECT 'quan-triet', s.id || ':' || b.id, b.id, s.due_on
FROM directives_study s
JOIN branches_ancestry a ON a.ancestor_id = s.organisation_id AND a.days @> %(on)s::date
JOIN branches_organisation b ON b.id = a.organisation_id
WHERE b.kind = %(branch)s AND (b.dissolved_on IS NULL OR b.dissolved_on > %(on)s)
  AND (b.joined_on IS NULL OR b.joined_on <= s.due_on) AND s.due_on - %(study_ahead)s <= %(on)s
  AND NOT EXISTS (SELECT FROM directives_studysession h WHERE h.study_id = s.id AND h.organisation_id = b.id)
"""
RULES = {
    "answer": reminders.ANSWER_CORRECTION, "mend": reminders.MEND_IMPORT, "ahead": reminders.BADGE_AHEAD,
    "newcomer": reminders.NEWCOMER, "vacancy": reminders.VACANCY, "office_ahead": reminders.OFFICE_AHEAD,
    "term_ahead": reminders.TERM_AHEAD, "study_ahead": reminders.STUDY_AHEAD, "probation": admission.PROBATION,
    "prepare": admission.PREPARE, "years": badges.YEARS, "award_days": badges.AWARD_DAYS, "given_by": assignments.GIVEN_BY,
}  # fmt: skip


def facts_on(today: date, keepers: list[str]) -> dict[str, Any]:
    """What the statement needs to know of the rules of the whole country."""
    book = Rulebook()
    facts: dict[str, Any] = {name: book.source_of(rule, None, on=today).value for name, rule in RULES.items()}
    rounds = _rounds(today, facts.pop("award_days"), facts["ahead"])
    return facts | {
        "on": today, "year": today.year, "given_by": facts["given_by"].last_day(today.year), "years": list(facts["years"]),
        "rounds": rounds[1:], "first": rounds[0], "last": rounds[-1], "branch": Kind.BRANCH.value,
        "secretary": Post.SECRETARY.value, "keepers": keepers, "present": [state.value for state in State.present()],
        "reliefs": [state.value for state in State.reliefs()],
    }  # fmt: skip


def _rounds(today: date, award_days: Any, ahead: int) -> list[date]:
    rounds = [round_from(today, award_days)]
    for _ in range(3):
        rounds.insert(0, round_before(rounds[0], award_days))
    while rounds[-1] - timedelta(days=ahead) <= today:
        rounds.append(round_from(rounds[-1] + timedelta(days=1), award_days))
    return rounds[:-1]
