"""The attendance sheet of a meeting: as it was marked, or empty, to be signed by hand."""

from branches.papers import heading_of
from meetings.models import Attendance, Mark, Meeting, Standing
from meetings.papers.naming import called, comrade, day_words
from meetings.queries.log_reading import Reading
from portal.access.permissions import Permission
from portal.papers.content import Block, Column, Note, Paper, Signer, Table, Text, ended
from portal.words.quantities import number, share

NUMBER, NAME = Column("TT", 11, "center"), Column("Họ và tên")
MARKED = (NUMBER, NAME, Column("Chức vụ", 32), Column("Điểm danh", 34), Column("Lý do vắng", 36))
TO_SIGN = (NUMBER, NAME, Column("Chức vụ", 38), Column("Ký tên", 36), Column("Ghi chú", 26))
NOBODY = "Buổi họp chưa có danh sách phải dự."


def attendance_of(reading: Reading) -> Paper:
    """As marked: names stand in it, so for who reads the roll."""
    meeting, rows = reading.meeting, _rows(reading)
    expected = [row for row in rows if row.standing == Standing.EXPECTED]
    blocks: list[Block] = [Text(_counted(reading))] if expected else [Note(NOBODY)]
    if expected:
        blocks.append(Table(MARKED, tuple(_marked(place, row) for place, row in enumerate(expected, 1))))
    if exempt := [row for row in rows if row.standing == Standing.EXEMPT]:
        names = "; ".join(row.name + (" (có dự)" if row.mark in Mark.came() else "") for row in exempt)
        blocks.append(Text(ended(names), lead="Được miễn, tạm hoãn:"))
    if reading.guests:
        guests = "; ".join(f"{row.name} ({row.post})" if row.post else row.name for row in reading.guests)
        blocks.append(Text(ended(guests), lead="Khách dự:"))
    return _sheet(meeting, blocks, draft="Dự thảo" if meeting.closed_at is None else "")


def sheet_to_sign(reading: Reading) -> Paper:
    meeting = reading.meeting
    rows = [row for row in _rows(reading) if row.standing == Standing.EXPECTED]
    lines = tuple((str(place), row.name, row.office, "", "") for place, row in enumerate(rows, 1))
    place = f", {meeting.place}" if meeting.place else ""
    blocks: list[Block] = [Text(ended(f"Họp ngày {day_words(meeting.day)}{place}"))]
    blocks.append(Table(TO_SIGN, lines, tall=True) if lines else Note(NOBODY))
    return _sheet(meeting, blocks)


def _sheet(meeting: Meeting, blocks: list[Block], *, draft: str = "") -> Paper:
    return Paper(
        heading=heading_of(meeting.organisation, meeting.day),
        type="Danh sách",
        abstract=f"dự {called(meeting)}",
        blocks=tuple(blocks),
        signers=signed_by(meeting),
        draft=draft,
    )


def signed_by(meeting: Meeting) -> tuple[Signer, ...]:
    """The clerk to the left, the chair to the right."""
    clerk, chair = (person.full_name if person else "" for person in (meeting.clerk, meeting.chair))
    return Signer("Thư ký", name=clerk), Signer("Chủ trì", name=chair)


def _rows(reading: Reading) -> list[Attendance]:
    rows = Attendance.objects.allowed(reading.actor, Permission.READ_ROLL).filter(meeting=reading.meeting)
    return list(rows.order_by("member__sort_key", "pk"))


def _marked(place: int, row: Attendance) -> tuple[str, ...]:
    return (str(place), row.name, row.office, row.get_mark_display(), row.reason)


def _counted(reading: Reading) -> str:
    counts = reading.counts
    said = [
        f"Họp ngày {day_words(reading.meeting.day)}. Có mặt {share(counts['came'], counts['expected'])}",
        f"vắng có lý do {number(counts['excused'])}",
        f"vắng không lý do {number(counts['absent'])}",
    ]
    if counts["unmarked"]:
        said.append(f"chưa điểm danh {number(counts['unmarked'])}")
    chair = reading.meeting.chair
    return ", ".join(said) + (f". Chủ trì: {comrade(chair.full_name)}." if chair else ".")
