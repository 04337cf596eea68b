"""What a log still lacks, in words: what stands in the way of closing it, and what is only said."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone

from branches.rules.definitions.quality import EVERY_MEETING
from branches.rules.reading import Reader, Rulebook
from meetings.models import (
    ActionItem,
    AgendaItem,
    Attendance,
    ItemReview,
    Mark,
    Meeting,
    MeetingKind,
    Resolution,
    Standing,
)
from meetings.queries.measures import least_minutes, quorum
from meetings.queries.score_sheet import score_sheet_of
from meetings.services.roll import lines_of
from portal.duties.rules import Asked
from portal.words.quantities import day, number, share

ROLL, TIMES, STEPS, REVIEWS, CONCLUSIONS, HEAD = "diem-danh", "gio", "noi-dung", "viec-thang-truoc", "ket-luan", "gio"
SCORE = "cham-diem"


@dataclass(frozen=True)
class Missing:
    """`anchor`: the section of the log where it is put right. `settles`: the portal can do it by itself."""

    sentence: str
    anchor: str
    refuses: bool = False
    settles: bool = False


def what_is_missing(meeting: Meeting, *, reader: Reader | None = None) -> list[Missing]:
    """What refuses stands first. Its number of queries does not depend on how many sit there."""
    reader = reader or Asked(meeting.day)
    rows = list(Attendance.everything.filter(meeting=meeting).order_by("name"))
    found = [
        *_when(meeting),
        *_roll(meeting, rows),
        *_length(meeting, rows, reader),
        *_quorum(meeting, rows, reader),
        *_said(meeting),
        *_reviews(meeting),
        *_score(meeting, reader),
    ]
    return sorted(found, key=lambda one: not one.refuses)


def _when(meeting: Meeting) -> Iterator[Missing]:
    now = timezone.localtime()
    if meeting.day > now.date():
        yield Missing(f"Buổi họp ngày {day(meeting.day)} chưa diễn ra.", TIMES, refuses=True)
    elif meeting.day == now.date() and meeting.started_at and meeting.started_at > now.time():
        yield Missing(f"Buổi họp bắt đầu lúc {meeting.started_at:%H:%M} hôm nay, chưa diễn ra.", TIMES, refuses=True)
    if meeting.started_at is None:
        yield Missing("Chưa ghi giờ bắt đầu.", TIMES, refuses=True)
    if meeting.ended_at is None:
        yield Missing("Chưa ghi giờ kết thúc.", TIMES, refuses=True)
    if meeting.chair_id is None:
        yield Missing("Chưa ghi người chủ trì.", HEAD)


def _roll(meeting: Meeting, rows: list[Attendance]) -> Iterator[Missing]:
    unmarked = [row.name for row in rows if row.standing == Standing.EXPECTED and row.mark == Mark.UNMARKED]
    if unmarked:
        yield Missing(f"Còn {number(len(unmarked))} người chưa điểm danh: {_names(unmarked)}.", ROLL, refuses=True)
    coming, leaving, changed = difference(meeting, rows)
    parts = [
        f"thêm {_names([row.name for row in coming])}" if coming else "",
        f"bớt {_names([row.name for row in leaving])}" if leaving else "",
        f"sửa dòng của {_names([row.name for row in changed])}" if changed else "",
    ]
    if any(parts):
        said = "; ".join(part for part in parts if part)
        sentence = f"Danh sách đảng viên của ngày {day(meeting.day)} đã khác lúc lập sổ: {said}."
        yield Missing(sentence, ROLL, refuses=True, settles=True)
    elif not any(row.standing == Standing.EXPECTED for row in rows):
        yield Missing(f"Không có ai phải dự vào ngày {day(meeting.day)}.", ROLL, refuses=True)


def difference(meeting: Meeting, rows: list[Attendance]) -> tuple[list[Attendance], list[Attendance], list[Attendance]]:
    """Who should stand on the roll and does not, who stands there and should not, whose line says what is no longer so."""
    wanted = {row.member_id: row for row in lines_of(meeting)}
    there = {row.member_id: row for row in rows}
    coming = [row for member, row in wanted.items() if member not in there]
    leaving = [row for member, row in there.items() if member not in wanted]
    changed = [row for member, row in wanted.items() if member in there and _said_of(row) != _said_of(there[member])]
    return coming, leaving, changed


def _said_of(row: Attendance) -> tuple[str, bool, str, str, str]:
    return (row.standing, row.votes, row.name, row.office, row.unit)


def _length(meeting: Meeting, rows: list[Attendance], reader: Reader) -> Iterator[Missing]:
    expected = sum(row.standing == Standing.EXPECTED for row in rows)
    least, lasted = least_minutes(meeting, expected, reader), meeting.minutes
    if least is not None and lasted is not None and lasted < least:
        kind = "buổi thường kỳ kết hợp chuyên đề" if meeting.also_thematic else "buổi thường kỳ"
        yield Missing(f"Họp {number(lasted)} phút; {kind} cần ít nhất {number(least)} phút.", TIMES)


def _quorum(meeting: Meeting, rows: list[Attendance], reader: Reader) -> Iterator[Missing]:
    expected = [row for row in rows if row.standing == Standing.EXPECTED]
    if not expected or any(row.mark == Mark.UNMARKED for row in expected):
        return
    came, least = sum(row.mark in Mark.came() for row in expected), quorum(meeting, len(expected), reader)
    if came < least:
        yield Missing(f"Có mặt {share(came, len(expected))}; cần ít nhất {number(least)} người.", ROLL)


def _said(meeting: Meeting) -> Iterator[Missing]:
    steps = AgendaItem.everything.there().filter(meeting=meeting, done=False).exclude(step="")
    undone = list(steps.order_by("position").values_list("words", flat=True))
    if undone:
        yield Missing(f"Chưa thực hiện {number(len(undone))} bước: {_names(undone, '; ', 'bước')}.", STEPS)
    if not Resolution.everything.there().filter(meeting=meeting).exclude(contents="").exists():
        yield Missing("Chưa ghi kết luận hoặc nghị quyết của buổi họp.", CONCLUSIONS)


def _reviews(meeting: Meeting) -> Iterator[Missing]:
    """Things still open that were given before this meeting: a regular one looks at each of them."""
    if meeting.kind != MeetingKind.REGULAR:
        return
    reviewed = ItemReview.everything.there().filter(meeting=meeting).values("action")
    old = ActionItem.everything.open().filter(organisation=meeting.organisation_id, meeting__day__lt=meeting.day)
    words = list(old.exclude(pk__in=reviewed).order_by("due_on", "pk").values_list("words", flat=True))
    if words:
        yield Missing(f"Chưa kiểm điểm {number(len(words))} việc đã giao: {_names(words, '; ', 'việc')}.", REVIEWS)


def _score(meeting: Meeting, reader: Reader) -> Iterator[Missing]:
    """Where a rule wants it scored in the meeting itself, its log waits for that. Old months entered later do not."""
    if meeting.entered_later or (sheet := score_sheet_of(meeting, reader)) is None:
        return
    refuses = Rulebook.of(reader).value(EVERY_MEETING, meeting.organisation, on=meeting.day)
    if sheet.unanswered:
        words = _names([row.words for row in sheet.unanswered], "; ", "tiêu chí", most=2)
        yield Missing(f"Chưa chấm điểm {number(len(sheet.unanswered))} tiêu chí: {words}.", SCORE, refuses=refuses)
    if not sheet.agreed:
        yield Missing("Chi bộ chưa thống nhất điểm của buổi họp.", SCORE, refuses=refuses)


def _names(names: list[str], between: str = ", ", noun: str = "người", most: int = 5) -> str:
    rest = f" và {number(len(names) - most)} {noun} nữa" if len(names) > most else ""
    return between.join(names[:most]) + rest
