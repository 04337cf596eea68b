"""The indicators as somebody would write them by hand, in bare SQL: organisation, how many of how many. The floor of each.

For one place and period: the tree of the last day, months whole, as the rules of the whole country say.
"""

# ruff: noqa: S608  our own words

from datetime import date
from typing import Any

from branches.models import Organisation
from branches.rules.definitions.organisations import DEPUTY_FROM, SECRETARY_THEORY
from branches.rules.definitions.targets import ATTENDANCE
from branches.rules.reading import Rulebook
from branches.summary.months import last_whole_month, quarters_over
from members.queries.offices import LEVELS

BELOW = "JOIN branches_ancestry tree ON tree.organisation_id = {row}.organisation_id AND tree.ancestor_id = %(place)s AND tree.days @> %(last)s"
BRANCH = "JOIN branches_organisation branch ON branch.id = {row}.organisation_id AND branch.kind = 'branch'"
MONTHS = f"FROM branches_month m {BELOW.format(row='m')} {BRANCH.format(row='m')} WHERE m.month BETWEEN %(first)s AND %(month)s"
LATEST = (
    f"FROM branches_month m {BELOW.format(row='m')} {BRANCH.format(row='m')} WHERE m.month = %(month)s"
)  # fmt: skip
HELD = "m.in_use AND m.regular_held_on <= %(last)s"
QUARTER = "(m.month = ANY (%(quarters)s) AND NOT m.thematic_excused)"
KEPT = f"(m.regular_excused OR COALESCE(m.regular_held_on <= %(last)s, false)) AND (NOT {QUARTER} OR COALESCE(m.thematic_held_on <= %(last)s, false))"


def _count(part: str, among: str) -> str:
    return f"SELECT m.organisation_id, count(*) FILTER (WHERE {part}), count(*) {MONTHS} AND {among} GROUP BY 1"


def _kept(part: str, among: str) -> str:
    return f"SELECT m.organisation_id, bool_and({part})::int, 1 {MONTHS} AND {among} GROUP BY 1"


OFFICERS = f"FROM members_office office {BELOW.format(row='office')} {BRANCH.format(row='office')}"
ON_DAY = "({row}.since IS NULL OR {row}.since <= %(last)s) AND ({row}.until IS NULL OR {row}.until >= %(last)s)"
SECRETARIES = (
    f"{OFFICERS} WHERE office.post = 'secretary' AND office.acting_for_id IS NULL AND {ON_DAY.format(row='office')}"
)
IN_VILLAGES = f"{SECRETARIES} AND branch.branch_type IN ('village', 'neighbourhood')"


def _heads(of: str, posts: str) -> str:
    held = f"""EXISTS (SELECT FROM members_concurrentpost post WHERE post.member_id = office.member_id
               AND post.post IN ({posts}) AND {ON_DAY.format(row="post")})"""
    return f"SELECT office.organisation_id, count(*) FILTER (WHERE {held}), count(*) {of} GROUP BY 1"


def _theory(post: str) -> str:
    of = SECRETARIES.replace("'secretary'", f"'{post}'")
    return f"""SELECT office.organisation_id, count(*) FILTER (WHERE person.theory = ANY (%(levels)s)), count(*)
               {of.replace(" WHERE", " JOIN members_member person ON person.id = office.member_id WHERE", 1)} GROUP BY 1"""


LIVED = "(branch.founded_on IS NULL OR branch.founded_on <= %(last)s) AND (branch.dissolved_on IS NULL OR branch.dissolved_on > %(last)s)"
PLACES = "SELECT organisation_id FROM branches_ancestry WHERE ancestor_id = %(place)s AND days @> %(last)s"
VILLAGES = f"""
    SELECT village.id, CASE WHEN branch.id IS NOT NULL AND {LIVED} THEN branch.id ELSE village.commune_id END AS answers, branch.id AS branch
    FROM branches_settlement village LEFT JOIN branches_organisation branch ON branch.id = village.branch_id
    WHERE (village.ended_on IS NULL OR village.ended_on > %(last)s)
      AND (village.commune_id IN ({PLACES}) OR village.branch_id IN ({PLACES}))
"""
STUDIES = """
    FROM directives_study study
    JOIN branches_ancestry asked ON asked.ancestor_id = study.organisation_id AND asked.days @> study.due_on
    JOIN branches_ancestry tree ON tree.organisation_id = asked.organisation_id AND tree.ancestor_id = %(place)s AND tree.days @> %(last)s
    JOIN branches_organisation branch ON branch.id = asked.organisation_id AND branch.kind = 'branch'
     AND (branch.founded_on IS NULL OR branch.founded_on <= study.due_on)
     AND (branch.dissolved_on IS NULL OR branch.dissolved_on > study.due_on)
     AND (branch.joined_on IS NULL OR branch.joined_on <= study.due_on)
"""

