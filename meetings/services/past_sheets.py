"""A sheet of old meetings, one a row: read and judged first, entered after."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time

from branches.models import Organisation
from meetings.models import Mark, MeetingKind
from meetings.services.past import PastMeeting, enter_past_meeting, period_of, refuse_if_it_cannot_be
from members.imports.values import Unreadable, read_day
from members.models import Member, Membership
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.files.sheets.headings import Column, Line
from portal.history.actions import action
from portal.words.errors import DomainError
from portal.words.text import search_key

MOST_LINES = 60
COLUMNS: Mapping[str, Column] = {
    "month": Column("Tháng", ("thang", "ky")),
    "day": Column("Ngày", ("ngay", "ngay hop"), required=True),
    "started_at": Column("Bắt đầu", ("bat dau", "gio bat dau", "tu gio"), required=True),
    "ended_at": Column("Kết thúc", ("ket thuc", "gio ket thuc", "den gio"), required=True),
    "excused": Column("Vắng có lý do", ("vang co ly do", "vang co phep", "co ly do")),
    "absent": Column("Vắng không lý do", ("vang khong ly do", "vang khong phep", "khong ly do")),
    "contents": Column("Nội dung", ("noi dung", "ket luan", "nghi quyet", "noi dung ket luan"), required=True),
}
_TIME = re.compile(r"(\d{1,2})(?:[:hg.](\d{2})?)?(?::\d{2})?(?:\s*(?:giờ|phút))?", re.IGNORECASE)
_MONTH = re.compile(r"(?:tháng\s*)?(\d{1,2})(?:\s*[/.\-]\s*(\d{4}))?", re.IGNORECASE)
_BETWEEN = re.compile(r"[,;]|\s+và\s+")
_BEFORE_NAMES = re.compile(r"\A(?:đ/c|đ\.c|đồng chí)\s*", re.IGNORECASE)


@dataclass
class PastLine:
    line: Line
    past: PastMeeting | None = None
    wrong: list[str] = field(default_factory=list)
    came: int = 0
    expected: int = 0


@dataclass(frozen=True)
class CheckedSheet:
    lines: list[PastLine]

    @property
    def right(self) -> list[PastLine]:
        return [line for line in self.lines if not line.wrong]

    @property
    def wrong(self) -> list[PastLine]:
        return [line for line in self.lines if line.wrong]


def check_past(lines: Sequence[Line], *, branch: Organisation, by: Actor) -> CheckedSheet:
    """What would come of each row. Enters nothing."""
    by.need(Permission.RECORD_MEETING, branch.path)
    if len(lines) > MOST_LINES:
        raise DomainError(f"Mỗi lần tối đa {MOST_LINES} buổi họp. Hãy chia thành nhiều bảng.")
    found = [_read(line, branch) for line in lines]
    seen: dict[date | None, int] = {}
    for row in found:
        if row.past and not row.wrong:
            first = seen.setdefault(row.past.period, row.line.number)
            if first != row.line.number:
                row.wrong.append(f"Trùng tháng với dòng {first}.")
    return CheckedSheet(found)


@action("nhập các buổi họp của tháng cũ từ bảng")
def enter_past_meetings(lines: Sequence[Line], *, branch: Organisation, by: Actor) -> int:
    """Those that are right, as they are judged now."""
    right = check_past(lines, branch=branch, by=by).right
    for row in right:
        if row.past:
            enter_past_meeting(branch, past=row.past, by=by)
    return len(right)


def read_time(text: str) -> time:
    """14:00, 14h30, 14 giờ, 14.30."""
    found = _TIME.fullmatch(" ".join(text.split()).replace("giờ", "h").replace(" h", "h").replace("h ", "h"))
    try:
        return time(int(found[1]), int(found[2] or 0)) if found else time(99)
    except ValueError:
        raise Unreadable(f"“{text[:40]}” không phải giờ. Hãy ghi như 14:00 hoặc 14h30.") from None


def _read(line: Line, branch: Organisation) -> PastLine:
    row, cells = PastLine(line), line.cells
    try:
        on = read_day(cells["day"])
        begins, ends = read_time(cells["started_at"]), read_time(cells["ended_at"])
        period = _period(cells["month"], on)
    except Unreadable as unreadable:
        row.wrong.append(str(unreadable))
        return row
    people = _expected(branch, on)
    absent: dict[int, Mark] = {}
    for column, mark in (("excused", Mark.EXCUSED), ("absent", Mark.ABSENT)):
        for name in _names(cells[column]):
            member = _one(name, people, row)
            if member in absent:
                row.wrong.append(f"“{name}” ghi hai lần.")
            elif member:
                absent[member] = mark
    row.past = PastMeeting(on, begins, ends, cells["contents"], period=period, absent=absent)
    row.expected, row.came = len(people), len(people) - len(absent)
    if not people:
        row.wrong.append("Ngày ấy chưa có ai phải dự: kiểm tra ngày về chi bộ của đảng viên.")
    try:
        refuse_if_it_cannot_be(branch, row.past, period)
    except DomainError as refusal:
        row.wrong.append(refusal.sentence)
    return row


def _period(text: str, on: date) -> date | None:
    usual = period_of(MeetingKind.REGULAR, on)
    if not text:
        return usual
    found = _MONTH.fullmatch(text)
    if not found or not 1 <= int(found[1]) <= 12 or (found[2] and not 2000 <= int(found[2]) <= 2100):
        raise Unreadable(f"“{text[:40]}” không phải tháng. Hãy ghi như 3 hoặc 03/2026.")
    return date(int(found[2] or on.year), int(found[1]), 1)


def _expected(branch: Organisation, on: date) -> dict[int, str]:
    there = Membership.everything.expected_on(on).filter(organisation=branch).values("member")
    rows = Member.everything.filter(pk__in=there).values_list("pk", "full_name")
    return {pk: search_key(name) for pk, name in rows}


def _names(text: str) -> list[str]:
    names = (_BEFORE_NAMES.sub("", part.strip()) for part in _BETWEEN.split(text))
    return [name for name in names if name and search_key(name) not in ("khong", "0")]


def _one(name: str, people: Mapping[int, str], row: PastLine) -> int | None:
    """By the whole name, with or without tones; by its end, where only one is called so."""
    key = search_key(name)
    same = [pk for pk, known in people.items() if known == key]
    ends = [pk for pk, known in people.items() if known.endswith(f" {key}")]
    found = same or ends
    if len(found) == 1:
        return found[0]
    known = "nhiều người cùng tên, hãy ghi cả họ" if found else "không có trong danh sách phải dự ngày ấy"
    row.wrong.append(f"“{name[:60]}”: {known}.")
    return None
