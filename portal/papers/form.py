"""How an official paper is set, in plain values. Where they come from is not known here."""

from dataclasses import dataclass
from enum import StrEnum

SHEETS = {"A4": (210, 297), "A5": (148, 210)}  # mm


class Part(StrEnum):
    """The parts of a paper, by their numbers in the annex that says how each is set."""

    PARTY = "1"
    UPPER = "2a"
    ISSUER = "2b"
    NUMBER = "3"
    PLACE = "4"
    TYPE = "5a"
    ABSTRACT = "5b"
    BODY = "6"
    SECTION = "6d"
    ARTICLE = "6e"
    POWER = "7a"
    POST = "7b"
    NAME = "7c"
    TO = "9a"
    TO_LIST = "9b"
    ADDRESSEE = "9c"
    STAMP = "10"


@dataclass(frozen=True)
class Face:
    """Sizes in points. Where the rule leaves a range, the name of the paper takes the largest, all else the least."""

    least: float = 14
    most: float = 14
    upper: bool = False
    bold: bool = False
    italic: bool = False
    underlined: bool = False
    boxed: bool = False

    def cased(self, words: str) -> str:
        return words.upper() if self.upper else words


@dataclass(frozen=True)
class Form:
    """Millimetres. `faces`: pairs, so that a form can be the key of what was made of it."""

    faces: tuple[tuple[str, Face], ...]
    sheet: str = "A4"
    top: int = 20
    bottom: int = 20
    left: int = 30
    right: int = 15
    mirrored: bool = False
    numbered_from: int = 2
    number_at: int = 10

    def face(self, part: Part) -> Face:
        return dict(self.faces).get(part, Face())

    def size(self, part: Part) -> float:
        face = self.face(part)
        return face.most if part is Part.TYPE else face.least

    @property
    def in_tables(self) -> float:
        """No rule says: two points below the text."""
        return self.size(Part.BODY) - 2

    @property
    def width(self) -> int:
        """Of the text."""
        return SHEETS[self.sheet][0] - self.left - self.right
