"""Reports of a review: of one part, and of the whole."""

from collections.abc import Iterator
from datetime import date

from django.utils import timezone

from branches.papers import heading_of
from directives.models import PartState, Review, ReviewPart
from directives.queries.review_figures import GROUPS, PROOFS, STUDIES, TARGETS, TASKS, Line, Sheet
from directives.queries.reviews import COLUMNS_AT_ONCE, columns_of, parts_of, side_by_side
from members.queries.signing import recipients_of, signer_of
from portal.access.actor import Actor
from portal.papers.content import Block, Column, Note, Paper, Table, Text, Title, ended
from portal.words.quantities import day, number

OF_TARGETS = (
    Column("TT", 10, "center"),
    Column("Chỉ tiêu"),
    Column("Mức giao", 28, "center"),
    Column("Kết quả", 34, "center"),
    Column("Đánh giá", 22, "center"),
)
NOT_MEASURED = "theo dõi ngoài cổng"
NOTHING_COUNTED = "Văn bản này chưa có chỉ tiêu, đợt quán triệt nào được cổng theo dõi."
MOST_LISTED = 150  # parts; more are read in the portal
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII")


def paper_of_part(part: ReviewPart, sheet: Sheet, *, on: date) -> Paper:
    review = part.review
    blocks = [Text(_about(review)), Title(f"{ROMAN[0]}. Tình hình thực hiện"), *_figures(sheet)]
    for place, (heading, words) in enumerate(part.judgements, 1):
        blocks += [Title(f"{ROMAN[place]}. {heading}"), Text(words)]
    return Paper(
        heading=heading_of(part.organisation, on, type="BC"),
        type="Báo cáo",
        abstract=_abstract(review),
        addressee=review.organisation.name,
        blocks=tuple(blocks),
        signers=(signer_of(part.organisation, on),),
        recipients=recipients_of(part.organisation),
        draft="" if part.is_here else "Dự thảo",
    )


def paper_of_review(review: Review, sheet: Sheet, *, on: date, reader: Actor) -> Paper:
    parts = list(parts_of(review, reader))
    blocks = [
        Text(_about(review)),
        Text(ended(_who_sent(parts))),
        Title(f"{ROMAN[0]}. Tình hình thực hiện"),
        *_figures(sheet),
        Title(f"{ROMAN[1]}. Đánh giá, kết luận"),
        Text(review.conclusion) if review.conclusion else Note("Chưa ghi kết luận chung."),
        *_each_part(review, parts),
    ]
    return Paper(
        heading=heading_of(review.organisation, on, type="BC"),
        type="Báo cáo",
        abstract=_abstract(review),
        blocks=tuple(blocks),
        signers=(signer_of(review.organisation, on),),
        recipients=recipients_of(review.organisation),
        draft="" if review.closed_on else "Dự thảo",
    )


def _abstract(review: Review) -> str:
    return f"{review.get_kind_display().lower()} việc thực hiện {review.document.name}"


def _about(review: Review) -> str:
    document = review.document
    subject = f", {document.subject}" if document.subject and document.subject not in document.name else ""
    return ended(f"Kỳ báo cáo {review.period}. Văn bản: {document.dated_name}{subject}")


def _who_sent(parts: list[ReviewPart]) -> str:
    here = sum(1 for part in parts if part.is_here)
    return f"Có {number(here)}/{number(len(parts))} nơi đã gửi báo cáo"


def _figures(sheet: Sheet) -> Iterator[Block]:
    """Titles below the first chapter are numbered in the order in which there is something to say."""
    place = 0
    targets = [*sheet.of(TARGETS), *sheet.by_hand]
    if targets:
        place += 1
        rows = tuple((str(row), *_target(line)) for row, line in enumerate(targets, 1))
        yield from (Title(f"{place}. {GROUPS[TARGETS]}", 2), Table(OF_TARGETS, rows))
    for group in (STUDIES, TASKS, PROOFS):
        if lines := sheet.of(group):
            place += 1
            yield Title(f"{place}. {GROUPS[group]}", 2)
            yield from (Text(ended(f"{line.words}: {line.said}")) for line in lines)
    yield Note(f"Số liệu cổng tổng hợp ngày {day(sheet.on)}.") if place else Note(NOTHING_COUNTED)


def _target(line: Line) -> tuple[str, str, str, str]:
    measured = line.numerator is not None
    return (line.words, line.goal, line.said if measured else "", line.verdict if measured else NOT_MEASURED)


def _each_part(review: Review, parts: list[ReviewPart]) -> Iterator[Block]:
    yield Title(f"{ROMAN[2]}. Số liệu từng nơi")
    if len(parts) > MOST_LISTED:
        yield Note(f"Có {number(len(parts))} nơi báo cáo; xem từng nơi trên cổng.")
        return
    yield Table(
        (Column("TT", 10, "center"), Column("Nơi báo cáo"), Column("Tình trạng", 60)),
        tuple((str(place), part.organisation.name, _state(part)) for place, part in enumerate(parts, 1)),
    )
    count = len(columns_of(review))
    for group in range(1, -(-count // COLUMNS_AT_ONCE) + 1):
        table = side_by_side(review, parts, group)
        heads = (Column("Nơi báo cáo"), *(Column(_head(words, goal), 30, "center") for words, goal in table.heads))
        rows = tuple((row.part.organisation.name, *(cell.line.said for cell in row.cells)) for row in table.rows)
        yield Table(heads, rows)


def _head(words: str, goal: str) -> str:
    return f"{words} ({goal})" if goal else words


def _state(part: ReviewPart) -> str:
    if part.state == PartState.SENT and part.sent_at:
        return f"Đã gửi ngày {day(timezone.localdate(part.sent_at))}"
    return part.get_state_display()
