"""Finding the headings of a list as offices write them: titles above, two lines of headings, a line of column numbers below."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from members.imports.columns import KNOWN_AND_LEFT_OUT, words_by_column
from portal.files.refusals import FileRefused
from portal.words.text import search_key

LOOKED_AT = 30
_A_VALUE = re.compile(r"[\d/.\-\s]*\d{3,}[\d/.\-\s]*")
WORDS = {name: column.words for name, column in words_by_column().items()}


@dataclass
class Headings:
    """`begins`: the first row below them, as the sheet numbers it."""

    texts: list[str]
    begins: int
    places: dict[str, int] = field(default_factory=dict)
    lines: int = 1

    @property
    def mark(self) -> str:
        return hashlib.sha256("|".join(map(search_key, self.texts)).encode()).hexdigest()

    @property
    def is_enough(self) -> bool:
        named = "full_name" in self.places or {"family", "given"} <= set(self.places)
        return named and bool({"card_number", "born_on", "male", "female"} & set(self.places))

    @property
    def unused(self) -> list[str]:
        return [
            text for place, text in enumerate(self.texts)
            if text and place not in self.places.values() and search_key(text) not in KNOWN_AND_LEFT_OUT
        ]  # fmt: skip


def headings_of(rows: Iterable[Sequence[str]]) -> Headings:
    """The row near the top, alone or with the one below it, in which most columns are found."""
    top = list(islice(rows, LOOKED_AT))
    best = max(_candidates(top), key=lambda one: (len(one.places), -one.begins, -one.lines), default=None)
    if best is None or len(best.places) < 2:
        best = _widest(top)
    below = top[best.begins - 1] if best.begins <= len(top) else []
    if _only_counts(below):
        best.begins += 1
    return best


def _candidates(top: list[Sequence[str]]) -> Iterator[Headings]:
    for number, row in enumerate(top, start=1):
        if any(_A_VALUE.fullmatch(text) for text in row):
            continue  # somebody's birthday or card stands there: “Nam” in this row is a man, no heading
        yield Headings(list(row), number + 1, places_of([[text] for text in row]))
        if number < len(top) and _may_be_second_line(top[number]):
            both = list(_two_lines(row, top[number]))
            yield Headings([" ".join(filter(None, texts)) for texts in both], number + 2, places_of(both), lines=2)


def _widest(top: list[Sequence[str]]) -> Headings:
    """Nothing we know: the first row with most texts is shown to be matched by hand."""
    number, row = max(enumerate(top, start=1), key=lambda one: (sum(map(bool, one[1])), -one[0]), default=(0, []))
    if sum(map(bool, row)) < 2:
        raise FileRefused(
            "Không thấy dòng tên cột. Bảng cần một dòng ghi tên cột, ví dụ: Họ và tên, Ngày sinh, Chi bộ."
        )
    return Headings(list(row), number + 1)


def _two_lines(above: Sequence[str], below: Sequence[str]) -> Iterator[list[str]]:
    """A merged heading stands over its first column only, and holds for those right of it that have a second line."""
    last = ""
    for place in range(max(len(above), len(below))):
        upper = above[place] if place < len(above) else ""
        lower = below[place] if place < len(below) else ""
        last = upper or (last if lower else "")
        yield [last, lower]


def _may_be_second_line(row: Sequence[str]) -> bool:
    texts = [text for text in row if text]
    return (
        bool(texts)
        and not any(char.isdigit() for text in texts for char in text)
        and any(search_key(text) in words for text in texts for words in WORDS.values())
    )


def _only_counts(row: Sequence[str]) -> bool:
    """1, 2, 3 … or (1), (2), (3) … below the headings."""
    counted = [text.strip("()[] ") for text in row if text]
    return len(counted) > 1 and counted == [str(number) for number in range(1, len(counted) + 1)]


def places_of(texts: Sequence[Sequence[str]]) -> dict[str, int]:
    """By the whole heading, by its second line, by how it begins: in this order, and the words of a column in theirs."""
    whole = [search_key(" ".join(filter(None, lines))) for lines in texts]
    second = [search_key(lines[-1]) if len(lines) > 1 and lines[-1] else "" for lines in texts]
    places: dict[str, int] = {}
    for keys, begins in ((whole, False), (second, False), (whole, True)):
        for name, words in WORDS.items():
            free = [place for place in range(len(keys)) if place not in places.values()]
            if name not in places and (found := _first(keys, words, begins, free)) is not None:
                places[name] = found
    return places


def _first(keys: Sequence[str], words: Sequence[str], begins: bool, free: Sequence[int]) -> int | None:
    """A single word begins too many headings; two do not."""
    for word in words:
        for place in free:
            if keys[place] == word or (begins and " " in word and keys[place].startswith(f"{word} ")):
                return place
    return None
