"""The tasks of a year, read out in January and signed."""

from datetime import date

from branches.models import Organisation
from branches.papers import heading_of
from members.models import Assignment
from members.queries.assignments import Person, Year
from members.queries.signing import recipients_of, signer_of
from portal.papers.content import Block, Column, Note, Paper, Table, Text
from portal.words.quantities import day

COLUMNS = (Column("TT", 10, "center"), Column("Họ và tên", 45), Column("Nhiệm vụ"), Column("Ký nhận", 22))
NOBODY = "Chi bộ chưa có đảng viên trong danh sách."


def assignment_sheet(branch: Organisation, year: int, found: Year, *, today: date) -> Paper:
    rows = tuple(
        (str(place), person.member.full_name, _tasks(person), "") for place, person in enumerate(found.people, 1)
    )
    agreed = [row.agreed_on for person in found.people for row in person.settled if row.agreed_on]
    blocks: list[Block] = [Table(COLUMNS, rows, tall=True)] if rows else [Note(NOBODY)]
    if agreed:
        blocks.insert(0, Text(f"Chi bộ thông qua ngày {day(max(agreed))}."))
    return Paper(
        heading=heading_of(branch, today),
        type="Bảng phân công",
        abstract=f"nhiệm vụ đảng viên năm {year}",
        blocks=tuple(blocks),
        signers=(signer_of(branch, today),),
        recipients=recipients_of(branch),
        draft="Dự thảo" if found.proposed else "",
    )


def _tasks(person: Person) -> str:
    """Those that stand; what the branch has not agreed to yet says so."""
    standing = [row for row in person.assignments if row.ended_on is None]
    return "\n".join(f"- {_task(row)}" for row in standing) or "–"


def _task(row: Assignment) -> str:
    return row.words if row.agreed_on else f"{row.words} (dự kiến)"
