"""What a set of criteria says, before it is one; and the sets that come with the portal."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from meetings.models import ASKED

DEFAULTS = Path(__file__).parent / "defaults.toml"


@dataclass(frozen=True)
class NewCriterion:
    words: str
    most: int
    fills: str = ASKED
    must_be_full: bool = False


@dataclass(frozen=True)
class NewBlock:
    title: str
    criteria: tuple[NewCriterion, ...]


@dataclass(frozen=True)
class NewSet:
    """What a set says, before it is one."""

    kind: str
    name: str
    blocks: tuple[NewBlock, ...]
    document: str = ""

    @property
    def lines(self) -> list[NewCriterion]:
        return [line for block in self.blocks for line in block.criteria]

    @property
    def whole(self) -> int:
        return sum(line.most for line in self.lines)


def default_sets() -> list[NewSet]:
    rows = tomllib.loads(DEFAULTS.read_text(encoding="utf-8"))["set"]
    return [_read(row) for row in rows]


def _read(row: dict[str, Any]) -> NewSet:
    blocks = tuple(
        NewBlock(block["title"], tuple(NewCriterion(**line) for line in block["criteria"])) for block in row["block"]
    )
    return NewSet(row["kind"], row["name"], blocks, row.get("document", ""))
