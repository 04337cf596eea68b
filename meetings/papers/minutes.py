"""The minutes, out of the log: what its reader may see of it, in the order in which minutes are written."""

from collections.abc import Iterator

from branches.papers import heading_of
from meetings.models import ActionItem, CellSitting, Decision, Resolution, Scorer, Vote
from meetings.papers.attendance import signed_by
from meetings.papers.naming import ROMAN, called, comrade, day_words, hour
from meetings.queries.log_reading import Reading
from meetings.queries.papers import Papers
from meetings.queries.score_sheet import score_sheet_of
from portal.access.permissions import Permission
from portal.papers.content import Block, Column, Note, Paper, Points, Table, Text, Title, ended
from portal.words.quantities import day, number, percent

VOTES = (Column("Nội dung biểu quyết"), Column("Được biểu quyết", 24, "center"), Column("Tán thành", 24, "center"),
         Column("Không tán thành", 24, "center"), Column("Ý kiến khác", 20, "center"))  # fmt: skip
THINGS = (Column("TT", 11, "center"), Column("Việc"), Column("Người thực hiện", 42), Column("Hạn", 26, "center"))
REVIEWED = (Column("Việc tháng trước"), Column("Kết quả", 32), Column("Lý do", 44))
WITHOUT_CLOSED = "Bản này không có phần kín của buổi họp."
NOTHING = "Không có ý kiến, kiến nghị."


def minutes_of(reading: Reading) -> Paper:
    meeting = reading.meeting
    sections = [section for section in _sections(reading) if section[1]]
    blocks: list[Block] = []
    for place, (title, part) in enumerate(sections):
        blocks += [Title(f"{ROMAN[place]}. {title}"), *part]
    blocks += _end(reading)
    return Paper(
        heading=heading_of(meeting.organisation, meeting.day, type="BB"),
        type="Biên bản",
        abstract=called(meeting),
        blocks=tuple(blocks),
        signers=signed_by(meeting),
        draft="Dự thảo" if meeting.closed_at is None else "",
    )


def _sections(reading: Reading) -> Iterator[tuple[str, list[Block]]]:
    yield "Thời gian, địa điểm, thành phần", _opening(reading)
    yield "Kiểm điểm việc tháng trước", _reviews(reading)
    yield "Nội dung", _steps(reading)
    if reading.sees_names:
        yield "Ý kiến thảo luận", _opinions(reading)
    yield "Biểu quyết", [Table(VOTES, tuple(map(_vote, reading.votes)))] if reading.votes else []
    yield "Kết luận, nghị quyết", [block for row in reading.resolutions for block in resolution_blocks(row)]
    yield "Quyết nghị", _decisions(reading)
    yield "Giao việc", [table_of_things(reading.actions)] if reading.actions else []
    yield "Kiến nghị với cấp trên", _proposals(reading)
    if reading.sees_names:
        yield "Biểu dương, nhắc nhở", _remarks(reading)
    yield "Chấm điểm buổi sinh hoạt", _score(reading)


def _opening(reading: Reading) -> list[Block]:
    meeting, counts = reading.meeting, reading.counts
    begins = meeting.started_at or meeting.begins
    form = meeting.get_form_display() + (f" ({meeting.form_ground})" if meeting.form_ground else "")
    people = [
        f"Phải dự {number(counts['expected'])} đảng viên, trong đó {number(counts['voters'])} được biểu quyết",
        f"có mặt {number(counts['came'])} ({percent(counts['came'], counts['expected'])})",
        f"vắng có lý do {number(counts['excused'])}",
        f"vắng không lý do {number(counts['absent'])}",
    ]
    if counts["exempt"]:
        people.append(f"được miễn, tạm hoãn {number(counts['exempt'])}")
    away = [f"{row.name} ({row.reason or row.get_mark_display().lower()})" for row in _away(reading)]
    guests = [f"{row.name}, {row.post}" if row.post else row.name for row in reading.guests]
    facts = [
        ("Thời gian:", ", ".join(filter(None, [hour(begins), f"ngày {day_words(meeting.day)}"]))),
        ("Địa điểm:", meeting.place),
        ("Hình thức:", form),
        ("Thành phần:", "; ".join(people) if counts["expected"] else "chưa có danh sách phải dự"),
        ("Vắng mặt:", "; ".join(away)),
        ("Khách dự:", "; ".join(guests)),
        ("Chủ trì:", comrade(meeting.chair.full_name) if meeting.chair else ""),
        ("Thư ký:", comrade(meeting.clerk.full_name) if meeting.clerk else ""),
    ]
    return [*(Text(ended(words), lead=lead) for lead, words in facts if words), *_sittings(reading)]


def _score(reading: Reading) -> list[Block]:
    """What the branch agreed on; the sheet itself goes with the minutes."""
    sheet = score_sheet_of(reading.meeting, reading.actor)
    if sheet is None or not sheet.agreed:
        return []
    said = (
        f"Chi bộ tự chấm {number(sheet.branch_total)}/{number(sheet.most)} điểm, xếp loại {sheet.branch_band.lower()}"
    )
    return [Text(ended(said)), *([Text(ended(comment))] if (comment := sheet.comment(Scorer.BRANCH)) else [])]


