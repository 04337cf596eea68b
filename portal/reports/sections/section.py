from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from portal.papers.content import Block, Column, Table
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
    key: ClassVar[str]
    title: ClassVar[str]

    @abstractmethod
    def read(self, asked: Asked) -> Facts:
        """From the records and the summary."""

    @abstractmethod
    def tell(self, facts: Facts, about: About) -> Iterable[Block]:
        """From what was read alone."""

    def annexes(self, facts: Facts) -> list[Sheet]:
        """Tables that stand behind the text, each from a new page."""
        return []


def table_of(sheet: Sheet) -> Table:
    """Numbers lean to the right, what stands first to the left of a name is its number."""
    widths = sheet.widths or tuple(0 for _ in sheet.heads)
    columns = tuple(
        Column(head, width, "center" if head == "TT" else "right" if width else "left")
        for head, width in zip(sheet.heads, widths, strict=True)
    )
    return Table(columns, sheet.rows, caption=sheet.title, sums=sheet.sums)
