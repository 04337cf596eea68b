"""A text as paragraphs, each with its place and the clause that it stands in: II.2, or II.6.1."""

import re
from dataclasses import dataclass

_PART = re.compile(r"(?P<label>[IVX]{1,5})\s*[.\-–]\s*(?=\S)")
_CHAPTER = re.compile(r"(?P<label>(?:Phần|Chương|Mục)\s+(?:[IVX]+|\d+)|Điều\s+\d+)\b")
_NUMBER = re.compile(r"(?P<label>\d{1,2}\.|\d{1,2}(?:\.\d{1,2}){1,3}\.?)\s+(?=\S)")  # “22 tháng 9” is no clause
_BULLET = re.compile(r"[-–+•*]\s*(?=\S)|\([a-zđ0-9]{1,2}\)\s|[a-zđ]\)\s")
LONGEST_HEADING = 240


@dataclass(frozen=True)
class Paragraph:
    number: int
    start: int
    end: int
    text: str
    clause: str  # where one is: “II.2”; empty before the first
    level: int  # 1 a part, 2 and on its numbered clauses, 0 running text
    is_bullet: bool


def paragraphs_of(text: str) -> list[Paragraph]:
    found: list[Paragraph] = []
    part, chapter = "", ""
    for line in re.finditer(r"[^\n]+", text):
        said = line[0].strip()
        if not said:
            continue
        level, is_bullet = 0, False
        if mark := (_PART.match(said) or _CHAPTER.match(said)):
            part, chapter, level = re.sub(r"\s+", " ", mark["label"]), "", 1
        elif mark := _NUMBER.match(said):
            chapter = mark["label"].rstrip(".")
            level = 2 + chapter.count(".")
        elif _BULLET.match(said):
            is_bullet = True
        clause = ".".join(filter(None, (part, chapter)))
        found.append(Paragraph(len(found) + 1, line.start(), line.end(), said, clause, level, is_bullet))
    return found


def paragraph_at(offset: int, paragraphs: list[Paragraph]) -> Paragraph | None:
    return next((one for one in paragraphs if one.start <= offset < max(one.end, one.start + 1)), None)
