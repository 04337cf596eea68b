"""The score sheet of a meeting: what the branch gave and why; beside it, and never over it, what others gave."""

from branches.papers import heading_of
from meetings.models import Scorer
from meetings.papers.attendance import signed_by
from meetings.papers.naming import called
from meetings.queries.log_reading import Reading
from meetings.queries.score_sheet import Part, ScoreSheet, SheetRow
from portal.papers.content import Block, Column, Paper, Table, Text, ended
from portal.words.quantities import number

OF_BRANCH = (
    Column("TT", 12, "center"),
    Column("Tiêu chí"),
    Column("Điểm tối đa", 18, "center"),
    Column("Chi bộ chấm", 18, "center"),
)
REASON = Column("Căn cứ", 44)
VISITOR, ABOVE = Column("Cấp ủy viên dự", 18, "center"), Column("Cấp trên", 18, "center")


def score_paper(reading: Reading, sheet: ScoreSheet) -> Paper:
    meeting = reading.meeting
    blocks: list[Block] = [Text(ended(f"Theo {sheet.document}")), _table(sheet), *_results(sheet)]
    return Paper(
        heading=heading_of(meeting.organisation, meeting.day),
        type="Phiếu chấm điểm",
        abstract=f"chất lượng {called(meeting)}",
        blocks=tuple(blocks),
        signers=signed_by(meeting),
        draft="" if sheet.agreed and meeting.closed_at else "Dự thảo",
    )


def _others(sheet: ScoreSheet) -> list[Scorer]:
    """Who else has agreed to a score."""
    return [scorer for scorer in (Scorer.VISITOR, Scorer.ABOVE) if sheet.has_agreed(scorer)]


def _table(sheet: ScoreSheet) -> Table:
    others = _others(sheet)
    columns = [*OF_BRANCH, REASON]
    columns += [VISITOR if scorer == Scorer.VISITOR else ABOVE for scorer in others]
    rows = [line for place, part in enumerate(sheet.parts, 1) for line in _part(place, part, others)]
    totals = {Scorer.VISITOR: sheet.visitor_total, Scorer.ABOVE: sheet.above_total}
    sums = (
        "",
        "Tổng điểm",
        number(sheet.most),
        number(sheet.branch_total),
        "",
        *(number(totals[one]) for one in others),
    )
    return Table(tuple(columns), (*rows, sums), sums=True)


def _part(place: int, part: Part, others: list[Scorer]) -> list[tuple[str, ...]]:
    head = (str(place), part.title, number(part.most), number(part.branch), "", *("" for _ in others))
    return [head, *(_row(row, others) for row in part.rows)]


def _row(row: SheetRow, others: list[Scorer]) -> tuple[str, ...]:
    given = {Scorer.VISITOR: row.visitor, Scorer.ABOVE: row.above}
    points = "" if row.branch is None else number(row.branch)
    return (row.number, row.words, number(row.most), points, row.why, *(number(given[one]) for one in others))


def _results(sheet: ScoreSheet) -> list[Block]:
    said = [("Chi bộ tự xếp loại:", sheet.branch_total, sheet.branch_band, sheet.comment(Scorer.BRANCH))]
    if sheet.visitor_total is not None:
        said.append(
            ("Cấp ủy viên dự xếp loại:", sheet.visitor_total, sheet.visitor_band, sheet.comment(Scorer.VISITOR))
        )
    if sheet.above_total is not None:
        said.append(("Cấp trên xếp loại:", sheet.above_total, sheet.above_band, sheet.comment(Scorer.ABOVE)))
    most = number(sheet.most)
    blocks: list[Block] = [
        Text(ended(f"{band}, {number(total)}/{most} điểm{f'. {comment}' if comment else ''}"), lead=lead)
        for lead, total, band, comment in said
    ]
    if sheet.difference_words:
        blocks.append(Text(ended(f"Cấp trên chấm {sheet.difference_words}")))
    return blocks
