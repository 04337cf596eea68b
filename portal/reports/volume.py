"""The first pages of a volume: what it is, what stands in it from which page, who is missing."""

from collections.abc import Sequence

from django.utils import timezone

from branches.models import Kind
from branches.papers import heading_of
from portal.papers.content import Block, Column, Note, Paper, Table, Text, ended
from portal.reports.queries.bundling import Collected
from portal.reports.sentences import paragraph, sentence
from portal.words.quantities import day, number

COLUMNS = (
    Column("TT", 10, "center"), Column("Nơi gửi"), Column("Số báo cáo", 30), Column("Ngày", 26), Column("Từ trang", 18, "right"),
)  # fmt: skip


def title_page(found: Collected, lengths: Sequence[int], *, before: int) -> Paper:
    """`lengths`: pages of each report; `before`: of these first pages themselves."""
    today = timezone.localdate()
    senders = "chi bộ" if Kind.BRANCH in found.expected.kind.of else "đảng ủy xã, phường"
    blocks: list[Block] = [Text(_opening(found)), _contents(found, lengths, before)]
    said = f"Cổng sinh hoạt chi bộ đóng tập ngày {day(today)}; số trang của tập ở cuối trang giấy. Bản để đối chiếu là tệp từng nơi đã ban hành"
    return Paper(
        heading=heading_of(found.place, today),
        type="Tập báo cáo",
        abstract=f"{found.expected.when} của các {senders}",
        blocks=(*blocks, Note(ended(said))),
    )


def _opening(found: Collected) -> str:
    count = f"Tập này có {number(len(found.arrivals))} {found.expected.short} đã gửi {found.place.name}."
    missing = sentence(f"chưa gửi: {', '.join(found.missing)}") if found.missing else ""
    returned = sentence(f"đã trả lại, chờ bản thay thế: {', '.join(found.returned)}") if found.returned else ""
    return paragraph(count, missing, returned)


def _contents(found: Collected, lengths: Sequence[int], before: int) -> Table:
    rows, page = [], before + 1
    for place, (arrival, length) in enumerate(zip(found.arrivals, lengths, strict=True), 1):
        report = arrival.report
        symbol = report.number.symbol if report.number else ""
        rows.append((str(place), report.organisation.name, symbol, day(report.issued_on), str(page)))
        page += length
    return Table(COLUMNS, tuple(rows))
