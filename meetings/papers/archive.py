"""The list of what a branch keeps of a year, as a paper."""

from branches.papers import heading_of
from meetings.queries.archive import Archive
from members.queries.signing import signer_of
from portal.papers.content import Block, Column, Note, Paper, Table, Text
from portal.words.quantities import day, number

COLUMNS = (Column("TT", 11, "center"), Column("Tên giấy tờ"), Column("Ngày", 26, "center"), Column("Thời hạn lưu", 22),
           Column("Tình trạng", 36))  # fmt: skip
NOTHING = "Năm này chưa có giấy tờ nào."


def archive_list(archive: Archive) -> Paper:
    lines = [(period, line) for _, period, group in archive.groups for line in group]
    rows = tuple(
        (str(place), f"{line.group}: {line.name}", day(line.on), period, line.words)
        for place, (period, line) in enumerate(lines, 1)
    )
    scans = [f"{line.name}: {line.sha256}" for _, line in lines if line.sha256]
    blocks: list[Block] = [Table(COLUMNS, rows)] if rows else [Note(NOTHING)]
    if rows:
        blocks.insert(0, Text(f"Có {number(len(rows))} giấy tờ phải lưu, còn thiếu {number(archive.missing)}."))
    blocks += [Note(f"SHA-256 của bản đã ký, {one}") for one in scans]
    return Paper(
        heading=heading_of(archive.organisation, archive.today),
        type="Mục lục hồ sơ",
        abstract=f"lưu năm {archive.year}",
        blocks=tuple(blocks),
        signers=(signer_of(archive.organisation, archive.today),),
    )
