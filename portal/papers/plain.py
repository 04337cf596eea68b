"""A paper as plain text, to be copied into other systems."""

from collections.abc import Iterator

from portal.papers.content import Block, Heading, Note, Paper, Points, Table, Text, Title
from portal.papers.form import Form, Part


def text_of(paper: Paper, form: Form) -> str:
    return "\n".join(_lines(paper, form)).strip() + "\n"


def _lines(paper: Paper, form: Form) -> Iterator[str]:
    yield from _head(paper.heading, form)
    if paper.draft:
        yield form.face(Part.STAMP).cased(paper.draft)
    yield from ("", form.face(Part.TYPE).cased(paper.type), paper.abstract, "")
    if paper.addressee:
        yield from (f"Kính gửi: {paper.addressee}", "")
    for block in paper.blocks:
        yield from _block(block, form)
    for signer in paper.signers:
        power, post = form.face(Part.POWER).cased(signer.power), form.face(Part.POST).cased(signer.post)
        yield from ("", *filter(None, [power, post, signer.name]))
    if paper.recipients:
        yield from ("", "Nơi nhận:", *(f"- {one}" for one in paper.recipients))
    if paper.beneath:
        yield from ("", *paper.beneath)


def _head(heading: Heading, form: Form) -> Iterator[str]:
    yield form.face(Part.PARTY).cased(heading.PARTY)
    if heading.upper:
        yield form.face(Part.UPPER).cased(heading.upper)
    yield form.face(Part.ISSUER).cased(heading.issuer)
    if heading.number:
        yield heading.number
    yield heading.place_and_day


def _block(block: Block, form: Form) -> Iterator[str]:
    if isinstance(block, Text):
        first, *others = block.lines
        yield f"{block.lead} {first}".strip()
        yield from others
    elif isinstance(block, Points):
        yield from (f"- {item}" for item in block.items)
    elif isinstance(block, Title):
        yield from ("", form.face(Part.SECTION).cased(block.words) if block.level == 1 else block.words)
    elif isinstance(block, Table):
        yield from filter(None, [block.caption])
        yield from (_row([column.head for column in block.columns], row) for row in block.rows)
    elif isinstance(block, Note):
        yield block.words


def _row(heads: list[str], row: tuple[str, ...]) -> str:
    """A line that reads without its table: 1. Mua xi măng; người thực hiện: Lò Văn Thịnh; hạn: 31/03/2026."""
    cells = ["; ".join(cell.splitlines()) for cell in row]
    number = f"{cells.pop(0)}. " if heads[0] == "TT" else ""
    heads = heads[1:] if number else heads
    more = [f"{head[:1].lower()}{head[1:]}: {cell}" for head, cell in zip(heads[1:], cells[1:], strict=True) if cell]
    return number.removeprefix(". ") + "; ".join([cells[0], *more])
