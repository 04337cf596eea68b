"""One line of a sheet, understood by itself: what it says of whom, and everything in it that cannot be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from branches.models import Organisation
from members.imports.columns import COLUMNS, FACTS, PLACE, READ
from members.imports.offices import Branches
from members.imports.values import Unreadable, as_meant, read_known_day
from members.models import Sex, State
from portal.words.text import search_key

FULL_NAME, BORN, KNOWN_TO, CARD, SEX = (
    PLACE[name] for name in ("full_name", "born_on", "born_known_to", "card_number", "sex")
)
ADMITTED, OFFICIAL = PLACE["admitted_on"], PLACE["official_on"]
DAYS = ("born_on", "admitted_on", "decided_on", "official_on", "joined_on")


@dataclass(slots=True)
class Understood:
    """`facts`: as FACTS orders them; None is what the sheet does not say."""

    number: int
    name: str
    key: str = ""  # of the name, by which records are found
    facts: list[Any] = field(default_factory=lambda: [None] * len(FACTS))
    branch: Organisation | None = None
    joined_on: date | None = None
    state: str = ""
    relief: str = ""
    reasons: list[tuple[str, str]] = field(default_factory=list)

    @property
    def who(self) -> tuple[str, date] | None:
        born = self.facts[BORN]
        return (self.key, born) if born else None

    def is_wrong(self, column: str, sentence: str) -> None:
        self.reasons.append((column, sentence))


class Reader:
    """Reads the lines of one sheet. Knows its columns, the branches it may name, and what day it is."""

    def __init__(self, places: Mapping[str, int], branches: Branches, today: date) -> None:
        self.plain = [
            (PLACE[name], place, COLUMNS[name], READ[name]) for name, place in places.items()
            if name in PLACE and name != "born_on"
        ]  # fmt: skip
        self.places, self.branches, self.today = places, branches, today

    def understand(self, number: int, row: Sequence[str]) -> Understood | None:
        """Nothing: an empty line, or one that only has words where a list has its sums and signatures."""
        if not any(row[place] for place in self.places.values() if place < len(row)):
            return None
        line = Understood(number, self._name(row))
        if self._is_no_person(line, row):
            return None
        width = len(row)
        for at, place, column, read in self.plain:
            if place < width and (text := row[place]):
                self._read(line, at, as_meant(text), column.most, read)
        self._full_name(line)
        self._birth(line, row)
        self._standing(line, row)
        self._place(line, row)
        self._plausible(line)
        return line

    def _cell(self, row: Sequence[str], name: str) -> str:
        place = self.places.get(name)
        return as_meant(row[place]) if place is not None and place < len(row) else ""

    def _name(self, row: Sequence[str]) -> str:
        return self._cell(row, "full_name") or f"{self._cell(row, 'family')} {self._cell(row, 'given')}".strip()

    def _is_no_person(self, line: Understood, row: Sequence[str]) -> bool:
        """Below a list: “Cộng: 32 đảng viên”, a place and a day, a signature. At most two cells, and no birth, no card."""
        if len(row) - row.count("") > 2:
            return False
        telling = any(self._cell(row, name) for name in ("born_on", "male", "female", "card_number", "branch_code"))
        return not telling and (not line.name or search_key(line.name).startswith(("cong", "tong", "t m", "nguoi lap", "bi thu", "ngay")))  # fmt: skip

    def _read(self, line: Understood, at: int, text: str, most: int, read: Any) -> None:
        if most and len(text) > most:
            line.is_wrong(FACTS[at], f"Dài quá {most} chữ.")
            return
        try:
            line.facts[at] = read(text)
        except Unreadable as unreadable:
            line.is_wrong(FACTS[at], str(unreadable))

    def _full_name(self, line: Understood) -> None:
        if not line.name:
            line.is_wrong("full_name", "Thiếu họ và tên.")
        elif line.facts[FULL_NAME] is None and "full_name" not in self.places:
            self._read(line, FULL_NAME, line.name, 0, READ["full_name"])
        line.key = search_key(line.facts[FULL_NAME] or "")

    def _birth(self, line: Understood, row: Sequence[str]) -> None:
        """The day stands in a column of its own, or in one of two for men and women."""
        male, female, text = (self._cell(row, name) for name in ("male", "female", "born_on"))
        if male and female:
            line.is_wrong("sex", "Ghi ở cả hai cột Nam và Nữ.")
            return
        if male or female:
            line.facts[SEX] = Sex.FEMALE.value if female else Sex.MALE.value
        in_two = male or female
        text = text or (in_two if any(char.isdigit() for char in in_two) and in_two != "1" else "")
        if not text:
            return
        try:
            line.facts[BORN], known_to = read_known_day(text)
            line.facts[KNOWN_TO] = known_to.value
        except Unreadable as unreadable:
            line.is_wrong("born_on", str(unreadable))

    def _standing(self, line: Understood, row: Sequence[str]) -> None:
        said, relief = self._cell(row, "state"), self._cell(row, "relief")
        if search_key(said).startswith("mien"):  # one column for both
            said, relief = "", relief or said
        for column, text in (("state", said), ("relief", relief)):
            if text and text.lower() not in ("không", "0"):
                try:
                    setattr(line, column, str(READ[column](text)))
                except Unreadable as unreadable:
                    line.is_wrong(column, str(unreadable))

    def _place(self, line: Understood, row: Sequence[str]) -> None:
        if text := self._cell(row, "joined_on"):
            try:
                line.joined_on = READ["joined_on"](text)
            except Unreadable as unreadable:
                line.is_wrong("joined_on", str(unreadable))
        code, name = self._cell(row, "branch_code"), self._cell(row, "branch")
        found = self.branches.named(code, name)
        if isinstance(found, str):
            line.is_wrong("branch_code" if code else "branch", found)
        else:
            line.branch = found

    def _plausible(self, line: Understood) -> None:
        for name in DAYS:
            day = line.joined_on if name == "joined_on" else line.facts[PLACE[name]]
            if day and day > self.today:
                line.is_wrong(name, f"{COLUMNS[name].title} {day:%d/%m/%Y} chưa tới.")
        if not (line.facts[BORN] or line.facts[CARD] or line.reasons):
            line.is_wrong("born_on", "Thiếu cả ngày sinh và số thẻ. Hãy ghi một trong hai để không trùng người khác.")
        if line.state == State.PROBATIONARY and line.facts[OFFICIAL]:
            line.is_wrong("state", "Ghi là dự bị nhưng có ngày chính thức.")


def order_of_days(facts: Mapping[str, Any]) -> tuple[str, str] | None:
    """What the database would refuse, said before."""
    born, admitted, official = facts.get("born_on"), facts.get("admitted_on"), facts.get("official_on")
    if born and admitted and born >= admitted:
        return "admitted_on", "Ngày kết nạp phải sau ngày sinh."
    if admitted and official and official < admitted:
        return "official_on", "Ngày chính thức phải sau ngày kết nạp."
    return None
