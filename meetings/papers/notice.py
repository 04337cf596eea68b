"""The notice of a meeting, with its agenda: what goes to everybody, so nothing closed stands in it."""

from datetime import date

from branches.models import Kind
from branches.papers import heading_of
from meetings.models import MeetingKind
from meetings.papers.naming import called, comrade, hour
from meetings.queries.log_reading import CLOSED_STEP, Reading
from members.queries.signing import recipients_of, signer_of
from portal.papers.content import Block, Column, Paper, Table, Text, ended
from portal.words.quantities import long_day

AGENDA = (Column("TT", 11, "center"), Column("Nội dung"), Column("Người thực hiện", 45))


def notice_of(reading: Reading, *, written_on: date) -> Paper:
    meeting, place = reading.meeting, reading.meeting.organisation
    is_told = meeting.kind in MeetingKind.of_slots()
    on = min(written_on, meeting.day)
    return Paper(
        heading=heading_of(place, on, type="TB" if is_told else "GM"),
        type="Thông báo" if is_told else "Giấy mời",
        abstract=f"về việc {called(meeting)}",
        addressee=_whom(reading),
        blocks=tuple(_blocks(reading)),
        signers=(signer_of(place, on, power=power_of(reading)),),
        recipients=("Như trên", *recipients_of(place)[:1], *recipients_of(place)[-1:]),
    )


def power_of(reading: Reading) -> str:
    """The chi ủy signs for what it decided itself."""
    meeting = reading.meeting
    is_of_chi_uy = meeting.kind == MeetingKind.COMMITTEE and meeting.organisation.kind == Kind.BRANCH
    return "T/M chi ủy" if is_of_chi_uy else ""


def _whom(reading: Reading) -> str:
    if power_of(reading):
        return "Các đồng chí chi ủy viên"
    of_members = reading.meeting.organisation.kind == Kind.BRANCH
    return "Các đồng chí đảng viên" if of_members else "Các đồng chí cấp ủy viên"


def _blocks(reading: Reading) -> list[Block]:
    meeting = reading.meeting
    when = ", ".join(filter(None, [hour(meeting.begins), long_day(meeting.day)]))
    form = meeting.get_form_display() + (f" ({meeting.form_ground})" if meeting.form_ground else "")
    facts = [
        ("Thời gian:", when[:1].upper() + when[1:]),
        ("Địa điểm:", meeting.place),
        ("Hình thức:", form),
        ("Chủ trì:", comrade(meeting.chair.full_name) if meeting.chair else ""),
        ("Nội dung chính:", meeting.title),
    ]
    name = reading.meeting.organisation.name
    blocks: list[Block] = [Text(f"{name} trân trọng thông báo và mời các đồng chí dự {called(meeting)}:")]
    blocks += [Text(ended(words), lead=lead) for lead, words in facts if words]
    blocks += _agenda(reading)
    blocks.append(Text("Đề nghị các đồng chí dự đầy đủ, đúng giờ; đồng chí nào không dự được thì báo lý do trước."))
    return blocks


def _agenda(reading: Reading) -> list[Block]:
    rows = [
        (str(place), CLOSED_STEP if step.closed_data else step.words, "" if step.closed_data else step.presenter)
        for place, step in enumerate(reading.agenda, 1)
    ]
    if not rows:
        return []
    table: Block = Table(AGENDA, tuple(rows), caption="Chương trình")
    return [table]
