"""A whole import is taken back, to the row: for a day, and as long as nobody has built on what it wrote.

The way back is the list that was written by (ImportRow), not the history: the history of an insert is the row itself, and
its events are for reading. Whether somebody has changed a row since, the row says by which transaction wrote it.
"""

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from members.imports.applying import FACT, KEPT, LINES, touched_by
from members.imports.progress import Report, to_nobody
from members.imports.receiving import TO_UNDO
from members.models import Import
from members.services.roll import settle_rolls
from members.summary import recount_soon
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.history.actions import action
from portal.words.errors import ChangedMeanwhile, DomainError

BUILT_ON = "Sau lần nhập này đã có người sửa hoặc ghi thêm vào hồ sơ của {}, nên không hoàn tác cả lần được. Hãy sửa từng hồ sơ."
_CHANGED_SINCE = f"""
WITH touched AS (SELECT member, name {LINES} IN ('new', 'changed')),
mine AS (SELECT mark::bigint AS mark FROM unnest(%(marks)s::bigint[]) AS mark)
SELECT touched.name FROM touched LEFT JOIN members_member member ON member.id = touched.member
WHERE member.id IS NULL OR member.xmin::text::bigint NOT IN (SELECT mark FROM mine)
UNION ALL
SELECT touched.name FROM touched JOIN (
    SELECT member_id, xmin FROM members_membership UNION ALL SELECT member_id, xmin FROM members_statespell
    UNION ALL SELECT member_id, xmin FROM members_closedrecord
) beside ON beside.member_id = touched.member
WHERE beside.xmin::text::bigint NOT IN (SELECT mark FROM mine)
  AND age(beside.xmin) < (SELECT min(age(mark::text::xid)) FROM mine)
LIMIT 1
"""  # noqa: S608  only our own words are put together
TAKE_BACK = f"""
SET CONSTRAINTS ALL IMMEDIATE;
DELETE FROM members_closedrecord WHERE member_id IN (SELECT member {LINES} = 'new');
DELETE FROM members_statespell WHERE member_id IN (SELECT member {LINES} = 'new');
DELETE FROM members_membership WHERE member_id IN (SELECT member {LINES} = 'new');
DELETE FROM members_member WHERE id IN (SELECT member {LINES} = 'new');
DELETE FROM members_membership went USING members_importrow line
WHERE line.of_id = %(of)s AND line.verdict = 'changed' AND line.branch IS NOT NULL AND went.member_id = line.member
  AND went.kind = 'main' AND went.since = line.branch_since;
UPDATE members_membership old SET until = NULL FROM members_importrow line
WHERE line.of_id = %(of)s AND line.verdict = 'changed' AND line.branch IS NOT NULL AND old.member_id = line.member
  AND old.kind = 'main' AND old.until = line.branch_since - 1;
DELETE FROM members_statespell went USING members_importrow line
WHERE line.of_id = %(of)s AND line.verdict = 'changed' AND line.state <> '' AND went.member_id = line.member
  AND went.state = line.state AND went.since = line.state_since;
UPDATE members_statespell old SET until = NULL FROM members_importrow line
WHERE line.of_id = %(of)s AND line.verdict = 'changed' AND line.state <> '' AND old.member_id = line.member
  AND old.state = 'probationary' AND old.until = line.state_since - 1;
DELETE FROM members_closedrecord closed USING members_importrow line
WHERE line.of_id = %(of)s AND line.verdict = 'changed' AND closed.member_id = line.member AND closed.health = ''
  AND closed.remarks = '' AND line.facts ? 'religion' AND line.before ->> 'religion' IS NULL;
UPDATE members_closedrecord closed SET religion = line.before ->> 'religion', version = closed.version + 1
FROM members_importrow line
WHERE line.of_id = %(of)s AND line.verdict = 'changed' AND closed.member_id = line.member
  AND line.before ->> 'religion' IS NOT NULL;
UPDATE members_member record SET
({KEPT}, version) = (SELECT {FACT}, record.version + 1 FROM jsonb_populate_record(record, line.before) fact)
FROM members_importrow line
WHERE line.of_id = %(of)s AND line.verdict = 'changed' AND record.id = line.member
"""  # noqa: S608


@action("hoàn tác một lần nhập đảng viên")
def undo_import(applied: Import, *, by: Actor, report: Report = to_nobody) -> Import:
    by.need(Permission.IMPORT_MEMBERS, applied.organisation.path)
    applied = Import.everything.select_for_update(of=["self"]).select_related("organisation").get(pk=applied.pk)
    if refusal := why_no_undo(applied):
        raise DomainError(refusal)
    said = {"of": applied.pk, "marks": applied.written_by}
    report(0, 2, "Đang xem có ai sửa sau lần nhập")
    with connection.cursor() as cursor:
        cursor.execute(_CHANGED_SINCE, said)
        if changed := cursor.fetchone():
            raise ChangedMeanwhile(BUILT_ON.format(f"đồng chí {changed[0]}"))
        report(1, 2, "Đang hoàn tác")
        try:
            with transaction.atomic():
                cursor.execute(TAKE_BACK, said)
        except IntegrityError as hanging:
            raise ChangedMeanwhile(BUILT_ON.format("một đồng chí")) from hanging
        cursor.execute(f"SELECT array_agg(member) {LINES} = 'changed'", said)
        settle_rolls(cursor.fetchone()[0] or [])
        recount_soon(*touched_by(applied.pk))
    applied.state, applied.undone_at = Import.State.UNDONE, timezone.now()
    applied.save()
    return applied


def why_no_undo(applied: Import) -> str:
    """The sentence, or nothing where it may be taken back."""
    if applied.state == Import.State.UNDONE:
        return "Lần nhập này đã được hoàn tác."
    if applied.applied_at is None:
        return "Bảng này chưa nhập."
    if timezone.now() - applied.applied_at > TO_UNDO:
        return "Đã quá một ngày từ lúc nhập, nên không hoàn tác cả lần được. Hãy sửa từng hồ sơ."
    return ""
