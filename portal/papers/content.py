"""What a paper says. Everything that people typed is plain text here and stays so: no renderer reads markup in it."""

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar, Literal

Align = Literal["left", "center", "right"]
BY_HAND = "\u00a0" * 6  # room for what is written in ink


def dated(place: str, day: date) -> str:
    """Phú Lương, ngày 03 tháng 02 năm 2026: days below ten and the first two months carry a nought."""
    when = f"ngày {day.day:02} tháng {f'{day.month:02}' if day.month < 3 else day.month} năm {day.year}"
    return f"{place}, {when}" if place else when[:1].upper() + when[1:]


@dataclass(frozen=True)
class Heading:
    """Top left who issues it, top right the Party, place and day. `number` empty: the paper carries none."""

    issuer: str
    upper: str
    number: str
    place: str
    day: date

    PARTY: ClassVar = "Đảng Cộng sản Việt Nam"
    STAR: ClassVar = "*"

    @property
    def place_and_day(self) -> str:
        return dated(self.place, self.day)


def number_line(symbol: str, letters: str = "") -> str:
    """Số 01-NQ/CB; without a number, room to write it: Số      -NQ/CB."""
    return f"Số {symbol}" if symbol else f"Số{BY_HAND}{letters}"


@dataclass(frozen=True)
class Text:
    """Paragraphs: a line that was typed is one. `lead` stands before the first, in bold."""

    words: str
    lead: str = ""
    kind: ClassVar = "text"

    @property
    def lines(self) -> list[str]:
        return [line.strip() for line in self.words.splitlines() if line.strip()] or [""]


def ended(words: str) -> str:
    """As a sentence, however it was typed."""
    words = words.strip()
    return words if words.endswith((".", "!", "?", "…", ":", ";")) else f"{words}."


@dataclass(frozen=True)
class Title:
    words: str
    level: int = 1
    kind: ClassVar = "title"


@dataclass(frozen=True)
class Points:
    items: tuple[str, ...]
    kind: ClassVar = "points"


@dataclass(frozen=True)
class Column:
    """`width` in millimetres; the columns without one share what is left."""

    head: str
    width: int = 0
    align: Align = "left"


@dataclass(frozen=True)
class Table:
    """Its head repeats on each page. `tall`: rows high enough to be signed in."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    sums: bool = False  # the last row is a sum
    tall: bool = False
    kind: ClassVar = "table"

    @property
    def drawn(self) -> list[list[tuple[str, str]]]:
        """Each cell with the side that it leans to."""
        sides = [column.align for column in self.columns]
        return [list(zip(row, sides, strict=True)) for row in self.rows]


@dataclass(frozen=True)
class Note:
    words: str
    kind: ClassVar = "note"


@dataclass(frozen=True)
class PageBreak:
    kind: ClassVar = "break"


Block = Text | Title | Points | Table | Note | PageBreak


@dataclass(frozen=True)
class Signer:
    """T/M CHI BỘ, BÍ THƯ, the name. A branch has no seal: the name carries the signature."""

    power: str = ""
    post: str = ""
    name: str = ""


@dataclass(frozen=True)
class Paper:
    heading: Heading
    type: str
    abstract: str = ""
    addressee: str = ""  # behind “Kính gửi”
    blocks: tuple[Block, ...] = ()
    signers: tuple[Signer, ...] = ()
    recipients: tuple[str, ...] = ()
    draft: str = ""  # Dự thảo
    beneath: tuple[str, ...] = ()  # small, below who signs: where the figures come from, how a copy is compared

    @property
    def title(self) -> str:
        if self.abstract.lower().startswith(self.type.lower()):  # Kết luận: “Kết luận sinh hoạt tháng 10”
            return self.abstract
        return " ".join(filter(None, [self.type, self.abstract]))

    @property
    def listed(self) -> str:
        """In the contents of a book, with its number where it has one."""
        has_number = self.heading.number and BY_HAND not in self.heading.number
        return f"{self.title}, {self.heading.number[:1].lower()}{self.heading.number[1:]}" if has_number else self.title

    @property
    def letters(self) -> int:
        """How much there is to set."""
        return sum(_letters(block) for block in self.blocks)


@dataclass(frozen=True)
class Book:
    """Papers in one file: a cover, the contents, each paper from a new page."""

    heading: Heading
    type: str
    abstract: str
    papers: tuple[Paper, ...] = field(default=())
    empty: str = ""  # said where there is none

    @property
    def title(self) -> str:
        return f"{self.type} {self.abstract}"


def _letters(block: Block) -> int:
    if isinstance(block, Table):
        return sum(len(cell) + 40 for row in block.rows for cell in row)  # a cell costs more than its letters
    if isinstance(block, Points):
        return sum(map(len, block.items))
    return 0 if isinstance(block, PageBreak) else len(block.words)
