"""What a committee wants its branches to deal with in a month: written, published, brought into what they have planned."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import ProtectedError
from django.utils import timezone

from branches.models import Kind, Organisation
from directives.models import Document, Task
from meetings.models import AgendaItem, Meeting, MeetingKind, MeetingPaper, Orientation, OrientationLine
from meetings.services.agenda import LONGEST_TITLE, place_of_orientation
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.history.actions import action
from portal.words.errors import ChangedMeanwhile, DomainError

MOST_LINES = 40


@action("soạn định hướng sinh hoạt")
def write_orientation(
    organisation: Organisation, *, month: date, contents: str, calendar: str = "", version: int = 0, by: Actor
) -> Orientation:
    """`version`: what the writer has seen; 0 where there was none yet."""
    by.need(Permission.DIRECT_MEETINGS, organisation.path)
    if organisation.kind in (Kind.BRANCH, Kind.CELL):
        raise DomainError("Chỉ cấp ủy cấp trên của chi bộ mới định hướng sinh hoạt.")
    rows = Orientation.everything.select_for_update()
    row = rows.filter(organisation=organisation, month=month.replace(day=1)).first()
    if (row.version if row else 0) != version:
        raise ChangedMeanwhile("Người khác vừa sửa định hướng này. Xem lại rồi lưu lần nữa.")
    row = row or Orientation(organisation=organisation, month=month.replace(day=1), version=0)
    row.contents, row.calendar, row.version = contents, calendar, row.version + 1
    row.save()
    return row


@action("thêm nội dung định hướng")
def add_line(
    orientation: Orientation, *, words: str, document: Document | None = None, task: Task | None = None, by: Actor
) -> OrientationLine:
    """After it was published, it goes on to the meetings that are planned."""
    row = _mine(orientation, by)
    if document and document.is_secret:
        raise DomainError("Văn bản mật không đưa lên cổng.", field="document")
    places = list(row.lines.values_list("position", flat=True))
    if len(places) >= MOST_LINES:
        raise DomainError(f"Định hướng một tháng có tối đa {MOST_LINES} nội dung.")
    facts: dict[str, Any] = {"words": words, "document": document, "task": task}
    line = OrientationLine(orientation=row, position=max(places, default=0) + 1, **facts)
    line.save()
    if row.published_at:
        bring_in(row, [line], by=by)
    return line


@action("bỏ nội dung định hướng")
def remove_line(line: OrientationLine, *, by: Actor) -> None:
    _mine(line.orientation, by)
    try:
        line.delete()
    except ProtectedError as error:
        raise DomainError("Nội dung này đã vào chương trình của chi bộ, không bỏ được nữa.") from error


@action("đổi thứ tự định hướng")
def move_line(line: OrientationLine, *, up: bool, by: Actor) -> None:
    row = _mine(line.orientation, by)
    lines = list(row.lines.all())
    place = next((place for place, one in enumerate(lines) if one.pk == line.pk), 0)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(lines):
        return
    lines[place], lines[other] = lines[other], lines[place]
    for position, one in enumerate(lines, start=1):
        one.position = position
    OrientationLine.everything.bulk_update(lines, ["position"])


@action("công bố định hướng sinh hoạt")
def publish_orientation(orientation: Orientation, *, by: Actor) -> int:
    """Seen by everybody below from now on. Says in how many planned meetings its lines stand."""
    row = _mine(orientation, by)
    if row.published_at:
        raise DomainError("Định hướng tháng này đã công bố.")
    row.published_at, row.version = timezone.now(), row.version + 1
    row.save(update_fields=["published_at", "version"])
    return bring_in(row, list(row.lines.select_related("document")), by=by)


def bring_in(orientation: Orientation, lines: Sequence[OrientationLine], *, by: Actor) -> int:
    """Into the regular meetings of its month that are planned and have not begun, behind the step that speaks of it."""
    rows = Meeting.everything.standing().filter(kind=MeetingKind.REGULAR, period=orientation.month, closed_at=None)
    rows = rows.filter(started_at=None, organisation__path__startswith=orientation.organisation.path)
    meetings = list(rows.exclude(organisation=orientation.organisation_id).select_for_update(of=("self",)))
    if not lines or not meetings:
        return len(meetings)
    agendas: dict[Any, list[AgendaItem]] = defaultdict(list)
    for item in AgendaItem.everything.filter(meeting__in=meetings).order_by("position", "pk"):
        agendas[item.meeting_id].append(item)
    new, moved = [], []
    for meeting in meetings:
        meeting.stamp += 1
        made, shifted = _woven_in(meeting, agendas[meeting.pk], lines, by)
        new += made
        moved += shifted
    AgendaItem.everything.bulk_update(moved, ["position", "version", "stamp"])
    AgendaItem.everything.bulk_create(new)
    Meeting.everything.bulk_update(meetings, ["stamp"])
    _papers(meetings, lines, by)
    return len(meetings)


def _woven_in(
    meeting: Meeting, items: list[AgendaItem], lines: Sequence[OrientationLine], by: Actor
) -> tuple[list[AgendaItem], list[AgendaItem]]:
    """New ones, and those that stand lower down now."""
    place = place_of_orientation(items)
    while place < len(items) and items[place].orientation_line_id:  # behind those that came before
        place += 1
    new = [
        AgendaItem(meeting=meeting, words=line.words[:300], orientation_line=line, saved_by=by.account)
        for line in lines
    ]
    for position, item in enumerate([*items[:place], *new, *items[place:]], start=1):
        item.position, item.stamp = position, meeting.stamp
    moved = items[place:]
    for item in moved:
        item.version += 1
    return new, moved


def _papers(meetings: Sequence[Meeting], lines: Sequence[OrientationLine], by: Actor) -> None:
    documents = {line.document_id: line.document for line in lines if line.document and not line.document.is_secret}
    there = set(
        MeetingPaper.everything.filter(meeting__in=meetings, document__in=documents).values_list("meeting", "document")
    )
    MeetingPaper.everything.bulk_create(
        MeetingPaper(meeting=meeting, title=paper.dated_name[:LONGEST_TITLE], document=paper, put_out_by=by.account)
        for meeting in meetings
        for paper in documents.values()
        if (meeting.pk, paper.pk) not in there
    )


def _mine(orientation: Orientation, by: Actor) -> Orientation:
    rows = Orientation.everything.select_for_update(of=("self",)).select_related("organisation")
    row = rows.get(pk=orientation.pk)
    by.need(Permission.DIRECT_MEETINGS, row.organisation.path)
    return row
