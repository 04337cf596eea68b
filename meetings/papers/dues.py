"""The dues of a quarter: who has paid what for which month, with room to sign."""

from calendar import monthrange
from datetime import date

from branches.models import Organisation
from branches.papers import heading_of
from meetings.papers.naming import ROMAN
from meetings.queries.dues import Cell, DuesYear, Line
from members.queries.signing import signer_of
from portal.papers.content import Block, Column, Note, Paper, Signer, Table, Text
from portal.words.quantities import number

NOBODY = "Chi bộ chưa có ai để thu đảng phí."
KEY = "Ô ghi hai số là đã nộp/phải nộp. M: được miễn. Để trống: chưa ghi."


def dues_sheet(branch: Organisation, found: DuesYear, quarter: int, *, today: date) -> Paper:
    months = [month for month in found.months if (month.month + 2) // 3 == quarter]
    last = months[-1]
    on = min(today, last.replace(day=monthrange(last.year, last.month)[1]))
    blocks: list[Block] = [_table(found, months), Note(KEY)] if found.lines else [Note(NOBODY)]
    if found.lines:
        whole = next(one for one in found.quarters if one.number == quarter)
        blocks.insert(0, Text(f"Phải nộp {number(whole.owed)} đồng, đã nộp {number(whole.paid)} đồng."))
    return Paper(
        heading=heading_of(branch, on),
        type="Danh sách",
        abstract=f"thu, nộp đảng phí quý {ROMAN[quarter - 1]} năm {found.year}",
        blocks=tuple(blocks),
        signers=(Signer("Người thu"), signer_of(branch, on)),
    )


def _table(found: DuesYear, months: list[date]) -> Table:
    columns = [
        Column("TT", 10, "center"),
        Column("Họ và tên"),
        *(Column(f"Tháng {month.month}", 20, "right") for month in months),
        Column("Cộng", 20, "right"),
        Column("Ký nộp", 22),
    ]
    rows = [_row(place, line, months) for place, line in enumerate(found.lines, 1)]
    sums = [sum(_paid(line, month) for line in found.lines) for month in months]
    rows.append(("", "Tổng cộng", *map(number, sums), number(sum(sums)), ""))
    return Table(tuple(columns), tuple(rows), sums=True, tall=True)


def _row(place: int, line: Line, months: list[date]) -> tuple[str, ...]:
    cells = [_said(line.cells[month.month - 1]) for month in months]
    paid = sum(_paid(line, month) for month in months)
    return (str(place), line.member.full_name, *cells, number(paid) if any(cells) else "", "")


def _said(cell: Cell) -> str:
    if cell.row is None:
        return ""
    if cell.row.excused:
        return "M"
    return number(cell.row.paid) if not cell.is_owed else f"{number(cell.row.paid)}/{number(cell.row.owed)}"


def _paid(line: Line, month: date) -> int:
    row = line.cells[month.month - 1].row
    return row.paid if row and not row.excused else 0
