"""A place over some days, counted again from raw rows: its shares, what lies below it, what it was called; and how a count is said."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from tests.indicators.conftest import Demo
from tests.indicators.test_recount import SECOND
from tests.recount import meetings, reports

BODIES = {"Đảng ủy ": "Đảng bộ ", "Tỉnh ủy ": "Đảng bộ tỉnh "}
Pair = tuple[int, int]


def number(value: int) -> str:
    return f"{value:,}".replace(",", ".")


def day_of(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def upper(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


class Row(str):
    """Of a table, behind the number of its place there."""

    __slots__ = ()


@dataclass
class Second:
    """Of a place over some days; `until`: as far as they have come."""

    demo: Demo
    place: int
    kind: str
    first: date
    until: date
    document: int | None = None
    _known: dict[Any, Pair] = field(default_factory=dict)

    # ---------------------------------------------------------------- what is counted

    def share(self, code: str, place: int | None = None, *, before: bool = False) -> Pair:
        first, day = (self.first_before, self.until_before) if before else (self.first, self.until)
        key = code, place or self.place, first, day
        if key not in _COUNTED:
            found = SECOND[code](replace(self.demo, first=first), place or self.place, day)
            below = reports.placed_below(self.rows, place or self.place, day)
            if code == "members.with_tasks":  # of days before a branch came into the portal nothing is known
                joined = dict(self.rows("SELECT id, joined_on FROM branches_organisation", []))
                below = {one for one in below if (joined[one] or day) <= day}
            parts = [
                part for one, part in found.items() if one in below
            ]  # a village of a branch elsewhere is counted there
            _COUNTED[key] = sum(part for part, _ in parts), sum(whole for _, whole in parts)
        return _COUNTED[key]

    @property
    def first_before(self) -> date:
        return self.first.replace(year=self.first.year - 1)

    @property
    def until_before(self) -> date:
        ends = (self.until + timedelta(days=1)).day == 1
        if ends:
            return (
                (self.until + timedelta(days=1)).replace(year=self.until.year - 1) - timedelta(days=1)
                if (self.until.month < 12)
                else date(self.until.year - 1, 12, 31)
            )
        return self.until.replace(year=self.until.year - 1)

    @property
    def children(self) -> list[int]:
        rows = self.rows("SELECT organisation_id, parent_id, since, until FROM branches_placement", [])
        below = {
            child
            for child, parent, since, until in rows
            if parent == self.place and meetings.covers(since, until, self.until)
        }
        return [number for number in below if self.kinds[number] != "cell"]

    @property
    def kinds(self) -> dict[int, str]:
        return dict(self.rows("SELECT id, kind FROM branches_organisation", []))

    @property
    def committees(self) -> list[int]:
        return [number for number in self.children if self.kinds[number] != "branch"]

    def rows(self, sql: str, values: list[Any]) -> list[tuple]:
        return self.demo.rows(sql, values)

    def name(self, place: int) -> str:
        for number, name, since, until in self.rows(
            "SELECT organisation_id, name, since, until FROM branches_standing", []
        ):
            if number == place and meetings.covers(since, until, self.until):
                return name
        raise AssertionError(place)

    def body(self, place: int) -> str:
        name = self.name(place)
        for committee, body in BODIES.items():
            if name.startswith(committee):
                return body + name.removeprefix(committee)
        return name

    def named(self, place: int) -> str:
        """Below a province with its commune."""
        if not self.committees or place in self.children or place == self.place:
            return self.name(place)
        above = next(one for one in meetings.chains(self.rows, self.until)[place] if one in self.children)
        commune = self.name(above).removeprefix("Đảng ủy ")
        return self.name(place) if commune in self.name(place) else f"{self.name(place)}, {commune}"

    # ---------------------------------------------------------------- how it is said

    def counted(self, pair: Pair, forms: dict[str, str], *, before: Pair | None = None) -> Iterator[str]:
        """The form that fits: one, not_one, every, none, some."""
        part, whole = pair
        if not whole:
            return
        form = (
            ("one" if part else "not_one") if whole == 1 else "every" if part == whole else "some" if part else "none"
        )
        said = forms[form].format(
            part=number(part), whole=number(whole), rate=reports.rate(part, whole), lacking=number(whole - part),
            moved=self.moved(pair, before),
        )  # fmt: skip
        yield said

    def moved(self, now: Pair, before: Pair | None) -> str:
        if not before or before[1] < 2 or now[1] < 2:
            return ""
        by = reports.points_between(now, before)
        if not by:
            return ", bằng cùng kỳ năm trước"
        words = f"{abs(by)}".replace(".", ",").removesuffix(",0")
        return f", {'tăng' if by > 0 else 'giảm'} {words} điểm phần trăm so với cùng kỳ năm trước"


_COUNTED: dict[Any, Pair] = {}