BARE = {
    "meetings.held": _count("m.regular_held_on <= %(last)s", "m.in_use AND NOT m.regular_excused"),
    "meetings.week_one": _count("m.regular_state IN ('in time', 'moved')", HELD),
    "meetings.thematic": _count("m.thematic_held_on <= %(last)s", f"m.in_use AND {QUARTER}"),
    "meetings.regime": _kept(KEPT, f"m.in_use AND (NOT m.regular_excused OR {QUARTER})"),
    "meetings.committee": _count(
        "m.committee_held_on <= %(last)s",
        """m.in_use AND EXISTS (SELECT FROM members_office office WHERE office.organisation_id = m.organisation_id
           AND office.post = 'committee' AND office.since <= m.month AND (office.until IS NULL OR office.until >= m.month))""",
    ),
    "meetings.attendance": f"SELECT m.organisation_id, sum(m.regular_came), sum(m.regular_expected) {MONTHS} AND {HELD} GROUP BY 1 HAVING sum(m.regular_expected) > 0",
    "meetings.attendance_90": f"SELECT m.organisation_id, (sum(m.regular_came) * %(attend_of)s >= sum(m.regular_expected) * %(attend)s)::int, 1 {MONTHS} AND {HELD} GROUP BY 1 HAVING sum(m.regular_expected) > 0",
    "meetings.steps": _kept("m.regular_steps > 0 AND m.regular_steps_done = m.regular_steps", HELD),
    "meetings.resolved": _count("m.regular_resolved", HELD),
    "meetings.dues": f"SELECT m.organisation_id, sum(m.dues_paid), sum(m.dues_owed) {MONTHS} AND m.dues_owed > 0 GROUP BY 1",
    "meetings.scored": _count("m.regular_score IS NOT NULL", HELD),
    "meetings.good": _count("m.regular_place <= 2", f"{HELD} AND m.regular_score IS NOT NULL"),
    "meetings.best": _count("m.regular_place = 1", f"{HELD} AND m.regular_score IS NOT NULL"),
    "meetings.agrees": _count(
        "m.regular_score_above = m.regular_score",
        f"{HELD} AND m.regular_score IS NOT NULL AND m.regular_score_above IS NOT NULL",
    ),
    "meetings.actions_in_time": f"""
        SELECT thing.organisation_id, count(*) FILTER (WHERE thing.stand = 'done' AND thing.stood_on <= thing.due_on), count(*)
        FROM meetings_actionitem thing {BELOW.format(row="thing")} JOIN meetings_meeting log ON log.id = thing.meeting_id
        WHERE thing.due_on BETWEEN %(first)s AND %(over)s AND NOT thing.gone AND thing.stand <> 'dropped'
          AND (log.closed_at IS NOT NULL OR EXISTS (SELECT FROM meetings_reopening again WHERE again.meeting_id = log.id))
        GROUP BY 1""",
    "members.with_tasks": f"SELECT m.organisation_id, m.with_tasks, m.working {LATEST} AND m.working > 0",
    "members.officers_complete": f"SELECT m.organisation_id, (m.has_secretary AND (m.has_deputy OR m.full_members < %(deputy_from)s))::int, 1 {LATEST} AND m.in_use",
    "members.secretary": f"""
        SELECT branch.id, EXISTS (SELECT FROM members_office office WHERE office.organisation_id = branch.id
               AND office.post = 'secretary' AND {ON_DAY.format(row="office")})::int, 1
        FROM branches_organisation branch
        JOIN branches_ancestry tree ON tree.organisation_id = branch.id AND tree.ancestor_id = %(place)s AND tree.days @> %(last)s
        WHERE branch.kind = 'branch' AND {LIVED}""",
    "members.secretary_theory": _theory("secretary"),
    "members.deputy_theory": _theory("deputy"),
    "members.secretary_village_head": _heads(IN_VILLAGES, "'village head'"),
    "members.secretary_head": _heads(IN_VILLAGES, "'village head', 'front head'"),
    "members.secretary_unit_head": _heads(
        f"{SECRETARIES} AND branch.branch_type NOT IN ('village', 'neighbourhood', '')", "'unit head'"
    ),
    "members.village_heads_members": f"""
        SELECT village.answers, count(*) FILTER (WHERE EXISTS (
            SELECT FROM members_concurrentpost post WHERE post.settlement_id = village.id AND post.post = 'village head'
               AND {ON_DAY.format(row="post")} AND EXISTS (SELECT FROM members_statespell spell WHERE spell.member_id = post.member_id
               AND spell.state IN ('full', 'probationary') AND {ON_DAY.format(row="spell")}))), count(*)
        FROM ({VILLAGES}) village GROUP BY 1""",
    "branches.settlements": f"SELECT answers, count(*) FILTER (WHERE answers = branch), count(*) FROM ({VILLAGES}) village GROUP BY 1",
    "branches.no_office_branch": f"""
        SELECT commune.id, (NOT EXISTS (SELECT FROM branches_organisation branch JOIN branches_ancestry under
               ON under.organisation_id = branch.id AND under.ancestor_id = commune.id AND under.days @> %(last)s
               WHERE branch.kind = 'branch' AND branch.branch_type = 'office' AND {LIVED}))::int, 1
        FROM branches_organisation commune
        JOIN branches_ancestry tree ON tree.organisation_id = commune.id AND tree.ancestor_id = %(place)s AND tree.days @> %(last)s
        WHERE commune.kind = 'commune' AND {LIVED.replace("branch.", "commune.")}""",
    "directives.studied_in_time": f"""
        SELECT asked.organisation_id, count(*) FILTER (WHERE EXISTS (
            SELECT FROM directives_studysession held WHERE held.study_id = study.id AND held.organisation_id = asked.organisation_id
               AND held.held_on <= study.due_on)), count(*)
        {STUDIES} WHERE study.due_on BETWEEN %(first)s AND %(over)s GROUP BY 1""",
}  # fmt: skip


def said_of(place: Organisation, first: date, last: date, today: date) -> dict[str, Any]:
    book = Rulebook()
    attend, level = (book.source_of(rule, None, on=last).value for rule in (ATTENDANCE, SECRETARY_THEORY))
    yesterday = date.fromordinal(today.toordinal() - 1)
    return {
        "place": place.pk, "first": first, "last": last, "month": last_whole_month(last), "quarters": quarters_over(first, last),
        "over": min(last, yesterday), "levels": LEVELS[LEVELS.index(level) :],
        "attend": attend.limit.numerator, "attend_of": attend.limit.denominator,
        "deputy_from": book.source_of(DEPUTY_FROM, None, on=last).value,
    }  # fmt: skip
