"""What a section of a report is, and how its tables lean."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from portal.papers.content import Align, Block, Column, Table
from portal.reports.asked import Asked
from portal.reports.facts import Facts, Sheet


@dataclass(frozen=True)
class About:
    """Of whom and of when it is told, in words."""

    body: str  # Đảng bộ xã Phú Lương
    period: str  # năm 2026, quý III/2026, tháng 10/2026
    below: str  # xã, phường; chi bộ
    level: str  # branch, commune, province


class Section(ABC):
    """`brief`: said as shortly as it can be, for a report of one page."""

    key: ClassVar[str]
    title: ClassVar[str]

    def __init__(self, *, brief: bool = False) -> None:
        self.brief = brief

    @abstractmethod
    def read(self, asked: Asked) -> Facts:
        """From the records and the summary."""

    @abstractmethod
    def tell(self, facts: Facts, about: About) -> Iterable[Block]:
        """From what was read alone."""

    def annexes(self, facts: Facts) -> list[Sheet]:
        """Tables that stand behind the text, each from a new page."""
        return []


SIDES: dict[str, Align] = {"l": "left", "c": "center", "r": "right"}


def table_of(sheet: Sheet) -> Table:
    """Where it is not said: the number of a row stands in the middle, figures lean to the right."""
    widths = sheet.widths or tuple(0 for _ in sheet.heads)
    usual = "".join(
        "c" if head == "TT" else "r" if width else "l" for head, width in zip(sheet.heads, widths, strict=True)
    )
    sides = [SIDES[one] for one in sheet.sides or usual]
    columns = tuple(Column(*said) for said in zip(sheet.heads, widths, sides, strict=True))
    return Table(columns, sheet.rows, caption=sheet.title, sums=sheet.sums)
