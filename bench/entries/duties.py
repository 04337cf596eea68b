"""Due work at the size of a province: the scan of the morning, and the first page of an officer of the province."""

from datetime import date, timedelta

from django.db import connection
from django.utils import timezone

from bench.frame import Contest, entry
from bench.pages import page_against_bytes
from branches.rules.definitions import admission, badges
from branches.rules.definitions.reminders import ANSWER_CORRECTION, BADGE_AHEAD, MEND_IMPORT
from branches.rules.reading import Rulebook
from members.party_age import round_before, round_from
from portal.notifications.models import Notice
from portal.notifications.services.reminding import tell_everybody

BARE = """
SELECT 'sua-ho-so', c.id::text, m.branch_id, (c.asked_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date + %(answer)s
FROM members_correction c JOIN members_member m ON m.id = c.member_id WHERE c.answer = 'waiting'
UNION ALL
SELECT 'cong-nhan-chinh-thuc', m.id::text, m.branch_id, (m.admitted_on + make_interval(months => %(probation)s))::date + 42
FROM members_member m
WHERE m.state = 'probationary' AND m.admitted_on <= %(on)s::date - make_interval(months => %(prepare)s)
UNION ALL
SELECT 'huy-hieu', m.id || ':' || y, m.branch_id,
       (SELECT min(r) FROM unnest(%(rounds)s::date[]) r WHERE r >= m.decided_on + make_interval(months => 12 * y + m.months_not_counted))
FROM members_member m CROSS JOIN unnest(%(years)s::int[]) y
WHERE m.state = 'full'
  AND m.decided_on + make_interval(months => 12 * y + m.months_not_counted) > %(first)s
  AND m.decided_on + make_interval(months => 12 * y + m.months_not_counted) <= %(last)s
  AND NOT EXISTS (SELECT FROM members_badgeaward a WHERE a.member_id = m.id AND a.years = y)
UNION ALL
SELECT 'dong-nhap-loi', i.id::text, i.organisation_id, (i.applied_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date + %(mend)s
FROM members_import i
WHERE i.state = 'applied' AND i.wrong > 0 AND NOT EXISTS (
    SELECT FROM members_import l WHERE l.organisation_id = i.organisation_id AND l.state = 'applied' AND l.applied_at > i.applied_at)
"""


@entry("duties.scan")
def scan() -> Contest:
    """Everybody is told of everything: rules, holders, stages, the notices written. The floor only finds what is open."""
    today = timezone.localdate()
    facts = _facts(today)

    def bare() -> int:
        with connection.cursor() as cursor:
            cursor.execute(BARE, facts)
            return len(cursor.fetchall())

    def forget() -> None:
        Notice.everything.all().delete()

    assert bare() > 100
    return Contest(
        ours=lambda: tell_everybody(today), floor=bare, after=forget, goal=5.0,
        floor_is="the rules as bare SQL by hand, rows fetched; nobody is told",
    )  # fmt: skip


@entry("duties.home")
def home_of_the_province() -> Contest:
    """Việc của tôi with what every branch of the province has not done: under 100 ms."""
    return page_against_bytes("bantochuc", "/", goal=100.0, calls=5)


def _facts(today: date) -> dict[str, object]:
    book = Rulebook()
    names = {
        "answer": ANSWER_CORRECTION, "mend": MEND_IMPORT, "ahead": BADGE_AHEAD, "probation": admission.PROBATION,
        "prepare": admission.PREPARE, "years": badges.YEARS,
    }  # fmt: skip
    facts: dict[str, object] = {name: book.source_of(rule, None, on=today).value for name, rule in names.items()}
    award_days = book.source_of(badges.AWARD_DAYS, None, on=today).value
    rounds = [round_from(today, award_days)]
    for _ in range(3):
        rounds.insert(0, round_before(rounds[0], award_days))
    while rounds[-1] - timedelta(days=facts["ahead"]) <= today:  # type: ignore[operator]
        rounds.append(round_from(rounds[-1] + timedelta(days=1), award_days))
    rounds = rounds[:-1]
    return facts | {
        "on": today,
        "years": list(facts["years"]),
        "rounds": rounds[1:],
        "first": rounds[0],
        "last": rounds[-1],
    }  # type: ignore[call-overload]
