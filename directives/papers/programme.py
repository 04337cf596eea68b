"""The year's programme of inspections as a paper."""

from dataclasses import replace
from datetime import date

from branches.models.number import symbol_of
from branches.papers import heading_of
from directives.models import InspectedBy, InspectionProgramme, PlannedInspection
from members.queries.signing import recipients_of, signer_of
from portal.papers.content import Block, Column, Heading, Note, Paper, Signer, Table, Text, number_line
from portal.words.quantities import day

COLUMNS = (
    Column("TT", 10, "center"),
    Column("Đối tượng", 34),
    Column("Hình thức", 20, "center"),
    Column("Nội dung"),
    Column("Thời gian", 26, "center"),
    Column("Phụ trách", 28),
)
NOTHING = "Chưa ghi cuộc kiểm tra, giám sát nào."


def programme_paper(programme: InspectionProgramme, planned: list[PlannedInspection], *, today: date) -> Paper:
    on = programme.agreed_on or today
    rows = tuple((str(place), *_row(one)) for place, one in enumerate(planned, 1))
    blocks: list[Block] = [
        Text(f"{programme.who} kiểm tra, giám sát các tổ chức sau trong năm {programme.year}:"),
        Table(COLUMNS, rows) if rows else Note(NOTHING),
    ]
    if programme.agreed_on:
        blocks.append(Note(f"Thông qua ngày {day(programme.agreed_on)}."))
    return Paper(
        heading=_heading(programme, on),
        type="Chương trình",
        abstract=f"kiểm tra, giám sát năm {programme.year}",
        blocks=tuple(blocks),
        signers=(_signer(programme, on),),
        recipients=_recipients(programme),
        draft="Dự thảo" if programme.is_draft else "",
    )


def _row(planned: PlannedInspection) -> tuple[str, ...]:
    names = "; ".join(one.name for one in planned.documents.all())
    contents = f"{planned.contents}\nViệc thực hiện: {names}" if names else planned.contents
    later = " (bổ sung)" if planned.added_later else ""
    return (planned.subject.name, f"{planned.get_kind_display()}{later}", contents, planned.when, planned.led_by)


def _heading(programme: InspectionProgramme, on: date) -> Heading:
    """A commission issues under its own name, below its committee."""
    usual = heading_of(programme.organisation, on, type="CTr")
    if programme.conducted_by == InspectedBy.COMMITTEE:
        return usual
    letters = f"-CTr/UBKT{symbol_of(programme.organisation, on)}"
    return replace(usual, issuer=InspectedBy.COMMISSION.label, upper=usual.issuer, number=number_line("", letters))


def _recipients(programme: InspectionProgramme) -> tuple[str, ...]:
    if programme.conducted_by == InspectedBy.COMMITTEE:
        return recipients_of(programme.organisation)
    return (f"{programme.organisation.name} (để báo cáo)", "Các tổ chức có tên trên", "Lưu Ủy ban Kiểm tra")


def _signer(programme: InspectionProgramme, on: date) -> Signer:
    if programme.conducted_by == InspectedBy.COMMITTEE:
        return signer_of(programme.organisation, on)
    return Signer("T/M Ủy ban Kiểm tra", "Chủ nhiệm")
