"""A text with the passages that oblige to something marked in it, ready to be shown."""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, field

from directives.reading.outline import Paragraph, paragraphs_of

SHORTEST = 40  # letters of a paragraph that may say whom it obliges to what


@dataclass(frozen=True)
class Piece:
    text: str
    codes: tuple[str, ...] = ()  # of the passages it belongs to
    begins: tuple[str, ...] = ()  # of those that begin here

    @property
    def leads_to(self) -> str:
        """Of several passages the one that began last, the innermost."""
        return self.codes[-1] if self.codes else ""


@dataclass(frozen=True)
class MarkedParagraph:
    paragraph: Paragraph
    pieces: list[Piece] = field(default_factory=list)

    @property
    def is_worth_taking(self) -> bool:
        """A heading obliges nobody, nor does what stands before the first."""
        return bool(self.paragraph.clause) and self.paragraph.level != 1 and len(self.paragraph.text) > SHORTEST


def marked(text: str, passages: Iterable[tuple[int, int, str]]) -> list[MarkedParagraph]:
    """`passages`: from, to, code. They may overlap, and run over several paragraphs."""
    ordered = sorted(passages)
    return [MarkedParagraph(one, _pieces(text, one, ordered)) for one in paragraphs_of(text)]


def _pieces(text: str, paragraph: Paragraph, passages: list[tuple[int, int, str]]) -> list[Piece]:
    touching = [one for one in passages if one[0] < paragraph.end and one[1] > paragraph.start]
    cuts = {paragraph.start, paragraph.end}
    for start, end, _ in touching:
        cuts |= {max(start, paragraph.start), min(end, paragraph.end)}
    borders = sorted(cuts)
    pieces = []
    for begin, stop in itertools.pairwise(borders):
        codes = tuple(code for start, end, code in touching if start <= begin and end >= stop)
        begins = tuple(code for start, _, code in touching if start == begin)
        pieces.append(Piece(text[begin:stop], codes, begins))
    return pieces
