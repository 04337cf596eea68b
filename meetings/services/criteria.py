"""Sets of criteria: those that come with the portal, and what an office sets for itself and those below it.

A set is never changed: a new one begins on a day, and the one before it ends the day before. Meetings keep the set that
they were scored by; the database holds that too.
"""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from branches.models import Kind, Organisation
from meetings.models import ASKED, Block, CriteriaSet, Criterion, MeetingKind
from meetings.quality.measurers import MEASURERS
from meetings.quality.sets import NewSet, default_sets
from meetings.queries.criteria import lines_of, said_in
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.history.actions import action
from portal.words.errors import DomainError, NotAllowed
from portal.words.quantities import day, number

WHOLE = 100
MOST_LINES = 60
MAY_SET = (Kind.PROVINCE, Kind.DISTRICT, Kind.COMMUNE, Kind.BASE)


@action("nạp bộ tiêu chí mẫu")
def load_criteria() -> int:
    """The sets of the whole country, of each kind one that has always held; says how many were new: none, the second time.

    What the file says otherwise now is written over a set that nobody has used; one that was used stays, and the new one
    begins today.
    """
    added = 0
    for wanted in default_sets():
        there = CriteriaSet.everything.of_whole_country().filter(kind=wanted.kind, until=None).first()
        if there is None:
            write_set(wanted, None, None)
        elif said_in(there, lines_of(there)) == wanted:
            continue
        elif not there.scores.exists():
            since = there.since
            there.delete()
            write_set(wanted, None, since)
        else:
            today = timezone.localdate()
            _end(there, today - timedelta(days=1))
            write_set(wanted, None, today)
        added += 1
    return added


@action("đặt bộ tiêu chí riêng")
def set_criteria(wanted: NewSet, *, organisation: Organisation, since: date, by: Actor) -> CriteriaSet:
    """From a day on, for the organisation and those below it. One of its own that begins later and was not used gives way."""
    fit_to_set(wanted, organisation=organisation, since=since, by=by)
    with transaction.atomic():
        own = CriteriaSet.everything.select_for_update().filter(organisation=organisation, kind=wanted.kind)
        for row in list(own.from_day(since).order_by("since")):
            if row.since and row.since >= since:
                row.delete()
            else:
                _end(row, since - timedelta(days=1))
        return write_set(wanted, organisation, since, by)


@action("thôi dùng bộ tiêu chí riêng")
def follow_criteria_above(*, organisation: Organisation, kind: str, by: Actor) -> None:
    """From tomorrow on; what has not begun goes at once. Meetings that were scored keep their set."""
    by.need(Permission.SET_RULES, organisation.path)
    today = timezone.localdate()
    own = CriteriaSet.everything.select_for_update().filter(organisation=organisation, kind=kind).from_day(today)
    rows = list(own)
    if not rows:
        raise DomainError("Nơi này không có bộ tiêu chí riêng đang áp dụng.")
    for row in rows:
        if row.since and row.since > today:
            row.delete()
        elif row.until is None:
            _end(row, today)


def fit_to_set(wanted: NewSet, *, organisation: Organisation, since: date, by: Actor) -> None:
    """Or a refusal: what a preview asks, and what setting asks again."""
    by.need(Permission.SET_RULES, organisation.path)
    if organisation.kind not in MAY_SET:
        raise NotAllowed("Bộ tiêu chí do cấp ủy tỉnh, xã, phường đặt; chi bộ dùng bộ của cấp trên.")
    if since < timezone.localdate():
        raise DomainError("Buổi họp đã qua giữ bộ tiêu chí cũ: chọn từ hôm nay trở đi.", field="since")
    _fit(wanted)
    own = CriteriaSet.everything.filter(organisation=organisation, kind=wanted.kind, since__gte=since)
    if used := own.filter(scores__isnull=False).distinct().first():
        raise DomainError(f"Bộ áp dụng từ {day(used.since)} đã dùng chấm điểm: chọn ngày sau đó.", field="since")


def _fit(wanted: NewSet) -> None:
    if wanted.kind not in MeetingKind.scored():
        raise DomainError("Chỉ buổi thường kỳ và chuyên đề được chấm điểm.")
    if not wanted.name:
        raise DomainError("Chưa nhập tên bộ tiêu chí.", field="name")
    if not wanted.lines or not all(block.criteria for block in wanted.blocks):
        raise DomainError("Mỗi nhóm cần ít nhất một tiêu chí.")
    if len(wanted.lines) > MOST_LINES:
        raise DomainError(f"Nhiều tiêu chí quá: tối đa {MOST_LINES}.")
    if wanted.whole != WHOLE:
        raise DomainError(f"Cộng lại được {number(wanted.whole)} điểm; cả bộ phải đúng {WHOLE} điểm.")
    if any(line.fills not in {ASKED, *MEASURERS} for line in wanted.lines):
        raise DomainError("Cổng chưa biết cách chấm này. Hãy chọn lại.")


def write_set(
    wanted: NewSet, organisation: Organisation | None, since: date | None, by: Actor | None = None
) -> CriteriaSet:
    row = CriteriaSet.everything.create(
        organisation=organisation, kind=wanted.kind, name=wanted.name, document=wanted.document, since=since,
        set_by=by.account if by else None,
    )  # fmt: skip
    for place, block in enumerate(wanted.blocks, start=1):
        made = Block.everything.create(criteria=row, position=place, title=block.title)
        Criterion.everything.bulk_create(
            Criterion(
                block=made, position=nth, words=line.words, most=line.most, fills=line.fills,
                must_be_full=line.must_be_full,
            )
            for nth, line in enumerate(block.criteria, start=1)
        )  # fmt: skip
    return row


def _end(row: CriteriaSet, until: date) -> None:
    row.until = until
    row.save(update_fields=["until"])