def _away(reading: Reading) -> list:
    return reading.away if reading.sees_names else []


def _sittings(reading: Reading) -> list[Block]:
    """Where the branch sat by tổ đảng."""
    rows = CellSitting.objects.allowed(reading.actor, Permission.SEE_MEETINGS).there().filter(meeting=reading.meeting)
    said = []
    for row in rows.select_related("cell").order_by("cell__sort_key", "pk"):
        hours = " đến ".join(filter(None, [hour(row.started_at), hour(row.ended_at)]))
        said.append(", ".join(filter(None, [row.cell.name, f"ngày {day_words(row.day)}", hours, row.place])))
    return [Points(tuple(said))] if said else []


def _reviews(reading: Reading) -> list[Block]:
    rows = tuple((row.action.words, row.get_stand_display(), row.because) for row in reading.reviews)
    return [Table(REVIEWED, rows)] if rows else []


def _steps(reading: Reading) -> list[Block]:
    blocks: list[Block] = []
    for place, step in enumerate(reading.agenda, 1):
        words = ended(f"{place}. {step.words}{f' ({step.presenter})' if step.presenter else ''}")
        blocks.append(Text(step.notes, lead=words) if step.notes else Text(words))
    return blocks


def _opinions(reading: Reading) -> list[Block]:
    """Whose a minority opinion is stands only where the reader may see it."""
    blocks: list[Block] = []
    for row in reading.opinions:
        who = f"Đ/c {row.member.full_name}" if row.member else "Không ghi tên"
        blocks.append(Text(ended(row.words), lead=f"{who}{' (ý kiến thiểu số)' if row.minority else ''}:"))
    return blocks


def _vote(row: Vote) -> tuple[str, ...]:
    question = f"{row.question} (bỏ phiếu kín)" if row.secret else row.question
    in_favour = f"{number(row.in_favour)} ({percent(row.in_favour, row.voters)})" if row.voters else "0"
    return question, number(row.voters), in_favour, number(row.against), number(row.abstained)


def resolution_blocks(row: Resolution) -> list[Block]:
    symbol = f" {row.number.symbol}" if row.number else ""
    title = f"{row.get_kind_display()}{symbol}{f': {row.subject}' if row.subject else ''}"
    blocks: list[Block] = [Title(title, level=2), Text(row.contents)]
    if row.measures:
        blocks.append(Text(row.measures, lead="Giải pháp, tổ chức thực hiện:"))
    return blocks


def _decisions(reading: Reading) -> list[Block]:
    """What was decided about persons: for those who write the log, or read what is closed."""
    if not (reading.records or reading.sees_closed):
        return []
    rows = Decision.objects.allowed(reading.actor, Permission.SEE_MEETINGS).there().filter(meeting=reading.meeting)
    said = []
    for row in rows.select_related("member").order_by("saved_at", "pk"):
        whom = comrade(row.member.full_name) if row.member else ""
        said.append(
            ended(": ".join(filter(None, [row.get_kind_display(), ", ".join(filter(None, [whom, row.words]))])))
        )
    return [Points(tuple(said))] if said else []


def table_of_things(rows: list[ActionItem]) -> Table:
    lines = (
        (str(place), row.words, row.assignee.full_name if row.assignee else row.assignee_words, day(row.due_on))
        for place, row in enumerate(rows, 1)
    )
    return Table(THINGS, tuple(lines))


def _proposals(reading: Reading) -> list[Block]:
    said = tuple(ended(f"Gửi {row.to.name}: {' '.join(row.words.split())}") for row in reading.proposals)
    if said:
        return [Points(said)]
    return [Text(NOTHING)] if reading.meeting.nothing_raised else []


def _remarks(reading: Reading) -> list[Block]:
    said = tuple(
        ended(f"{'Biểu dương' if row.praise else 'Nhắc nhở'} đ/c {row.member.full_name}: {row.words}")
        for row in reading.remarks
    )
    return [Points(said)] if said else []


def _end(reading: Reading) -> list[Block]:
    meeting = reading.meeting
    blocks: list[Block] = []
    if meeting.ended_at:
        read = " Biên bản đã được đọc trước chi bộ và thông qua." if meeting.minutes_read else ""
        blocks.append(Text(f"Buổi họp kết thúc lúc {hour(meeting.ended_at)}, ngày {day_words(meeting.day)}.{read}"))
    if reading.has_closed and not reading.sees_closed:
        blocks.append(Note(WITHOUT_CLOSED))
    if signed := Papers(reading).signed:
        blocks.append(Note(f"In lại từ sổ. Bản đã ký lưu ngày {day(signed.filed_on)}, SHA-256 {signed.sha256}."))
    return blocks
