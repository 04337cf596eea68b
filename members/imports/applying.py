"""What was shown is written, all of it or nothing, by the same few statements however many lines."""

from datetime import date
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from psycopg.types.json import Jsonb

from members.imports.columns import FACTS
from members.imports.judging import EMPTY, GROUND
from members.imports.progress import Report, to_nobody
from members.models import Import, State
from members.services.roll import settle_rolls
from members.summary import recount_soon
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.history.actions import action
from portal.words.errors import ChangedMeanwhile, DomainError

MOVED = "Từ lúc xem trước đến nay danh sách đã có thay đổi, nên chưa ghi gì. Hãy kiểm tra lại bảng rồi nhập."
_OWN = [name for name in FACTS if name != "religion"]
KEPT = ", ".join([*_OWN, "sort_key", "search_key"])
FACT = ", ".join(f"fact.{name}" for name in [*_OWN, "sort_key", "search_key"])
LINES = "FROM members_importrow line WHERE line.of_id = %(of)s AND line.verdict"

# A record that was compared with, and is no longer as it was.
HAS_MOVED = f"""
SELECT EXISTS (
    SELECT 1 FROM members_importrow line LEFT JOIN members_member member ON member.id = line.member
    WHERE line.of_id = %(of)s AND line.verdict IN ('changed', 'unchanged')
      AND member.xmin::text::bigint IS DISTINCT FROM line.seen
) OR EXISTS (
    SELECT 1 FROM members_importrow line JOIN members_closedrecord closed ON closed.member_id = line.member
    WHERE line.of_id = %(of)s AND line.verdict = 'changed' AND line.before ? 'religion'
      AND closed.religion IS DISTINCT FROM line.before ->> 'religion'
) OR EXISTS (
    SELECT 1 FROM members_importrow line JOIN members_member member ON member.card_number = line.facts ->> 'card_number'
    WHERE line.of_id = %(of)s AND line.verdict = 'new'
) OR EXISTS (
    SELECT 1 FROM members_importrow line
    JOIN members_member member
      ON member.search_key = line.facts ->> 'search_key' AND member.born_on = (line.facts ->> 'born_on')::date
    LEFT JOIN branches_organisation branch ON branch.id = member.branch_id
    WHERE line.of_id = %(of)s AND line.verdict = 'new' AND member.merged_into_id IS NULL
      AND (member.card_number = line.facts ->> 'card_number') IS NOT FALSE
      AND (branch.path LIKE %(below)s OR (member.born_known_to = 'day' AND line.facts ->> 'born_known_to' = 'day'))
) OR EXISTS (
    SELECT 1 FROM (SELECT DISTINCT branch {LINES} IN ('new', 'changed') AND branch IS NOT NULL) named
    LEFT JOIN branches_organisation branch ON branch.id = named.branch
    WHERE (branch.path LIKE %(below)s AND (branch.dissolved_on IS NULL OR branch.dissolved_on > %(today)s)) IS NOT TRUE
)
"""  # noqa: S608  only our own words are put together
WRITE = {
    "Đang ghi hồ sơ mới": f"""
INSERT INTO members_member (id, {KEPT}, branch_id, state, relief, version)
SELECT line.member, {FACT},
       line.branch, line.state, line.relief, 1
FROM members_importrow line, LATERAL jsonb_populate_record(
    (SELECT empty FROM jsonb_populate_record(NULL::members_member, %(empty)s) empty), line.facts
) fact
WHERE line.of_id = %(of)s AND line.verdict = 'new' ORDER BY line.number
""",  # noqa: S608
    "Đang ghi nơi sinh hoạt": f"""
INSERT INTO members_membership (member_id, organisation_id, kind, attends, since, ground, decision)
SELECT member, branch, 'main', true, branch_since, %(ground)s, '' {LINES} = 'new' ORDER BY number
""",
    "Đang ghi tình trạng": f"""
INSERT INTO members_statespell (member_id, state, since, ground, decision)
SELECT member, state, state_since, %(ground)s, '' {LINES} = 'new' ORDER BY number
""",
    "Đang ghi miễn, hoãn": f"""
INSERT INTO members_statespell (member_id, state, since, ground, decision)
SELECT member, relief, %(today)s, %(ground)s, '' {LINES} = 'new' AND relief <> ''
""",
    "Đang sửa hồ sơ": f"""
UPDATE members_member record SET
({KEPT}, version) = (SELECT {FACT}, record.version + 1 FROM jsonb_populate_record(record, line.facts) fact)
FROM members_importrow line
WHERE line.of_id = %(of)s AND line.verdict = 'changed' AND record.id = line.member
""",  # noqa: S608
    "Đang chuyển chi bộ": f"""
UPDATE members_membership old SET until = line.branch_since - 1
FROM members_importrow line
WHERE line.of_id = %(of)s AND line.verdict = 'changed' AND line.branch IS NOT NULL AND old.member_id = line.member
  AND old.kind = 'main' AND old.until IS NULL AND (old.since IS NULL OR old.since < line.branch_since);
INSERT INTO members_membership (member_id, organisation_id, kind, attends, since, ground, decision)
SELECT member, branch, 'main', true, branch_since, %(ground)s, '' {LINES} = 'changed' AND branch IS NOT NULL
""",  # noqa: S608
    "Đang ghi chính thức": f"""
UPDATE members_statespell old SET until = line.state_since - 1
FROM members_importrow line
WHERE line.of_id = %(of)s AND line.verdict = 'changed' AND line.state <> '' AND old.member_id = line.member
  AND old.state = '{State.PROBATIONARY.value}' AND old.until IS NULL AND (old.since IS NULL OR old.since < line.state_since);
INSERT INTO members_statespell (member_id, state, since, ground, decision)
SELECT member, state, state_since, %(ground)s, '' {LINES} = 'changed' AND state <> ''
""",  # noqa: S608
    "Đang ghi phần đóng": f"""
INSERT INTO members_closedrecord AS closed (member_id, religion, health, remarks, version)
SELECT member, facts ->> 'religion', '', '', 1 {LINES} IN ('new', 'changed') AND facts ->> 'religion' <> ''
ON CONFLICT (member_id) DO UPDATE SET religion = excluded.religion, version = closed.version + 1
""",
}
WRITTEN_BY = f"""
SELECT array_agg(DISTINCT xmin::text::bigint) FROM members_member WHERE id IN (SELECT member {LINES} IN ('new', 'changed'))
"""  # noqa: S608


# Branches that are named, and those in which changed members are or were.
TOUCHED = f"""
WITH said AS (SELECT member, branch, verdict, LEAST(branch_since, state_since) AS since {LINES} IN ('new', 'changed'))
SELECT array_agg(DISTINCT touched.branch), (SELECT min(since) FROM said) FROM (
    SELECT branch FROM said WHERE branch IS NOT NULL
    UNION SELECT organisation_id FROM members_membership WHERE member_id IN (SELECT member FROM said WHERE verdict = 'changed')
) touched
"""  # noqa: S608  only our own words are put together


@action("nhập đảng viên từ bảng")
def apply_import(checked: Import, *, by: Actor, report: Report = to_nobody) -> Import:
    """Sent twice, the second finds it done. If anything that was compared with has moved, nothing is written."""
    by.need(Permission.IMPORT_MEMBERS, checked.organisation.path)
    checked = Import.everything.select_for_update(of=["self"]).select_related("organisation").get(pk=checked.pk)
    if refusal := why_not_applied(checked):
        raise DomainError(refusal)
    said = {
        "of": checked.pk, "below": f"{checked.organisation.path}%", "today": timezone.localdate(), "ground": GROUND,
        "empty": Jsonb({name: value for name, value in EMPTY.items() if name != "religion"}),
    }  # fmt: skip
    try:
        with transaction.atomic():
            checked.written_by = _write(said, report)
    except IntegrityError as refused:
        raise ChangedMeanwhile(MOVED) from refused
    checked.state, checked.applied_at = Import.State.APPLIED, timezone.now()
    checked.save()
    return checked


def why_not_applied(checked: Import) -> str:
    """The sentence, or nothing where it may be written."""
    if checked.state != Import.State.CHECKED:
        return "Bảng này đã nhập rồi." if checked.applied_at else "Bảng này chưa được kiểm tra."
    if not checked.new and not checked.changed:
        return "Không có dòng nào mới hay thay đổi, nên không có gì để nhập."
    return ""


def _write(said: dict[str, Any], report: Report) -> list[int]:
    with connection.cursor() as cursor:
        # Also measured: where rows wait for their check until the end, each trigger of a long insert looks through all of them.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        # one sheet after the other: two offices that bring the same person do not both find nobody
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('members.imports'))")
        cursor.execute("SELECT 1 FROM members_member WHERE id IN (SELECT member FROM members_importrow WHERE of_id = %(of)s AND verdict = 'changed') ORDER BY id FOR NO KEY UPDATE", said)  # fmt: skip
        cursor.execute(HAS_MOVED, said)
        if cursor.fetchone()[0]:
            raise ChangedMeanwhile(MOVED)
        for done, (sentence, sql) in enumerate(WRITE.items()):
            report(done, len(WRITE) + 1, sentence)
            cursor.execute(sql, said)
        report(len(WRITE), len(WRITE) + 1, "Đang sắp lại danh sách")
        # the new ones came with today's branch and state: their rows have no other
        cursor.execute(f"SELECT array_agg(member) {LINES} = 'changed'", said)
        settle_rolls(cursor.fetchone()[0] or [])
        recount_soon(*touched_by(said["of"]))
        cursor.execute(WRITTEN_BY, said)
        return cursor.fetchone()[0]


def touched_by(sheet: int) -> tuple[list[int], date | None]:
    """Which branches a sheet says something of, and since when."""
    with connection.cursor() as cursor:
        cursor.execute(TOUCHED, {"of": sheet})
        branches, since = cursor.fetchone()
    return branches or [], since
